//===-- CrossThreadWrite.cpp - async-cross-thread-write -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Flow.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds functions that are sent to another thread and change there what
/// belongs to the sender's; and coroutines that a wait has moved there.
class CrossThreadWriteCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void sent(Unit &U, const ModelRef<CallableModel> &Ref, const Expr *Call,
            const LambdaExpr *Lambda);
  void moved(Unit &U, const FunctionSummary &F);
};

const Register<CrossThreadWriteCheck> R({
    .Name = "async-cross-thread-write",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a function that another thread runs changes an object of the "
               "sender's, which nothing protects",
});

} // namespace

void CrossThreadWriteCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (F.Coro && F.Suspends)
      moved(U, F);
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (!Known)
        return true;
      for (const ModelRef<CallableModel> &Ref : Known->Callables)
        if (Ref.Model->Elsewhere)
          for (const Expr *Argument : writtenArguments(Call))
            if (const LambdaExpr *Lambda = lambdaIn(Argument, U.M))
              sent(U, Ref, Call, Lambda);
      return true;
    });
  }
}

/// The member of the object that \p E is, or is a part of: not one that only
/// refers to something else.
static const FieldDecl *memberOfThis(const Expr *E) {
  for (;;) {
    const auto *Member = dyn_cast<MemberExpr>(stripImplicit(E));
    const auto *Field =
        Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
    if (!Field || Field->getType()->isReferenceType())
      return nullptr;
    const Expr *Base = stripImplicit(Member->getBase());
    if (isa<CXXThisExpr>(Base))
      return Field;
    if (Member->isArrow())
      return nullptr;
    E = Base;
  }
}

/// Whether an object of type \p T is made for several threads.
static bool isShared(QualType T, Models &M) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && (M.isLibraryCode(RD) || RD->isInStdNamespace());
}

void CrossThreadWriteCheck::sent(Unit &U, const ModelRef<CallableModel> &Ref,
                                 const Expr *Call, const LambdaExpr *Lambda) {
  const bool HasObject =
      llvm::any_of(Lambda->captures(), [](const LambdaCapture &Capture) {
        return Capture.capturesThis() && Capture.getCaptureKind() == LCK_This;
      });
  if (!HasObject)
    return;
  llvm::SmallVector<const FunctionDecl *, 2> Bodies;
  if (const FunctionTemplateDecl *FTD = Lambda->getDependentCallOperator())
    for (const FunctionDecl *Spec : FTD->specializations())
      Bodies.push_back(Spec);
  else if (const CXXMethodDecl *Op = Lambda->getCallOperator())
    Bodies.push_back(Op);

  const Expr *At = nullptr;
  const FieldDecl *Field = nullptr;
  const CXXRecordDecl *Owner = nullptr;
  auto Changed = [&](const Expr *E) {
    const FieldDecl *Found = At ? nullptr : memberOfThis(E);
    if (!Found || isShared(Found->getType(), U.M))
      return;
    // The object has to be known to be its thread's own.
    const auto *RD = dyn_cast<CXXRecordDecl>(Found->getParent());
    const TypeModel *Known =
        RD ? U.M.type(U.Ctx.getCanonicalTagType(RD)) : nullptr;
    if (!Known || !Known->ThreadAffine.Model)
      return;
    At = E;
    Field = Found;
    Owner = RD;
  };
  for (const FunctionDecl *Body : Bodies)
    if (Body->hasBody())
      walkFunction(Body, [&](const Stmt *S) {
        if (const auto *Op = dyn_cast<BinaryOperator>(S)) {
          if (Op->isAssignmentOp())
            Changed(Op->getLHS());
        } else if (const auto *Op = dyn_cast<UnaryOperator>(S)) {
          if (Op->isIncrementDecrementOp())
            Changed(Op->getSubExpr());
        } else if (const auto *Inner = dyn_cast<CallExpr>(S)) {
          const FunctionDecl *Callee = Inner->getDirectCallee();
          if (!Callee || isa<CXXOperatorCallExpr>(Inner) ||
              Callee->isInStdNamespace() || U.M.isLibraryCode(Callee))
            return true;
          for (unsigned I = 0;
               I != std::min(Callee->getNumParams(), Inner->getNumArgs()); ++I)
            if (const QualType T = Callee->getParamDecl(I)->getType();
                T->isLValueReferenceType() &&
                !T.getNonReferenceType().isConstQualified())
              Changed(Inner->getArg(I));
        }
        return !At;
      });
  if (!At)
    return;

  Finding Found;
  Found.Loc = Lambda->getBeginLoc();
  Found.Ranges.push_back(Lambda->getIntroducerRange());
  Found.Message =
      "this " + Ref.Model->As + " changes '" + Field->getNameAsString() +
      "' of the object that sends it to another thread, and " +
      "nothing protects that: of '" + Owner->getNameAsString() + "', " +
      U.M.type(U.Ctx.getCanonicalTagType(Owner))->ThreadAffine.Model->Because +
      "; return what is to be changed, and change it here";
  Found.Notes.push_back({At->getExprLoc(), "changed here"});
  report(std::move(Found));
}

//===----------------------------------------------------------------------===//
// Coroutines that are moved by a wait
//===----------------------------------------------------------------------===//

/// What an await does to where the coroutine runs.
enum class Move { None, ByWaiting, OnPurpose, Back };

/// Whether \p T is a time to wait.
static bool isDuration(QualType T) {
  const CXXRecordDecl *RD = recordOf(T.getNonReferenceType());
  return RD && qualifiedName(RD) == "std::chrono::duration";
}

