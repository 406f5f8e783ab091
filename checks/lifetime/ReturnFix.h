//===-- ReturnFix.h - Awaiting what is returned -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Makes a function that returns a task a coroutine which awaits it.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_LIFETIME_RETURNFIX_H
#define ASYNC_TIDY_CHECKS_LIFETIME_RETURNFIX_H

#include "core/Unit.h"

namespace async_tidy {

/// Hints that turn each 'return' of \p F, which is no coroutine, into
/// 'co_return co_await'. None, unless it is sure that this compiles: a
/// coroutine of this file returns the same type, every return hands on a task
/// of that type outside of handlers, and nothing but this file's text is
/// changed. None either where \p F has parameters that would have to outlive
/// the call then.
llvm::SmallVector<clang::FixItHint, 2> awaitReturns(Unit &U,
                                                    const FunctionSummary &F);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_LIFETIME_RETURNFIX_H
