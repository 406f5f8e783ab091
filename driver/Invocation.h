//===-- Invocation.h - What a run is asked for ------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_INVOCATION_H
#define ASYNC_TIDY_DRIVER_INVOCATION_H

#include "driver/Analysis.h"
#include "driver/Comparison.h"
#include "driver/Configuration.h"
#include "driver/Link.h"
#include "driver/Plan.h"
#include "driver/Report.h"

namespace async_tidy {

/// What an interrupted program returns to a shell.
inline constexpr int ExitInterrupted = 130;

/// Says on standard error what is wrong with the command line, or with what it
/// names. Returns the exit code for that.
int usageError(const llvm::Twine &Message);
int usageError(llvm::Error E);

/// What the flags say of checks and files.
ConfigurationRequest configurationRequest();

/// A path as records have it.
std::string absolute(llvm::StringRef Path);

/// The folder that reports show paths from.
std::string projectRoot();

/// Reads the lines that --changed-lines stands for: findings are wanted there.
llvm::Error readChangedLines();

/// The cache of a plan with \p BuildFolder.
Cache cacheFor(llvm::StringRef BuildFolder);

AnalysisSettings analysisSettings();

/// What the commands have in common that analyze files.
struct Planning {
  std::vector<Job> Jobs;
  std::vector<Task> Tasks;
  std::string BuildFolder;
};
llvm::Expected<Planning> workFor(PlanOptions Planned,
                                 const OptionsProviderFactory &Provider);

/// Analyzes \p Tasks. Says what went wrong beyond single files.
AnalysisResult analyzed(llvm::ArrayRef<Task> Tasks, Cache &Known,
                        const AnalysisSettings &Settings);

std::vector<llvm::MemoryBufferRef>
references(llvm::ArrayRef<std::unique_ptr<llvm::MemoryBuffer>> Records);

/// What a report says of \p Linked, whose findings it takes over.
RunResult resultOf(LinkedRecords &Linked, const ReportOptions &Reporting);

/// Says which entries of a baseline are about nothing any more.
void remarkLeftOver(RunResult &R, llvm::ArrayRef<KnownFinding> Left);

/// What was found before, as something to compare with.
llvm::Expected<std::vector<KnownFinding>>
knownIn(llvm::ArrayRef<std::unique_ptr<llvm::MemoryBuffer>> Records,
        llvm::StringRef RecordRoot, bool IsAll);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_INVOCATION_H
