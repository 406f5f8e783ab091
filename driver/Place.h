//===-- Place.h - Where a finding is, whatever moves ------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A finding is known again, in other versions of the code, by the function
/// that it is in and by the tokens that it is about. Lines and columns change
/// with every edit above them.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_PLACE_H
#define ASYNC_TIDY_DRIVER_PLACE_H

#include "clang/AST/ASTContext.h"
#include "clang/Tooling/Core/Diagnostic.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <string>
#include <vector>

namespace async_tidy {

/// \p Path from \p Directory, without dots.
std::string absolutePath(llvm::StringRef Path, llvm::StringRef Directory);

/// Which functions of a translation unit are where.
class FunctionRanges {
public:
  /// Looks at all but system headers.
  void collect(clang::ASTContext &Ctx);

  /// The innermost function with a name around \p M; empty when there is none.
  std::string functionAt(const clang::tooling::DiagnosticMessage &M) const;

private:
  friend class FunctionCollector;
  struct Range {
    unsigned Begin, End;
    std::string Name;
  };
  llvm::StringMap<std::vector<Range>> Files; ///< by absolute path
};

/// The tokens of what \p M highlights, or else those from its place to the end
/// of the statement; without comments and what stands between inner braces,
/// and with space only between words.
std::string codeAt(const clang::tooling::DiagnosticMessage &M,
                   llvm::vfs::FileSystem &FS);

/// The same, of \p Text from \p Begin on: to \p End, or to the end of the
/// statement if \p End is 0.
std::string codeIn(llvm::StringRef Text, unsigned Begin, unsigned End);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_PLACE_H
