//===-- Escapes.h - Tasks that outlive an expression ------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What becomes of the work that a call of a coroutine returns, when it is not
/// awaited in the full-expression that the call is in.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_ESCAPES_H
#define ASYNC_TIDY_CHECKS_CORE_ESCAPES_H

#include "core/Unit.h"
#include "clang/AST/ExprCXX.h"

namespace async_tidy {

/// How the work of a call outlives the full-expression that the call is in.
struct Escape {
  enum Way {
    Stored,     ///< in a variable, a member or a container
    Returned,   ///< to the caller
    HandedOver, ///< to a function that runs it
    Dropped,    ///< but it goes on: nobody has it any more
  } How = Stored;
  std::string Text; ///< as in "the task is stored"
  /// The coroutine has begun to run by the end of the full-expression.
  bool IsStarted = false;
  /// It does not end with the function, as far as the expression tells: nobody
  /// has it, or what has it is not local.
  bool OutlivesFunction = false;
  /// What the task is stored in: the variable that it initializes, or what the
  /// left side of an assignment, or the object of an insertion, names.
  const clang::VarDecl *Into = nullptr;
  const clang::Expr *Place = nullptr;
  /// The call or assignment that stores it, or that it is handed to.
  const clang::Expr *By = nullptr;
};

/// How the work that \p E in function \p In stands for outlives its
/// full-expression. Nothing when it is awaited there, or what becomes of it is
/// not known.
std::optional<Escape> escapeOf(const clang::Expr *E, Unit &U,
                               const clang::FunctionDecl *In);

/// Follows the tasks of one function, through its local variables, too.
class Escapes {
public:
  Escapes(Unit &U, const clang::FunctionDecl *FD)
      : U(U), FD(FD), Body(U.body(FD)) {}

  std::optional<Escape> of(const clang::Expr *E) const {
    return escapeOf(E, U, FD);
  }

  /// All ways in which it outlives a full-expression, followed through the
  /// local variables that it is stored in. These are among them.
  std::vector<Escape> all(const clang::Expr *E) const;

  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Body.parent(S);
  }
  llvm::ArrayRef<const clang::DeclRefExpr *>
  mentions(const clang::VarDecl *Var) const {
    return Body.mentions(Var);
  }
  const clang::Stmt *scope(const clang::VarDecl *Var) const {
    return Body.scope(Var);
  }

  const BodyMap &body() const { return Body; }

private:
  Unit &U;
  const clang::FunctionDecl *FD;
  const BodyMap &Body;
};

/// Whether a \p T is a task, or holds one as the standard library's types hold
/// what their template arguments say.
bool holdsTask(clang::QualType T, Coroutines &C, unsigned Depth = 0);

/// Whether the work goes on when an object of type \p T, which stands for it,
/// is dropped. Says no when that is not known.
bool goesOnWhenDropped(clang::QualType T, Coroutines &C);

/// The lambda that \p E is or holds; null when there is none, or it is not
/// known.
const clang::LambdaExpr *lambdaIn(const clang::Expr *E, Models &M);

/// Whether \p FD calls nothing any more after \p Call: then it waits for
/// nothing, either.
bool isLastCall(const clang::FunctionDecl *FD, const clang::Expr *Call,
                const clang::ASTContext &Ctx);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_ESCAPES_H
