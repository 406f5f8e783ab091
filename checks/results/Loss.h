//===-- Loss.h - What is lost with a task that is dropped -------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the checks of this group ask of tasks, and of callables that make
/// them.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_RESULTS_LOSS_H
#define ASYNC_TIDY_CHECKS_RESULTS_LOSS_H

#include "core/Unit.h"

namespace async_tidy {

/// What becomes of a task that is dropped by somebody who can't await it.
enum class Loss {
  None,      ///< it goes on, and its users mean it to, or that is not known
  NeverRuns, ///< it is lazy
  Cancelled, ///< its object owns the work
  Outcome,   ///< it goes on, and its author says that this is not enough
};
Loss lossOf(clang::QualType T, Unit &U);

/// Whether the author of class \p T says that its objects must not be dropped.
bool isNodiscardClass(clang::QualType T);

/// Whether the destructor of \p T, a class of the project, destroys the
/// coroutine that it stands for.
bool destroysCoroutine(clang::QualType T);

/// What calling \p E, a callable, returns; null when it is none or that is not
/// known.
clang::QualType resultOfCalling(const clang::Expr *E, Models &M);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_RESULTS_LOSS_H
