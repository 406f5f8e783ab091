//===-- Filter.h - Which findings a user wants to see -----------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Records hold all that every check found; options say what of it is shown,
/// as clang-tidy understands them.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FILTER_H
#define ASYNC_TIDY_DRIVER_FILTER_H

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "clang-tidy/GlobList.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Regex.h"
#include <memory>

namespace async_tidy {

class Filter {
public:
  explicit Filter(
      std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Options)
      : Options(std::move(Options)) {}

  /// Whether \p E, found in the analysis of \p MainFile, is shown. Makes it an
  /// error where the options say so.
  bool accepts(clang::tidy::ClangTidyError &E, llvm::StringRef MainFile);

  /// Whether findings are wanted that are right less often.
  bool wantsOptIn(llvm::StringRef MainFile);

private:
  struct FileOptions {
    clang::tidy::CachedGlobList Checks, Errors;
    std::string Globs, Tier;
    llvm::Regex Headers, ExcludedHeaders;
    bool HasExcluded;
  };
  FileOptions &optionsOf(llvm::StringRef MainFile);
  bool isInLines(llvm::StringRef File, unsigned Offset);

  std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Options;
  llvm::StringMap<std::unique_ptr<FileOptions>> Files;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FILTER_H
