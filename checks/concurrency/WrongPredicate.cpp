//===-- WrongPredicate.cpp - async-wrong-predicate ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/FoldingSet.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds waits in a loop whose predicate is true only when a part of the loop's
/// condition is false: for the rest of it, nothing ends the wait.
class WrongPredicateCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void loop(Unit &U, const Expr *Condition, const Stmt *Body);
};

const Register<WrongPredicateCheck> R({
    .Name = "async-wrong-predicate",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "the predicate of a wait leaves out what the loop around it "
               "waits for, so the wait may never end",
});

} // namespace

/// Adds the parts of \p E that \p Op joins.
static void split(const Expr *E, BinaryOperatorKind Op,
                  llvm::SmallVectorImpl<const Expr *> &Parts) {
  E = stripImplicit(E);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E);
      Binary && Binary->getOpcode() == Op) {
    split(Binary->getLHS(), Op, Parts);
    split(Binary->getRHS(), Op, Parts);
    return;
  }
  Parts.push_back(E);
}

static bool isSame(const Expr *A, const Expr *B, const ASTContext &Ctx) {
  llvm::FoldingSetNodeID IdA, IdB;
  stripImplicit(A)->Profile(IdA, Ctx, true);
  stripImplicit(B)->Profile(IdB, Ctx, true);
  return IdA == IdB;
}

/// Whether \p A is true where \p B is false, and the other way round, as they
/// are written.
static bool isOpposite(const Expr *A, const Expr *B, const ASTContext &Ctx) {
  A = stripImplicit(A);
  B = stripImplicit(B);
  for (const auto &[Negation, Other] : {std::pair(A, B), std::pair(B, A)})
    if (const auto *Not = dyn_cast<UnaryOperator>(Negation);
        Not && Not->getOpcode() == UO_LNot &&
        isSame(Not->getSubExpr(), Other, Ctx))
      return true;
  const auto *Left = dyn_cast<BinaryOperator>(A);
  const auto *Right = dyn_cast<BinaryOperator>(B);
  return Left && Right && Left->isComparisonOp() && Right->isComparisonOp() &&
         BinaryOperator::negateComparisonOp(Left->getOpcode()) ==
             Right->getOpcode() &&
         isSame(Left->getLHS(), Right->getLHS(), Ctx) &&
         isSame(Left->getRHS(), Right->getRHS(), Ctx);
}

/// What predicate \p E, a lambda without anything else in it, returns.
static const Expr *resultOf(const Expr *E) {
  const auto *Lambda = dyn_cast<LambdaExpr>(stripImplicit(E));
  const CompoundStmt *Block = Lambda ? Lambda->getCompoundStmtBody() : nullptr;
  if (!Block || Block->size() != 1 || !Lambda->getCallOperator()->param_empty())
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Block->body_front());
  return Return ? Return->getRetValue() : nullptr;
}

void WrongPredicateCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends)
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto [Condition, Body] = loopParts(S);
          Condition && !isa<DoStmt>(S))
        loop(U, Condition, Body);
      return true;
    });
  }
}

void WrongPredicateCheck::loop(Unit &U, const Expr *Condition,
                               const Stmt *Body) {
  llvm::SmallVector<const Expr *, 4> Needed;
  split(Condition, BO_LAnd, Needed);
  if (Needed.size() < 2)
    return;
  walkBody(Body, [&](const Stmt *S) {
    // A loop in it waits for something of its own.
    if (isLoop(S))
      return false;
    const auto *Await = dyn_cast<CoroutineSuspendExpr>(S);
    if (!Await)
      return true;
    const Expr *Call = stripImplicit(Await->getOperand());
    const FunctionModel *Known = U.M.function(Call);
    if (!Known || !Known->AwaitsCondition.Model)
      return true;
    // Where the wait ends after some time, the loop goes on.
    const Expr *Predicate = nullptr;
    for (const Expr *Argument : writtenArguments(Call)) {
      const CXXRecordDecl *RD = recordOf(Argument->getType());
      if (const Expr *Result = resultOf(Argument))
        Predicate = Result;
      else if (RD && StringRef(qualifiedName(RD)).starts_with("std::chrono"))
        return true;
    }
    if (!Predicate)
      return true;
    llvm::SmallVector<const Expr *, 4> Ends, Left(Needed);
    split(Predicate, BO_LOr, Ends);
    for (const Expr *End : Ends) {
      auto *At = llvm::find_if(
          Left, [&](const Expr *Part) { return isOpposite(End, Part, U.Ctx); });
      if (At == Left.end())
        return true;
      Left.erase(At);
    }
    llvm::erase_if(Left, [&](const Expr *Part) {
      Expr::EvalResult Value;
      return !Part->isValueDependent() && Part->EvaluateAsRValue(Value, U.Ctx);
    });
    if (Left.empty())
      return true;
    Finding Found;
    Found.Loc = Predicate->getExprLoc();
    Found.Ranges.push_back(Predicate->getSourceRange());
    const std::optional<std::string> Text = textOf(Predicate, U.Ctx);
    Found.Message = "this wait ends only when the loop around it does" +
                    (Text ? ", by '" + *Text + "'" : "") +
                    ": nothing ends it when the rest of the loop's condition "
                    "changes; test that in the predicate, too, or wait "
                    "without one";
    Found.Notes.push_back(
        {Left.front()->getExprLoc(), "nobody tells this when it changes"});
    report(std::move(Found));
    return true;
  });
}
