//===-- Conditions.h - Waits for conditions, and who ends them --*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Where coroutines wait for a condition that only somebody else's word ends,
/// and which functions of a file say that word.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CONCURRENCY_CONDITIONS_H
#define ASYNC_TIDY_CHECKS_CONCURRENCY_CONDITIONS_H

#include "core/Unit.h"
#include "clang/AST/ExprCXX.h"

namespace async_tidy {

/// A wait without a predicate.
struct Wait {
  const clang::Expr *Call;
  const clang::Expr *Await;
  /// The variable or member, by which functions of one file agree on a
  /// condition.
  const clang::ValueDecl *Condition;
  ModelRef<ConditionModel> Model;
  /// It gives back a lock, under which the state is looked at.
  bool TakesLock;
};

/// The wait that \p Await stands for, when nothing but somebody else's word
/// ends it: no predicate, and no time.
std::optional<Wait> bareWait(const clang::CoroutineSuspendExpr *Await, Unit &U);

/// What a file says of one condition.
struct Announced {
  /// Where it is announced to those who wait at that time only, and not because
  /// the work is to end.
  const clang::Expr *By = nullptr;
  const clang::FunctionDecl *In = nullptr;
  /// The first place where it is announced, for whatever reason.
  const clang::Expr *Anyhow = nullptr;
  /// What may be a condition has been made one.
  bool IsMade = false;
};
using Announcements = llvm::DenseMap<const clang::ValueDecl *, Announced>;

Announcements announcements(Unit &U);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CONCURRENCY_CONDITIONS_H
