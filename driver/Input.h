//===-- Input.h - Reading numbers and texts from bytes ----------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A cursor over bytes that never reads beyond their end. Inline, where
/// llvm::DataExtractor is not: linking a large program reads many numbers.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_INPUT_H
#define ASYNC_TIDY_DRIVER_INPUT_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/LEB128.h"

namespace async_tidy {

/// Once something could not be read, everything that is read is zero or empty.
class Input {
public:
  explicit Input(llvm::StringRef Bytes, size_t From = 0)
      : Begin(Bytes.bytes_begin()), End(Bytes.bytes_end()),
        At(Begin + std::min(From, Bytes.size())) {}

  explicit operator bool() const { return !IsBad; }
  size_t tell() const { return size_t(At - Begin); }

  /// A number as llvm::encodeULEB128 writes it.
  uint64_t number() {
    const char *Problem = nullptr;
    unsigned Size = 0;
    uint64_t N = llvm::decodeULEB128(At, &Size, End, &Problem);
    if (Problem)
      return fail();
    At += Size;
    return N;
  }
  /// Eight bytes, the lowest first.
  uint64_t fixed64() {
    llvm::StringRef Text = bytes(8);
    return IsBad ? 0 : llvm::support::endian::read64le(Text.data());
  }
  llvm::StringRef bytes(uint64_t Size) {
    if (Size > uint64_t(End - At)) {
      fail();
      return {};
    }
    const auto *Text = reinterpret_cast<const char *>(At);
    At += Size;
    return {Text, size_t(Size)};
  }
  void skip(uint64_t Size) { bytes(Size); }

  llvm::Error takeError() const {
    return IsBad ? llvm::createStringError("unexpected end")
                 : llvm::Error::success();
  }

private:
  uint64_t fail() {
    IsBad = true;
    At = End;
    return 0;
  }

  const uint8_t *Begin, *End, *At;
  bool IsBad = false;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_INPUT_H
