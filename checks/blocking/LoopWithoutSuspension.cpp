//===-- LoopWithoutSuspension.cpp - async-loop-without-suspension ---------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/OwnState.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds loops of coroutines that only others can end, and that let nobody else
/// run.
class LoopWithoutSuspensionCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<LoopWithoutSuspensionCheck> R({
    .Name = "async-loop-without-suspension",
    .Group = "blocking",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a loop that never suspends keeps everything else from running, "
               "what would end it included",
});

/// What the body of a loop does that matters.
struct Contents {
  bool Suspends = false;
  bool Leaves = false;
  /// A call that may end the loop by an exception, or wait.
  const Expr *UnknownCall = nullptr;
  /// A change of something.
  bool Writes = false;
};

} // namespace

static Contents contentsOf(const Stmt *Loop, const Expr *Condition,
                           const Stmt *Body, Unit &U) {
  Contents Found;
  auto Look = [&](const Stmt *Root) {
    auto Visit = [&](auto &&Self, const Stmt *S, bool BreakLeaves) -> void {
      if (!S || isa<LambdaExpr>(S))
        return;
      if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S))
        Found.Suspends = true;
      else if (isa<ReturnStmt, CoreturnStmt, GotoStmt, IndirectGotoStmt,
                   CXXThrowExpr, GCCAsmStmt>(S) ||
               (isa<BreakStmt>(S) && BreakLeaves))
        Found.Leaves = true;
      else if (const auto *Call = dyn_cast<CallExpr>(S)) {
        const FunctionDecl *Callee = Call->getDirectCallee();
        if (!Callee || Callee->isNoReturn())
          Found.Leaves = true;
      } else if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
        Found.Writes |= Binary->isAssignmentOp();
      } else if (const auto *Unary = dyn_cast<UnaryOperator>(S)) {
        Found.Writes |= Unary->isIncrementDecrementOp();
      }
      const bool Nested = S != Loop && (isLoop(S) || isa<SwitchStmt>(S));
      forEachChild(S, [&](const Stmt *Child) {
        Self(Self, Child, BreakLeaves && !Nested);
      });
    };
    Visit(Visit, Root, true);
  };
  Look(Body);
  if (Condition)
    Look(Condition);
  if (const auto *For = dyn_cast<ForStmt>(Loop); For && For->getInc())
    Look(For->getInc());
  return Found;
}

/// Whether \p Body does nothing at all, or only tells the processor or the
/// scheduler of threads that it waits.
static bool isIdle(const Stmt *Body) {
  bool Idle = true;
  walkBody(Body, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      Idle &= Callee && Callee->getReturnType()->isVoidType() &&
              Callee->param_empty() && !isa<CXXMethodDecl>(Callee);
      return false;
    }
    Idle &= isa<CompoundStmt, NullStmt, ExprWithCleanups>(S);
    return Idle;
  });
  return Idle;
}

void LoopWithoutSuspensionCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || F.Function->isDependentContext() || !U.loopContext(F))
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto [Condition, Body] = loopParts(S);
      if (!Body || S->getBeginLoc().isMacroID())
        return true;
      const Contents C = contentsOf(S, Condition, Body, U);
      if (C.Suspends || C.Leaves)
        return true;
      const bool Forever = isAlwaysTrue(Condition, U.Ctx);
      std::optional<OwnState> Asked;
      if (Forever) {
        // An exception may be how it ends.
        const BodyMap &Map = U.body(F.Function);
        for (const Stmt *P = Map.parent(S); P; P = Map.parent(P))
          if (isa<CXXTryStmt>(P))
            return true;
      } else {
        // Nobody else may change what it waits for, as long as it waits.
        if (C.Writes || !isIdle(Body))
          return true;
        Asked = ownState(Condition, F.Function, U);
        if (!Asked || !Asked->Shared)
          return true;
      }
      const Expr *At = Condition;
      if (!At)
        walkBody(Body, [&](const Stmt *Part) {
          if (!At)
            At = dyn_cast<Expr>(Part);
          return !At;
        });
      if (At && !U.siteOnLoop(F, At))
        return true;
      Finding Found;
      Found.Loc = S->getBeginLoc();
      if (Condition)
        Found.Ranges.push_back(Condition->getSourceRange());
      Found.Message =
          Asked ? "this loop waits for '" + Asked->Shared->getNameAsString() +
                      "' without a suspension: what would change it does not "
                      "get to run on this executor; await an event instead"
                : "this loop has neither an end nor a suspension: nothing else "
                  "runs on this executor any more, and nobody can cancel the "
                  "coroutine; await in it what it is to work on";
      report(std::move(Found));
      return true;
    });
  }
}
