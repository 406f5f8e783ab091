//===-- BorrowAcrossSuspend.cpp - async-borrow-across-suspend --*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Borrowers.h"
#include "core/Check.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds iterators and references into containers and look-ups of other
/// objects, across suspensions, where nothing tells who changes them.
class BorrowAcrossSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<BorrowAcrossSuspendCheck> R({
    .Name = "async-borrow-across-suspend",
    .Group = "concurrency",
    .Level = Severity::Warning,
    // Whether anybody takes the element away meanwhile, other files know.
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a reference to what another object owns may refer to nothing "
               "any more when the coroutine has been suspended",
});

} // namespace

void BorrowAcrossSuspendCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Coro->Kind == CoroutineKind::Generator)
      continue;
    Borrowers B(F.Function, U.M, /*WithLookUps=*/true);
    const FunctionFlow *Flow = B.All.empty() ? nullptr : U.flow(F.Function);
    if (!Flow)
      continue;
    // What the file shows to be changed, or to be protected, is not for this
    // check to report; nor what a class keeps to itself and never changes.
    auto IsUnknown = [&](const Borrower &One) {
      const ValueDecl *Owner = One.First.Container;
      if (!isa<FunctionDecl>(Owner) && (U.changes().isChangedAnywhere(Owner) ||
                                        Owner->getAccess() == AS_private ||
                                        Owner->getAccess() == AS_protected ||
                                        Owner->getType().isConstQualified()))
        return false;
      return !U.changes().isUnderLock(F.Function);
    };
    for (const StaleUse &Use :
         staleUses(*Flow, B, U.changes(),
                   F.Coro->Kind == CoroutineKind::AsyncGenerator, IsUnknown)) {
      const Borrower &One = B.All[Use.Number];
      const std::string Owner = One.First.Container->getNameAsString();
      Finding Found;
      if (isHiddenIterator(One)) {
        Found.Loc = One.Loop->getRangeInit()->getExprLoc();
        Found.Ranges.push_back(One.Loop->getRangeInit()->getSourceRange());
        Found.Message = "this loop over '" + Owner +
                        "' is suspended in its body, and others may change "
                        "that meanwhile; loop over a copy";
      } else {
        Found.Loc = Use.At->getLocation();
        Found.Ranges.push_back(Use.At->getSourceRange());
        Found.Message = "'" + Use.At->getDecl()->getNameAsString() + "' " +
                        (isa<FunctionDecl>(One.First.Container)
                             ? "is what '" + Owner + "' returned"
                             : "refers into '" + Owner + "'") +
                        ", and is used after a suspension in which others may "
                        "have removed it; look it up again, or copy it";
      }
      if (Use.Suspension)
        Found.Notes.push_back({Use.Suspension->getExprLoc(), "suspended here"});
      report(std::move(Found));
    }
  }
}
