//===-- Blocking.cpp - Blocking calls in coroutines -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/Blocking.h"
#include "blocking/StartUp.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

static std::string consequence(const Unit::Context &Context) {
  return ("blocks the thread that runs this " + Context.Noun +
          ", and every task on it")
      .str();
}

/// What to do instead of blocking for \p Why.
static std::string remedyFor(Category Why, const Unit::Context &Context,
                             bool IsCoroutine) {
  const RemedyModel *R = Context.Library.remedy(Why);
  if (R && (IsCoroutine || !R->InCallback.empty()))
    return Context.Library.expand(IsCoroutine ? R->Text : R->InCallback);
  const std::string Await = IsCoroutine ? "co_await " : "use ";
  switch (Why) {
  case Category::Sleep:
    return Await + "a timer";
  case Category::Wait:
  case Category::EventLoop:
    return IsCoroutine ? "co_await the work" : "go on when the work has ended";
  case Category::Network:
  case Category::NameResolution:
    return Await + "an asynchronous operation";
  default:
    return IsCoroutine ? "co_await it on a thread pool"
                       : "do it on a thread pool";
  }
}

void BlockingCheckBase::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    std::optional<Unit::Context> Context = contextOf(U, F);
    if (!Context)
      continue;
    // A coroutine that runs an event loop and never suspends is that loop's
    // driver, as in a test; nothing waits for it to go on.
    const bool IsMain = isMainInDisguise(F, U);
    auto Applies = [&](Effect Kind) {
      return llvm::is_contained(Kinds, Kind) &&
             (Kind != Effect::EventLoop || F.Suspends) &&
             (Kind == Effect::Sleep || !IsMain) && applies(*Context, Kind);
    };
    // A sleep may be awaited there, too.
    std::optional<llvm::SmallPtrSet<const Stmt *, 32>> StartUp;
    auto IsStartUp = [&](const Expr *Site) {
      if (!StartUp)
        StartUp = isWaitedFor(F, U) ? beforeSuspension(F, U)
                                    : llvm::SmallPtrSet<const Stmt *, 32>();
      return StartUp->contains(Site);
    };
    for (const BlockingSite &Site : F.Blocks)
      if (Applies(effectOf(Site.Model->Model->Why)) &&
          !(Context->IsFiber && Site.Model->Model->AllowedInFibers) &&
          U.siteOnLoop(F, Site.Call) &&
          !(effectOf(Site.Model->Model->Why) == Effect::Call &&
            IsStartUp(Site.Call)))
        direct(U, F, *Context, Site);
    for (const CallSite &Site : F.Calls)
      if (!coroutineBody(Site.Callee) && U.siteOnLoop(F, Site.Call))
        for (Effect Kind : Kinds)
          // What a function waits for, it may wait for as a fiber does.
          if (Applies(Kind) && !(Context->IsFiber && Kind == Effect::Wait) &&
              !(Kind == Effect::Call && IsStartUp(Site.Call))) {
            FunctionKey Key = U.key(Site.Callee);
            through(U, Site.Callee, Site.IsVirtual ? Key.dispatch() : Key,
                    Site.Call, &F, *Context, Kind);
          }
  }
}

void BlockingCheckBase::analyzeHandovers(Unit &U) {
  // The function itself is in another file, which does not know how it runs.
  for (const Unit::Handover &H : U.handovers())
    for (Effect Kind : Kinds)
      if (Kind != Effect::EventLoop && !(H.How.IsFiber && Kind == Effect::Wait))
        through(U, H.Function, U.key(H.Function), H.Call, nullptr, H.How, Kind);
}

/// The coroutine that \p F is, if who else starts it may matter.
static std::vector<FunctionKey> startedByOthers(Unit &U,
                                                const FunctionSummary &F) {
  std::optional<FunctionKey> Key = U.startedByOthers(F);
  return Key ? std::vector<FunctionKey>{*Key} : std::vector<FunctionKey>();
}

void BlockingCheckBase::direct(Unit &U, const FunctionSummary &F,
                               const Unit::Context &Context,
                               const BlockingSite &Site) {
  const BlockingModel &Model = *Site.Model->Model;
  if (AllowedFunctions.contains(qualifiedName(Site.Callee)) ||
      AllowedFunctions.contains(displayCallee(Site.Call, Site.Callee)))
    return;
  std::string Instead = Model.Instead.empty()
                            ? remedyFor(Model.Why, Context, bool(F.Coro))
                            : Site.Model->Library.expand(Model.Instead);
  Finding Found;
  Found.Loc = Site.Call->getExprLoc();
  Found.Message = "'" + displayCallee(Site.Call, Site.Callee) + "' " +
                  consequence(Context) + ": " + Model.Does + "; " + Instead;
  Found.Ranges.push_back(Site.Call->getSourceRange());
  if (F.Coro)
    Found.Fixes = fix(U, F, Site);
  Guard G;
  G.Inside = startedByOthers(U, F);
  if (G.Inside.empty())
    return report(std::move(Found));
  // Unless the program only starts it on a thread pool.
  G.Kind = effectOf(Model.Why);
  G.Message = Found.Message;
  reportIf(std::move(G), std::move(Found));
}

void BlockingCheckBase::through(Unit &U, const FunctionDecl *Callee,
                                FunctionKey Key, const Expr *Call,
                                const FunctionSummary *F,
                                const Unit::Context &Context, Effect Kind) {
  std::string Name = displayName(Callee);
  if (AllowedFunctions.contains(Name))
    return;
  Guard G;
  G.Functions.push_back(Key);
  if (F)
    G.Inside = startedByOthers(U, *F);
  G.Kind = Kind;
  G.Message = "'" + Name + "' " + consequence(Context);
  for (unsigned I = 0; I != NumCategories; ++I)
    if (effectOf(Category(I)) == Kind)
      G.Instead[I] = remedyFor(Category(I), Context, F && F->Coro);
  Finding Found;
  Found.Loc = Call->getExprLoc();
  Found.Ranges.push_back(Call->getSourceRange());
  reportIf(std::move(G), std::move(Found));
}

llvm::SmallVector<FixItHint, 2>
async_tidy::awaitInstead(Unit &U, const FunctionSummary &F,
                         const BlockingSite &Site) {
  const auto *Call = dyn_cast<CallExpr>(Site.Call);
  const std::optional<unsigned> Which = Site.Model->Model->AwaitInstead;
  if (!Which || !Call || !mayAwaitAt(F.Function, Call) || !textOf(Call, U.Ctx))
    return {};
  const Expr *Work = argumentOf(Call, *Which);
  // Other arguments would be lost.
  if (!Work || writtenArguments(Call).size() != (*Which == 0 ? 0 : 1))
    return {};
  Work = stripImplicit(Work);
  // A task that has a name is moved from when it is awaited.
  std::optional<std::string> Text = textOf(Work, U.Ctx);
  if (!Text || !Work->isPRValue() ||
      !U.C.canAwait(F.Coro->Promise, Work->getType()))
    return {};
  auto Fixes = insertAwait(F.Function, Call, U.Ctx);
  Fixes.push_back(FixItHint::CreateReplacement(Call->getSourceRange(), *Text));
  return Fixes;
}
