//===-- Escapes.h - Tasks that outlive an expression -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What becomes of a task in the full-expression that makes it: whether it is
/// awaited there, while all temporaries are alive, or goes on when they are
/// gone.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_ESCAPES_H
#define ASYNC_TIDY_CHECKS_CORE_ESCAPES_H

#include "core/Unit.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"

namespace async_tidy {

/// What stands around each expression and statement of a function.
using ParentMap = llvm::DenseMap<const clang::Stmt *, const clang::Stmt *>;

/// Of what \c walkFunction visits.
ParentMap parentsIn(const clang::FunctionDecl *FD);

/// How the work of a call outlives the full-expression that the call is in.
struct Escape {
  std::string How; ///< as in "the task is stored"
  /// The coroutine has begun to run by the end of the full-expression.
  bool IsStarted = false;
  /// It is what the function returns.
  bool IsReturned = false;
  /// Nobody has it any more.
  bool IsDetached = false;
  /// It does not end with the function, as far as the expression tells: nobody
  /// has it, or what has it is not local.
  bool OutlivesFunction = false;
};

/// Nothing when the work of \p Call is awaited in the full-expression, or what
/// becomes of it is not known.
std::optional<Escape> escapeOf(const clang::Expr *Call, Unit &U,
                               const ParentMap &Parents);

/// The lambda that \p E is or holds; null when there is none, or it is not
/// known.
const clang::LambdaExpr *lambdaIn(const clang::Expr *E, Models &M);

/// Whether \p FD calls nothing any more after \p Call: then it waits for
/// nothing, either.
bool isLastCall(const clang::FunctionDecl *FD, const clang::Expr *Call,
                const clang::ASTContext &Ctx);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_ESCAPES_H
