//===-- UnawaitedGuard.cpp - async-unawaited-guard --------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Fixes.h"
#include "core/LocalTasks.h"
#include "core/Names.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds variables that hold the future of a lock or a permit, and look as if
/// they held the lock.
class UnawaitedGuardCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<UnawaitedGuardCheck> R({
    .Name = "async-unawaited-guard",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a variable that holds the future of a lock holds no lock",
});

} // namespace

void UnawaitedGuardCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    for (const LocalTask &Task : U.tasks(F)) {
      if (!isUnawaitedGuard(Task, U))
        continue;
      const Expr *Made = workOf(Task);
      const FunctionDecl *Callee = calleeOf(Made);
      Finding Found;
      Found.Loc = Task.Var->getLocation();
      Found.Message =
          "'" + Task.Var->getNameAsString() + "' does not hold what '" +
          (Callee ? displayCallee(Made, Callee) : displayType(Task.T, U.Ctx)) +
          "' acquires, but the '" + displayType(Task.T, U.Ctx) +
          "' of it, so what follows is not protected; ";
      Found.Message +=
          F.Coro ? "co_await it" : "wait for it, and keep what it gives";
      Found.Ranges.push_back(Made->getSourceRange());
      const QualType Gives = awaitedType(Task.T, Task.Type, U);
      // 'auto' becomes the guard. What gives nothing can't be kept.
      if (F.Coro && Task.Mentions.empty() &&
          Made == stripImplicit(Task.Var->getInit()) &&
          Task.Var->getType()->getContainedAutoType() && !Gives.isNull() &&
          !Gives->isVoidType() && U.C.canAwait(F.Coro->Promise, Task.T) &&
          mayAwaitAt(F.Function, Made) && textOf(Made, U.Ctx))
        Found.Fixes = insertAwait(F.Function, Made, U.Ctx);
      report(Found);
    }
}
