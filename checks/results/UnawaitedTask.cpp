//===-- UnawaitedTask.cpp - async-unawaited-task -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Fixes.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "results/Loss.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds tasks and awaiters that are thrown away at once.
class UnawaitedTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  /// How the value is thrown away.
  enum class Discard {
    Silent,   ///< it just stands there
    Explicit, ///< somebody wrote that it is meant: (void)
    Ignored,  ///< the same, with std::ignore
  };
  void discarded(Unit &U, const FunctionSummary &F, const Expr *E, Discard How);
  void task(Unit &U, const FunctionSummary &F, const Expr *E, TaskType Type,
            Discard How);
  void named(Unit &U, const FunctionSummary &F, const Expr *E);
};

const Register<UnawaitedTaskCheck> R({
    .Name = "async-unawaited-task",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a task that is discarded never runs, or runs with nobody to "
               "see how it ends",
});

} // namespace

void UnawaitedTaskCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    llvm::SmallPtrSet<const Stmt *, 4> ValueBodies;
    walkFunction(F.Function, [&](const Stmt *S) {
      // The value of a statement expression is its last statement's.
      if (const auto *Outer = dyn_cast<StmtExpr>(S)) {
        const CompoundStmt *Body = Outer->getSubStmt();
        ValueBodies.insert(Body);
        if (!Body->body_empty())
          for (const Stmt *Child :
               llvm::make_range(Body->body_begin(), Body->body_end() - 1))
            if (const auto *E = dyn_cast<Expr>(Child))
              discarded(U, F, E, Discard::Silent);
        return true;
      }
      if (!ValueBodies.contains(S))
        forEachStatement(
            S, [&](const Expr *E) { discarded(U, F, E, Discard::Silent); });
      return true;
    });
  }
}

void UnawaitedTaskCheck::discarded(Unit &U, const FunctionSummary &F,
                                   const Expr *E, Discard How) {
  E = stripImplicit(E);
  if (const auto *Comma = dyn_cast<BinaryOperator>(E);
      Comma && Comma->getOpcode() == BO_Comma) {
    discarded(U, F, Comma->getLHS(), How);
    discarded(U, F, Comma->getRHS(), How);
    return;
  }
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
      Cast && Cast->getType()->isVoidType())
    return discarded(U, F, Cast->getSubExpr(), Discard::Explicit);
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(E);
      Assign && Assign->getOperator() == OO_Equal &&
      Assign->getNumArgs() == 2) {
    const ValueDecl *Left = namedBy(Assign->getArg(0));
    if (Left && Left->isInStdNamespace() &&
        Left->getDeclName().getAsString() == "ignore")
      return discarded(U, F, Assign->getArg(1), Discard::Ignored);
  }
  TaskType Type = E->isPRValue() ? U.C.taskType(E->getType()) : TaskType();
  if (Type)
    return task(U, F, E, Type, How);
  if (How == Discard::Silent && E->isGLValue() && F.Coro)
    named(U, F, E);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    discarded(U, F, Choice->getTrueExpr(), How);
    discarded(U, F, Choice->getFalseExpr(), How);
  } else if (const auto *Op = dyn_cast<BinaryOperator>(E);
             Op && Op->isLogicalOp()) {
    discarded(U, F, Op->getRHS(), How);
  }
}

/// \p E is a statement that does nothing but to name something: an event, a
/// task in a variable, std::move of one.
void UnawaitedTaskCheck::named(Unit &U, const FunctionSummary &F,
                               const Expr *E) {
  const Expr *Name = withoutForwarding(E);
  if (U.Ctx.getSourceManager().isMacroBodyExpansion(E->getBeginLoc()) ||
      (Name == E && !isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr>(Name)))
    return;
  QualType T = E->getType().getUnqualifiedType();
  const TaskType Type = U.C.taskType(T);
  // A task of another library has to be made awaitable first; its name does
  // nothing all the same.
  if (Type ? Type.Kind != TaskType::Task && !U.C.canAwait(F.Coro->Promise, T)
           : !U.C.isAwaitedName(F.Coro->Promise, T))
    return;
  Finding Found;
  Found.Loc = E->getExprLoc();
  Found.Message = "a '" + displayType(T, U.Ctx) +
                  "' is named here, and nothing is done with it; co_await it";
  Found.Ranges.push_back(E->getSourceRange());
  report(Found);
}

