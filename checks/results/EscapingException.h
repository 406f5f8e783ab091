//===-- EscapingException.h - Exceptions that nobody gets -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the checks have in common that tell of exceptions which leave work that
/// nobody waits for. They differ in what becomes of the exception.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_RESULTS_ESCAPINGEXCEPTION_H
#define ASYNC_TIDY_CHECKS_RESULTS_ESCAPINGEXCEPTION_H

#include "core/Check.h"

namespace async_tidy {

/// Finds coroutines that may throw when nobody gets the exception: those that
/// are started detached, and those whose type can't be awaited.
class EscapingExceptionCheck : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  /// Which ones are this check's.
  virtual Fate reported() const = 0;
  void spawned(Unit &U, const FunctionSummary &F, const clang::Expr *Call,
               const ModelRef<CallableModel> &Ref);
  bool work(Unit &U, const FunctionSummary &F, const clang::Expr *E, Guard &G,
            std::string &Name);
  void fireAndForget(Unit &U, const FunctionSummary &F);
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_RESULTS_ESCAPINGEXCEPTION_H
