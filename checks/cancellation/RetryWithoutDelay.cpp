//===-- RetryWithoutDelay.cpp - async-retry-without-delay -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Handlers.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds loops that do the same thing again at once when it has failed, for
/// whatever reason, until somebody tells them to stop.
class RetryWithoutDelayCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void loop(Unit &U, const Expr *Condition, const Stmt *Body);
};

const Register<RetryWithoutDelayCheck> R({
    .Name = "async-retry-without-delay",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "what fails at once is done again at once, and keeps the "
               "processor busy for as long as it fails",
});

} // namespace

/// Whether \p Condition only asks whether to go on at all: tokens, flags, and
/// members that say yes or no.
static bool asksWhetherToStop(const Expr *Condition) {
  const Expr *E = stripImplicit(Condition);
  if (isa<CXXBoolLiteralExpr>(E))
    return false;
  if (const auto *Not = dyn_cast<UnaryOperator>(E))
    return Not->getOpcode() == UO_LNot && asksWhetherToStop(Not->getSubExpr());
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isLogicalOp() && asksWhetherToStop(Binary->getLHS()) &&
           asksWhetherToStop(Binary->getRHS());
  if (isa<DeclRefExpr, MemberExpr>(E)) {
    const CXXRecordDecl *RD = E->getType()->getAsCXXRecordDecl();
    return E->getType()->isBooleanType() || isAtomic(RD);
  }
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  if (!Call || !Call->getMethodDecl() || !Call->getMethodDecl()->isConst())
    return false;
  const CXXRecordDecl *RD = Call->getMethodDecl()->getParent();
  return Call->getType()->isBooleanType() &&
         (!RD->isInStdNamespace() || isAtomic(RD) ||
          RD->getName() == "stop_token");
}

/// The only await of \p Try, when that is all that its block does.
static const CoawaitExpr *onlyAwait(const CXXTryStmt *Try) {
  const CompoundStmt *Block = Try->getTryBlock();
  if (Block->size() != 1)
    return nullptr;
  const auto *E = dyn_cast<Expr>(Block->body_front());
  const auto *Await = E ? dyn_cast<CoawaitExpr>(stripImplicit(E)) : nullptr;
  return Await && Await->getType()->isVoidType() ? Await : nullptr;
}

/// Whether \p Block only tells somebody: it neither leaves the handler in
/// another way, nor leaves a trace that the code behind it may ask for.
static bool onlyTells(const CXXCatchStmt *Handler) {
  bool Tells = true;
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    if (isa<IfStmt>(S))
      Tells &= S->getBeginLoc().isMacroID(); // how loggers are written
    else if (isa<CXXThrowExpr, CoreturnStmt, ReturnStmt, BreakStmt, GotoStmt,
                 SwitchStmt, CXXTryStmt>(S))
      Tells = false;
    else if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      Tells &= !Binary->isAssignmentOp();
    else if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      Tells &= !Unary->isIncrementDecrementOp();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
      Tells &= !Op->isAssignmentOp();
    else if (const auto *Call = dyn_cast<CallExpr>(S))
      Tells &=
          Call->getDirectCallee() && !Call->getDirectCallee()->isNoReturn();
    return Tells;
  });
  return Tells;
}

void RetryWithoutDelayCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *For = dyn_cast<ForStmt>(S);
      if (const auto [Condition, Body] = loopParts(S);
          Condition && !isa<DoStmt>(S) && !(For && For->getInc()))
        loop(U, Condition, Body);
      return true;
    });
  }
}

void RetryWithoutDelayCheck::loop(Unit &U, const Expr *Condition,
                                  const Stmt *Body) {
  if (!asksWhetherToStop(Condition))
    return;
  const auto *Block = dyn_cast<CompoundStmt>(Body);
  if (!Block || Block->body_empty())
    return;
  // Nothing else in the loop: what else there is may be what it waits for.
  const auto *Try = dyn_cast<CXXTryStmt>(Block->body_front());
  if (!Try || Block->size() != 1)
    return;
  const CoawaitExpr *Await = onlyAwait(Try);
  if (!Await || !U.C.maySuspend(Await))
    return;
  const Expr *Operand = stripImplicit(Await->getOperand());
  const FunctionModel *Known = U.M.function(Operand);
  if (Known && (Known->Delays || Known->Yields ||
                Known->AwaitsCondition.Model || Known->AwaitedLock.Model))
    return;
  for (const CXXCatchStmt *Handler : handlersOf(Try)) {
    if (!catchesExceptions(Handler) || !onlyTells(Handler))
      continue;
    Finding Found;
    Found.Loc = Handler->getCatchLoc();
    Found.Message =
        "behind this handler, the loop does at once again what has failed, as "
        "long as it fails, and keeps the processor busy; wait some time first";
    Found.Notes.push_back({Await->getExprLoc(), "what may fail without a "
                                                "suspension"});
    report(std::move(Found));
    return;
  }
}
