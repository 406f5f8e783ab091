//===-- UnifiedDiff.h - The lines that a diff adds ------------ -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads diffs as git and others write them, with any prefix that git can be
/// configured to put before names. What is not understood is an error: lines
/// that were passed over would be lines without findings.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_UNIFIEDDIFF_H
#define ASYNC_TIDY_DRIVER_UNIFIEDDIFF_H

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace async_tidy {

/// The lines that \p Diff adds or changes, by absolute path. Its paths are
/// relative to \p Root; \p IsFile says which of those that a name may mean is
/// there. Files without such lines are left out.
llvm::Expected<std::vector<clang::tidy::FileFilter>>
addedLines(llvm::StringRef Diff, llvm::StringRef Root,
           llvm::function_ref<bool(llvm::StringRef Path)> IsFile);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_UNIFIEDDIFF_H
