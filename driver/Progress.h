//===-- Progress.h - How far the analysis is -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Shows progress on standard error: one line that changes on a terminal, one
/// line per file elsewhere.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_PROGRESS_H
#define ASYNC_TIDY_DRIVER_PROGRESS_H

#include "llvm/ADT/StringRef.h"
#include <chrono>

namespace async_tidy {

class Progress {
public:
  Progress(size_t Total, bool Enabled);

  /// \p File is the next one.
  void start(llvm::StringRef File);
  /// Leaves the terminal as it was.
  void finish();

private:
  const size_t Total;
  const bool Enabled;
  const bool Terminal;
  size_t Done = 0;
  const std::chrono::steady_clock::time_point Begin;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_PROGRESS_H
