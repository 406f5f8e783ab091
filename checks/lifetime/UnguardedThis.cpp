//===-- UnguardedThis.cpp - async-unguarded-this --------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/OwnObject.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds member coroutines that rely on their callers to keep the object, where
/// no caller is to be seen that does so; and functions that say that an object
/// has been stopped, while its coroutines may still run.
class UnguardedThisCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void unseen(Unit &U, const FunctionSummary &F);
  void stops(Unit &U, const FunctionSummary &F);
};

const Register<UnguardedThisCheck> R({
    .Name = "async-unguarded-this",
    .Group = "lifetime",
    .Level = Severity::Warning,
    // Whether a caller elsewhere keeps the object, one file can't tell.
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a coroutine that uses its object after a suspension relies on "
               "callers that nobody sees to keep it",
});

} // namespace

void UnguardedThisCheck::unseen(Unit &U, const FunctionSummary &F) {
  const auto *MD = cast<CXXMethodDecl>(F.Function);
  const Counted Class = countedBy(MD->getParent(), U.M);
  if (!Class)
    return;
  const bool IsOwned = Class.Model.Model->Owned;
  if (U.C.isFireAndForget(MD->getReturnType()) && !IsOwned)
    return; // for sure: async-this-across-suspend
  const UnguardedUse Late = unguardedUse(U, F);
  if (!Late || strandedChange(U, F, Class))
    return;
  // Who sees the callers sees whether they keep it.
  for (const MemberCall &Call : callsOf(U, MD))
    if (!IsOwned || Call.How != TaskUse::Detaches)
      return;
  Finding Found;
  Found.Loc = Late.At->getExprLoc();
  Found.Message =
      "'" + displayName(MD) + "' uses its object after a suspension, and " +
      (IsOwned ? "does not know whether that has been deleted; keep '"
               : "holds no reference to it; keep '") +
      Class.Model.Model->Self +
      (IsOwned ? "' in a variable from before the suspension on, and test it"
               : "' in a variable from before the suspension on");
  Found.Notes.push_back({Late.Suspension->getExprLoc(), "suspended here"});
  report(std::move(Found));
}

void UnguardedThisCheck::stops(Unit &U, const FunctionSummary &F) {
  const auto *MD = cast<CXXMethodDecl>(F.Function);
  // Some are for sure: async-this-across-suspend.
  if (!stopsAtOnce(U, F) || leftBehindBy(U, MD))
    return;
  for (const FunctionSummary &Other : U.functions()) {
    const auto *Coroutine = dyn_cast<CXXMethodDecl>(Other.Function);
    if (!Coroutine || Coroutine->getParent()->getCanonicalDecl() !=
                          MD->getParent()->getCanonicalDecl())
      continue;
    const UnguardedUse Late = unguardedUse(U, Other);
    if (!Late || !callsOf(U, Coroutine).empty())
      continue;
    Finding Found;
    Found.Loc = MD->getLocation();
    Found.Message = "'" + displayName(MD) + "' waits for nothing, while '" +
                    displayName(Coroutine) +
                    "' may be suspended and use the object later; hold a gate "
                    "there, and close it here";
    Found.Notes.push_back({Late.At->getExprLoc(), "used here"});
    report(std::move(Found));
    return;
  }
}

void UnguardedThisCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
    if (!MD || MD->getParent()->isLambda())
      continue;
    if (F.Coro && F.Suspends)
      unseen(U, F);
    else
      stops(U, F);
  }
}
