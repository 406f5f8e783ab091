//===-- LocalTasks.h - Tasks in local variables ----------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The local variables of a function that hold tasks, and what each mention
/// does to the task.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_LOCALTASKS_H
#define ASYNC_TIDY_CHECKS_CORE_LOCALTASKS_H

#include "core/Unit.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

/// What a mention of a variable does to the object.
enum class Use {
  Set,      ///< something else is put in its place
  Asked,    ///< its state is looked at
  Silenced, ///< (void)task: somebody says that it is not used
  Awaited,  ///< co_await task
  Taken,    ///< moved out, or taken out by a member: nothing is left
  Other,    ///< passed on, captured, stored: anything
};

struct Mention {
  const clang::DeclRefExpr *Ref;
  Use How;
  /// What does it: an element of the control-flow graph.
  const clang::Stmt *By;
  /// The right side of an assignment.
  const clang::Expr *Source = nullptr;
};

/// What \p Ref does to the object that it names, whose library says \p Model.
Mention classify(const clang::DeclRefExpr *Ref, const BodyMap &Body,
                 ModelRef<TaskModel> Model);

/// A local variable, or a parameter taken by value, that holds a task.
struct LocalTask {
  const clang::VarDecl *Var;
  clang::QualType T;
  TaskType Type;
  std::vector<Mention> Mentions;

  /// Whether any mention is a \p How.
  bool has(Use How) const;
  /// Whether somebody says that it is meant not to be used.
  bool isMarkedUnused() const;
};

/// Those of \p F, in the order of the source. Checks ask \c Unit::tasks.
std::vector<LocalTask> localTasks(Unit &U, const FunctionSummary &F,
                                  const BodyMap &Body);

/// The expression in \p E that makes a task of work that may still go on: a
/// call. Null when \p E takes the task over from another object, or makes one
/// without work.
const clang::Expr *maker(const clang::Expr *E, const TaskType &Type);

/// The initializer or the first assignment that gives \p Task work to hold;
/// null when none does.
const clang::Expr *workOf(const LocalTask &Task);

/// What awaiting a \p T gives. Null when that is not known.
clang::QualType awaitedType(clang::QualType T, const TaskType &Type, Unit &U);

/// Whether \p Task, which nobody awaits, is to become a lock or a permit.
bool isUnawaitedGuard(const LocalTask &Task, Unit &U);

/// Whether \p E is given a callback for what comes of the task, as then() is.
bool givesToCallback(const clang::Expr *E, Unit &U);

/// Whether the author of the function that \p E calls says that what it returns
/// must not be dropped.
bool isNodiscardCall(const clang::Expr *E);

/// The same, or the author of its class.
bool isNodiscard(const clang::Expr *E);

/// Whether awaiting is all that an awaiter of type \p T can be made for: its
/// destructor does nothing.
bool isOnlyForAwaiting(clang::QualType T);

/// What is lost when a task that \p Maker makes in \p F is dropped, to complete
/// a message; empty when that is nothing, or not known.
std::string lossOf(const FunctionSummary &F, clang::QualType T,
                   const TaskType &Type, const clang::Expr *Maker, Unit &U);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_LOCALTASKS_H
