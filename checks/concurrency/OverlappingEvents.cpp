//===-- OverlappingEvents.cpp - async-overlapping-events ------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Escapes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds functions that start a coroutine at each call, when two of these get
/// in each other's way.
class OverlappingEventsCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<OverlappingEventsCheck> R({
    .Name = "async-overlapping-events",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary =
        "handlers of events that nobody waits for overlap, and undo each "
        "other's changes",
});

/// A member that a coroutine decides on, and changes after a suspension.
struct LateChange {
  const ValueDecl *Member = nullptr;
  const Expr *Read = nullptr, *Suspension = nullptr, *Change = nullptr;

  explicit operator bool() const { return Change; }
};

/// The members that \p FD's conditions look at.
using Decisions = llvm::MapVector<const ValueDecl *, const Expr *>;

/// Per member two facts: a condition has looked at it, and the coroutine has
/// been suspended since.
class Decided final : public FlowProblem {
public:
  Decided(const FunctionFlow &Flow, const Decisions &Members)
      : Flow(Flow), Members(Members) {}

  static unsigned read(unsigned Number) { return 2 * Number; }
  static unsigned stale(unsigned Number) { return 2 * Number + 1; }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override;
  void assume(const Expr *Condition, bool, llvm::BitVector &Facts) override;

private:
  const FunctionFlow &Flow;
  const Decisions &Members;
};

} // namespace

/// The member that \p S assigns to.
static const ValueDecl *assigned(const Stmt *S) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(S))
    return Assign->getOpcode() == BO_Assign ? ownMember(Assign->getLHS())
                                            : nullptr;
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S))
    return Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2
               ? ownMember(Assign->getArg(0))
               : nullptr;
  return nullptr;
}

void Decided::transfer(const CFGElement &Element, llvm::BitVector &Facts) {
  if (Flow.suspensionAt(Element))
    for (unsigned I = 0; I != Members.size(); ++I)
      if (Facts.test(read(I)))
        Facts.set(stale(I));
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  const ValueDecl *Member = S ? assigned(S->getStmt()) : nullptr;
  auto It = Members.find(Member);
  if (!Member || It == Members.end())
    return;
  const unsigned Number = It - Members.begin();
  Facts.reset(read(Number));
  Facts.reset(stale(Number));
}

void Decided::assume(const Expr *Condition, bool, llvm::BitVector &Facts) {
  walkBody(Condition, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    const ValueDecl *Member = E ? ownMember(E) : nullptr;
    if (auto It = Members.find(Member); Member && It != Members.end()) {
      const unsigned Number = It - Members.begin();
      Facts.set(read(Number));
      Facts.reset(stale(Number));
    }
    return true;
  });
}

/// Whether \p FD keeps a second call of it out: it changes a flag that it has
/// looked at before it is suspended for the first time.
static bool keepsOthersOut(const FunctionDecl *FD, const Decisions &Members) {
  bool Suspended = false, Keeps = false;
  walkFunction(FD, [&](const Stmt *S) {
    Suspended |= isa<CoroutineSuspendExpr>(S);
    if (!Suspended)
      if (const ValueDecl *Member = assigned(S))
        Keeps |= Members.count(Member) != 0;
    return true;
  });
  return Keeps;
}

/// The member that two calls of member coroutine \p F at the same time decide
/// on and change.
static LateChange lateChange(Unit &U, const FunctionSummary &F) {
  Decisions Members;
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *If = dyn_cast<IfStmt>(S);
    if (If && If->getCond())
      walkBody(If->getCond(), [&](const Stmt *Part) {
        const auto *E = dyn_cast<Expr>(Part);
        if (const ValueDecl *Member = E ? ownMember(E) : nullptr)
          Members.insert({Member, E});
        return true;
      });
    return true;
  });
  LateChange Result;
  if (Members.empty() || keepsOthersOut(F.Function, Members))
    return Result;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow || Flow->suspensions().empty())
    return Result;
  Decided Problem(*Flow, Members);
  Flow->solve(Problem, llvm::BitVector(2 * Members.size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        const ValueDecl *Member = S ? assigned(S->getStmt()) : nullptr;
        auto It = Members.find(Member);
        if (Result || !Member || It == Members.end() ||
            !Facts.test(Decided::stale(It - Members.begin())))
          return;
        Result = {Member, It->second, Flow->suspensions().front(),
                  cast<Expr>(S->getStmt())};
      });
  return Result;
}

