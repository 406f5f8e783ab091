//===-- StartUp.h - Code that runs before there is a loop -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Coroutines that are what a main function is: where they block, nobody else
/// wants to run.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_BLOCKING_STARTUP_H
#define ASYNC_TIDY_CHECKS_BLOCKING_STARTUP_H

#include "core/Unit.h"

namespace async_tidy {

/// Whether coroutine \p F never suspends, and starts threads that run event
/// loops: these do the work, and it waits for them.
bool isMainInDisguise(const FunctionSummary &F, Unit &U);

/// Whether an ordinary function waits for coroutine \p F wherever this file
/// starts it, and no other file is known to: until its first suspension \p F
/// runs on the thread that waits, which has nothing else to do.
bool isWaitedFor(const FunctionSummary &F, Unit &U);

/// The expressions of coroutine \p F that only run before its first suspension.
llvm::SmallPtrSet<const clang::Stmt *, 32>
beforeSuspension(const FunctionSummary &F, Unit &U);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_BLOCKING_STARTUP_H
