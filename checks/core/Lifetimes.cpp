//===-- Lifetimes.cpp - What references and views refer to -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Lifetimes.h"
#include "core/Names.h"
#include "clang/AST/Attr.h"
#include "clang/Analysis/Analyses/LifetimeSafety/LifetimeAnnotations.h"

using namespace clang;
using namespace async_tidy;

static bool isInitializerList(QualType T) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && qualifiedName(RD) == "std::initializer_list";
}

bool async_tidy::isView(QualType T, Models &M) {
  if (T.isNull() || T->isReferenceType() || T->isPointerType())
    return false;
  if (!T->getAsCXXRecordDecl())
    return false;
  if (lifetimes::isGslPointerType(T) || isInitializerList(T))
    return true;
  const TypeModel *Known = M.type(T);
  return Known && Known->View;
}

bool async_tidy::isReferenceLike(QualType T, Models &M) {
  return T->isReferenceType() ||
         (T->isPointerType() && !T->isFunctionPointerType()) || isView(T, M);
}

/// Whether an object of class \p T owns what a view of it refers to. A class
/// that nobody has marked does, if it has something to free and converts
/// itself, but not if it may share it.
static bool isOwner(QualType T, bool Converts, Models &M) {
  T = T.getNonReferenceType();
  if (lifetimes::isGslOwnerType(T))
    return true;
  if (const TypeModel *Known = M.type(T); Known && Known->Owner)
    return true;
  const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl());
  return Converts && RD && !RD->isInStdNamespace() &&
         RD->hasNonTrivialDestructor();
}

const MaterializeTemporaryExpr *Origin::temporary() const {
  const auto *Made =
      ByValue ? nullptr : dyn_cast_or_null<MaterializeTemporaryExpr>(E);
  return Made && Made->getStorageDuration() == SD_FullExpression ? Made
                                                                 : nullptr;
}

/// The first of the two, if it is a temporary or the only one.
static Origin either(Origin A, Origin B) { return A.temporary() || !B ? A : B; }

/// Whether \p FD returns a reference to the object that it is called on,
/// as far as its body tells.
static bool returnsItself(const CXXMethodDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD->getReturnType()->isReferenceType() ||
      recordOf(FD->getReturnType()) != FD->getParent() || !FD->hasBody(Def))
    return false;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Def->getBody());
  const auto *Return = Body && !Body->body_empty()
                           ? dyn_cast<ReturnStmt>(Body->body_back())
                           : nullptr;
  const Expr *Value = Return ? Return->getRetValue() : nullptr;
  while (Value) {
    Value = stripImplicit(Value);
    const auto *Move = dyn_cast<CallExpr>(Value);
    if (Move && Move->isCallToStdMove() && Move->getNumArgs() == 1)
      Value = Move->getArg(0);
    else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Value))
      Value = Cast->getSubExpr();
    else
      break;
  }
  const auto *Deref = dyn_cast_or_null<UnaryOperator>(Value);
  return Deref && Deref->getOpcode() == UO_Deref &&
         isa<CXXThisExpr>(stripImplicit(Deref->getSubExpr()));
}

/// What the result of \p Call, a reference, a pointer or a view, refers to.
static Origin resultOf(const CallExpr *Call, Models &M) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return {};
  switch (Callee->getBuiltinID()) {
  case Builtin::BIaddressof:
  case Builtin::BI__addressof:
  case Builtin::BI__builtin_addressof:
  case Builtin::BIas_const:
  case Builtin::BIforward:
  case Builtin::BIforward_like:
  case Builtin::BImove:
  case Builtin::BImove_if_noexcept:
    return Call->getNumArgs() ? objectBehind(Call->getArg(0), M) : Origin();
  default:
    break;
  }
  const auto *MD = dyn_cast<CXXMethodDecl>(Callee);
  const bool HasObject = MD && MD->isImplicitObjectMemberFunction();
  if (HasObject) {
    const Expr *Object = objectOf(Call);
    if (!Object)
      return {};
    if (Object->getType()->isPointerType())
      return {}; // p->f()
    // A view of what the object is a view of.
    if (isView(Object->getType(), M))
      return isReferenceLike(Callee->getReturnType(), M) &&
                     (isView(Callee->getReturnType(), M) ||
                      lifetimes::shouldTrackImplicitObjectArg(MD) ||
                      MD->isOverloadedOperator())
                 ? targetOf(Object, M)
                 : Origin();
    if (lifetimes::implicitObjectParamIsLifetimeBound(MD) ||
        (isOwner(Object->getType(), false, M) &&
         (lifetimes::shouldTrackImplicitObjectArg(MD) ||
          MD->getOverloadedOperator() == OO_Arrow ||
          MD->getOverloadedOperator() == OO_Star)) ||
        (isa<CXXConversionDecl>(MD) && isView(MD->getReturnType(), M) &&
         isOwner(Object->getType(), true, M)) ||
        returnsItself(MD))
      return objectBehind(Object, M);
  }
  const unsigned Skip = HasObject && isa<CXXOperatorCallExpr>(Call);
  for (unsigned I = 0; I != Callee->getNumParams(); ++I)
    if (Callee->getParamDecl(I)->hasAttr<LifetimeBoundAttr>() &&
        I + Skip < Call->getNumArgs())
      return originOf(Callee->getParamDecl(I)->getType(),
                      Call->getArg(I + Skip), M);
  return {};
}

