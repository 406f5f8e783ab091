//===-- Presence.h - What is behind a pointer ------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Conditions that test whether a pointer, a smart pointer or an optional has
/// something in it, and expressions that need it to.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_PRESENCE_H
#define ASYNC_TIDY_CHECKS_CORE_PRESENCE_H

#include "core/AccessPath.h"
#include "clang/AST/ExprCXX.h"
#include <vector>

namespace async_tidy {

/// Whether a \p T may be empty, and says so itself: a pointer, or a class that
/// converts to bool and is followed as pointers are.
bool isNullable(clang::QualType T);

/// What a condition tells of an object when it is true: that something is in
/// it, or nothing. What it tells when it is false is the opposite.
struct PresenceTest {
  AccessPath Of;
  bool IsPresent;
};

/// What \p Condition, without negations, tests. Nothing when it is no test of
/// a nullable object or a flag.
std::optional<PresenceTest> presenceTest(const clang::Expr *Condition);

/// An object that a function tests, and the first place where it does so.
struct TestedObject {
  AccessPath Path;
  const clang::Expr *At;
};

/// What the conditions of branches and loops of \p FD test, each object once.
std::vector<TestedObject> testedObjects(const clang::FunctionDecl *FD);

/// The object that \p E follows: it has to have something in it. Null when
/// \p E follows none.
const clang::Expr *followedBy(const clang::Expr *E);

/// Whether \p E is nothing: a null pointer, an empty optional, false.
bool isNothing(const clang::Expr *E);

/// The object that \p E, an assignment or a call of reset, leaves empty; null
/// when it leaves none so.
const clang::Expr *emptiedBy(const clang::Expr *E);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_PRESENCE_H
