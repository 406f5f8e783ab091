//===-- Blocking.cpp - Blocking calls in coroutines -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/Blocking.h"
#include "core/Names.h"

using namespace clang;
using namespace async_tidy;

static constexpr llvm::StringLiteral Consequence =
    "blocks the thread that runs this coroutine, and every task on it";

std::string async_tidy::remedyFor(Category Why, const Coroutine &C) {
  if (const RemedyModel *R = C.Library.remedy(Why))
    return C.Library.expand(R->Text);
  switch (Why) {
  case Category::Sleep:
    return "co_await a timer";
  case Category::Wait:
  case Category::EventLoop:
    return "co_await the work";
  case Category::Network:
  case Category::NameResolution:
    return "co_await an asynchronous operation";
  default:
    return "co_await it on a thread pool";
  }
}

void BlockingCheckBase::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!U.runsOnLoop(F))
      continue;
    // A coroutine that runs an event loop and never suspends is that loop's
    // driver, as in a test; nothing waits for it to go on.
    auto Applies = [&](BlockingKind Kind) {
      return llvm::is_contained(Kinds, Kind) &&
             (Kind != BlockingKind::EventLoop || F.Suspends);
    };
    for (const BlockingSite &Site : F.Blocks)
      if (Applies(kindOf(Site.Model->Model->Why)) && U.siteOnLoop(F, Site.Call))
        direct(U, F, Site);
    for (const CallSite &Site : F.Calls)
      if (!coroutineBody(Site.Callee) && U.siteOnLoop(F, Site.Call))
        for (BlockingKind Kind : Kinds)
          if (Applies(Kind))
            through(U, F, Site, Kind);
  }
}

void BlockingCheckBase::direct(Unit &U, const FunctionSummary &F,
                               const BlockingSite &Site) {
  const BlockingModel &Model = *Site.Model->Model;
  if (AllowedFunctions.contains(qualifiedName(Site.Callee)) ||
      AllowedFunctions.contains(displayCallee(Site.Call, Site.Callee)))
    return;
  std::string Instead = Model.Instead.empty()
                            ? remedyFor(Model.Why, *F.Coro)
                            : Site.Model->Library.expand(Model.Instead);
  Finding Found;
  Found.Loc = Site.Call->getExprLoc();
  Found.Message = "'" + displayCallee(Site.Call, Site.Callee) + "' " +
                  Consequence.str() + ": " + Model.Does + "; " + Instead;
  Found.Ranges.push_back(Site.Call->getSourceRange());
  Found.Fixes = fix(U, F, Site);
  report(Found);
}

void BlockingCheckBase::through(Unit &U, const FunctionSummary &F,
                                const CallSite &Site, BlockingKind Kind) {
  std::string Name = displayName(Site.Callee);
  if (AllowedFunctions.contains(Name))
    return;
  if (linking() == Linking::WithinUnit && !Site.Callee->hasBody())
    return; // no other file will ever be asked
  Guard G;
  G.Functions.push_back(U.key(Site.Callee));
  G.Kind = Kind;
  G.Message = "'" + Name + "' " + Consequence.str();
  for (unsigned I = 0; I != NumCategories; ++I)
    if (kindOf(Category(I)) == Kind)
      G.Instead[I] = remedyFor(Category(I), *F.Coro);
  Finding Found;
  Found.Loc = Site.Call->getExprLoc();
  Found.Ranges.push_back(Site.Call->getSourceRange());
  reportIf(std::move(G), std::move(Found));
}
