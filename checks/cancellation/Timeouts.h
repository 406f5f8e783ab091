//===-- Timeouts.h - What ends a wait that takes too long -------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Calls that say how long to wait, and what they wait for.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CANCELLATION_TIMEOUTS_H
#define ASYNC_TIDY_CHECKS_CANCELLATION_TIMEOUTS_H

#include "core/Unit.h"

namespace async_tidy {

/// A call that ends a wait when it has taken too long.
struct TimeoutCall {
  const clang::Expr *Call;
  ModelRef<TimeoutModel> Known;
  /// How long, or until when.
  const clang::Expr *Limit;
  /// What is waited for; null when the call itself waits.
  const clang::Expr *Work;
};

/// What \p E says about how long to wait, entry of a model by entry; nothing
/// when it says nothing.
llvm::SmallVector<TimeoutCall, 1> timeoutCalls(const clang::Expr *E, Unit &U);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CANCELLATION_TIMEOUTS_H
