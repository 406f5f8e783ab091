//===-- OwnObject.h - Coroutines and the object they belong to --*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What becomes of the object of a member coroutine while that is suspended:
/// whether something in its frame keeps the object or knows of it, and what
/// callers do with the task.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_LIFETIME_OWNOBJECT_H
#define ASYNC_TIDY_CHECKS_LIFETIME_OWNOBJECT_H

#include "core/Unit.h"

namespace async_tidy {

/// A class that others refer to by reference-counting pointers.
struct Counted {
  ModelRef<ReferenceCountedModel> Model;
  /// The class that the model names.
  const clang::CXXRecordDecl *Base = nullptr;

  explicit operator bool() const { return Base; }
};
Counted countedBy(const clang::CXXRecordDecl *RD, Models &M);

/// Whether \p T is a pointer class for objects of \p RD, or holds one: one of
/// its template arguments is \p RD or a relative of it.
bool refersTo(clang::QualType T, const clang::CXXRecordDecl *RD);

/// Where a coroutine uses its own object after it has been suspended with
/// nothing in its frame that keeps the object, or knows that it is gone.
struct UnguardedUse {
  const clang::CXXThisExpr *At = nullptr;
  const clang::Expr *Suspension = nullptr;

  explicit operator bool() const { return At; }
};
UnguardedUse unguardedUse(Unit &U, const FunctionSummary &F);

/// What a caller does with the task.
enum class Use {
  Awaits,       ///< at once
  Detaches,     ///< nobody waits for it
  OutlivesHold, ///< returned by who gives up its reference to the object
  Other,
};

/// A call of a member coroutine.
struct MemberCall {
  const FunctionSummary *Caller;
  const clang::Expr *Call;
  Use How;
};
/// What this file does with the tasks of member coroutine \p FD.
std::vector<MemberCall> callsOf(Unit &U, const clang::CXXMethodDecl *FD);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_LIFETIME_OWNOBJECT_H
