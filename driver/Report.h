//===-- Report.h - From findings to what users see -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Shows findings, applies their fixes, and decides the exit code.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_REPORT_H
#define ASYNC_TIDY_DRIVER_REPORT_H

#include "core/Registry.h"
#include "driver/Record.h"
#include "driver/Worker.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>

namespace async_tidy {

/// What the program's exit code says; see docs/command-line.md.
enum ExitCode {
  ExitClean = 0,
  ExitFindings = 1,
  ExitUsage = 2,
  ExitIncomplete = 3,
};

struct ReportOptions {
  OptionsProviderFactory Provider;
  bool Fix = false;
  std::string ExportFixes; ///< a file's name, or empty
  bool Quiet = false;
  /// The least severity that makes the program fail; none: nothing does.
  std::optional<Severity> FailOn = Severity::Style;
};

/// Prints \p Findings, and which of the files could not be analyzed.
/// \p FromCache of them were not parsed again.
ExitCode report(llvm::ArrayRef<RecordReader> Records,
                llvm::ArrayRef<clang::tidy::ClangTidyError> Findings,
                size_t FromCache, const ReportOptions &Options);

/// \p N and \p Noun, in the plural if need be.
std::string count(size_t N, llvm::StringRef Noun);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_REPORT_H
