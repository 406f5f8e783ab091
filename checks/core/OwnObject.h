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

#ifndef ASYNC_TIDY_CHECKS_CORE_OWNOBJECT_H
#define ASYNC_TIDY_CHECKS_CORE_OWNOBJECT_H

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

/// Whether \p E or a part of it is a pointer class for objects of \p RD.
bool mentionsReference(const clang::Stmt *E, const clang::CXXRecordDecl *RD);

/// Where a coroutine uses its own object after it has been suspended with
/// nothing in its frame that keeps the object, or knows that it is gone.
struct UnguardedUse {
  const clang::CXXThisExpr *At = nullptr;
  const clang::Expr *Suspension = nullptr;

  explicit operator bool() const { return At; }
};
/// \param Counts which suspensions matter; all, when it is null.
/// \param OnlyChanges whether to look for what changes the object: assigns to
/// a member, or calls a member's function that is not const.
UnguardedUse
unguardedUse(Unit &U, const FunctionSummary &F,
             llvm::function_ref<bool(const clang::Expr *)> Counts = nullptr,
             bool OnlyChanges = false);

/// Where an eager coroutine changes its object after something that the object
/// has no influence on: it has been moved back to an event loop, on which the
/// object may have been released meanwhile; or what it has awaited is not the
/// object's, whose owner deletes it when that likes to. No caller that this
/// file sees awaits it.
UnguardedUse strandedChange(Unit &U, const FunctionSummary &F,
                            const Counted &Class);

/// Whether \p F ends the use of its object, by its name, and all that it does
/// is to return a task that is done.
bool stopsAtOnce(Unit &U, const FunctionSummary &F);

/// A coroutine that is left behind when its object is told to stop.
struct LeftBehind {
  const clang::CXXMethodDecl *Coroutine = nullptr;
  UnguardedUse Late;

  explicit operator bool() const { return Coroutine; }
};
/// The coroutine that changes its object after a suspension while \p MD, which
/// \c stopsAtOnce, has told callers that the object may go. Both implement the
/// same interface, so that somebody calls them who knows no more about it.
LeftBehind leftBehindBy(Unit &U, const clang::CXXMethodDecl *MD);

/// What a caller does with the task.
enum class TaskUse {
  Awaits,       ///< at once
  Detaches,     ///< nobody waits for it
  OutlivesHold, ///< returned by who gives up its reference to the object
  Other,
};

/// A call of a member coroutine.
struct MemberCall {
  const FunctionSummary *Caller;
  const clang::Expr *Call;
  TaskUse How;
};
/// What this file does with the tasks of member coroutine \p FD.
std::vector<MemberCall> callsOf(Unit &U, const clang::CXXMethodDecl *FD);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_OWNOBJECT_H
