//===-- Throws.h - What leaves a function by exception ----------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Where a function throws, and what its handlers keep in. An await throws when
/// the operation of a library that it waits for fails in that way; what an
/// awaited coroutine throws, its own facts tell.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_THROWS_H
#define ASYNC_TIDY_CHECKS_CORE_THROWS_H

#include "core/Coroutines.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <string>
#include <vector>

namespace async_tidy {

/// A place where an exception is thrown that no handler of the function
/// catches.
struct ThrowSite {
  const clang::Expr *At;
  std::string Operation; ///< what is awaited; empty for a throw
};

/// What a function lets out, in the order in which it stands there.
struct ThrowSummary {
  std::vector<ThrowSite> Throws;
  /// Calls of which the function gets what the work throws: what they return
  /// is awaited, or returned to somebody who may await it.
  llvm::SmallPtrSet<const clang::Expr *, 16> Awaited;
  /// Calls from which no exception is taken to get out of the function: a
  /// handler around them catches it, as far as is known; they return work that
  /// is started elsewhere and fails there; or both are ordinary functions.
  llvm::SmallPtrSet<const clang::Expr *, 16> Caught;
  /// A handler around the whole body catches everything.
  bool HasHandler = false;
  bool IsNoexcept = false;
};

/// What \p FD throws. A handler that throws again lets everything through that
/// is thrown in its block; only that, so that a handler which cleans up behind
/// code that does not throw is none that throws. What says nothing but "you
/// were cancelled", or that the program has a mistake, does not count.
ThrowSummary findThrows(const clang::FunctionDecl *FD, Models &M, Coroutines &C,
                        clang::ASTContext &Ctx);

/// The expressions whose work \p E hands on: calls that make a task, or
/// callables, behind everything that passes exceptions on, such as 'std::move',
/// a variable that holds it, or a function that a model names.
void forEachTask(const clang::Expr *E, Models &M,
                 llvm::function_ref<void(const clang::Expr *)> Visit);

/// What becomes of exceptions that leave a coroutine with promise \p Promise,
/// as far as the body of its unhandled_exception shows.
enum class Unhandled { Unknown, Lost, Terminates };
Unhandled unhandledException(const clang::CXXRecordDecl *Promise,
                             clang::ASTContext &Ctx);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_THROWS_H
