//===-- WorkOutlivesElement.cpp - async-work-outlives-element -------------===//
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

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds work that is kept in an element of a container and refers to another
/// part of that element, which somebody else removes without waiting.
class WorkOutlivesElementCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void kept(Unit &U, const FunctionDecl *FD, const MemberExpr *Place,
            const Expr *Task);
};

const Register<WorkOutlivesElementCheck> R({
    .Name = "async-work-outlives-element",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "work that is kept beside what it refers to goes on when both "
               "have been removed",
});

} // namespace

/// The local reference that \p E is a member of: Var in Var.member.
static const VarDecl *referenceIn(const MemberExpr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(E->getBase()));
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->isLocalVarDecl() && Var->getInit() &&
                 Var->getType()->isLValueReferenceType() &&
                 !Ref->refersToEnclosingVariableOrCapture()
             ? Var
             : nullptr;
}

/// The shared container that an element, \p E, is one of.
static const ValueDecl *containerOf(const Expr *E, Models &M) {
  E = stripImplicit(E);
  if (const auto *Member = dyn_cast<MemberExpr>(E)) // it->second
    return containerOf(Member->getBase(), M);
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
  if (Op && (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star))
    return containerOf(Op->getArg(0), M);
  const Expr *Object = isa<CallExpr>(E) ? objectOf(E) : nullptr;
  const ValueDecl *Container = Object ? sharedObject(Object) : nullptr;
  return Container && isContainer(Container->getType().getNonReferenceType(), M)
             ? Container
             : nullptr;
}

/// Where \p Task, an expression that starts work, is given another member of
/// \p Element by reference than \p Place, in which it is kept.
static const MemberExpr *givenBeside(const Expr *Task, const VarDecl *Element,
                                     const ValueDecl *Place, Unit &U) {
  const MemberExpr *Found = nullptr;
  walkBody(Task, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? calleeOf(Call) : nullptr;
    if (!Callee || !goesOnWhenDropped(Call->getType(), U.C))
      return true;
    const llvm::ArrayRef<const Expr *> Arguments = writtenArguments(Call);
    for (unsigned I = 0;
         I < std::min<size_t>(Arguments.size(), Callee->getNumParams()); ++I) {
      const QualType T = Callee->getParamDecl(I)->getType();
      const auto *Member = dyn_cast<MemberExpr>(stripImplicit(Arguments[I]));
      if (T->isLValueReferenceType() && Member &&
          T->getPointeeType()->isRecordType() &&
          Member->getMemberDecl() != Place && referenceIn(Member) == Element)
        Found = Member;
    }
    return !Found;
  });
  return Found;
}

void WorkOutlivesElementCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      if (Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2)
        if (const auto *Place =
                dyn_cast<MemberExpr>(stripImplicit(Op->getArg(0))))
          kept(U, F.Function, Place, Op->getArg(1));
      return true;
    });
}

void WorkOutlivesElementCheck::kept(Unit &U, const FunctionDecl *FD,
                                    const MemberExpr *Place, const Expr *Task) {
  if (!goesOnWhenDropped(Place->getType(), U.C))
    return;
  const VarDecl *Element = referenceIn(Place);
  const ValueDecl *Container =
      Element ? containerOf(Element->getInit(), U.M) : nullptr;
  const MemberExpr *Given =
      Container ? givenBeside(Task, Element, Place->getMemberDecl(), U)
                : nullptr;
  if (!Given)
    return;
  const SourceManager &SM = U.Ctx.getSourceManager();
  for (const ContainerChange &Change : U.changes().during(FD, Container)) {
    // What the work does when it ends, and who looks at it first.
    const SourceLocation At = SM.getExpansionLoc(Change.At->getExprLoc());
    if (Change.How == ContainerChange::Adds ||
        SM.isPointWithin(At, FD->getBeginLoc(), FD->getEndLoc()) ||
        U.changes().mentions(Change.In, Place->getMemberDecl()))
      continue;
    const std::string Name = Element->getNameAsString();
    Finding Found;
    Found.Loc = Given->getExprLoc();
    Found.Message =
        "'" + Name + "." + Given->getMemberDecl()->getNameAsString() +
        "' is given to work that '" + Name + "." +
        Place->getMemberDecl()->getNameAsString() +
        "' stands for, and is gone when '" + displayName(Change.In) +
        "' removes the element: the work goes on; wait for it "
        "before that, or let it own what it uses";
    Found.Ranges.push_back(Given->getSourceRange());
    Found.Notes.push_back({Change.At->getExprLoc(), "removed here"});
    report(std::move(Found));
    return;
  }
}
