//===-- OwnState.h - Conditions that only the program changes ---*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether a condition asks for nothing but variables of the program, so that
/// whoever changes them could say so.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_BLOCKING_OWNSTATE_H
#define ASYNC_TIDY_CHECKS_BLOCKING_OWNSTATE_H

#include "core/Unit.h"
#include "clang/AST/ExprCXX.h"

namespace async_tidy {

/// What a condition asks for.
struct OwnState {
  /// A variable that others may change: a member, what a reference or pointer
  /// refers to, a local variable that a lambda refers to. Null when the
  /// condition asks for local variables and constants only.
  const clang::ValueDecl *Shared = nullptr;
};

/// What \p Condition in \p FD asks for. Nothing when it may ask somebody else,
/// such as the system, the clock, or a function that is not known; or for a
/// variable that a signal handler may set.
std::optional<OwnState> ownState(const clang::Expr *Condition,
                                 const clang::FunctionDecl *FD, Unit &U);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_BLOCKING_OWNSTATE_H
