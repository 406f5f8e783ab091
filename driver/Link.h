//===-- Link.h - From records to findings -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Resolves the guards of all records against the facts of all records, and
/// brings what remains into its final order.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_LINK_H
#define ASYNC_TIDY_DRIVER_LINK_H

#include "driver/Record.h"
#include "llvm/ADT/ArrayRef.h"

namespace async_tidy {

/// The findings of \p Records that hold, each once, by file and place. A
/// header's findings come from every file that includes it.
std::vector<clang::tidy::ClangTidyError> link(llvm::ArrayRef<Record> Records);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_LINK_H