/// \p E without what changes nothing about which object it is.
static const Expr *withoutWrapping(const Expr *E) {
  for (;;) {
    E = E->IgnoreParens();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
      E = Default->getExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E);
             Opaque && Opaque->getSourceExpr())
      E = Opaque->getSourceExpr();
    else if (const auto *Subst = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
      E = Subst->getReplacement();
    else
      return E;
  }
}

Origin async_tidy::objectBehind(const Expr *E, Models &M) {
  for (;;) {
    E = withoutWrapping(E);
    if (isa<MaterializeTemporaryExpr, DeclRefExpr>(E))
      return {E};
    if (const auto *Cast = dyn_cast<CastExpr>(E)) {
      if (!Cast->isGLValue() || !Cast->getSubExpr()->isGLValue())
        return {};
      E = Cast->getSubExpr();
      continue;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (!isa<FieldDecl>(Member->getMemberDecl()) ||
          Member->getMemberDecl()->getType()->isReferenceType())
        return {};
      if (Member->isArrow())
        return targetOf(Member->getBase(), M);
      E = Member->getBase();
      continue;
    }
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
      return targetOf(Subscript->getBase(), M);
    if (const auto *Deref = dyn_cast<UnaryOperator>(E))
      return Deref->getOpcode() == UO_Deref ? targetOf(Deref->getSubExpr(), M)
                                            : Origin();
    if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
      return either(objectBehind(Choice->getTrueExpr(), M),
                    objectBehind(Choice->getFalseExpr(), M));
    if (const auto *Comma = dyn_cast<BinaryOperator>(E);
        Comma && Comma->getOpcode() == BO_Comma) {
      E = Comma->getRHS();
      continue;
    }
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return resultOf(Call, M);
    return {};
  }
}

Origin async_tidy::targetOf(const Expr *E, Models &M) {
  for (;;) {
    E = withoutWrapping(E);
    if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E)) {
      // A view that is itself a temporary.
      E = Made->getSubExpr();
      continue;
    }
    if (isa<DeclRefExpr>(E))
      return {E, /*ByValue=*/true};
    if (const auto *Cast = dyn_cast<CastExpr>(E)) {
      if (Cast->getCastKind() == CK_ArrayToPointerDecay)
        return objectBehind(Cast->getSubExpr(), M);
      E = Cast->getSubExpr();
      continue;
    }
    if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
      return objectBehind(List->getSubExpr(), M);
    if (const auto *Op = dyn_cast<UnaryOperator>(E)) {
      return Op->getOpcode() == UO_AddrOf ? objectBehind(Op->getSubExpr(), M)
                                          : Origin();
    }
    if (const auto *Choice = dyn_cast<ConditionalOperator>(E))
      return either(targetOf(Choice->getTrueExpr(), M),
                    targetOf(Choice->getFalseExpr(), M));
    if (const auto *List = dyn_cast<InitListExpr>(E)) {
      if (List->getNumInits() != 1)
        return {};
      E = List->getInit(0);
      continue;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      if (Construct->getNumArgs() == 0 || !isView(Construct->getType(), M))
        return {};
      const Expr *From = Construct->getArg(0);
      const CXXConstructorDecl *Ctor = Construct->getConstructor();
      if (Ctor->isCopyOrMoveConstructor() || isView(From->getType(), M) ||
          From->getType()->isPointerType() || From->getType()->isArrayType()) {
        if (From->getType()->isArrayType())
          return objectBehind(From, M);
        E = From;
        continue;
      }
      if (From->isGLValue() && isOwner(From->getType(), /*Converts=*/true, M))
        return objectBehind(From, M);
      if (Ctor->getParamDecl(0)->hasAttr<LifetimeBoundAttr>())
        return originOf(Ctor->getParamDecl(0)->getType(), From, M);
      return {};
    }
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return Call->isGLValue() ? Origin() : resultOf(Call, M);
    return {};
  }
}

Origin async_tidy::originOf(QualType T, const Expr *E, Models &M) {
  if (T->isReferenceType())
    return objectBehind(E, M);
  return isReferenceLike(T, M) ? targetOf(E, M) : Origin();
}
