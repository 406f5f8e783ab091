//===-- Statistics.h - How many findings of what -------------- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_STATISTICS_H
#define ASYNC_TIDY_DRIVER_STATISTICS_H

#include "driver/RunResult.h"

namespace async_tidy {

/// A table of the checks that found something, those that found most first,
/// with how many of their findings have a fix.
std::string statistics(const RunResult &R);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_STATISTICS_H
