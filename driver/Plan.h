//===-- Plan.h - What is to be analyzed, and how -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Turns a compilation database and the files that a user named into jobs.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_PLAN_H
#define ASYNC_TIDY_DRIVER_PLAN_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace async_tidy {

struct PlanOptions {
  std::string BuildPath;            ///< -p; empty to search upwards
  std::vector<std::string> Sources; ///< files or folders; empty for all
  /// The flags behind '--', when there was one.
  std::unique_ptr<clang::tooling::CompilationDatabase> Fixed;
};

/// One translation unit: a file and the command that compiles it.
struct Job {
  std::string File; ///< absolute path
  clang::tooling::CompileCommand Command;
};

struct Plan {
  std::vector<Job> Jobs; ///< in the order of their files' paths
  /// Where the compilation database is; empty when there is none.
  std::string BuildFolder;
};

/// \returns an error that says what to do, if there is no plan.
llvm::Expected<Plan> plan(PlanOptions Options);

/// The folder of the compilation database that \c plan would find for \p
/// Options; empty when there is none.
std::string findBuildFolder(const PlanOptions &Options);

/// \p CommandLine without what clang does not know or can't use: flags of
/// other compilers, their plugins and precompiled headers, and outputs.
std::vector<std::string>
normalizeCommand(const std::vector<std::string> &CommandLine);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_PLAN_H
