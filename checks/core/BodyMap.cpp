//===-- BodyMap.cpp - Where things stand in a function -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/BodyMap.h"
#include "core/Walk.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace async_tidy;

BodyMap::BodyMap(const FunctionDecl *FD) {
  walkFunction(FD, [&](const Stmt *S) {
    forEachChild(S, [&](const Stmt *Child) { Parents.try_emplace(Child, S); });
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D)) {
          Vars.push_back(Var);
          Scopes[Var] = parent(S);
        }
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl())) {
        Mentions[Var].push_back(Ref);
        if (Var->hasLocalStorage())
          Refs.push_back(Ref);
      }
    }
    return true;
  });
}

llvm::ArrayRef<const DeclRefExpr *>
BodyMap::mentions(const VarDecl *Var) const {
  auto It = Mentions.find(Var);
  return It == Mentions.end() ? llvm::ArrayRef<const DeclRefExpr *>()
                              : llvm::ArrayRef(It->second);
}

bool BodyMap::isOutermost(const VarDecl *Var) const {
  for (const Stmt *S = scope(Var); S && (S = parent(S));)
    if (isa<CompoundStmt>(S))
      return false;
  return true;
}

static void collectNames(const Stmt *S,
                         llvm::SmallPtrSetImpl<const ValueDecl *> &Names) {
  walkBody(S, [&](const Stmt *Child) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Child)) {
      if (!isa<FunctionDecl, EnumConstantDecl>(Ref->getDecl()))
        Names.insert(Ref->getDecl());
    } else if (const auto *Member = dyn_cast<MemberExpr>(Child)) {
      if (isa<FieldDecl>(Member->getMemberDecl()))
        Names.insert(Member->getMemberDecl());
    }
    return true;
  });
}

bool BodyMap::mayExclude(const Stmt *First, const Stmt *Second) const {
  llvm::SmallPtrSet<const Stmt *, 16> AroundFirst;
  for (const Stmt *S = First; S; S = parent(S))
    AroundFirst.insert(S);
  const Stmt *Shared = Second;
  while (Shared && !AroundFirst.contains(Shared))
    Shared = parent(Shared);
  // What is done in the branches around the first, and asked there.
  llvm::SmallPtrSet<const ValueDecl *, 8> About, Asked;
  const Stmt *Outermost = nullptr;
  for (const Stmt *Child = First, *S = parent(First); S && S != Shared;
       Child = S, S = parent(S))
    if (const Stmt *Condition = branchCondition(S);
        Condition && Condition != Child)
      Outermost = S;
  if (Outermost)
    collectNames(Outermost, About);
  for (const Stmt *Child = Second, *S = parent(Second); S && S != Shared;
       Child = S, S = parent(S))
    if (const Stmt *Condition = branchCondition(S);
        Condition && Condition != Child)
      collectNames(Condition, Asked);
  return llvm::any_of(Asked,
                      [&](const ValueDecl *D) { return About.contains(D); });
}

bool BodyMap::isConditionalInLoop(const Stmt *S) const {
  for (const Stmt *Child = S; (S = parent(S)); Child = S) {
    if (isLoop(S))
      // The 'do' around what a macro does runs once, whatever it says.
      return S->getBeginLoc().isMacroID();
    if (const Stmt *Condition = branchCondition(S);
        Condition && Condition != Child)
      return true;
  }
  return false;
}

bool BodyMap::isInLoop(const Stmt *S) const {
  for (; S; S = parent(S))
    if (isLoop(S))
      return true;
  return false;
}

bool BodyMap::isDiscarded(const Expr *E) const {
  if (E->getType()->isVoidType())
    return true;
  const Stmt *Around = parent(E);
  while (isa_and_nonnull<FullExpr, MaterializeTemporaryExpr,
                         CXXBindTemporaryExpr, ParenExpr>(Around) ||
         (isa_and_nonnull<CastExpr>(Around) &&
          cast<CastExpr>(Around)->getCastKind() == CK_ToVoid))
    Around = parent(Around);
  return Around && !isa<Expr, DeclStmt, ReturnStmt, CoreturnStmt>(Around);
}

const Expr *BodyMap::awaitAround(const Stmt *S) const {
  for (; S && isa<Expr>(S); S = parent(S))
    if (isa<CoawaitExpr, DependentCoawaitExpr>(S))
      return cast<Expr>(S);
  return nullptr;
}
