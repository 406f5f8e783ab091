//===-- Executors.h - What executors are for --------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether an expression that names an executor or an execution context stands
/// for an event loop, or for threads on which blocking is fine.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_EXECUTORS_H
#define ASYNC_TIDY_CHECKS_CORE_EXECUTORS_H

#include "core/Models.h"

namespace async_tidy {

/// Where a function runs that somebody is given to run.
enum class Place {
  Here,            ///< where the caller runs
  Loop,            ///< on an event loop
  Fiber,           ///< on an event loop, on a stackful thread
  BlockingAllowed, ///< on a thread, or an executor where blocking is fine
  Unknown,
};

class Executors {
public:
  explicit Executors(Models &M) : M(M) {}

  /// What executor \p E is for: a thread pool, its executor, or a strand on
  /// one, or an event loop. Null is unknown.
  Place placeOf(const clang::Expr *E);

  /// Whether \p T is an executor type.
  bool isExecutor(clang::QualType T) { return modelOf(T); }

  /// Whether an executor of type \p T is a loop only where the file makes I/O
  /// objects with it.
  bool mayBeWithoutIO(clang::QualType T);

  /// The variable that holds executor \p E, where its use has to tell what it
  /// is for: of context, context.get_executor(), make_strand(context). Null
  /// when there is none.
  const clang::ValueDecl *variableOf(const clang::Expr *E);

private:
  const ExecutorModel *modelOf(clang::QualType T);
  Place placeOf(const clang::Expr *E, unsigned Depth);

  Models &M;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_EXECUTORS_H
