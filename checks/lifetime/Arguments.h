//===-- Arguments.h - What coroutines are given to refer to -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The arguments of calls of coroutines that are bound to a reference, a
/// pointer or a view, and the variables behind them.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_LIFETIME_ARGUMENTS_H
#define ASYNC_TIDY_CHECKS_LIFETIME_ARGUMENTS_H

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Lifetimes.h"
#include "core/Parameters.h"

namespace async_tidy {

/// An argument of the call of a function that may be a coroutine, or the object
/// it is called on.
struct BoundArgument {
  const CallSite *Site;
  unsigned Number; ///< as in \c Guard
  const clang::Expr *Argument;
  Origin From; ///< what the coroutine gets to refer to

  /// What asks whether the coroutine uses it late.
  Guard guard(Unit &U, const Escape &How) const;
  /// What the message calls the coroutine.
  std::string callee() const;
};

/// Calls \p Visit with all arguments of \p Site, whatever that returns, of
/// which it is known what they refer to.
void forEachBoundArgument(
    Unit &U, const CallSite &Site,
    llvm::function_ref<void(const BoundArgument &)> Visit);

/// The same for all calls in \p F that return a task.
void forEachBoundArgument(
    Unit &U, const FunctionSummary &F,
    llvm::function_ref<void(const BoundArgument &)> Visit);

/// The variable that owns what \p From refers to, so that it is gone when the
/// variable is: through references, pointers and views that are initialized
/// once. Null when it is no local variable or parameter, when something else
/// has got what it owned, and when that is not known.
const clang::VarDecl *ownerBehind(Origin From, const Escapes &Tasks, Models &M);

/// Whether nothing is lost with an object of type \p T.
bool isEmpty(clang::QualType T);

/// Whether \p P, of \p FD, takes whatever the caller has, as 'T &&' does in a
/// template.
bool isForwarding(const clang::FunctionDecl *FD, const clang::ParmVarDecl *P);

/// Whether a parameter could be a copy of a \p T instead of referring to it: a
/// service that everybody refers to can't be copied.
bool couldBeCopied(clang::QualType T);

/// What to report of \p Use, by coroutine \p FD after a suspension, and \p Why
/// that is wrong.
Finding lateParameter(const LateUse &Use, const clang::FunctionDecl *FD,
                      llvm::StringRef Why, Models &M);

/// Whether all calls of \p Callee in this file, if there are some, are awaited
/// where they stand.
bool areCallsAwaited(Unit &U, const clang::FunctionDecl *Callee);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_LIFETIME_ARGUMENTS_H
