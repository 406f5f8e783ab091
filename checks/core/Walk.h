//===-- Walk.h - The functions that a user wrote ----------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One way through the code for every check: each function that a user wrote,
/// lambdas included, once; and the statements of one body, without those of
/// the functions nested in it and without what only the compiler added.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_WALK_H
#define ASYNC_TIDY_CHECKS_CORE_WALK_H

#include "core/Models.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <optional>
#include <vector>

namespace async_tidy {

/// The definitions of all functions that a user wrote and this file sees, in
/// source order, callers of lambdas before the lambdas. Of a template that has
/// instantiations, these instead of the template itself: they know more.
std::vector<const clang::FunctionDecl *> userFunctions(clang::ASTContext &Ctx,
                                                       Models &M);

/// Calls \p Visit on each statement of \p Body from the outside in. Skips
/// unevaluated operands, the bodies of lambdas (but not their captures'
/// initializers), local classes, and the calls that a co_await stands for.
/// \p Visit returns whether to go into the statement's children.
void walkBody(const clang::Stmt *Body,
              llvm::function_ref<bool(const clang::Stmt *)> Visit);

/// The branch of \p If that is no code: the one that 'if constexpr' does not
/// take. Null when there is none.
const clang::Stmt *discardedBranch(const clang::IfStmt *If);

/// The children of \p S that \c walkBody would visit.
void forEachChild(const clang::Stmt *S,
                  llvm::function_ref<void(const clang::Stmt *)> Visit);

/// Calls \p Visit with each expression of \p S whose value nothing uses,
/// because it is a statement.
void forEachStatement(const clang::Stmt *S,
                      llvm::function_ref<void(const clang::Expr *)> Visit);

/// What runs when \p FD is called: its body (a coroutine's own, without the
/// promise's calls) and a constructor's initializers.
void walkFunction(const clang::FunctionDecl *FD,
                  llvm::function_ref<bool(const clang::Stmt *)> Visit);

/// Whether \p S is a loop, of whichever kind.
bool isLoop(const clang::Stmt *S);

/// The parts of a loop that goes on for as long as a condition holds.
struct LoopParts {
  /// Null where it is not written: 'for (;;)'.
  const clang::Expr *Condition = nullptr;
  const clang::Stmt *Body = nullptr;

  explicit operator bool() const { return Body; }
};

/// The parts of 'while', 'for' and 'do'; of a loop over a range, and of what is
/// no loop, nothing.
LoopParts loopParts(const clang::Stmt *S);

/// What \p Condition of a loop always is, as one that is not written is true;
/// nothing when that is not known before it runs.
std::optional<bool> constantCondition(const clang::Expr *Condition,
                                      const clang::ASTContext &Ctx);

/// Whether it is always true: nothing but the loop's body ends it.
bool isAlwaysTrue(const clang::Expr *Condition, const clang::ASTContext &Ctx);

/// What decides whether parts of \p S run, and may keep them from running: the
/// condition of a branch, or of a loop that asks before its first round. Null
/// when \p S has none.
const clang::Expr *branchCondition(const clang::Stmt *S);

/// The function that runs when \p E, a callable, is called: the call operator
/// of a lambda or of a variable that holds one, or a named function. Null when
/// that is not known.
const clang::FunctionDecl *callableOf(const clang::Expr *E);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_WALK_H
