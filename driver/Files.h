//===-- Files.h - Writing files ---------------------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Files are written as a whole or not at all.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FILES_H
#define ASYNC_TIDY_DRIVER_FILES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace async_tidy {

/// Writes \p Parts to \p File, one after the other, by way of a temporary file
/// that is renamed; '-' is standard output. A full disk is an error like any
/// other, where \c llvm::writeToOutput would end the program.
llvm::Error writeFile(llvm::StringRef File,
                      llvm::ArrayRef<llvm::StringRef> Parts);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FILES_H
