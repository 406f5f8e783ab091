//===-- StaleRead.cpp - async-stale-read -----------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Names.h"
#include "core/Presence.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds members that a coroutine found empty before it was suspended, and
/// fills afterwards without another look.
class StaleReadCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<StaleReadCheck> R({
    .Name = "async-stale-read",
    .Group = "concurrency",
    .Level = Severity::Warning,
    // Whether the same work can be started twice, only its callers know.
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "what a coroutine has read before it was suspended may be wrong "
               "by the time it acts on it",
});

/// Per member two facts: it was found empty, and the coroutine has been
/// suspended since.
class FoundEmpty final : public FlowProblem {
public:
  FoundEmpty(const FunctionFlow &Flow, llvm::ArrayRef<TestedObject> Members)
      : Flow(Flow), Members(Members) {}

  static unsigned empty(unsigned Number) { return 2 * Number; }
  static unsigned stale(unsigned Number) { return 2 * Number + 1; }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override;
  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override {
    std::optional<PresenceTest> Test = presenceTest(Condition);
    if (!Test)
      return;
    for (unsigned I = 0; I != Members.size(); ++I)
      if (Members[I].Path == Test->Of) {
        Facts[empty(I)] = Test->IsPresent != Value;
        Facts.reset(stale(I));
      }
  }

private:
  const FunctionFlow &Flow;
  const llvm::ArrayRef<TestedObject> Members;
};

} // namespace

/// The object that \p S gives a value, and that is not empty then; null when it
/// gives none.
static const Expr *filledBy(const Stmt *S) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(S))
    return Assign->getOpcode() == BO_Assign && !isNothing(Assign->getRHS())
               ? Assign->getLHS()
               : nullptr;
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S))
    return Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2 &&
                   !isNothing(Assign->getArg(1))
               ? Assign->getArg(0)
               : nullptr;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    return Method && Method->getIdentifier() &&
                   (Method->getName() == "emplace" ||
                    (Method->getName() == "reset" &&
                     !writtenArguments(Call).empty())) &&
                   isNullable(Call->getImplicitObjectArgument()->getType())
               ? Call->getImplicitObjectArgument()
               : nullptr;
  }
  return nullptr;
}

void FoundEmpty::transfer(const CFGElement &Element, llvm::BitVector &Facts) {
  if (Flow.suspensionAt(Element))
    for (unsigned I = 0; I != Members.size(); ++I)
      if (Facts.test(empty(I)))
        Facts.set(stale(I));
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  if (!S)
    return;
  const auto *E = dyn_cast<Expr>(S->getStmt());
  const Expr *Written = filledBy(S->getStmt());
  if (!Written && E)
    Written = emptiedBy(E);
  if (std::optional<unsigned> Number = numberOf(Written, Members)) {
    Facts.reset(empty(*Number));
    Facts.reset(stale(*Number));
  }
}

void StaleReadCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Coro->Kind == CoroutineKind::Generator)
      continue;
    std::vector<TestedObject> Members = testedObjects(F.Function);
    // Nobody else gets at what is local.
    llvm::erase_if(Members, [](const TestedObject &Object) {
      return Object.Path.isLocal() || Object.Path.Members.empty();
    });
    const FunctionFlow *Flow = Members.empty() ? nullptr : U.flow(F.Function);
    if (!Flow)
      continue;
    FoundEmpty Problem(*Flow, Members);
    Flow->solve(Problem, llvm::BitVector(2 * Members.size()))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const Expr *Written = S ? filledBy(S->getStmt()) : nullptr;
          std::optional<unsigned> Number = numberOf(Written, Members);
          if (!Number || !Facts.test(FoundEmpty::stale(*Number)))
            return;
          if (U.changes().isUnderLock(F.Function))
            return;
          const TestedObject &Member = Members[*Number];
          Finding Found;
          Found.Loc = Written->getExprLoc();
          Found.Ranges.push_back(Written->getSourceRange());
          Found.Message =
              "'" + Member.Path.name() +
              "' was tested before a suspension, and another call may have "
              "set it meanwhile; test it again, or hold an async lock";
          Found.Notes.push_back({Member.At->getExprLoc(), "tested here"});
          report(std::move(Found));
        });
  }
}
