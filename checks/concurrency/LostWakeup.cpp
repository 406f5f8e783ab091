//===-- LostWakeup.cpp - async-lost-wakeup --------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds waits for a condition that may have been announced already: others
/// have run since the coroutine last looked, and what they said is forgotten.
class LostWakeupCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<LostWakeupCheck> R({
    .Name = "async-lost-wakeup",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine waits for a notification that may have come while "
               "it was doing something else, and is forgotten",
});

/// A wait without a predicate.
struct Wait {
  const Expr *Call;
  const Expr *Await;
  const ValueDecl *Condition;
  ModelRef<ConditionModel> Model;
  /// It gives back a lock, under which the state is looked at.
  bool TakesLock;
};

/// What a file says of one condition.
struct Announced {
  /// Where it is announced to those who wait at that time only, and not because
  /// the work is to end.
  const Expr *By = nullptr;
  const FunctionDecl *In = nullptr;
  /// What may be a condition has been made one.
  bool IsMade = false;
};
using Announcements = llvm::DenseMap<const ValueDecl *, Announced>;

/// Whether others may have run since the coroutine last looked at the state.
class MayBeStale final : public FlowProblem {
public:
  enum { Suspended, GaveBack, Locked, NumFacts };

  MayBeStale(const FunctionFlow &Flow, llvm::ArrayRef<Wait> Waits, Unit &U)
      : Flow(Flow), Waits(Waits), U(U), Body(U.body(Flow.function())) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override;
  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override {
    if (isLook(Condition))
      Facts.reset();
  }

private:
  bool isLook(const Expr *Condition) const;

  const FunctionFlow &Flow;
  const llvm::ArrayRef<Wait> Waits;
  Unit &U;
  const BodyMap &Body;
};

} // namespace

/// The variable or member that \p E stands for, by which functions of one file
/// agree on a condition.
static const ValueDecl *conditionOf(const Expr *E) {
  if (!E)
    return nullptr;
  std::optional<AccessPath> Path = accessPath(E);
  if (!Path)
    return nullptr;
  const ValueDecl *D =
      Path->Members.empty() ? Path->Base : Path->Members.back();
  return D ? cast<ValueDecl>(patternOf(D)->getCanonicalDecl()) : nullptr;
}

/// Whether \p T can be called: what decides whether a wait is over.
static bool isCallable(QualType T) {
  T = T.getNonReferenceType();
  if (T->isFunctionType() || T->isFunctionPointerType())
    return true;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && RD->hasDefinition() &&
         (RD->isLambda() || hasMember(RD, "operator()"));
}

static bool isLock(QualType T, Unit &U) {
  const CXXRecordDecl *RD = recordOf(T);
  const TypeModel *Known = RD ? U.M.type(RD) : nullptr;
  return (Known && (Known->Lock.Model || Known->Guard.Model)) ||
         (RD && mayBeLock(RD, U.M));
}

/// The wait that \p Await stands for, when nothing but somebody else's word
/// ends it: no predicate, and no time.
static std::optional<Wait> bareWait(const CoroutineSuspendExpr *Await,
                                    Unit &U) {
  const Expr *Call = stripImplicit(Await->getOperand());
  const FunctionModel *Known = U.M.function(Call);
  const Expr *Object = objectOf(Call);
  if (!Known || !Known->AwaitsCondition.Model || !Object)
    return std::nullopt;
  Wait W{Call, Await, conditionOf(Object), Known->AwaitsCondition, false};
  if (!W.Condition)
    return std::nullopt;
  // A timer is given what tells how it is awaited.
  if (!W.Model.Model->Forever.empty())
    return W;
  for (const Expr *Argument : writtenArguments(Call)) {
    const QualType T = Argument->getType().getNonReferenceType();
    if (isLock(T, U)) {
      W.TakesLock = true;
      continue;
    }
    // An executor, or what tells that nobody waits any more.
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    const std::string Name = RD ? qualifiedName(RD) : "";
    if (!RD || isCallable(T) ||
        (StringRef(Name).starts_with("std::") && Name != "std::shared_ptr" &&
         Name != "std::stop_token"))
      return std::nullopt;
  }
  return W;
}

/// Whether \p FD tells others to end their work, by which what it announces is
/// about the end. A lambda that does nothing else may be there for that, too.
static bool endsWork(const FunctionDecl *FD, Unit &U) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD)) {
    if (isa<CXXDestructorDecl>(Method))
      return true;
    if (Method->getParent()->isLambda()) {
      const auto *Block = dyn_cast_or_null<CompoundStmt>(Method->getBody());
      if (!Block || Block->size() < 2)
        return true;
    }
    if (Method->getIdentifier() &&
        (U.M.index().isEnderName(Method->getName()) ||
         U.M.index().isRemoverName(Method->getName())))
      return true;
  }
  bool Ends = false;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S))
      if (const Expr *Object = objectOf(E)) {
        const CXXRecordDecl *RD = recordOf(Object->getType());
        const TypeModel *Known = RD ? U.M.type(RD) : nullptr;
        const auto *Method = dyn_cast_or_null<CXXMethodDecl>(calleeOf(E));
        Ends |=
            Known && Known->CancellationSource && Method && !Method->isConst();
      }
    return !Ends;
  });
  return Ends;
}

