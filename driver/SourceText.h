//===-- SourceText.h - Lines and columns of files ---------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Records have offsets; people and forges want lines and columns.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_SOURCETEXT_H
#define ASYNC_TIDY_DRIVER_SOURCETEXT_H

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <vector>

namespace async_tidy {

/// Both from 1; columns count bytes, or UTF-16 code units.
struct Position {
  unsigned Line = 1, Column = 1, Column16 = 1;
};

/// The text of files, each read once.
class SourceText {
public:
  /// Where byte \p Offset of \p File is. Of a file that can't be read, the
  /// beginning.
  Position position(llvm::StringRef File, unsigned Offset);

  /// Line \p Number of \p File, without its end; empty when there is none.
  llvm::StringRef line(llvm::StringRef File, unsigned Number);

  llvm::StringRef text(llvm::StringRef File);

private:
  struct Text {
    std::unique_ptr<llvm::MemoryBuffer> Buffer;
    std::vector<unsigned> Lines; ///< where they begin
  };
  const Text &of(llvm::StringRef File);
  llvm::StringMap<Text> Files;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_SOURCETEXT_H
