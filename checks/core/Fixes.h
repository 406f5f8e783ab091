//===-- Fixes.h - Building fix-its -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What fix-its have in common: the text of an expression, whether a name is
/// there to be used, whether a co_await may stand at a place.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_FIXES_H
#define ASYNC_TIDY_CHECKS_CORE_FIXES_H

#include "core/Unit.h"

namespace async_tidy {

/// The source text of \p E, or nothing when it does not stand in one piece
/// outside macros.
std::optional<std::string> textOf(const clang::Expr *E,
                                  const clang::ASTContext &Ctx);

/// Whether \p QualifiedName is declared in this file.
bool isDeclared(llvm::StringRef QualifiedName, clang::ASTContext &Ctx);

/// Whether the names that \p Text uses from namespace \p Namespace, as in
/// "boost::asio::use_awaitable", are all declared.
bool areDeclared(llvm::StringRef Text, llvm::StringRef Namespace,
                 clang::ASTContext &Ctx);

/// Whether 'co_await' may be written at \p At in the body of coroutine \p FD:
/// not in a handler of exceptions, nor in a nested function.
bool mayAwaitAt(const clang::FunctionDecl *FD, const clang::Expr *At);

/// What \p E is part of in the body of \p FD, past parentheses and implicit
/// nodes; null when it is no part of it.
const clang::Stmt *parentIn(const clang::FunctionDecl *FD,
                            const clang::Expr *E);

/// Whether \p E stands in \p FD as a statement of its own.
bool isStatement(const clang::FunctionDecl *FD, const clang::Expr *E);

/// Hints that put 'co_await' before \p E, and parentheses around both where
/// the expression that \p E is part of binds more tightly.
llvm::SmallVector<clang::FixItHint, 2>
insertAwait(const clang::FunctionDecl *FD, const clang::Expr *E,
            const clang::ASTContext &Ctx);

/// Whether the operations of library \p C.Library, given its usual token, can
/// be awaited in coroutine \p F. Asio's token stands for one executor type.
bool takesUsualToken(const FunctionSummary &F);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_FIXES_H
