//===-- AccessPath.h - How an expression gets at an object ------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A name for an object that an expression stands for, by which two
/// expressions of one function can be compared: a variable, a member, a member
/// of what a pointer points to.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_ACCESSPATH_H
#define ASYNC_TIDY_CHECKS_CORE_ACCESSPATH_H

#include "core/Names.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>

namespace async_tidy {

/// How an expression gets at an object: from a variable or from \c *this,
/// through members. Pointers are followed without a trace: \c p->lock_ and
/// \c (*p).lock_ are one path, of a raw as of a smart pointer.
struct AccessPath {
  /// Null for \c *this.
  const clang::ValueDecl *Base = nullptr;
  llvm::SmallVector<const clang::ValueDecl *, 2> Members;
  /// Whether a pointer or a reference is followed on the way: the object is
  /// not a part of \c Base itself.
  bool IsIndirect = false;

  bool operator==(const AccessPath &Other) const {
    return Base == Other.Base && Members == Other.Members;
  }

  /// Whether the object lives as long as the call that the function runs in: it
  /// is a local variable, a parameter taken by value, or a part of one.
  bool isLocal() const;

  /// Whether this is \p Other or a part of it.
  bool isWithin(const AccessPath &Other) const;

  /// How messages name it: "lock_", "self->state".
  std::string name() const;
};

/// How \p E gets at the object that it is, or that it points to. Follows local
/// references and structured bindings to what they are initialized with.
/// Nothing for an object that a call or an operator makes or finds.
std::optional<AccessPath> accessPath(const clang::Expr *E);

/// Which of \p Objects, which have a Path each, \p E names as a variable or a
/// member.
template <class Range>
std::optional<unsigned> numberOf(const clang::Expr *E, const Range &Objects) {
  if (!E ||
      !clang::isa<clang::DeclRefExpr, clang::MemberExpr>(stripImplicit(E)))
    return std::nullopt;
  if (std::optional<AccessPath> Path = accessPath(E))
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Objects[I].Path == *Path)
        return I;
  return std::nullopt;
}

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_ACCESSPATH_H
