//===-- LostWakeup.cpp - async-lost-wakeup --------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "concurrency/Conditions.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds waits for a condition that may have been announced already: others
/// have run since the coroutine last looked, and what they said is forgotten.
class LostWakeupCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<LostWakeupCheck> R({
    .Name = "async-lost-wakeup",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine waits for a notification that may have come while "
               "it was doing something else, and is forgotten",
});

/// Whether others may have run since the coroutine last looked at the state.
class MayBeStale final : public FlowProblem {
public:
  enum { Suspended, GaveBack, Locked, NumFacts };

  MayBeStale(const FunctionFlow &Flow, llvm::ArrayRef<Wait> Waits, Unit &U)
      : Flow(Flow), Waits(Waits), U(U), Body(U.body(Flow.function())) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override;
  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override {
    if (isLook(Condition))
      Facts.reset();
  }

private:
  bool isLook(const Expr *Condition) const;

  const FunctionFlow &Flow;
  const llvm::ArrayRef<Wait> Waits;
  Unit &U;
  const BodyMap &Body;
};

} // namespace

/// Whether what a condition asks may be what others change: not a constant, not
/// whether to stop, and not how far a loop over values of its own has come.
bool MayBeStale::isLook(const Expr *Condition) const {
  if (const auto *Loop =
          dyn_cast_or_null<CXXForRangeStmt>(Body.parent(Condition));
      Loop && Loop->getCond() == Condition)
    return false;
  bool AsksOthers = false, AsksToken = false;
  walkBody(Condition, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E)
      return true;
    if (const Expr *Object = objectOf(E)) {
      const CXXRecordDecl *RD = recordOf(Object->getType());
      const TypeModel *Known = RD ? U.M.type(RD) : nullptr;
      if (Known && Known->CancellationToken) {
        AsksToken = true;
        return false;
      }
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      AsksOthers |= Var && !Var->isImplicit();
    } else if (isa<CXXThisExpr, CallExpr>(E)) {
      AsksOthers = true;
    }
    return true;
  });
  return AsksOthers || !AsksToken;
}

void MayBeStale::transfer(const CFGElement &Element, llvm::BitVector &Facts) {
  if (const Expr *Await = Flow.suspensionAt(Element)) {
    // Who waits for the condition knows that it has just been announced.
    if (llvm::any_of(Waits, [&](const Wait &W) { return W.Await == Await; })) {
      Facts.reset();
      return;
    }
    Facts.set(Suspended);
    if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(Await)) {
      const Expr *Operand = stripImplicit(Suspend->getOperand());
      const FunctionModel *Known = U.M.function(Operand);
      if (Known && Known->AwaitedLock.Model)
        Facts.set(Locked);
    }
    return;
  }
  if (std::optional<CFGAutomaticObjDtor> Dtor =
          Element.getAs<CFGAutomaticObjDtor>()) {
    const TypeModel *Known = U.M.type(Dtor->getVarDecl()->getType());
    if (Known && Known->Guard.Model)
      Facts.set(GaveBack);
    return;
  }
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  const auto *Call = S ? dyn_cast<CXXMemberCallExpr>(S->getStmt()) : nullptr;
  if (!Call || !Call->getMethodDecl())
    return;
  const FunctionModel *Known = U.M.function(Call);
  const TypeModel *Guard = U.M.type(Call->getObjectType());
  if ((Known && Known->GivesBack.Model) ||
      (Guard && Guard->Guard.Model && !Call->getMethodDecl()->isConst() &&
       Call->getType()->isVoidType()))
    Facts.set(GaveBack);
}

void LostWakeupCheck::analyze(Unit &U) {
  std::optional<Announcements> Told;
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext())
      continue;
    llvm::SmallVector<Wait, 2> Waits;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
        if (std::optional<Wait> W = bareWait(Await, U))
          Waits.push_back(*W);
      return true;
    });
    if (Waits.empty())
      continue;
    if (!Told)
      Told = announcements(U);
    // A condition that is announced nowhere else may well remember.
    llvm::erase_if(Waits, [&](const Wait &W) {
      const Announced A = Told->lookup(W.Condition);
      return !A.By || A.In == F.Function ||
             (!W.Model.Model->Forever.empty() && !A.IsMade) ||
             // Who makes a condition and announces it knows who waits.
             W.Condition->getDeclContext() == A.In;
    });
    const FunctionFlow *Flow = Waits.empty() ? nullptr : U.flow(F.Function);
    if (!Flow)
      continue;
    MayBeStale Problem(*Flow, Waits, U);
    Flow->solve(Problem, llvm::BitVector(MayBeStale::NumFacts))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const auto *At = S ? llvm::find_if(Waits,
                                             [&](const Wait &W) {
                                               return W.Call == S->getStmt();
                                             })
                             : Waits.end();
          if (At == Waits.end())
            return;
          const bool IsLate = At->TakesLock
                                  ? Facts.test(MayBeStale::Locked)
                                  : Facts.test(MayBeStale::Suspended) ||
                                        Facts.test(MayBeStale::GaveBack);
          if (!IsLate)
            return;
          const Announced &A = Told->find(At->Condition)->second;
          const std::string Told = calleeOf(A.By)->getNameAsString();
          Finding Found;
          Found.Loc = At->Call->getExprLoc();
          Found.Ranges.push_back(At->Call->getSourceRange());
          Found.Message =
              "'" + At->Condition->getNameAsString() +
              "' may have been announced before this wait for it begins: " +
              (At->TakesLock
                   ? "the coroutine has not looked since it took the lock"
               : Facts.test(MayBeStale::Suspended)
                   ? "the coroutine has been suspended since it last looked"
                   : "the coroutine has given back its lock since it last "
                     "looked") +
              ", and what '" + Told +
              "' says when nobody waits is forgotten; " +
              (At->Model.Model->Forever.empty()
                   ? "wait with a predicate"
                   : "look again right before the wait");
          Found.Notes.push_back({A.By->getExprLoc(), "announced here"});
          report(std::move(Found));
        });
  }
}
