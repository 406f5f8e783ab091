//===-- BorrowedParam.cpp - async-borrowed-param ----------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Parameters.h"
#include "lifetime/Arguments.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds parameters of coroutines that are right only as long as each caller
/// keeps the argument.
class BorrowedParamCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<BorrowedParamCheck> R({
    .Name = "async-borrowed-param",
    .Group = "lifetime",
    .Level = Severity::Style,
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a coroutine that uses a reference to a constant, or a view, "
               "after a suspension relies on each of its callers",
});

} // namespace

void BorrowedParamCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const FunctionDecl *FD = F.Function;
    const auto *MD = dyn_cast<CXXMethodDecl>(FD);
    // What nobody can await, async-reference-param reports; who calls a lambda
    // is up to what it is given to.
    if (!F.Coro || F.Coro->Kind != CoroutineKind::Task ||
        FD->isTemplateInstantiation() || (MD && MD->getParent()->isLambda()) ||
        (!FD->isExternallyVisible() && areCallsAwaited(U, FD)))
      continue;
    for (const LateUse &Use : lateUses(F, U.flow(FD), U.M)) {
      const ParmVarDecl *P = Use.Parameter;
      if (!P || !Use.IsSuspended || isForwarding(FD, P))
        continue;
      const QualType T = P->getType();
      if (!isView(T, U.M) && !(T->isLValueReferenceType() &&
                               T->getPointeeType().isConstQualified() &&
                               couldBeCopied(T->getPointeeType())))
        continue;
      report(lateParameter(Use, FD,
                           "that is right only as long as each caller keeps it "
                           "until the task is done",
                           U.M));
    }
  }
}
