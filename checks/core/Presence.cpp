//===-- Presence.cpp - Whether something is behind a pointer ---*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Presence.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;
using namespace async_tidy;

static bool isBool(QualType T) {
  return T.getNonReferenceType()->isBooleanType();
}

bool async_tidy::isNullable(QualType T) {
  if (T.isNull())
    return false;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return !T->isFunctionPointerType();
  const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl());
  if (!RD || RD->isDependentType())
    return false;
  bool Converts = false, Follows = false;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    if (!Def)
      return false;
    for (const CXXMethodDecl *Method : Def->methods())
      if (const auto *Conversion = dyn_cast<CXXConversionDecl>(Method))
        Converts |= isBool(Conversion->getConversionType());
    Follows |=
        !Def->lookup(Def->getASTContext().DeclarationNames.getCXXOperatorName(
                         OO_Arrow))
             .empty();
    return false;
  });
  return Converts && Follows;
}

bool async_tidy::isNothing(const Expr *E) {
  const Expr *Value = E->IgnoreParenImpCasts();
  if (const auto *Flag = dyn_cast<CXXBoolLiteralExpr>(Value))
    return !Flag->getValue();
  E = stripImplicit(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    E = stripImplicit(Cast->getSubExpr());
  if (const auto *Flag = dyn_cast<CXXBoolLiteralExpr>(E))
    return !Flag->getValue();
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E))
    return true;
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 0;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl()->isInStdNamespace() &&
           Ref->getDecl()->getDeclName().isIdentifier() &&
           Ref->getDecl()->getName() == "nullopt";
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() == 0)
      return isNullable(Construct->getType());
    return isNullable(Construct->getType()) && isNothing(Construct->getArg(0));
  }
  return false;
}

/// The path of a nullable object or a flag.
static std::optional<AccessPath> testedPath(const Expr *E) {
  // The path of a pointer is that of what it points to.
  if (!isNullable(E->getType()) && !isBool(E->getType()))
    return std::nullopt;
  E = stripImplicit(E);
  if (!isa<DeclRefExpr, MemberExpr>(E))
    return std::nullopt;
  return accessPath(E);
}

std::optional<PresenceTest> async_tidy::presenceTest(const Expr *E) {
  E = stripImplicit(E);
  if (const auto *Not = dyn_cast<UnaryOperator>(E);
      Not && Not->getOpcode() == UO_LNot) {
    std::optional<PresenceTest> Test = presenceTest(Not->getSubExpr());
    if (Test)
      Test->IsPresent = !Test->IsPresent;
    return Test;
  }
  if (const auto *Assign = dyn_cast<BinaryOperator>(E);
      Assign && Assign->getOpcode() == BO_Assign)
    return presenceTest(Assign->getLHS());
  auto Compared = [](const Expr *L, const Expr *R,
                     bool IsEqual) -> std::optional<PresenceTest> {
    if (isNothing(L))
      std::swap(L, R);
    if (!isNothing(R))
      return std::nullopt;
    if (std::optional<AccessPath> Path = testedPath(L))
      return PresenceTest{*Path, !IsEqual};
    return std::nullopt;
  };
  if (const auto *Op = dyn_cast<BinaryOperator>(E))
    return Op->isEqualityOp()
               ? Compared(Op->getLHS(), Op->getRHS(), Op->getOpcode() == BO_EQ)
               : std::nullopt;
  if (const auto *Op = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    const auto Form = Op->getDecomposedForm();
    return Form.Opcode == BO_EQ || Form.Opcode == BO_NE
               ? Compared(Form.LHS, Form.RHS, Form.Opcode == BO_EQ)
               : std::nullopt;
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Op->getNumArgs() == 2 && (Op->getOperator() == OO_EqualEqual ||
                                  Op->getOperator() == OO_ExclaimEqual))
      return Compared(Op->getArg(0), Op->getArg(1),
                      Op->getOperator() == OO_EqualEqual);
    return std::nullopt;
  }
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (!Method || Call->getNumArgs() != 0)
      return std::nullopt;
    const bool Asks =
        isa<CXXConversionDecl>(Method) ||
        (Method->getIdentifier() && Method->getName() == "has_value");
    if (!Asks)
      return std::nullopt;
    if (std::optional<AccessPath> Path =
            testedPath(Call->getImplicitObjectArgument()))
      return PresenceTest{*Path, true};
    return std::nullopt;
  }
  if (std::optional<AccessPath> Path = testedPath(E))
    return PresenceTest{*Path, true};
  return std::nullopt;
}

const Expr *async_tidy::followedBy(const Expr *E) {
  const Expr *Pointer = nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (Member->isArrow())
      Pointer = Member->getBase();
  } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref)
      Pointer = Unary->getSubExpr();
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
    if ((Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow) &&
        Op->getNumArgs() == 1)
      Pointer = Op->getArg(0);
  }
  if (!Pointer)
    return nullptr;
  Pointer = stripImplicit(Pointer);
  return isa<DeclRefExpr, MemberExpr>(Pointer) && isNullable(Pointer->getType())
             ? Pointer
             : nullptr;
}

const Expr *async_tidy::emptiedBy(const Expr *E) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(E))
    return Assign->getOpcode() == BO_Assign &&
                   isNullable(Assign->getLHS()->getType()) &&
                   isNothing(Assign->getRHS())
               ? Assign->getLHS()
               : nullptr;
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(E))
    return Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2 &&
                   isNullable(Assign->getArg(0)->getType()) &&
                   isNothing(Assign->getArg(1))
               ? Assign->getArg(0)
               : nullptr;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    const Expr *Object = Call->getImplicitObjectArgument();
    return Method && Method->getIdentifier() && Method->getName() == "reset" &&
                   writtenArguments(Call).empty() && Object &&
                   !Object->getType()->isPointerType() &&
                   isNullable(Object->getType())
               ? Object
               : nullptr;
  }
  return nullptr;
}

std::vector<TestedObject> async_tidy::testedObjects(const FunctionDecl *FD) {
  std::vector<TestedObject> Objects;
  walkFunction(FD, [&](const Stmt *S) {
    if (const Expr *Condition =
            isa<IfStmt, WhileStmt>(S) ? branchCondition(S) : nullptr)
      walkBody(Condition, [&](const Stmt *Part) {
        const auto *E = dyn_cast<Expr>(Part);
        std::optional<PresenceTest> Test = E ? presenceTest(E) : std::nullopt;
        if (Test && llvm::none_of(Objects, [&](const TestedObject &Known) {
              return Known.Path == Test->Of;
            }))
          Objects.push_back({Test->Of, E});
        return true;
      });
    return true;
  });
  return Objects;
}
