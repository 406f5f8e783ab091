//===-- Comparison.h - What is new ---------------------------- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Compares what is found with what was found before: in the code without the
/// change, in records of it, or in a baseline.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_COMPARISON_H
#define ASYNC_TIDY_DRIVER_COMPARISON_H

#include "driver/Baseline.h"
#include "driver/Link.h"
#include "driver/Plan.h"
#include "driver/Revision.h"
#include "driver/RunResult.h"

namespace async_tidy {

/// Marks those of \p R that \p Before has. \p Now is what \p R was linked from.
/// \returns for each of \p Before how many were matched.
std::vector<unsigned> compareWith(RunResult &R, const LinkedRecords &Now,
                                  llvm::ArrayRef<KnownFinding> Before);

/// The entries of \p Known that \p Matched leaves over, with how many of each.
std::vector<KnownFinding> leftOver(llvm::ArrayRef<KnownFinding> Known,
                                   llvm::ArrayRef<unsigned> Matched);

/// The records of all files in \p Folder whose names end in '.atr'.
llvm::Expected<std::vector<std::unique_ptr<llvm::MemoryBuffer>>>
readRecords(llvm::StringRef Folder);

/// How many files of \p Now none of the records \p Before is of; their paths
/// are relative to \p Root. A file that could not be analyzed has a record.
size_t
numWithoutRecord(const LinkedRecords &Now,
                 llvm::ArrayRef<std::unique_ptr<llvm::MemoryBuffer>> Before,
                 llvm::StringRef Root);

/// \p Jobs as they were \p Before: without new files, with those that have
/// another name now or are gone.
std::vector<Job> jobsBefore(llvm::ArrayRef<Job> Jobs, const Revision &Before);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_COMPARISON_H
