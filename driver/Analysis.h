//===-- Analysis.h - From tasks to records ----------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Gets the records of files: from the cache where it has them, and from
/// processes that parse the others.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_ANALYSIS_H
#define ASYNC_TIDY_DRIVER_ANALYSIS_H

#include "driver/Cache.h"
#include "driver/Pool.h"
#include "driver/Worker.h"

namespace async_tidy {

struct AnalysisResult;

struct AnalysisSettings {
  PoolLimits Limits;
  /// Paths below it are written as relative; empty for none.
  std::string Root;
  bool ShowProgress = true;
  bool WantsDependencies = false;
  /// Where files are read; null for the disk.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  /// An analysis, with its dependencies, whose records are used where these
  /// are the same now; null for none.
  const AnalysisResult *Earlier = nullptr;
  llvm::ArrayRef<Task> EarlierTasks;
};

struct AnalysisResult {
  /// The bytes of a record for each task, in their order; also for those that
  /// could not be analyzed.
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> Records;
  /// What each depends on, if that is wanted; only for those that were
  /// analyzed now.
  std::vector<std::vector<Dependency>> Files;
  size_t FromCache = 0;
  /// Why the cache could not keep something; or empty.
  std::string CacheProblem;
  /// The user has interrupted it: some records are missing.
  bool IsInterrupted = false;
};

AnalysisResult analyzeAll(llvm::ArrayRef<Task> Tasks, Cache &Known,
                          const AnalysisSettings &Settings);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_ANALYSIS_H
