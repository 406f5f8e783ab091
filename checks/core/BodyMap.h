//===-- BodyMap.h - Where things stand in a function -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What stands around each statement of a function, and where it names its
/// variables: made once per function, by \c Unit::body.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_BODYMAP_H
#define ASYNC_TIDY_CHECKS_CORE_BODYMAP_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace async_tidy {

/// Where each statement and expression of one function stands.
class BodyMap {
public:
  explicit BodyMap(const clang::FunctionDecl *FD);

  /// What \p S is part of, in the function; null when it is no part.
  const clang::Stmt *parent(const clang::Stmt *S) const {
    return Parents.lookup(S);
  }
  /// Each mention of a local variable, in the order of the source.
  llvm::ArrayRef<const clang::DeclRefExpr *> mentions() const { return Refs; }
  /// The names that stand for \p Var in the function, in that order.
  llvm::ArrayRef<const clang::DeclRefExpr *>
  mentions(const clang::VarDecl *Var) const;
  /// Each variable that the function declares in its own body.
  llvm::ArrayRef<const clang::VarDecl *> variables() const { return Vars; }

  /// The block or loop that declares \p Var; null for parameters.
  const clang::Stmt *scope(const clang::VarDecl *Var) const {
    return Scopes.lookup(Var);
  }

  /// Whether \p Var, or a parameter, ends with the function, and not with a
  /// block in it.
  bool isOutermost(const clang::VarDecl *Var) const;

  /// Whether a condition that decides over \p Second looks at something that
  /// the branch around \p First is about, too: then perhaps only one of both
  /// ever runs.
  bool mayExclude(const clang::Stmt *First, const clang::Stmt *Second) const;

  /// Whether \p S may run once, although there is a loop around it: a branch
  /// stands between them, or the loop is a macro's.
  bool isConditionalInLoop(const clang::Stmt *S) const;

  /// Whether \p S is \p Outer, or a part of it.
  bool isWithin(const clang::Stmt *S, const clang::Stmt *Outer) const {
    while (S && S != Outer)
      S = parent(S);
    return S;
  }

  /// Whether a loop of the function is around \p S.
  bool isInLoop(const clang::Stmt *S) const;

  /// Whether nothing uses the value of \p E, or it has none.
  bool isDiscarded(const clang::Expr *E) const;

  /// The co_await in whose operand \p S stands; null when it is in none.
  const clang::Expr *awaitAround(const clang::Stmt *S) const;

private:
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Parents;
  llvm::DenseMap<const clang::VarDecl *, const clang::Stmt *> Scopes;
  llvm::DenseMap<const clang::VarDecl *,
                 llvm::SmallVector<const clang::DeclRefExpr *, 4>>
      Mentions;
  std::vector<const clang::DeclRefExpr *> Refs;
  std::vector<const clang::VarDecl *> Vars;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_BODYMAP_H
