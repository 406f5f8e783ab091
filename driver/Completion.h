//===-- Completion.h - What shells complete ------------------- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_COMPLETION_H
#define ASYNC_TIDY_DRIVER_COMPLETION_H

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Error.h"

namespace async_tidy {

/// A script that teaches \p Shell, one of bash, zsh and fish, the commands and
/// the flags of \p Category, with the names of checks and formats.
llvm::Expected<std::string> completionFor(llvm::StringRef Shell,
                                          llvm::cl::OptionCategory &Category);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_COMPLETION_H
