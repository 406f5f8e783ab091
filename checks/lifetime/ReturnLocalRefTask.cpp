//===-- ReturnLocalRefTask.cpp - async-return-local-ref-task -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "lifetime/Arguments.h"
#include "lifetime/ReturnFix.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds tasks that are returned, and refer to variables of the function which
/// returns them.
class ReturnLocalRefTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void argument(Unit &U, const FunctionSummary &F, const Escapes &Tasks,
                const BoundArgument &A);
};

const Register<ReturnLocalRefTaskCheck> R({
    .Name = "async-return-local-ref-task",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a task that is returned outlives the variables of the function "
               "that returns it, and may still use them",
});

} // namespace

void ReturnLocalRefTaskCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    std::optional<Escapes> Tasks;
    forEachBoundArgument(U, F, [&](const BoundArgument &A) {
      if (!isa<DeclRefExpr>(A.From.E))
        return;
      if (!Tasks)
        Tasks.emplace(U, F.Function);
      argument(U, F, *Tasks, A);
    });
  }
}

void ReturnLocalRefTaskCheck::argument(Unit &U, const FunctionSummary &F,
                                       const Escapes &Tasks,
                                       const BoundArgument &A) {
  const VarDecl *Owner = ownerBehind(A.From, Tasks, U.M);
  if (!Owner)
    return;
  for (const Escape &How : Tasks.all(A.Site->Call)) {
    if (How.How != Escape::Returned)
      continue;
    const bool IsObject = A.Number == ObjectParameter;
    const std::string Name = "'" + Owner->getNameAsString() + "'";
    Guard G = A.guard(U, How);
    G.Message = (IsObject && A.Argument->getType()->isPointerType()
                     ? "what " + Name + " owns"
                     : Name) +
                " is gone when '" + A.callee() +
                "' uses it: the task is returned, and the " +
                (isa<ParmVarDecl>(Owner) ? "parameter" : "variable") +
                " dies with this function; " +
                (F.Coro ? "await the task"
                        : "make this a coroutine that awaits the task") +
                ", or let the task own " +
                (IsObject ? "the object" : "the argument");
    Finding Found;
    Found.Loc = A.Argument->getExprLoc();
    Found.Ranges.push_back(A.Argument->getSourceRange());
    Found.Fixes = awaitReturns(U, F);
    reportIf(std::move(G), std::move(Found));
    return;
  }
}
