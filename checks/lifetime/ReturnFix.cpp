//===-- ReturnFix.cpp - Awaiting what is returned -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/ReturnFix.h"
#include "core/Fixes.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

/// The promise of coroutines that return what \p F returns, if there is one in
/// this file.
static const CXXRecordDecl *promiseLike(Unit &U, const FunctionSummary &F) {
  for (const FunctionSummary &Other : U.functions())
    if (Other.Coro && Other.Coro->Promise &&
        U.Ctx.hasSameType(Other.Function->getReturnType(),
                          F.Function->getReturnType()))
      return Other.Coro->Promise;
  return nullptr;
}

/// Whether the frame of a coroutine can have a copy of \p P that stays what it
/// is.
static bool canKeep(const ParmVarDecl *P, Models &M) {
  if (isReferenceLike(P->getType(), M))
    return false;
  const CXXRecordDecl *RD = P->getType()->getAsCXXRecordDecl();
  return !RD || (RD->hasDefinition() &&
                 (RD->hasMoveConstructor() ||
                  RD->hasCopyConstructorWithConstParam()) &&
                 !RD->defaultedMoveConstructorIsDeleted());
}

/// Whether \p FD can be written as a coroutine, as far as its head tells.
static bool mayBeCoroutine(const FunctionDecl *FD, Models &M) {
  if (FD->isMain() || FD->isConstexpr() || FD->isVariadic() ||
      FD->isTemplateInstantiation() || FD->isDependentContext() ||
      FD->getDeclaredReturnType()->getContainedDeducedType() ||
      isa<CXXConstructorDecl, CXXDestructorDecl>(FD))
    return false;
  for (const DeclContext *DC = FD; DC; DC = DC->getParent())
    if (isa<ClassTemplateSpecializationDecl>(DC))
      return false;
  const auto *MD = dyn_cast<CXXMethodDecl>(FD);
  if (MD && MD->getParent()->isLambda())
    return false; // its captures die with it
  return llvm::all_of(FD->parameters(),
                      [&](const ParmVarDecl *P) { return canKeep(P, M); });
}

llvm::SmallVector<FixItHint, 2>
async_tidy::awaitReturns(Unit &U, const FunctionSummary &F) {
  const FunctionDecl *FD = F.Function;
  if (coroutineBody(FD) || !mayBeCoroutine(FD, U.M))
    return {};
  const CXXRecordDecl *Promise = promiseLike(U, F);
  if (!Promise || !U.C.canAwait(Promise, FD->getReturnType()))
    return {};
  llvm::SmallVector<FixItHint, 2> Fixes;
  bool CanFix = true;
  unsigned Handlers = 0;
  // A handler can't await, and neither a return in a nested function counts.
  auto Visit = [&](auto &&Self, const Stmt *S) -> void {
    Handlers += isa<CXXCatchStmt>(S);
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      const Expr *Value = Return->getRetValue();
      const Expr *Written = Value ? stripImplicit(Value) : nullptr;
      std::optional<std::string> Text =
          Written ? textOf(Written, U.Ctx) : std::nullopt;
      if (Handlers || !Text || Return->getReturnLoc().isMacroID() ||
          isa<InitListExpr>(Written) ||
          !U.Ctx.hasSameUnqualifiedType(Written->getType(),
                                        FD->getReturnType())) {
        CanFix = false;
        return;
      }
      // What binds less tightly than co_await would need parentheses, and a
      // task that has a name can be awaited in some libraries only.
      const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Written);
      if (Written->isLValue() ||
          isa<AbstractConditionalOperator, BinaryOperator>(Written) ||
          (Operator && Operator->isInfixBinaryOp())) {
        CanFix = false;
        return;
      }
      Fixes.push_back(FixItHint::CreateReplacement(
          SourceRange(Return->getReturnLoc()), "co_return co_await"));
    }
    forEachChild(S, [&](const Stmt *Child) { Self(Self, Child); });
    Handlers -= isa<CXXCatchStmt>(S);
  };
  Visit(Visit, FD->getBody());
  if (!CanFix)
    return {};
  return Fixes;
}
