//===-- OwnState.cpp - Conditions that only the program changes -----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/OwnState.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

class Reader {
public:
  Reader(const FunctionDecl *FD, Unit &U) : FD(FD), U(U) {}

  bool read(const Expr *E, unsigned Depth = 0);

  OwnState Found;

private:
  bool variable(const ValueDecl *D);
  bool call(const Expr *Call, unsigned Depth);

  const FunctionDecl *FD;
  Unit &U;
};

} // namespace

bool Reader::variable(const ValueDecl *D) {
  if (isa<EnumConstantDecl>(D))
    return true;
  // What a handler of signals sets can't be an event.
  if (D->getType().isVolatileQualified())
    return false;
  if (isa<FieldDecl>(D)) {
    Found.Shared = D;
    return true;
  }
  const auto *Var = dyn_cast<VarDecl>(D);
  if (!Var)
    return false;
  if (Var->getType().isConstQualified() && !Var->getType()->isReferenceType())
    return true;
  if (Var->hasGlobalStorage())
    return false;
  const QualType T = Var->getType();
  bool IsShared = T->isReferenceType() || T->isPointerType();
  if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl())
    IsShared |= anyOfClasses(RD, [](const CXXRecordDecl *Class) {
      Class = definitionOf(Class);
      return Class && llvm::any_of(Class->methods(), [](const auto *Method) {
               return Method->getOverloadedOperator() == OO_Arrow;
             });
    });
  if (!IsShared)
    walkFunction(FD, [&](const Stmt *S) {
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
        for (const LambdaCapture &Capture : Lambda->captures())
          IsShared |= Capture.capturesVariable() &&
                      Capture.getCapturedVar() == Var &&
                      Capture.getCaptureKind() == LCK_ByRef;
      return !IsShared;
    });
  if (Var->getDeclContext() != FD) // captured by the coroutine itself
    IsShared = true;
  if (IsShared && !Found.Shared)
    Found.Shared = Var;
  return true;
}

bool Reader::call(const Expr *Call, unsigned Depth) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(calleeOf(Call));
  const Expr *Object = objectOf(Call);
  if (!Method || !Object || Method->isStatic())
    return false;
  // The order of a load is nothing that it asks for.
  for (const Expr *Argument : writtenArguments(Call))
    if (!Argument->getType()->isEnumeralType() &&
        !(isa<CXXOperatorCallExpr>(Call) && read(Argument, Depth)))
      return false;
  if (!Method->isConst() || Method->isVirtual())
    return false;
  const CXXRecordDecl *RD = Method->getParent();
  if (RD->isInStdNamespace())
    return StringRef(qualifiedName(RD)).find("chrono") == StringRef::npos &&
           !(RD->getIdentifier() && RD->getName() == "future") &&
           read(Object, Depth);
  if (const TypeModel *Known = U.M.type(RD); Known && Known->CancellationToken)
    return read(Object, Depth);
  // A member of the project that only returns one.
  const FunctionDecl *Def = nullptr;
  if (Depth > 2 || !Method->hasBody(Def) || U.M.isLibraryCode(Def))
    return false;
  const auto *Block = dyn_cast<CompoundStmt>(Def->getBody());
  const auto *Return = Block && Block->size() == 1
                           ? dyn_cast<ReturnStmt>(Block->body_front())
                           : nullptr;
  return Return && Return->getRetValue() && read(Object, Depth) &&
         Reader(Def, U).read(Return->getRetValue(), Depth + 1);
}

bool Reader::read(const Expr *E, unsigned Depth) {
  E = stripImplicit(E);
  if (isa<CXXThisExpr, CXXBoolLiteralExpr, IntegerLiteral,
          CXXNullPtrLiteralExpr, CXXScalarValueInitExpr, CharacterLiteral,
          UnaryExprOrTypeTraitExpr>(E))
    return true;
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return (Unary->getOpcode() == UO_LNot || Unary->getOpcode() == UO_Deref ||
            Unary->getOpcode() == UO_Minus) &&
           read(Unary->getSubExpr(), Depth);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return (Binary->isComparisonOp() || Binary->isLogicalOp() ||
            Binary->isAdditiveOp()) &&
           read(Binary->getLHS(), Depth) && read(Binary->getRHS(), Depth);
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return read(Rewritten->getSemanticForm(), Depth);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return read(Cast->getSubExpr(), Depth);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return variable(Member->getMemberDecl()) && read(Member->getBase(), Depth);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return variable(Ref->getDecl());
  if (isa<CXXMemberCallExpr, CXXOperatorCallExpr>(E))
    return call(E, Depth);
  return false;
}

std::optional<OwnState> async_tidy::ownState(const Expr *Condition,
                                             const FunctionDecl *FD, Unit &U) {
  Reader R(FD, U);
  if (!R.read(Condition))
    return std::nullopt;
  return R.Found;
}
