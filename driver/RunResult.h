//===-- RunResult.h - What a run has to tell ------------------ -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// All that a report is made of, whatever its format.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_RUNRESULT_H
#define ASYNC_TIDY_DRIVER_RUNRESULT_H

#include "driver/Finding.h"
#include "driver/SourceText.h"
#include <memory>
#include <optional>
#include <vector>

namespace async_tidy {

/// A file that could not be analyzed.
struct FileFailure {
  std::string File; ///< absolute path
  std::string Why;
  std::optional<clang::tidy::ClangTidyError> FirstError;
};

struct RunResult {
  /// The folder of the project; reports show paths below it as relative.
  std::string Root;
  /// By file and place.
  std::vector<LinkedFinding> Findings;
  std::vector<LinkedFinding> Suppressed; ///< by a NOLINT
  std::vector<FileFailure> Failures;
  /// What is said once for the user, such as about a library's headers.
  std::vector<std::string> Remarks;
  size_t Analyzed = 0, FromCache = 0;
  /// The states of findings come from a comparison.
  bool IsComparison = false;
  /// Where the checks' pages are on the web; or empty.
  std::string DocsUrl;
  bool UseColor = false;

  std::unique_ptr<SourceText> Text = std::make_unique<SourceText>();

  size_t countOf(FindingState State) const {
    return llvm::count_if(
        Findings, [&](const LinkedFinding &F) { return F.State == State; });
  }
};

/// \p Path as seen from \p Folder, if it is below that.
std::string relativeTo(llvm::StringRef Path, llvm::StringRef Folder);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_RUNRESULT_H
