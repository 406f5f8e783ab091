//===-- SourceText.cpp - Lines and columns of files -----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/SourceText.h"
#include "llvm/ADT/STLExtras.h"

using namespace async_tidy;

const SourceText::Text &SourceText::of(llvm::StringRef File) {
  auto [It, New] = Files.try_emplace(File);
  if (!New)
    return It->second;
  auto Read = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  Text &T = It->second;
  T.Buffer = Read ? std::move(*Read) : llvm::MemoryBuffer::getMemBuffer("");
  T.Lines.push_back(0);
  llvm::StringRef All = T.Buffer->getBuffer();
  for (size_t At = All.find('\n'); At != All.npos; At = All.find('\n', At + 1))
    T.Lines.push_back(At + 1);
  return T;
}

llvm::StringRef SourceText::text(llvm::StringRef File) {
  return of(File).Buffer->getBuffer();
}

Position SourceText::position(llvm::StringRef File, unsigned Offset) {
  const Text &T = of(File);
  llvm::StringRef All = T.Buffer->getBuffer();
  Offset = std::min<size_t>(Offset, All.size());
  Position P;
  P.Line = llvm::upper_bound(T.Lines, Offset) - T.Lines.begin();
  llvm::StringRef Before = All.slice(T.Lines[P.Line - 1], Offset);
  P.Column = Before.size() + 1;
  // A code point outside of the first plane takes four bytes, and two units.
  for (unsigned char C : Before)
    P.Column16 += ((C & 0xC0) != 0x80) + (C >= 0xF0);
  return P;
}

llvm::StringRef SourceText::line(llvm::StringRef File, unsigned Number) {
  const Text &T = of(File);
  if (!Number || Number > T.Lines.size())
    return "";
  return T.Buffer->getBuffer()
      .drop_front(T.Lines[Number - 1])
      .take_until([](char C) { return C == '\n'; })
      .rtrim('\r');
}
