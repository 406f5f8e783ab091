//===-- FactsFile.h - What other files do, for clang-tidy -------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The file that 'async-tidy facts export' writes: what follows from the facts
/// of a whole program, and the files that they are about. clang-tidy sees one
/// translation unit; with this file, the checks know of the others.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_FACTSFILE_H
#define ASYNC_TIDY_CHECKS_CORE_FACTSFILE_H

#include "core/FactGraph.h"
#include <memory>

namespace async_tidy {

/// How a coroutine of another file uses its parameters.
struct ParameterUse {
  FunctionKey Key;
  unsigned Number = 0;
  std::string Name, File;
  unsigned Offset = 0;
  bool IsSuspended = false;
  std::string Function; ///< as messages call it
};

struct SourceFile {
  std::string Path;  ///< absolute
  uint64_t Hash = 0; ///< of its content; 0 when it does not exist
};

struct FactsFile {
  std::vector<SourceFile> Sources;
  std::vector<Conclusion> Conclusions;
  std::vector<ParameterUse> Parameters;
  /// Coroutines that are only ever started where blocking is fine.
  std::vector<FunctionKey> Elsewhere;
  /// The first of the sources that has changed since; empty when none has.
  /// What was said about such files has been left out.
  std::string Stale;

  std::string write() const;

  /// Reads \p Path, once per process.
  static llvm::Expected<const FactsFile *> load(llvm::StringRef Path);

  /// As in \c SourceFile.
  static uint64_t hashOfFile(llvm::StringRef Path);
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_FACTSFILE_H
