//===-- Worker.h - From a file to its record --------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Parses one translation unit, runs the checks on it, and collects its facts.
/// All checks run, and report in all headers: what a user wants to see of that
/// is decided later, so that changing it parses nothing.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_WORKER_H
#define ASYNC_TIDY_DRIVER_WORKER_H

#include "clang-tidy/ClangTidyOptions.h"
#include "driver/Dependencies.h"
#include "driver/Plan.h"
#include "driver/Record.h"
#include <functional>
#include <memory>

namespace async_tidy {

/// Makes a new provider of the options that apply to each file.
using OptionsProviderFactory =
    std::function<std::unique_ptr<clang::tidy::ClangTidyOptionsProvider>()>;

/// The model files that \p Options name for \p File.
std::vector<std::string>
modelFilesOf(const clang::tidy::ClangTidyOptions &Options,
             llvm::StringRef File);

/// All that a record is made from, but for the contents of files.
struct Task {
  std::string File;      ///< absolute path
  std::string Directory; ///< where the command runs
  std::vector<std::string> CommandLine;
  /// Only what makes a difference to a record.
  clang::tidy::ClangTidyOptions Options;
  std::vector<std::string> ModelFiles;
};

/// \p Options are those that apply to the file of \p J.
Task makeTask(const Job &J, const clang::tidy::ClangTidyOptions &Options);

/// Identifies what \p T says, this program, and the content of the model files,
/// which \p Now knows; and what in the environment compilers look at.
FunctionKey keyOf(const Task &T, FileStates &Now);

/// Reads from \p Files, or the disk. \p Seen gets what the analysis depends on.
/// The facts of the record refer to memory that lasts until the next call.
Record analyze(const Task &T, std::vector<Dependency> &Seen,
               llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = nullptr);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_WORKER_H
