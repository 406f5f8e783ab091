//===-- Tokens.cpp - What tells a coroutine to stop -----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Tokens.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

LibraryRef async_tidy::tokenType(QualType T, Models &M) {
  const TypeModel *Known = M.type(T);
  if (!Known)
    return {};
  return Known->CancellationToken ? Known->CancellationToken
                                  : Known->CancellationSource;
}

bool async_tidy::mentionsToken(const Stmt *S, Models &M) {
  bool Found = false;
  walkBody(S, [&](const Stmt *Part) {
    // What a default argument is made of, nobody here has mentioned.
    if (isa<CXXDefaultArgExpr>(Part))
      return false;
    if (const auto *E = dyn_cast<Expr>(Part))
      Found |= bool(tokenType(E->getType(), M));
    return !Found;
  });
  return Found;
}

/// The object of \p E, a token or a source whose member \p E calls that one of
/// \p Names names in any library: several work with the same tokens.
static const Expr *
objectOfMember(const Expr *E, Models &M,
               std::vector<std::string> CancellationModel::*Names) {
  const auto *Call = dyn_cast<CallExpr>(stripImplicit(E));
  const auto *Method =
      Call ? dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee()) : nullptr;
  const Expr *Object = Method ? objectOf(Call) : nullptr;
  if (!Object || !tokenType(Object->getType(), M))
    return nullptr;
  for (const LibraryModel *L : M.index().libraries())
    if (L->Cancellation &&
        llvm::is_contained((*L->Cancellation).*Names,
                           Method->getDeclName().getAsString()))
      return Object;
  return nullptr;
}

const Expr *async_tidy::askedToken(const Expr *E, Models &M) {
  return objectOfMember(E, M, &CancellationModel::AskedBy);
}

const Expr *async_tidy::requestedSource(const Expr *E, Models &M) {
  return objectOfMember(E, M, &CancellationModel::RequestedBy);
}

llvm::SmallVector<const Expr *, 1> async_tidy::askedIn(const Expr *Condition,
                                                       Models &M) {
  llvm::SmallVector<const Expr *, 1> Found;
  if (Condition)
    walkBody(Condition, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      if (const Expr *Asked = Call ? askedToken(Call, M) : nullptr)
        Found.push_back(Asked);
      return true;
    });
  return Found;
}

/// Whether an argument of type \p T is a token of class \p Token.
static bool takesToken(QualType T, const CXXRecordDecl *Token, Models &M) {
  const CXXRecordDecl *RD = recordOf(T);
  return RD && tokenType(T, M) &&
         (!Token || Token->getCanonicalDecl() == RD->getCanonicalDecl());
}

/// The function that \p FD was made from.
static const FunctionDecl *genericOf(const FunctionDecl *FD) {
  if (const FunctionTemplateDecl *Template = FD->getPrimaryTemplate())
    return Template->getTemplatedDecl();
  return FD;
}

/// What awaiting an awaiter of type \p T gives, as far as its class says.
static QualType resultOf(QualType T) {
  QualType Found;
  anyOfClasses(recordOf(T), [&](const CXXRecordDecl *Class) {
    if (const CXXRecordDecl *Def = Class->getDefinition())
      for (const CXXMethodDecl *Method : Def->methods())
        if (Method->getIdentifier() && Method->getName() == "await_resume")
          Found = Method->getReturnType();
    return !Found.isNull();
  });
  return Found;
}

/// Whether two types are known not to be the same.
static bool differ(QualType A, QualType B, const ASTContext &Ctx) {
  return !A->isUndeducedType() && !B->isUndeducedType() &&
         !Ctx.hasSameType(A, B);
}

