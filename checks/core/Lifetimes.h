//===-- Lifetimes.h - What references and views refer to -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Follows references, pointers and views back to the object that they refer
/// to, within one expression. What is known of a function is what clang knows:
/// the attributes lifetimebound, gsl::Owner and gsl::Pointer, which it adds to
/// the standard library by itself. Everything else is unknown.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_LIFETIMES_H
#define ASYNC_TIDY_CHECKS_CORE_LIFETIMES_H

#include "core/Models.h"
#include "clang/AST/ExprCXX.h"

namespace async_tidy {

/// Whether an object of class \p T refers to memory of another one, as
/// std::string_view does.
bool isView(clang::QualType T, Models &M);

/// Whether a copy of a \p T refers to what the \p T refers to: a reference, a
/// pointer to an object, or a view.
bool isReferenceLike(clang::QualType T, Models &M);

/// Where an expression's object comes from.
struct Origin {
  /// A temporary (MaterializeTemporaryExpr), or a name (DeclRefExpr); null
  /// when it is unknown.
  const clang::Expr *E = nullptr;
  /// Not the object that \c E is: what its value, a pointer or a view, refers
  /// to.
  bool ByValue = false;

  explicit operator bool() const { return E; }
  /// The temporary, if it dies at the end of the full-expression.
  const clang::MaterializeTemporaryExpr *temporary() const;
};

/// The object that \p E, an lvalue or xvalue, is or is a part of.
Origin objectBehind(const clang::Expr *E, Models &M);

/// The object that \p E, a pointer or view, refers to.
Origin targetOf(const clang::Expr *E, Models &M);

/// What an initializer of type \p T makes of \p E refers to.
Origin originOf(clang::QualType T, const clang::Expr *E, Models &M);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_LIFETIMES_H
