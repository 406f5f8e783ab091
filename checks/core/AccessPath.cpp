//===-- AccessPath.cpp - How an expression gets at an object ----*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/AccessPath.h"
#include "core/Names.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

bool AccessPath::isLocal() const {
  const auto *Var = dyn_cast_or_null<VarDecl>(Base);
  return Var && Var->hasLocalStorage() && !IsIndirect &&
         !Var->getType()->isReferenceType();
}

bool AccessPath::isWithin(const AccessPath &Other) const {
  return Base == Other.Base && Members.size() >= Other.Members.size() &&
         std::equal(Other.Members.begin(), Other.Members.end(),
                    Members.begin());
}

std::string AccessPath::name() const {
  std::string Name = Base ? Base->getNameAsString() : "";
  const ValueDecl *Last = Base;
  for (const ValueDecl *Member : Members) {
    if (Last) {
      // What is no object of a class is a pointer, or works as one.
      const QualType T = Last->getType().getNonReferenceType();
      const auto *Parent = dyn_cast<CXXRecordDecl>(Member->getDeclContext());
      const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
      Name += RD && Parent &&
                      (RD->getCanonicalDecl() == Parent->getCanonicalDecl() ||
                       (RD->hasDefinition() && RD->isDerivedFrom(Parent)))
                  ? "."
                  : "->";
    }
    Name += Member->getNameAsString();
    Last = Member;
  }
  return Name.empty() ? "*this" : Name;
}

static std::optional<AccessPath> accessPath(const Expr *E, unsigned Depth);

/// The path of a variable: of what it is a name for, if it is a reference that
/// is initialized here.
static std::optional<AccessPath> ofVariable(const ValueDecl *D,
                                            unsigned Depth) {
  AccessPath Path;
  if (const auto *Binding = dyn_cast<BindingDecl>(D)) {
    if (const Expr *Bound = Binding->getBinding())
      if (auto Known = accessPath(Bound, Depth + 1))
        return Known;
    Path.Base = D;
    return Path;
  }
  const auto *Var = dyn_cast<VarDecl>(D);
  if (Var && Var->getType()->isReferenceType()) {
    if (Var->hasLocalStorage() && Var->getInit() && !isa<ParmVarDecl>(Var))
      if (auto Known = accessPath(Var->getInit(), Depth + 1)) {
        return Known;
      }
    Path.IsIndirect = true;
  }
  Path.Base = D;
  return Path;
}

static std::optional<AccessPath> accessPath(const Expr *E, unsigned Depth) {
  // References can name each other in a circle only where the program is wrong.
  if (!E || Depth > 32)
    return std::nullopt;
  E = stripImplicit(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return accessPath(Cast->getSubExpr(), Depth + 1);
  if (isa<CXXThisExpr>(E)) {
    AccessPath Path;
    Path.IsIndirect = true;
    return Path;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return ofVariable(Ref->getDecl(), Depth);
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const ValueDecl *D = Member->getMemberDecl();
    if (const auto *Var = dyn_cast<VarDecl>(D))
      return ofVariable(Var, Depth);
    if (!isa<FieldDecl>(D))
      return std::nullopt;
    std::optional<AccessPath> Path = accessPath(Member->getBase(), Depth + 1);
    if (!Path)
      return std::nullopt;
    Path->IsIndirect |= Member->isArrow() || D->getType()->isReferenceType();
    Path->Members.push_back(D);
    return Path;
  }
  auto Through = [&](const Expr *Pointer) {
    std::optional<AccessPath> Path = accessPath(Pointer, Depth + 1);
    if (Path)
      Path->IsIndirect = true;
    return Path;
  };
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref)
      return Through(Unary->getSubExpr());
    if (Unary->getOpcode() == UO_AddrOf)
      return accessPath(Unary->getSubExpr(), Depth + 1);
    return std::nullopt;
  }
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E)) {
    if ((Call->getOperator() == OO_Arrow || Call->getOperator() == OO_Star) &&
        Call->getNumArgs() == 1)
      return Through(Call->getArg(0));
    return std::nullopt;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    // std::move, std::forward, std::as_const, std::addressof.
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
        Call->getNumArgs() == 1 &&
        (Call->isCallToStdMove() ||
         llvm::is_contained({"forward", "as_const", "addressof", "ref"},
                            Callee->getName())))
      return accessPath(Call->getArg(0), Depth + 1);
    // pointer.get()
    const auto *Method = dyn_cast<CXXMemberCallExpr>(Call);
    if (Method && Method->getNumArgs() == 0 && Callee &&
        Callee->getIdentifier() && Callee->getName() == "get" &&
        Callee->getReturnType()->isPointerType())
      return Through(Method->getImplicitObjectArgument());
  }
  return std::nullopt;
}

std::optional<AccessPath> async_tidy::accessPath(const Expr *E) {
  return ::accessPath(E, 0);
}
