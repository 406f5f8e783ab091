//===-- LargeFrame.cpp - async-large-frame --------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
using namespace clang;
using namespace async_tidy;

namespace {

/// Finds large variables that are kept in the frame of a coroutine.
class LargeFrameCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<LargeFrameCheck> R({
    .Name = "async-large-frame",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // memory is not a defect
    .Since = "0.1",
    .Summary = "a large variable makes each of the coroutine's frames large "
               "for as long as it exists",
});

} // namespace

/// What a page of memory is mostly; frames are allocated on the heap.
static constexpr int64_t Limit = 4096;

/// Whether the coroutine may be suspended while \p Var exists.
static bool livesAcross(const VarDecl *Var, const BodyMap &Body,
                        llvm::ArrayRef<const Expr *> Suspensions,
                        const SourceManager &SM) {
  const Stmt *Scope = Body.scope(Var);
  return llvm::any_of(Suspensions, [&](const Expr *E) {
    if (!Scope)
      return isa<ParmVarDecl>(Var);
    const SourceLocation At = SM.getExpansionLoc(E->getExprLoc());
    return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(Var->getLocation()),
                                        At) &&
           !SM.isBeforeInTranslationUnit(SM.getExpansionLoc(Scope->getEndLoc()),
                                         At);
  });
}

void LargeFrameCheck::analyze(Unit &U) {
  const SourceManager &SM = U.Ctx.getSourceManager();
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext())
      continue;
    llvm::SmallVector<const Expr *, 8> Suspensions;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *E = dyn_cast<CoroutineSuspendExpr>(S);
          E && U.C.maySuspend(E))
        Suspensions.push_back(E);
      return true;
    });
    const BodyMap &Body = U.body(F.Function);
    llvm::SmallVector<const VarDecl *, 8> Vars(Body.variables());
    Vars.append(F.Function->param_begin(), F.Function->param_end());
    for (const VarDecl *Var : Vars) {
      const QualType T = Var->getType();
      if (!Var->hasLocalStorage() || T->isReferenceType() ||
          T->isDependentType() || T->isIncompleteType() ||
          T->isVariableArrayType() || Var->isInvalidDecl())
        continue;
      const int64_t Size = U.Ctx.getTypeSizeInChars(T).getQuantity();
      if (Size < Limit || !livesAcross(Var, Body, Suspensions, SM))
        continue;
      Finding Found;
      Found.Loc = Var->getLocation();
      Found.Message =
          "'" + Var->getNameAsString() + "' takes " + std::to_string(Size) +
          " bytes of the frame of '" + displayName(F.Function) +
          "', which is allocated for as long as the coroutine "
          "exists; allocate it only while it is needed, or share it";
      report(std::move(Found));
    }
  }
}
