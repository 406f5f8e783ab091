//===-- Parameters.h - Parameters that coroutines use late -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a coroutine uses when it has been suspended since it was called: by
/// then, what its caller bound to a reference may be gone.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_PARAMETERS_H
#define ASYNC_TIDY_CHECKS_CORE_PARAMETERS_H

#include "core/Flow.h"
#include "core/Summaries.h"

namespace async_tidy {

/// The use of a parameter that is a reference, a pointer or a view, or of the
/// object that the coroutine was called on.
struct LateUse {
  unsigned Number;                     ///< as in \c ParameterFact
  const clang::ParmVarDecl *Parameter; ///< null for the object
  const clang::Expr *At;
  bool IsSuspended; ///< as in \c ParameterFact
};

/// One use of each parameter that coroutine \p F uses late; after a suspension
/// point in its body, if there is such a use. Uses that an eager coroutine may
/// make before it is suspended for the first time are none.
/// \p Flow is that of \p F; null when it is not known.
std::vector<LateUse> lateUses(const FunctionSummary &F,
                              const FunctionFlow *Flow, Models &M);

/// The use of a capture of a lambda that is a coroutine.
struct LateCapture {
  const clang::ValueDecl *Variable; ///< null for 'this'
  const clang::Expr *At;
  bool IsSuspended; ///< as in \c ParameterFact
};

/// The same for what lambda \p F has captured, which it reads from the lambda,
/// and not from the coroutine: none when the coroutine has a lambda of its own,
/// in a parameter 'this auto'.
///
/// \param When how the coroutine starts.
std::vector<LateCapture> lateCaptures(const FunctionSummary &F, Start When,
                                      const FunctionFlow *Flow, Models &M);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_PARAMETERS_H
