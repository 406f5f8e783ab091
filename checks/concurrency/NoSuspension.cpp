//===-- NoSuspension.cpp - async-no-suspension ----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds coroutines that await nothing.
class NoSuspensionCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<NoSuspensionCheck> R({
    .Name = "async-no-suspension",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // an interface may ask for a task
    .Since = "0.1",
    .Summary = "a coroutine that awaits nothing is a function with a frame on "
               "the heap",
});

} // namespace

void NoSuspensionCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const FunctionDecl *FD = F.Function;
    const auto *MD = dyn_cast<CXXMethodDecl>(FD);
    // What others call by an interface has no choice: overriders, callables,
    // and what a template is instantiated for.
    if (!F.Coro || F.Coro->Kind != CoroutineKind::Task ||
        FD->getLocation().isMacroID() || FD->isDependentContext() ||
        FD->isTemplateInstantiation() ||
        (MD && (MD->isVirtual() || MD->getParent()->isLambda() ||
                MD->isOverloadedOperator())))
      continue;
    // What runs on an executor, and not where it is called, is a coroutine to
    // that end.
    if (!F.Coro->StartsInPlace &&
        U.C.taskType(FD->getReturnType()).When == Start::Eager)
      continue;
    bool Awaits = false, IsWritten = true, Throws = false;
    walkFunction(FD, [&](const Stmt *S) {
      Awaits |= isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S);
      Throws |= isa<CXXThrowExpr>(S);
      IsWritten &= !S->getBeginLoc().isMacroID();
      const auto *If = dyn_cast<IfStmt>(S);
      Awaits |= If && If->isConstexpr();
      return !Awaits;
    });
    // A stub that only throws is not written yet.
    if (Awaits || !IsWritten || Throws)
      continue;
    // Handed over to be called: it has to be what the other one calls.
    if (llvm::any_of(U.starts(FD), [](const StartSite &Site) {
          return Site.As.Model != nullptr;
        }))
      continue;
    Finding Found;
    Found.Loc = FD->getLocation();
    Found.Message = "'" + displayName(FD) +
                    "' awaits nothing, and needs no coroutine for that; return "
                    "the value itself, or a task that is ready";
    report(std::move(Found));
  }
}