/// Whether \p Other is called as \p FD is, but for one parameter more, which
/// takes a token: that parameter.
static const ParmVarDecl *addedToken(const FunctionDecl *FD,
                                     const FunctionDecl *Other,
                                     const CXXRecordDecl *Token, Models &M) {
  if (Other->isDeleted() || Other->isVariadic() ||
      Other->getNumParams() != FD->getNumParams() + 1)
    return nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  const auto *OtherMethod = dyn_cast<CXXMethodDecl>(Other);
  if (bool(Method) != bool(OtherMethod) ||
      (Method && (Method->isStatic() != OtherMethod->isStatic() ||
                  (Method->isConst() && !OtherMethod->isConst()) ||
                  OtherMethod->getAccess() != Method->getAccess())))
    return nullptr;
  ASTContext &Ctx = FD->getASTContext();
  if (differ(FD->getReturnType(), Other->getReturnType(), Ctx) &&
      (resultOf(FD->getReturnType()).isNull() ||
       resultOf(Other->getReturnType()).isNull() ||
       differ(resultOf(FD->getReturnType()), resultOf(Other->getReturnType()),
              Ctx)))
    return nullptr;
  const ParmVarDecl *Added = nullptr;
  unsigned I = 0;
  for (const ParmVarDecl *P : Other->parameters()) {
    if (I != FD->getNumParams() &&
        Ctx.hasSameType(P->getType(), FD->getParamDecl(I)->getType())) {
      ++I;
      continue;
    }
    if (Added || !takesToken(P->getType(), Token, M))
      return nullptr;
    Added = P;
  }
  return Added;
}

/// Whether awaiting what both return gives the same, for sure.
static bool isSameResult(const FunctionDecl *A, const FunctionDecl *B) {
  const ASTContext &Ctx = A->getASTContext();
  if (Ctx.hasSameType(A->getReturnType(), B->getReturnType()))
    return true;
  const QualType First = resultOf(A->getReturnType()),
                 Second = resultOf(B->getReturnType());
  return !First.isNull() && !Second.isNull() && !First->isUndeducedType() &&
         Ctx.hasSameType(First, Second);
}

std::optional<TokenParameter>
async_tidy::unusedTokenParameter(const CallExpr *Call,
                                 const CXXRecordDecl *Token, Models &M) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || isa<CXXOperatorCallExpr>(Call))
    return std::nullopt;
  const unsigned Written = writtenArguments(Call).size();
  for (unsigned I = 0; I != Callee->getNumParams() && I != Call->getNumArgs();
       ++I) {
    const ParmVarDecl *P = Callee->getParamDecl(I);
    if (!isa<CXXDefaultArgExpr>(Call->getArg(I))) {
      if (takesToken(P->getType(), nullptr, M))
        return std::nullopt;
      continue;
    }
    if (takesToken(P->getType(), Token, M))
      return TokenParameter{P, nullptr, false, I == Written};
    // Options of which one is the token.
    const CXXRecordDecl *RD = definitionOf(recordOf(P->getType()));
    if (RD && RD->isAggregate())
      for (const FieldDecl *Field : RD->fields())
        if (takesToken(Field->getType(), Token, M))
          return TokenParameter{P, Field, false, false};
  }
  if (!Callee->getIdentifier() || Callee->isExternC())
    return std::nullopt;
  const FunctionDecl *Pattern = genericOf(Callee);
  for (const NamedDecl *D :
       Callee->getDeclContext()->getRedeclContext()->lookup(
           Callee->getDeclName())) {
    const auto *Template =
        dyn_cast<FunctionTemplateDecl>(D->getUnderlyingDecl());
    const auto *Other = Template
                            ? Template->getTemplatedDecl()
                            : dyn_cast<FunctionDecl>(D->getUnderlyingDecl());
    // One that is a template is called with other arguments, too.
    if (!Other || bool(Template) != bool(Callee->getPrimaryTemplate()))
      continue;
    if (const ParmVarDecl *Added = addedToken(Pattern, Other, Token, M))
      return TokenParameter{Added, nullptr, true,
                            Added->getFunctionScopeIndex() ==
                                    Pattern->getNumParams() &&
                                Written == Pattern->getNumParams() &&
                                isSameResult(Pattern, Other)};
  }
  return std::nullopt;
}
