//===-- UseAfterResume.cpp - async-use-after-resume -----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Borrowers.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds iterators and references into containers that a function goes on with
/// when it has resumed a coroutine, which changes the container.
class UseAfterResumeCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<UseAfterResumeCheck> R({
    .Name = "async-use-after-resume",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "whoever resumes a coroutine runs it, and what it changes, in "
               "the middle of a function",
});

} // namespace

/// Whether \p E resumes a coroutine before it returns.
static bool resumes(const Expr *E, Models &M) {
  if (resumedHandle(E))
    return true;
  const FunctionDecl *Callee = isa<CallExpr>(E) ? calleeOf(E) : nullptr;
  const FunctionModel *Known =
      isa_and_nonnull<CXXMethodDecl>(Callee) ? M.function(E) : nullptr;
  return Known && Known->ResumesWaiters;
}

/// Whether \p Change, by a coroutine that has been resumed or what that calls,
/// takes away what refers into a container of type \p T.
static bool invalidates(const ContainerChange &Change, QualType T, LoanKind How,
                        Models &M) {
  if (Change.How == ContainerChange::Removes)
    return true;
  if (Change.How != ContainerChange::Adds)
    return false;
  const TypeModel *Known = M.type(T.getNonReferenceType());
  if (!Known || !Known->Container.Model)
    return false;
  switch (Known->Container.Model->OnAdding) {
  case Stable::Nothing:
    // What only grows is being set up, except where coroutines do so.
    return coroutineBody(Change.In) ||
           (Change.In->getIdentifier() &&
            Change.In->getName() == "await_suspend");
  case Stable::References:
    return How == LoanKind::Iterator;
  case Stable::Iterators:
    return false;
  }
  return false;
}

/// Where another function of the file removes elements from \p Container: any
/// of them, for whoever waits may call what it likes.
static std::optional<ContainerChange> removal(Unit &U, const FunctionDecl *In,
                                              const ValueDecl *Container) {
  std::optional<ContainerChange> Found;
  for (const FunctionSummary &Other : U.functions()) {
    const FunctionDecl *FD = Other.Function;
    if (FD == In || isa<CXXConstructorDecl, CXXDestructorDecl>(FD))
      continue;
    walkFunction(FD, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      const CXXMethodDecl *MD = Call ? Call->getMethodDecl() : nullptr;
      if (!Found && MD && U.M.index().isRemoverName(MD->getNameAsString()) &&
          sharedObject(Call->getImplicitObjectArgument()) == Container)
        Found = {Call, FD, ContainerChange::Removes};
      return !Found;
    });
  }
  return Found;
}

void UseAfterResumeCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    llvm::SmallVector<const Expr *, 2> Resumed;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *E = dyn_cast<Expr>(S); E && resumes(E, U.M))
        Resumed.push_back(E);
      return true;
    });
    if (Resumed.empty())
      continue;
    Borrowers B(F.Function, U.M);
    if (B.All.empty())
      continue;
    const bool TellsOthers = llvm::any_of(Resumed, [&](const Expr *E) {
      const FunctionModel *Known = U.M.function(E);
      return Known && Known->ResumesWaiters;
    });
    bool IsAnyChanged = false;
    for (Borrower &One : B.All) {
      for (const ContainerChange &Change :
           U.changes().during(F.Function, One.First.Container))
        if (invalidates(Change, One.First.Type, One.First.How, U.M))
          One.Changes.push_back({Change, One.First.Container});
      if (One.Changes.empty() && TellsOthers)
        if (auto Change = removal(U, F.Function, One.First.Container))
          One.Changes.push_back({*Change, One.First.Container});
      IsAnyChanged |= !One.Changes.empty();
    }
    const FunctionFlow *Flow = IsAnyChanged ? U.flow(F.Function) : nullptr;
    if (!Flow)
      continue;

    auto RunsOthers = [&](const CFGElement &Element) {
      std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
      return S && llvm::is_contained(Resumed, S->getStmt());
    };
    for (const StaleUse &Use : staleUses(
             *Flow, B, U.changes(), /*IsAsyncGenerator=*/false,
             [](const Borrower &One) { return !One.Changes.empty(); },
             RunsOthers)) {
      const Borrower &One = B.All[Use.Number];
      const Invalidation &What = One.Changes.front();
      const bool OnlyAdds = What.Change.How == ContainerChange::Adds;
      const std::string Who = "'" + displayName(What.Change.In) + "'";
      const std::string Container = What.Container->getNameAsString();
      Finding Found;
      if (isHiddenIterator(One)) {
        Found.Loc = One.Loop->getRangeInit()->getExprLoc();
        Found.Ranges.push_back(One.Loop->getRangeInit()->getSourceRange());
        Found.Message = "this loop over '" + Container +
                        "' resumes coroutines in its body, and " + Who +
                        " may " + (OnlyAdds ? "add" : "remove") +
                        " elements meanwhile; take the elements out first, and "
                        "loop over these";
      } else {
        Found.Loc = Use.At->getLocation();
        Found.Ranges.push_back(Use.At->getSourceRange());
        Found.Message =
            "'" + Use.At->getDecl()->getNameAsString() + "' refers into '" +
            Container +
            "', and is used when a coroutine has been resumed: " + Who +
            " may have " + (OnlyAdds ? "added" : "removed") +
            " elements meanwhile; do this before";
      }
      Found.Notes.push_back({Resumed.front()->getExprLoc(), "resumed here"});
      Found.Notes.push_back(
          {What.Change.At->getExprLoc(),
           OnlyAdds ? "elements are added here" : "elements are removed here"});
      report(std::move(Found));
    }
  }
}