static Announcements announcements(Unit &U) {
  Announcements Found;
  for (const FunctionSummary &F : U.functions()) {
    std::optional<bool> Ends;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *E = dyn_cast<Expr>(S);
      const FunctionModel *Known =
          E && isa<CallExpr, CXXConstructExpr>(E) ? U.M.function(E) : nullptr;
      if (!Known)
        return true;
      if (Known->MakesCondition.Model && mentions(E, "max", U.Ctx))
        if (const ValueDecl *D = conditionOf(objectOf(E)))
          Found[D].IsMade = true;
      if (!Known->Notifies.Model)
        return true;
      const ValueDecl *D = conditionOf(objectOf(E));
      if (!D || Found.lookup(D).By)
        return true;
      if (!Ends)
        Ends = endsWork(F.Function, U);
      if (!*Ends) {
        Found[D].By = E;
        Found[D].In = F.Function;
      }
      return true;
    });
  }
  return Found;
}

/// Whether what a condition asks may be what others change: not a constant, not
/// whether to stop, and not how far a loop over values of its own has come.
bool MayBeStale::isLook(const Expr *Condition) const {
  if (const auto *Loop =
          dyn_cast_or_null<CXXForRangeStmt>(Body.parent(Condition));
      Loop && Loop->getCond() == Condition)
    return false;
  bool AsksOthers = false, AsksToken = false;
  walkBody(Condition, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E)
      return true;
    if (const Expr *Object = objectOf(E)) {
      const CXXRecordDecl *RD = recordOf(Object->getType());
      const TypeModel *Known = RD ? U.M.type(RD) : nullptr;
      if (Known && Known->CancellationToken) {
        AsksToken = true;
        return false;
      }
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      AsksOthers |= Var && !Var->isImplicit();
    } else if (isa<CXXThisExpr, CallExpr>(E)) {
      AsksOthers = true;
    }
    return true;
  });
  return AsksOthers || !AsksToken;
}

void MayBeStale::transfer(const CFGElement &Element, llvm::BitVector &Facts) {
  if (const Expr *Await = Flow.suspensionAt(Element)) {
    // Who waits for the condition knows that it has just been announced.
    if (llvm::any_of(Waits, [&](const Wait &W) { return W.Await == Await; })) {
      Facts.reset();
      return;
    }
    Facts.set(Suspended);
    if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(Await)) {
      const Expr *Operand = stripImplicit(Suspend->getOperand());
      const FunctionModel *Known = U.M.function(Operand);
      if (Known && Known->AwaitedLock.Model)
        Facts.set(Locked);
    }
    return;
  }
  if (std::optional<CFGAutomaticObjDtor> Dtor =
          Element.getAs<CFGAutomaticObjDtor>()) {
    const TypeModel *Known = U.M.type(Dtor->getVarDecl()->getType());
    if (Known && Known->Guard.Model)
      Facts.set(GaveBack);
    return;
  }
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  const auto *Call = S ? dyn_cast<CXXMemberCallExpr>(S->getStmt()) : nullptr;
  if (!Call || !Call->getMethodDecl())
    return;
  const FunctionModel *Known = U.M.function(Call);
  const TypeModel *Guard = U.M.type(Call->getObjectType());
  if ((Known && Known->GivesBack.Model) ||
      (Guard && Guard->Guard.Model && !Call->getMethodDecl()->isConst() &&
       Call->getType()->isVoidType()))
    Facts.set(GaveBack);
}

void LostWakeupCheck::analyze(Unit &U) {
  std::optional<Announcements> Told;
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext())
      continue;
    llvm::SmallVector<Wait, 2> Waits;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
        if (std::optional<Wait> W = bareWait(Await, U))
          Waits.push_back(*W);
      return true;
    });
    if (Waits.empty())
      continue;
    if (!Told)
      Told = announcements(U);
    // A condition that is announced nowhere else may well remember.
    llvm::erase_if(Waits, [&](const Wait &W) {
      const Announced A = Told->lookup(W.Condition);
      return !A.By || A.In == F.Function ||
             (!W.Model.Model->Forever.empty() && !A.IsMade) ||
             // Who makes a condition and announces it knows who waits.
             W.Condition->getDeclContext() == A.In;
    });
    const FunctionFlow *Flow = Waits.empty() ? nullptr : U.flow(F.Function);
    if (!Flow)
      continue;
    MayBeStale Problem(*Flow, Waits, U);
    Flow->solve(Problem, llvm::BitVector(MayBeStale::NumFacts))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const auto *At = S ? llvm::find_if(Waits,
                                             [&](const Wait &W) {
                                               return W.Call == S->getStmt();
                                             })
                             : Waits.end();
          if (At == Waits.end())
            return;
          const bool IsLate = At->TakesLock
                                  ? Facts.test(MayBeStale::Locked)
                                  : Facts.test(MayBeStale::Suspended) ||
                                        Facts.test(MayBeStale::GaveBack);
          if (!IsLate)
            return;
          const Announced &A = Told->find(At->Condition)->second;
          const std::string Told = calleeOf(A.By)->getNameAsString();
          Finding Found;
          Found.Loc = At->Call->getExprLoc();
          Found.Ranges.push_back(At->Call->getSourceRange());
          Found.Message =
              "'" + At->Condition->getNameAsString() +
              "' may have been announced before this wait for it begins: " +
              (At->TakesLock
                   ? "the coroutine has not looked since it took the lock"
               : Facts.test(MayBeStale::Suspended)
                   ? "the coroutine has been suspended since it last looked"
                   : "the coroutine has given back its lock since it last "
                     "looked") +
              ", and what '" + Told +
              "' says when nobody waits is forgotten; " +
              (At->Model.Model->Forever.empty()
                   ? "wait with a predicate"
                   : "look again right before the wait");
          Found.Notes.push_back({A.By->getExprLoc(), "announced here"});
          report(std::move(Found));
        });
  }
}
