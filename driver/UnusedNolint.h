//===-- UnusedNolint.h - Suppressions that suppress nothing --- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_UNUSEDNOLINT_H
#define ASYNC_TIDY_DRIVER_UNUSEDNOLINT_H

#include "driver/RunResult.h"

namespace async_tidy {

/// A finding for each NOLINT in \p Files that names checks of ours and hides
/// none of \p Suppressed. One that names other checks, too, or all, is left
/// alone.
std::vector<LinkedFinding>
unusedNolints(llvm::ArrayRef<std::string> Files,
              llvm::ArrayRef<LinkedFinding> Suppressed, SourceText &Text);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_UNUSEDNOLINT_H
