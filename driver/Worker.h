//===-- Worker.h - From a file to its record -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Parses one translation unit, runs the checks on it, and collects its facts.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_WORKER_H
#define ASYNC_TIDY_DRIVER_WORKER_H

#include "clang-tidy/ClangTidyOptions.h"
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

Record analyze(const Job &J, const OptionsProviderFactory &Options);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_WORKER_H