/// Who awaits a time, or a function that is given one, wants to wait; some
/// libraries go on in a pool of threads then.
static Move moveBy(const Expr *E, Unit &U) {
  const auto *Await = dyn_cast<CoroutineSuspendExpr>(E);
  if (!Await)
    return Move::None;
  const Expr *Operand = stripImplicit(Await->getOperand());
  auto Kind = [&](const HopModel &Hop) {
    if (Hop.To == HopTo::Loop)
      return Move::Back;
    if (Hop.To != HopTo::Blocking)
      return Move::OnPurpose;
    bool Waits = isDuration(Operand->getType());
    for (const Expr *Argument : writtenArguments(Operand))
      Waits |= isa<CallExpr>(Operand) && isDuration(Argument->getType());
    return Waits ? Move::ByWaiting : Move::OnPurpose;
  };
  if (const FunctionModel *Known =
          isa<CallExpr>(Operand) ? U.M.function(Operand) : nullptr;
      Known && !Known->Hops.empty())
    return Kind(*Known->Hops.front().Model);
  if (const TypeModel *Known = U.M.type(Operand->getType());
      Known && Known->Hop.Model)
    return Kind(*Known->Hop.Model);
  // An awaiter that nobody knows may do anything.
  return U.C.taskType(Operand->getType()).Kind == TaskType::Awaiter
             ? Move::OnPurpose
             : Move::None;
}

namespace {

/// Where a coroutine may run in a pool of threads because it has waited. The
/// first fact: it may run elsewhere on purpose. The others: at which await.
class MovedByWaiting final : public FlowProblem {
public:
  MovedByWaiting(const FunctionFlow &Flow, Unit &U) : Flow(Flow), U(U) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    const Expr *E = Flow.suspensionAt(Element);
    if (!E)
      return;
    switch (moveBy(E, U)) {
    case Move::None:
      break;
    case Move::Back:
      Facts.reset();
      break;
    case Move::OnPurpose:
      Facts.reset();
      Facts.set(0);
      break;
    case Move::ByWaiting:
      if (!Facts.test(0))
        Facts.set(1 + (llvm::find(Flow.suspensions(), E) -
                       Flow.suspensions().begin()));
      break;
    }
  }

private:
  const FunctionFlow &Flow;
  Unit &U;
};

} // namespace

/// Whether something of \p RD is there for several threads.
static bool hasLocks(const CXXRecordDecl *RD, Locks &L) {
  return llvm::any_of(RD->fields(), [&](const FieldDecl *Field) {
    return L.isThreadMutex(Field->getType(), /*IsGuarded=*/true) ||
           L.ownsGuard(Field->getType());
  });
}

/// A function of the object that uses \p Field, where others call it: no
/// coroutine, nor a part of \p F.
static const FunctionDecl *usedBySender(Unit &U, const FunctionSummary &F,
                                        const FieldDecl *Field) {
  for (const FunctionSummary &Other : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(Other.Function);
    if (!MD || Other.Coro || isa<CXXConstructorDecl, CXXDestructorDecl>(MD) ||
        MD->getParent()->getCanonicalDecl() !=
            cast<CXXRecordDecl>(Field->getParent())->getCanonicalDecl() ||
        llvm::any_of(F.Calls, [&](const CallSite &Site) {
          return Site.Callee->getCanonicalDecl() == MD->getCanonicalDecl();
        }))
      continue;
    bool Changes = false;
    walkFunction(MD, [&](const Stmt *S) {
      if (const auto *Op = dyn_cast<BinaryOperator>(S))
        Changes |= Op->isAssignmentOp() && memberOfThis(Op->getLHS()) == Field;
      else if (const auto *Op = dyn_cast<UnaryOperator>(S))
        Changes |= Op->isIncrementDecrementOp() &&
                   memberOfThis(Op->getSubExpr()) == Field;
      return !Changes;
    });
    if (Changes)
      return MD;
  }
  return nullptr;
}

void CrossThreadWriteCheck::moved(Unit &U, const FunctionSummary &F) {
  const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
  if (!MD || MD->isStatic() || MD->getParent()->isLambda() ||
      MD->isDependentContext())
    return;
  bool Waits = false;
  walkBody(coroutineBody(MD), [&](const Stmt *S) {
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
      Waits |= moveBy(Await, U) == Move::ByWaiting;
    return !Waits;
  });
  Locks L(U.M, U.C);
  if (!Waits || hasLocks(MD->getParent(), L))
    return;
  const FunctionFlow *Flow = U.flow(MD);
  if (!Flow)
    return;
  MovedByWaiting Problem(*Flow, U);
  Flow->solve(Problem, llvm::BitVector(1 + Flow->suspensions().size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        const int Await = Facts.find_next(0);
        if (!S || Await < 0 || Facts.test(0))
          return;
        const Expr *Changed = nullptr;
        if (const auto *Op = dyn_cast<BinaryOperator>(S->getStmt());
            Op && Op->isAssignmentOp())
          Changed = Op->getLHS();
        else if (const auto *Op = dyn_cast<UnaryOperator>(S->getStmt());
                 Op && Op->isIncrementDecrementOp())
          Changed = Op->getSubExpr();
        const FieldDecl *Field = Changed ? memberOfThis(Changed) : nullptr;
        const FunctionDecl *User = Field ? usedBySender(U, F, Field) : nullptr;
        if (!User)
          return;
        Finding Found;
        Found.Loc = Changed->getExprLoc();
        Found.Message =
            "the coroutine runs in a pool of threads since it has waited, and "
            "changes '" +
            Field->getNameAsString() + "', which '" + displayName(User) +
            "' changes on its caller's thread; nothing protects that; go back "
            "to where the coroutine was before";
        Found.Notes.push_back(
            {Flow->suspensions()[Await - 1]->getExprLoc(), "moved here"});
        Found.Notes.push_back({User->getLocation(), "changed here, too"});
        report(std::move(Found));
      });
}
