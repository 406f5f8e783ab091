//===-- Tokens.h - What tells a coroutine to stop ---------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Tokens and sources of cancellation, whatever the library calls them.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CANCELLATION_TOKENS_H
#define ASYNC_TIDY_CHECKS_CANCELLATION_TOKENS_H

#include "core/Unit.h"

namespace async_tidy {

/// The library whose token or source a \p T is, or refers or points to.
LibraryRef tokenType(clang::QualType T, Models &M);

/// Whether \p S mentions a token or a source.
bool mentionsToken(const clang::Stmt *S, Models &M);

/// The token or source that \p E asks whether to stop; null when \p E is no
/// such question.
const clang::Expr *askedToken(const clang::Expr *E, Models &M);

/// The tokens and sources that \p Condition asks whether to stop, in the order
/// of the source; null has none.
llvm::SmallVector<const clang::Expr *, 1> askedIn(const clang::Expr *Condition,
                                                  Models &M);

/// The source that \p E tells to stop what listens to it; null when it tells
/// none.
const clang::Expr *requestedSource(const clang::Expr *E, Models &M);

/// A parameter for a token, of the function that a call calls, or of another of
/// the same name that takes the same arguments and a token.
struct TokenParameter {
  const clang::ParmVarDecl *Parameter;
  /// It is one of the options that the parameter has.
  const clang::FieldDecl *Option = nullptr;
  bool IsOverload;
  /// To add the token behind the last written argument is to pass it.
  bool IsNext;
};

/// The parameter for a token of class \p Token, or of any when that is null,
/// that \p Call could have and has not.
std::optional<TokenParameter>
unusedTokenParameter(const clang::CallExpr *Call,
                     const clang::CXXRecordDecl *Token, Models &M);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CANCELLATION_TOKENS_H
