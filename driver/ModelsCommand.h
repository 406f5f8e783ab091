//===-- ModelsCommand.h - 'async-tidy models' -------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The command that shows library models, and validates those of users.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_MODELSCOMMAND_H
#define ASYNC_TIDY_DRIVER_MODELSCOMMAND_H

#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace async_tidy {

/// Prints one line per built-in model or, for those that \p Names names, the
/// whole file. \returns the exit code; a name that does not exist is an error.
int showModels(llvm::ArrayRef<std::string> Names);

/// Validates the files. \returns the exit code.
int checkModels(llvm::ArrayRef<std::string> Files);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_MODELSCOMMAND_H
