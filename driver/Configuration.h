//===-- Configuration.h - Options of files and command line -----*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which options apply to a file: those of .clang-tidy files, or of what a
/// user gives instead, and what the command line adds.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_CONFIGURATION_H
#define ASYNC_TIDY_DRIVER_CONFIGURATION_H

#include "driver/Plan.h"
#include "driver/Worker.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <optional>

namespace async_tidy {

/// What the command line says about options.
struct ConfigurationRequest {
  std::optional<std::string> Checks;
  std::optional<std::string> Config; ///< YAML, instead of files
  std::string ConfigFile; ///< a file, instead of those that are found
  std::string LineFilter; ///< JSON, or empty
  /// The only lines in which findings are wanted.
  std::optional<std::vector<clang::tidy::FileFilter>> Lines;
  std::optional<bool> UseColor;
  clang::tidy::ClangTidyOptions Override;
};

/// Fails when what is asked for can't be read or is not valid.
llvm::Expected<OptionsProviderFactory>
configuration(const ConfigurationRequest &Request);

/// Reads the text of a .clang-tidy file; what is wrong with it is the error.
llvm::Expected<clang::tidy::ClangTidyOptions>
parseConfiguration(llvm::MemoryBufferRef Text);

/// An error message when \p Globs name a check that does not exist; or nothing.
std::string unknownCheck(llvm::StringRef Globs);

/// Whether the .clang-tidy files that apply to \p Jobs can be read;
/// clang-tidy's own reader would go on without one that can't.
llvm::Error checkConfigurationFiles(llvm::ArrayRef<Job> Jobs);

/// The .clang-tidy files in the folder of \p File and those above it.
std::vector<std::string> configurationFiles(llvm::StringRef File);

/// What \p Jobs are to be done with, by \p Options. Fails when the options
/// leave no check in any file, or name models that can't be read.
llvm::Expected<std::vector<Task>>
makeTasks(llvm::ArrayRef<Job> Jobs,
          clang::tidy::ClangTidyOptionsProvider &Options);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_CONFIGURATION_H
