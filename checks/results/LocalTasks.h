//===-- LocalTasks.h - Tasks in local variables ----------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The local variables of a function that hold tasks, and what each mention
/// does to the task: what the checks of this group share.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_RESULTS_LOCALTASKS_H
#define ASYNC_TIDY_CHECKS_RESULTS_LOCALTASKS_H

#include "core/Unit.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace async_tidy {

/// Where each statement and expression of one function stands.
class BodyMap {
public:
  explicit BodyMap(const clang::FunctionDecl *FD);

  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.lookup(S);
  }
  /// Each mention of a local variable, in the order of the source.
  llvm::ArrayRef<const clang::DeclRefExpr *> mentions() const { return Refs; }
  /// Each variable that the function declares in its own body.
  llvm::ArrayRef<const clang::VarDecl *> variables() const { return Vars; }

  /// Whether a condition that decides over \p Second looks at something that
  /// the branch around \p First is about, too: then perhaps only one of both
  /// ever runs.
  bool mayExclude(const clang::Stmt *First, const clang::Stmt *Second) const;

  /// Whether \p S may run once, although there is a loop around it: a branch
  /// stands between them, or the loop is a macro's.
  bool isConditionalInLoop(const clang::Stmt *S) const;

  /// The co_await in whose operand \p S stands; null when it is in none.
  const clang::Expr *awaitAround(const clang::Stmt *S) const;

private:
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  std::vector<const clang::DeclRefExpr *> Refs;
  std::vector<const clang::VarDecl *> Vars;
};

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

/// In the order of the source.
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

/// What is lost when a task that \p Maker makes in \p F is dropped, to complete
/// a message; empty when that is nothing, or not known.
std::string lossOf(const FunctionSummary &F, clang::QualType T,
                   const TaskType &Type, const clang::Expr *Maker, Unit &U);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_RESULTS_LOCALTASKS_H
