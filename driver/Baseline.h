//===-- Baseline.h - Findings that are known ------------------ -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A file of findings that a project has, and lives with: one line for each, in
/// a fixed order, so that people can read it and git can merge it.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_BASELINE_H
#define ASYNC_TIDY_DRIVER_BASELINE_H

#include "driver/Fingerprint.h"
#include "driver/RunResult.h"
#include "llvm/Support/Error.h"

namespace async_tidy {

/// What is in a file that git left with conflicts.
enum class Conflicts { Refuse, TakeBoth };

/// Reads \p File, whose paths are relative to \p Root.
llvm::Expected<std::vector<KnownFinding>>
readBaseline(llvm::StringRef File, llvm::StringRef Root,
             Conflicts C = Conflicts::Refuse);

/// The text of a baseline that has \p Known.
std::string writeBaseline(std::vector<KnownFinding> Known,
                          llvm::StringRef Root);

/// What \p Findings are as entries of a baseline; those that have a reason keep
/// it.
std::vector<KnownFinding> asKnown(llvm::ArrayRef<LinkedFinding> Findings);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_BASELINE_H
