//===-- Escapes.h - Where tasks go that are not awaited -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What becomes of a task behind the expression that makes it: how it outlives
/// its full-expression, and the function.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_LIFETIME_ESCAPES_H
#define ASYNC_TIDY_CHECKS_LIFETIME_ESCAPES_H

#include "core/Unit.h"

namespace async_tidy {

/// How the work of a call outlives the full-expression that the call is in.
struct TaskEscape {
  enum Way {
    Stored,     ///< in a variable, a member or a container
    Returned,   ///< to the caller
    HandedOver, ///< to a function that runs it
    Dropped,    ///< but it goes on
  } How = Stored;
  std::string Text; ///< as in "the task is stored"
  /// The coroutine has begun to run by the end of the full-expression.
  bool IsStarted = false;
  /// What the task is stored in: the variable that it initializes, or what the
  /// left side of an assignment, or the object of an insertion, names.
  const clang::VarDecl *Into = nullptr;
  const clang::Expr *Place = nullptr;
  /// The call or assignment that stores it, or that it is handed to.
  const clang::Expr *By = nullptr;
};

/// Follows the tasks of one function.
class Escapes {
public:
  Escapes(Unit &U, const clang::FunctionDecl *FD);

  /// How the work that \p E stands for outlives its full-expression. Nothing
  /// when it is awaited there, or what becomes of it is not known.
  std::optional<TaskEscape> of(const clang::Expr *E) const;

  /// All ways in which it outlives a full-expression, followed through the
  /// local variables that it is stored in. These are among them.
  std::vector<TaskEscape> all(const clang::Expr *E) const;

  /// What \p S is part of, in the function; null when it is no part.
  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.lookup(S);
  }
  /// The names that stand for \p Var in the function, in source order.
  llvm::ArrayRef<const clang::DeclRefExpr *>
  mentions(const clang::VarDecl *Var) const;

  /// The block or loop that declares \p Var; null for parameters.
  const clang::Stmt *scope(const clang::VarDecl *Var) const {
    return Scopes.lookup(Var);
  }

private:
  Unit &U;
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  llvm::DenseMap<const clang::VarDecl *, const clang::Stmt *> Scopes;
  llvm::DenseMap<const clang::VarDecl *,
                 llvm::SmallVector<const clang::DeclRefExpr *, 4>>
      Mentions;
};

/// Whether a \p T is a task, or holds one as the standard library's types hold
/// what their template arguments say.
bool holdsTask(clang::QualType T, Coroutines &C, unsigned Depth = 0);

/// Whether the work goes on when an object of type \p T, which stands for it,
/// is dropped. Says no when that is not known.
bool goesOnWhenDropped(clang::QualType T, Coroutines &C);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_LIFETIME_ESCAPES_H
