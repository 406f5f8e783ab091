//===-- ReferenceParam.cpp - async-reference-param -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Parameters.h"
#include "lifetime/Arguments.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds parameters of coroutines that refer to what nobody keeps for them.
///
/// A reference alone is no mistake: who awaits the call at once keeps the
/// argument. So there has to be a reason: nobody can await the coroutine, or
/// the reference is one to what is given away.
class ReferenceParamCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void declared(Unit &U, const FunctionSummary &F);
  bool isKeptByCallers(Unit &U, const FunctionDecl *Callee, unsigned Number);
};

const Register<ReferenceParamCheck> R({
    .Name = "async-reference-param",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a parameter that refers to what nobody keeps is gone when the "
               "coroutine uses it",
});

} // namespace

void ReferenceParamCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    declared(U, F);
}

/// Whether nobody can await a coroutine that returns a \p T, or has to.
static bool isDetached(Unit &U, QualType T) {
  if (U.C.isFireAndForget(T))
    return true;
  const TaskType Task = U.C.taskType(T);
  return Task.Model.Model && Task.When == Start::Eager &&
         Task.Model.Model->Discardable &&
         Task.Model.Model->Exceptions != Fate::Unsaid &&
         Task.Model.Model->WhenDropped == Dropped::Detaches;
}

/// Whether this file has all calls of \p Callee, and each gives parameter
/// \p Number something that has a name: how long that lives, other checks ask.
bool ReferenceParamCheck::isKeptByCallers(Unit &U, const FunctionDecl *Callee,
                                          unsigned Number) {
  if (Callee->isExternallyVisible())
    return false;
  bool Some = false, All = true;
  for (const FunctionSummary &F : U.functions())
    for (const CallSite &Site : F.Calls)
      if (Site.Callee->getCanonicalDecl() == Callee->getCanonicalDecl()) {
        const Expr *Argument = argumentOf(Site.Call, Number);
        Some = true;
        All &= Argument && accessPath(Argument).has_value();
      }
  return Some && All;
}

void ReferenceParamCheck::declared(Unit &U, const FunctionSummary &F) {
  if (!F.Coro || (F.Coro->Kind != CoroutineKind::Task &&
                  F.Coro->Kind != CoroutineKind::FireAndForget))
    return;
  const FunctionDecl *FD = F.Function;
  const bool Detached = isDetached(U, FD->getReturnType());
  // Who calls a lambda, and how, is up to what it is given to.
  const auto *MD = dyn_cast<CXXMethodDecl>(FD);
  const bool IsLambda = MD && MD->getParent()->isLambda();
  const bool MayTake = !Detached && !IsLambda &&
                       llvm::any_of(FD->parameters(), [](const ParmVarDecl *P) {
                         return P->getType()->isRValueReferenceType();
                       });
  if ((!Detached && !MayTake) || FD->isTemplateInstantiation())
    return;
  for (const LateUse &Use : lateUses(F, U.flow(FD), U.M)) {
    const ParmVarDecl *P = Use.Parameter;
    if (!P || !Use.IsSuspended || isForwarding(FD, P))
      continue;
    const QualType T = P->getType();
    const QualType Target = T.getNonReferenceType();
    const bool IsTaken = T->isRValueReferenceType();
    std::string Why;
    if (Detached &&
        ((IsTaken || (T->isLValueReferenceType() && Target.isConstQualified())
              ? couldBeCopied(Target) || IsTaken
              : isView(T, U.M))))
      Why = "nobody waits for this coroutine, and what it refers to may be "
            "gone by then";
    else if (!Detached && IsTaken && !areCallsAwaited(U, FD) &&
             !isKeptByCallers(U, FD, Use.Number))
      Why = "what a caller gives away is gone when the call is over";
    else
      continue;
    report(lateParameter(Use, FD, Why, U.M));
  }
}