/// What the message calls \p E.
static std::string nameOf(const Expr *E, const ASTContext &Ctx) {
  if (const FunctionDecl *Callee = calleeOf(E);
      Callee && !isa<CXXConstructorDecl>(Callee))
    return "the result of '" + displayCallee(E, Callee) + "'";
  return "this '" + displayType(E->getType(), Ctx) + "'";
}

/// Whether dropping what goes on is how the users of its library say that
/// nobody waits for it.
static bool isDiscardable(const TaskType &Type) {
  return Type.Model.Model && Type.Model.Model->Discardable;
}

/// Whether \p E calls a callable that \p FD, an instance of a template, was
/// given: who gave it one that returns a task is told so there.
static bool callsGivenCallable(const FunctionDecl *FD, const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || !FD->getPrimaryTemplate())
    return false;
  const Expr *Called = Call->getCallee();
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
      Op && Op->getOperator() == OO_Call)
    Called = Op->getArg(0);
  else if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
           Callee->getName() == "invoke" && Call->getNumArgs() > 0)
    Called = Call->getArg(0);
  const auto *Ref = dyn_cast<DeclRefExpr>(withoutForwarding(Called));
  return Ref && isa<ParmVarDecl>(Ref->getDecl()) &&
         llvm::is_contained(FD->parameters(), Ref->getDecl());
}

void UnawaitedTaskCheck::task(Unit &U, const FunctionSummary &F, const Expr *E,
                              TaskType Type, Discard How) {
  // A coroutine that goes on by itself is meant to be left alone.
  if (callsGivenCallable(F.Function, E) ||
      (Type.When == Start::Eager && U.C.goesOnByParameter(E)))
    return;
  // A library's own task can only be awaited in its own coroutines.
  const bool CanAwait = F.Coro && U.C.canAwait(F.Coro->Promise, E->getType()) &&
                        (!Type.Model.Model ||
                         Type.Model.Library.Library == F.Coro->Library.Library);
  // Nobody makes what can't but be awaited to have it not awaited.
  const bool IsOnlyForAwaiting = Type.Kind == TaskType::Awaiter && CanAwait &&
                                 isOnlyForAwaiting(E->getType());
  std::string Name = nameOf(E, U.Ctx);
  std::string TypeName = "'" + displayType(E->getType(), U.Ctx) + "'";
  Finding Found;
  if (Type.Kind == TaskType::Task && Type.When == Start::Lazy) {
    // However explicit the discard is, the work is skipped.
    Found.Message = Name + " is never awaited: " + TypeName +
                    " is lazy, so nothing of it runs";
  } else if (How == Discard::Silent && Type.Model.Model &&
             Type.Model.Model->WhenDropped == Dropped::Cancels) {
    Found.Message = Name + " is dropped, which cancels " +
                    "the work: " + TypeName + " owns it";
  } else if ((How != Discard::Silent &&
              !(How == Discard::Explicit && IsOnlyForAwaiting)) ||
             isa<CoawaitExpr>(E) ||
             (givesToCallback(E, U) && !isNodiscard(E)) ||
             (isDiscardable(Type) ? !isNodiscardCall(E)
                                  : !CanAwait && !isNodiscard(E))) {
    // It runs anyway, and a callback gets what comes of it, or somebody wrote
    // that it is meant, or the library's users do so, or it is what has been
    // awaited, or there would be no way to await it here.
    return;
  } else if (Type.Kind == TaskType::Awaiter) {
    Found.Message =
        Name + " is never awaited: " + TypeName + " does nothing until it is";
  } else {
    Found.Message = Name + " is never awaited: what it "
                           "returns and what it throws is lost";
  }

  if (F.Coro)
    Found.Message += "; co_await it";
  else if (Type.Model.Model && !Type.Model.Model->Spawn.empty())
    Found.Message += "; " + Type.Model.Library.expand(Type.Model.Model->Spawn);
  else
    Found.Message +=
        Type.When == Start::Eager
            ? "; return it to a caller that awaits it"
            : "; start it, or return it to a caller that awaits it";

  // An operator stands in the middle of what is discarded.
  Found.Loc = isa<CXXOperatorCallExpr>(E) ? E->getBeginLoc() : E->getExprLoc();
  Found.Ranges.push_back(E->getSourceRange());
  // What std::ignore is assigned must not be void.
  if (CanAwait && How != Discard::Ignored && mayAwaitAt(F.Function, E) &&
      textOf(E, U.Ctx))
    Found.Fixes = insertAwait(F.Function, E, U.Ctx);
  report(Found);
}
