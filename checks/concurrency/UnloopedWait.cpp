//===-- UnloopedWait.cpp - async-unlooped-wait ----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "concurrency/Conditions.h"
#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Presence.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds coroutines that wait once until there is something, and take it
/// without another look.
class UnloopedWaitCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void wait(Unit &U, const BodyMap &Body, const Wait &W,
            const Announcements &Told);
};

const Register<UnloopedWaitCheck> R({
    .Name = "async-unlooped-wait",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine that has waited takes for granted that there is "
               "something now, and does not look again",
});

} // namespace

/// The object that \p Condition finds empty when it is true; null when it asks
/// for something else, or for more.
static std::optional<AccessPath> foundEmpty(const Expr *Condition) {
  const Expr *E = stripImplicit(Condition);
  bool IsNegated = false;
  while (const auto *Not = dyn_cast<UnaryOperator>(E)) {
    if (Not->getOpcode() != UO_LNot)
      return std::nullopt;
    IsNegated = !IsNegated;
    E = stripImplicit(Not->getSubExpr());
  }
  if (std::optional<PresenceTest> Test = presenceTest(E))
    return Test->IsPresent == IsNegated ? std::optional(Test->Of)
                                        : std::nullopt;
  if (const auto *Binary = dyn_cast<BinaryOperator>(E);
      Binary && Binary->getOpcode() == BO_EQ && !IsNegated)
    if (const auto *Zero =
            dyn_cast<IntegerLiteral>(stripImplicit(Binary->getRHS()));
        Zero && Zero->getValue().isZero()) {
      const auto *Call =
          dyn_cast<CXXMemberCallExpr>(stripImplicit(Binary->getLHS()));
      if (Call && Call->getMethodDecl() &&
          Call->getMethodDecl()->getIdentifier() &&
          Call->getMethodDecl()->getName() == "size")
        return accessPath(Call->getImplicitObjectArgument());
    }
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  if (!IsNegated && Call && Call->getMethodDecl() &&
      Call->getMethodDecl()->getIdentifier() &&
      Call->getMethodDecl()->getName() == "empty")
    return accessPath(Call->getImplicitObjectArgument());
  return std::nullopt;
}

/// Whether \p E does what only an object can do that has something in it.
static const Expr *needsElement(const Expr *E, const AccessPath &Path) {
  const Expr *Object = followedBy(E);
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
      Call && Call->getMethodDecl() && Call->getMethodDecl()->getIdentifier() &&
      Call->getMethodDecl()->getParent()->isInStdNamespace()) {
    const StringRef Name = Call->getMethodDecl()->getName();
    if (Name == "front" || Name == "back" || Name == "top" || Name == "pop" ||
        Name == "pop_front" || Name == "pop_back")
      Object = Call->getImplicitObjectArgument();
  }
  if (!Object)
    return nullptr;
  std::optional<AccessPath> Of = accessPath(Object);
  return Of && *Of == Path ? E : nullptr;
}

void UnloopedWaitCheck::analyze(Unit &U) {
  std::optional<Announcements> Told;
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Await = dyn_cast<CoroutineSuspendExpr>(S);
      std::optional<Wait> W = Await ? bareWait(Await, U) : std::nullopt;
      if (W) {
        if (!Told)
          Told = announcements(U);
        wait(U, U.body(F.Function), *W, *Told);
      }
      return true;
    });
  }
}

void UnloopedWaitCheck::wait(Unit &U, const BodyMap &Body, const Wait &W,
                             const Announcements &Told) {
  const Announced A = Told.lookup(W.Condition);
  if (!A.Anyhow || (!W.Model.Model->Forever.empty() && !A.IsMade))
    return;
  // if (nothing there) co_await wait();
  const Stmt *S = W.Await;
  const Stmt *Parent = Body.parent(S);
  while (isa_and_nonnull<Expr>(Parent)) {
    S = Parent;
    Parent = Body.parent(S);
  }
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Parent)) {
    if (Block->body_back() != S)
      return;
    S = Parent;
    Parent = Body.parent(S);
  }
  const auto *If = dyn_cast_or_null<IfStmt>(Parent);
  if (!If || If->getElse() || If->getThen() != S)
    return;
  const std::optional<AccessPath> Path = foundEmpty(If->getCond());
  if (!Path || Path->isLocal())
    return;
  // What follows in the same block, until it looks again or is suspended.
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body.parent(If));
  if (!Block)
    return;
  const Expr *Taken = nullptr;
  bool Stops = false;
  const auto *From = llvm::find(Block->body(), If);
  if (From == Block->body_end())
    return;
  for (const Stmt *After : llvm::make_range(From + 1, Block->body_end())) {
    walkBody(After, [&](const Stmt *Part) {
      if (Taken || Stops)
        return false;
      // What stands in a branch has been decided by a look of its own.
      if (isa<IfStmt, WhileStmt, ForStmt, DoStmt, CXXForRangeStmt, SwitchStmt,
              ConditionalOperator, CXXTryStmt, LambdaExpr,
              CoroutineSuspendExpr>(Part)) {
        Stops = true;
        return false;
      }
      if (const auto *E = dyn_cast<Expr>(Part))
        Taken = needsElement(E, *Path);
      return !Taken;
    });
    if (Taken || Stops)
      break;
  }
  if (!Taken)
    return;
  Finding Found;
  Found.Loc = If->getIfLoc();
  Found.Ranges.push_back(If->getCond()->getSourceRange());
  Found.Message = "when this wait is over, '" + Path->name() +
                  "' may be empty, still or again: somebody else has taken "
                  "what was there, or everybody is told to end; use 'while' "
                  "instead of 'if'";
  Found.Notes.push_back({Taken->getExprLoc(), "taken here without a look"});
  report(std::move(Found));
}
