//===-- FallsOffEnd.cpp - async-falls-off-end -----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds coroutines that return a value, and end without one.
class FallsOffEndCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<FallsOffEndCheck> R({
    .Name = "async-falls-off-end",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine that ends without the value which it returns has "
               "undefined behaviour",
});

/// Nothing but which points are reached.
struct Reached final : FlowProblem {
  void transfer(const CFGElement &, llvm::BitVector &) override {}
};

} // namespace

void FallsOffEndCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *Whole =
        dyn_cast_or_null<CoroutineBodyStmt>(F.Function->getBody());
    // A promise that has return_void has something to do at the end.
    if (!F.Coro || !Whole || F.Function->isDependentContext() ||
        Whole->getFallthroughHandler())
      continue;
    const auto *Body = dyn_cast<CompoundStmt>(Whole->getBody());
    const FunctionFlow *Flow = Body ? U.flow(F.Function) : nullptr;
    if (!Flow)
      continue;
    bool Ends = false;
    Reached Problem;
    Flow->solve(Problem, llvm::BitVector(1))
        .forEachExit(
            [&](const Stmt *Last, bool IsExceptional, const llvm::BitVector &) {
              Ends |= !Last && !IsExceptional;
            });
    if (!Ends)
      continue;
    Finding Found;
    Found.Loc = Body->getRBracLoc();
    Found.Message = "'" + displayName(F.Function) +
                    "' can end here without a value, and whoever awaits it "
                    "gets an undefined one; add a co_return";
    report(std::move(Found));
  }
}
