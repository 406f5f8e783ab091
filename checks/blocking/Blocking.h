//===-- Blocking.h - Blocking calls in coroutines -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the checks on blocking share: async-blocking-sleep, -wait and -call
/// differ in the categories that they are about.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_BLOCKING_BLOCKING_H
#define ASYNC_TIDY_CHECKS_BLOCKING_BLOCKING_H

#include "core/Check.h"

namespace async_tidy {

class BlockingCheckBase : public Check {
public:
  BlockingCheckBase(llvm::ArrayRef<Effect> Kinds, llvm::StringRef Name,
                    clang::tidy::ClangTidyContext *Context)
      : Check(Name, Context), Kinds(Kinds),
        AllowedFunctions(*this, "AllowedFunctions", "") {}

  void analyze(Unit &U) override;

protected:
  /// A fix that leaves the meaning as it is, or nothing.
  virtual llvm::SmallVector<clang::FixItHint, 2>
  fix(Unit &U, const FunctionSummary &F, const BlockingSite &Site) {
    return {};
  }

  /// How \p F runs, if it must not block; by default, on an event loop.
  virtual std::optional<Unit::Context> contextOf(Unit &U,
                                                 const FunctionSummary &F) {
    return U.loopContext(F);
  }

  /// Whether it matters that a function with \p Context has \p Kind.
  virtual bool applies(const Unit::Context &Context, Effect Kind) {
    return true;
  }

  void analyzeHandovers(Unit &U);

private:
  void direct(Unit &U, const FunctionSummary &F, const Unit::Context &Context,
              const BlockingSite &Site);
  /// \p F is the function that \p Call is in; null when that does not matter.
  void through(Unit &U, const clang::FunctionDecl *Callee, FunctionKey Key,
               const clang::Expr *Call, const FunctionSummary *F,
               const Unit::Context &Context, Effect Kind);

  const llvm::SmallVector<Effect, 2> Kinds;
  ListOption AllowedFunctions;
};

/// A fix for 'wait(work)' and 'work.wait()': 'co_await work', where the model
/// of the function says which argument is the work. Nothing where that does not
/// leave the meaning as it is.
llvm::SmallVector<clang::FixItHint, 2>
awaitInstead(Unit &U, const FunctionSummary &F, const BlockingSite &Site);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_BLOCKING_BLOCKING_H
