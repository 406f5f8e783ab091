//===-- Loss.cpp - What is lost with a task that is dropped ---------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "results/Loss.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"

using namespace clang;
using namespace async_tidy;

bool async_tidy::isNodiscardClass(QualType T) {
  return anyOfClasses(recordOf(T), [](const CXXRecordDecl *RD) {
    const CXXRecordDecl *Def = definitionOf(RD);
    return Def && Def->hasAttr<WarnUnusedResultAttr>();
  });
}

static bool destroysCoroutine(const CXXRecordDecl *RD, unsigned Depth) {
  RD = definitionOf(RD);
  if (!RD || RD->isDependentType() || RD->hasTrivialDestructor() || Depth > 3)
    return false;
  // The body of an instance is there only where the file needs it.
  const FunctionDecl *Dtor = RD->getDestructor();
  if (const FunctionDecl *Pattern =
          Dtor && !Dtor->hasBody() ? Dtor->getTemplateInstantiationPattern()
                                   : nullptr)
    Dtor = Pattern;
  bool Found = false;
  if (const Stmt *Body = Dtor ? Dtor->getBody() : nullptr)
    walkBody(Body, [&](const Stmt *S) {
      if (const auto *Member = dyn_cast<MemberExpr>(S))
        Found |= llvm::StringRef(qualifiedName(Member->getMemberDecl())) ==
                 "std::coroutine_handle::destroy";
      else if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(S))
        Found |= Member->getMember().getAsString() == "destroy";
      return !Found;
    });
  if (Found)
    return true;
  for (const CXXBaseSpecifier &Base : RD->bases())
    if (destroysCoroutine(recordOf(Base.getType()), Depth + 1))
      return true;
  return llvm::any_of(RD->fields(), [&](const FieldDecl *Field) {
    return destroysCoroutine(Field->getType()->getAsCXXRecordDecl(), Depth + 1);
  });
}

bool async_tidy::destroysCoroutine(QualType T) {
  return ::destroysCoroutine(T->getAsCXXRecordDecl(), 0);
}

Loss async_tidy::lossOf(QualType T, Unit &U) {
  if (T.isNull())
    return Loss::None;
  const TaskType Type = U.C.taskType(T.getUnqualifiedType());
  if (Type.Kind != TaskType::Task)
    return Loss::None;
  if (Type.When == Start::Lazy)
    return Loss::NeverRuns;
  if (Type.Model.Model) {
    if (Type.Model.Model->Discardable)
      return Loss::None;
    if (Type.Model.Model->WhenDropped == Dropped::Cancels)
      return Loss::Cancelled;
  } else if (destroysCoroutine(T)) {
    return Loss::Cancelled;
  }
  return isNodiscardClass(T) ? Loss::Outcome : Loss::None;
}

/// What the call operator of \p RD returns: of a generic lambda, what it says,
/// or what an instance of it returns.
static QualType resultOfOperator(const CXXRecordDecl *RD, ASTContext &Ctx) {
  RD = definitionOf(RD);
  if (!RD || RD->isDependentType())
    return QualType();
  if (RD->isLambda()) {
    if (const FunctionTemplateDecl *FTD =
            RD->getDependentLambdaCallOperator()) {
      QualType Said = FTD->getTemplatedDecl()->getReturnType();
      if (!Said->isDependentType() && !Said->isUndeducedType())
        return Said;
      for (const FunctionDecl *Spec : FTD->specializations())
        if (!Spec->getReturnType()->isUndeducedType())
          return Spec->getReturnType();
      return QualType();
    }
    const CXXMethodDecl *Op = RD->getLambdaCallOperator();
    return Op && !Op->getReturnType()->isUndeducedType() ? Op->getReturnType()
                                                         : QualType();
  }
  // An overloaded one may return what the caller asks for.
  QualType Result;
  for (const NamedDecl *D :
       RD->lookup(Ctx.DeclarationNames.getCXXOperatorName(OO_Call))) {
    const auto *Op = dyn_cast<CXXMethodDecl>(D->getUnderlyingDecl());
    if (!Op ||
        (!Result.isNull() && !Ctx.hasSameType(Result, Op->getReturnType())))
      return QualType();
    Result = Op->getReturnType();
  }
  return Result;
}

QualType async_tidy::resultOfCalling(const Expr *E, Models &M) {
  E = withoutForwarding(E);
  if (E->isTypeDependent())
    return QualType();
  if (const auto *AddressOf = dyn_cast<UnaryOperator>(E);
      AddressOf && (AddressOf->getOpcode() == UO_AddrOf ||
                    AddressOf->getOpcode() == UO_Plus))
    return resultOfCalling(AddressOf->getSubExpr(), M);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return FD->getReturnType();
  // A std::function says by itself what calling it returns.
  if (const FunctionModel *Known =
          isa<CXXConstructExpr>(E) ? nullptr : M.function(E);
      Known && Known->Wraps)
    for (const Expr *Argument : writtenArguments(E))
      if (QualType T = resultOfCalling(Argument, M); !T.isNull())
        return T;
  QualType T = E->getType().getNonReferenceType();
  if (const auto *Pointer = T->getAs<PointerType>())
    T = Pointer->getPointeeType();
  else if (const auto *Pointer = T->getAs<MemberPointerType>())
    T = Pointer->getPointeeType();
  if (const auto *Function = T->getAs<FunctionType>())
    return Function->getReturnType();
  const CXXRecordDecl *RD =
      E->getType()->isPointerType() ? nullptr : T->getAsCXXRecordDecl();
  return RD ? resultOfOperator(RD, RD->getASTContext()) : QualType();
}
