//===-- IteratorAcrossSuspend.cpp - async-iterator-across-suspend -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Borrowers.h"
#include "core/Check.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds iterators and references into containers of which another function
/// may have removed the element, or moved it, while the coroutine was
/// suspended.
class IteratorAcrossSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<IteratorAcrossSuspendCheck> R({
    .Name = "async-iterator-across-suspend",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an iterator or reference into a container that others change "
               "while the coroutine is suspended may refer to nothing any more",
});

} // namespace

/// Whether \p Change takes away what refers into a container of type \p T.
static bool invalidates(const ContainerChange &Change, QualType T, LoanKind How,
                        Models &M) {
  // Who replaces all elements begins or ends the work with them, and mostly
  // knows that no coroutine is at it.
  if (Change.How == ContainerChange::Replaces)
    return false;
  if (Change.How == ContainerChange::Removes)
    return true;
  const TypeModel *Known = M.type(T.getNonReferenceType());
  if (!Known || !Known->Container.Model)
    return false;
  switch (Known->Container.Model->OnAdding) {
  case Stable::Nothing:
    // A sequence that only grows is being set up.
    return false;
  case Stable::References:
    return How == LoanKind::Iterator;
  case Stable::Iterators:
    return false;
  }
  return false;
}

void IteratorAcrossSuspendCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Coro->Kind == CoroutineKind::Generator)
      continue;
    Borrowers B(F.Function, U.M);
    if (B.All.empty())
      continue;
    bool IsAnyChanged = false;
    for (Borrower &One : B.All) {
      const Loan &L = One.First;
      for (const ContainerChange &Change :
           U.changes().during(F.Function, L.Container))
        if (invalidates(Change, L.Type, L.How, U.M))
          One.Changes.push_back({Change, L.Container});
      if (L.Outer)
        for (const ContainerChange &Change :
             U.changes().during(F.Function, L.Outer))
          if (invalidates(Change, L.OuterType, LoanKind::Reference, U.M))
            One.Changes.push_back({Change, L.Outer});
      IsAnyChanged |= !One.Changes.empty();
    }
    const FunctionFlow *Flow = IsAnyChanged ? U.flow(F.Function) : nullptr;
    if (!Flow)
      continue;

    for (const StaleUse &Use :
         staleUses(*Flow, B, U.changes(),
                   F.Coro->Kind == CoroutineKind::AsyncGenerator,
                   [](const Borrower &One) { return !One.Changes.empty(); })) {
      const Borrower &One = B.All[Use.Number];
      const DeclRefExpr *Ref = Use.At;
      // Removing says more than adding.
      const Invalidation *Worst = &One.Changes.front();
      for (const Invalidation &Other : One.Changes)
        if (Worst->Change.How == ContainerChange::Adds &&
            Other.Change.How != ContainerChange::Adds)
          Worst = &Other;
      const ContainerChange *Change = &Worst->Change;
      const bool OnlyAdds = Change->How == ContainerChange::Adds;
      const std::string Container = Worst->Container->getNameAsString();
      const std::string Who = "'" + displayName(Change->In) + "'";
      Finding Found;
      if (isHiddenIterator(One)) {
        Found.Loc = One.Loop->getRangeInit()->getExprLoc();
        Found.Ranges.push_back(One.Loop->getRangeInit()->getSourceRange());
        Found.Message = "this loop over '" + Container +
                        "' is suspended in its body, and " + Who + " may " +
                        (OnlyAdds ? "add" : "remove") +
                        " elements meanwhile; loop over a copy, or look each "
                        "element up again";
      } else {
        Found.Loc = Ref->getLocation();
        Found.Ranges.push_back(Ref->getSourceRange());
        Found.Message = "'" + Ref->getDecl()->getNameAsString() +
                        "' refers into '" + Container +
                        "', and is used after a suspension in which " + Who +
                        " may have " + (OnlyAdds ? "added" : "removed") +
                        " elements; look it up again";
      }
      if (Use.Suspension)
        Found.Notes.push_back({Use.Suspension->getExprLoc(), "suspended here"});
      Found.Notes.push_back(
          {Change->At->getExprLoc(),
           OnlyAdds ? "elements are added here" : "elements are removed here"});
      report(std::move(Found));
    }
  }
}
