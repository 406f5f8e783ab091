//===-- BusyWait.cpp - async-busy-wait ------------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/OwnState.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds loops that do nothing but wait some time and ask again for what only
/// the program itself changes.
class BusyWaitCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<BusyWaitCheck> R({
    .Name = "async-busy-wait",
    .Group = "blocking",
    .Level = Severity::Style,
    // Tests poll on purpose.
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a coroutine asks again and again for what it could be told",
});

/// What the body of a loop awaits.
enum class Pause { None, Time, Turn };

} // namespace

/// What the co_await that \p S is waits for, and nothing else.
static Pause pauseIn(const Stmt *S, Unit &U) {
  const auto *E = dyn_cast_or_null<Expr>(S);
  const auto *Await = E ? dyn_cast<CoawaitExpr>(stripImplicit(E)) : nullptr;
  if (!Await)
    return Pause::None;
  const Expr *Operand = stripImplicit(Await->getOperand());
  const FunctionModel *Known = U.M.function(Operand);
  if (Known && Known->Delays)
    return Pause::Time;
  if (Known && Known->Yields && writtenArguments(Operand).size() < 2)
    return Pause::Turn;
  const CXXRecordDecl *RD = Operand->getType()->getAsCXXRecordDecl();
  if (RD && qualifiedName(RD) == "std::chrono::duration")
    return Pause::Time;
  return Pause::None;
}

/// Whether \p S only says how long the timer that is awaited behind it runs.
static bool armsTimer(const Stmt *S, Unit &U) {
  const auto *E = dyn_cast<Expr>(S);
  const auto *Call =
      E ? dyn_cast<CXXMemberCallExpr>(stripImplicit(E)) : nullptr;
  if (!Call || !Call->getMethodDecl() || Call->getNumArgs() != 1)
    return false;
  const CXXRecordDecl *RD = recordOf(Call->getObjectType());
  return RD && U.M.libraryAround(RD) &&
         llvm::any_of(definitionOf(RD)->decls(), [&](const Decl *D) {
           const auto *Method = dyn_cast<NamedDecl>(D);
           const FunctionModel *Known =
               Method && Method->isFunctionOrFunctionTemplate()
                   ? U.M.index().function(qualifiedName(Method))
                   : nullptr;
           return Known && Known->Delays;
         });
}

/// What \p Body waits for in each round, where it does nothing else.
static Pause onlyPause(const Stmt *Body, Unit &U) {
  llvm::SmallVector<const Stmt *, 4> Parts;
  if (const auto *Block = dyn_cast<CompoundStmt>(Body))
    Parts.append(Block->body_begin(), Block->body_end());
  else
    Parts.push_back(Body);
  Pause Found = Pause::None;
  bool IsArmed = false;
  for (const Stmt *S : Parts) {
    if (isa<NullStmt>(S))
      continue;
    if (const auto *Cast = dyn_cast<CStyleCastExpr>(S))
      S = Cast->getSubExpr();
    if (armsTimer(S, U)) {
      IsArmed = true;
      continue;
    }
    const Pause This = pauseIn(S, U);
    if (This == Pause::None)
      return Pause::None;
    // A timer that nobody sets again has not expired, or has for good.
    const Expr *Operand = stripImplicit(
        cast<CoawaitExpr>(stripImplicit(cast<Expr>(S)))->getOperand());
    const FunctionModel *Known = U.M.function(Operand);
    if (Known && Known->AwaitsCondition.Model && !IsArmed)
      return Pause::None;
    Found = This == Pause::Time || Found == Pause::None ? This : Found;
  }
  return Found;
}

void BusyWaitCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto [Condition, Body] = loopParts(S);
      const auto *For = dyn_cast<ForStmt>(S);
      if (!Condition || Condition->getBeginLoc().isMacroID() ||
          (For && (For->getInit() || For->getInc())))
        return true;
      const Pause How = onlyPause(Body, U);
      const std::optional<OwnState> Asked =
          How == Pause::None ? std::nullopt
                             : ownState(Condition, F.Function, U);
      if (!Asked || !Asked->Shared)
        return true;
      Finding Found;
      Found.Loc = S->getBeginLoc();
      Found.Ranges.push_back(Condition->getSourceRange());
      Found.Message =
          std::string("this loop asks for '") +
          Asked->Shared->getNameAsString() + "' again " +
          (How == Pause::Time ? "after each delay: the coroutine goes on late, "
                                "and wakes up for nothing"
                              : "at each turn, and keeps the processor busy") +
          "; await an event that is set where it changes";
      report(std::move(Found));
      return true;
    });
  }
}
