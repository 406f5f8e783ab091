//===-- CrossThreadWrite.cpp - async-cross-thread-write -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds functions that are sent to another thread and change there what
/// belongs to the sender's.
class CrossThreadWriteCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void sent(Unit &U, const ModelRef<CallableModel> &Ref, const Expr *Call,
            const LambdaExpr *Lambda);
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
  for (const FunctionSummary &F : U.functions())
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