/// The member coroutine of \p Class that \p Call runs: itself, or the first one
/// that it awaits, if it is a lambda.
static const FunctionDecl *workOf(const CallExpr *Call,
                                  const CXXRecordDecl *Class) {
  const auto *Lambda = dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
  const FunctionDecl *Def = nullptr;
  if (!Lambda || !Lambda->hasBody(Def) || !coroutineBody(Def))
    return nullptr;
  if (Lambda->getParent()->getCanonicalDecl() == Class->getCanonicalDecl())
    return Def;
  if (!Lambda->getParent()->isLambda())
    return nullptr;
  const FunctionDecl *Found = nullptr;
  walkFunction(Def, [&](const Stmt *S) {
    const auto *Await = dyn_cast<CoawaitExpr>(S);
    const auto *Awaited =
        Await ? dyn_cast_or_null<CXXMemberCallExpr>(awaitedCall(Await))
              : nullptr;
    const CXXMethodDecl *MD = Awaited ? Awaited->getMethodDecl() : nullptr;
    const FunctionDecl *Body = nullptr;
    if (!Found && MD &&
        MD->getParent()->getCanonicalDecl() == Class->getCanonicalDecl() &&
        MD->hasBody(Body) && coroutineBody(Body))
      Found = Body;
    return !Found;
  });
  return Found;
}

/// Whether \p Call passes on what \p FD was called with.
static bool passesParameter(const CallExpr *Call, const FunctionDecl *FD) {
  bool Passes = false;
  auto IsParameter = [&](const ValueDecl *D) {
    return isa<ParmVarDecl>(D) && D->getDeclContext() == FD;
  };
  walkBody(Call, [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Passes |= IsParameter(Ref->getDecl());
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &C : Lambda->captures())
        Passes |= C.capturesVariable() && IsParameter(C.getCapturedVar());
    return !Passes;
  });
  return Passes;
}

void OverlappingEventsCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
    if (!MD || F.Coro || MD->getNumParams() == 0 || MD->isDependentContext() ||
        MD->getParent()->isLambda() || isa<CXXConstructorDecl>(MD))
      continue;
    walkFunction(MD, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *Work = Call ? workOf(Call, MD->getParent()) : nullptr;
      if (!Work || !passesParameter(Call, MD))
        return true;
      // Nobody waits for it.
      const QualType T = Call->getType();
      if (!U.C.isFireAndForget(T)) {
        const std::optional<Escape> Escapes = escapeOf(Call, U, MD);
        if (!Escapes || !Escapes->OutlivesFunction ||
            !(Escapes->How == Escape::Dropped ||
              Escapes->How == Escape::HandedOver))
          return true;
      }
      const FunctionSummary *Summary = U.summary(Work);
      if (!Summary)
        return true;
      const LateChange Late = U.changes().isUnderLock(Work)
                                  ? LateChange()
                                  : lateChange(U, *Summary);
      if (!Late)
        return true;
      Finding Found;
      Found.Loc = Call->getExprLoc();
      Found.Ranges.push_back(Call->getSourceRange());
      Found.Message = "'" + displayName(MD) + "' starts '" + displayName(Work) +
                      "' at each call, and does not wait for the one before: "
                      "two of them may look at '" +
                      Late.Member->getNameAsString() +
                      "' before either changes it; put the calls into a queue, "
                      "or take an async lock in the coroutine";
      Found.Notes.push_back({Late.Read->getExprLoc(), "looked at here"});
      Found.Notes.push_back({Late.Suspension->getExprLoc(), "suspended here"});
      Found.Notes.push_back({Late.Change->getExprLoc(), "changed here"});
      report(std::move(Found));
      return true;
    });
  }
}
