//===-- Report.h - From findings to what users see ------------ -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Writes reports, applies fixes, and decides the exit code.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_REPORT_H
#define ASYNC_TIDY_DRIVER_REPORT_H

#include "driver/Record.h"
#include "driver/RunResult.h"
#include "driver/Worker.h"
#include "driver/formats/Format.h"

namespace async_tidy {

/// What the program's exit code says; see docs/command-line.md.
enum ExitCode {
  ExitClean = 0,
  ExitFindings = 1,
  ExitUsage = 2,
  ExitIncomplete = 3,
};

enum class FixMode { None, Show, Apply };

/// A report to write.
struct OutputRequest {
  const Format *How;
  std::string Path; ///< '-' is standard output
};

/// Reads "FORMAT:PATH" or "FORMAT". Fails when there is no such format, or two
/// reports go to one place.
llvm::Expected<std::vector<OutputRequest>>
parseOutputs(llvm::ArrayRef<std::string> Requests);

struct ReportOptions {
  OptionsProviderFactory Provider;
  std::vector<OutputRequest> Outputs;
  FixMode Fix = FixMode::None;
  bool FixDirty = false;   ///< also in files with uncommitted changes
  std::string ExportFixes; ///< a file's name, or empty
  bool Quiet = false;
  bool Statistics = false;
  /// The least severity that makes the program fail; none: nothing does.
  std::optional<Severity> FailOn = Severity::Style;
};

/// Notes in \p R which of \p Records could not be analyzed, and what they
/// remark.
void addRecords(RunResult &R, llvm::ArrayRef<RecordReader> Records);

ExitCode report(const RunResult &R, const ReportOptions &Options);

/// \p N and \p Noun, in the plural if need be.
std::string count(size_t N, llvm::StringRef Noun);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_REPORT_H
