//===-- ThrowingCleanup.cpp - async-throwing-cleanup -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds scope guards in coroutines that may throw.
class ThrowingCleanupCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void guard(Unit &U, const VarDecl *Guarded, const Stmt *Body);
};

const Register<ThrowingCleanupCheck> R({
    .Name = "async-throwing-cleanup",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a scope guard that throws ends the program",
});

} // namespace

/// Whether the destructor of \p RD may throw: then what its object does may,
/// too, as long as there is no other exception.
static bool mayThrowAtEnd(const CXXRecordDecl *RD) {
  const CXXDestructorDecl *Dtor = RD->getDestructor();
  const auto *Type =
      Dtor ? Dtor->getType()->getAs<FunctionProtoType>() : nullptr;
  return Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) &&
         Type->canThrow() != CT_Cannot;
}

static bool isNoexcept(const FunctionDecl *FD) {
  const auto *Type = FD->getType()->getAs<FunctionProtoType>();
  return Type && !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) &&
         Type->canThrow() == CT_Cannot;
}

void ThrowingCleanupCheck::guard(Unit &U, const VarDecl *Guarded,
                                 const Stmt *Body) {
  walkBody(Body, [&](const Stmt *S) {
    // What is caught, and what is to come of it.
    if (isa<CXXTryStmt>(S))
      return false;
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? calleeOf(Call) : nullptr;
    if (!Callee || isNoexcept(Callee))
      return true;
    // What libraries throw is not known, and a task fails where it is awaited.
    if (U.M.isLibraryCode(Callee) || Callee->isInStdNamespace() ||
        U.C.taskType(Call->getType()))
      return true;
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
    const auto *MD = dyn_cast<CXXMethodDecl>(Callee);
    Guard G;
    G.Kind = Effect::Throw;
    G.Functions.push_back(Member && MD && MD->isVirtual()
                              ? U.key(Callee).dispatch()
                              : U.key(Callee));
    G.Message = "'" + displayCallee(Call, Callee) +
                "' may throw, and what leaves the scope guard '" +
                Guarded->getNameAsString() +
                "' ends the program, as it does when an await has thrown; "
                "catch it in the guard";
    Finding Found;
    Found.Loc = Call->getExprLoc();
    Found.Ranges.push_back(Call->getSourceRange());
    reportIf(std::move(G), std::move(Found));
    return true;
  });
}

void ThrowingCleanupCheck::analyze(Unit &U) {
  if (!U.Ctx.getLangOpts().CXXExceptions)
    return;
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || U.isExpectedToThrow(F))
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Declares = dyn_cast<DeclStmt>(S);
      if (!Declares)
        return true;
      for (const Decl *D : Declares->decls()) {
        const auto *Var = dyn_cast<VarDecl>(D);
        if (!Var || !Var->hasLocalStorage() || !Var->getInit() ||
            Var->getType()->isReferenceType())
          continue;
        const TypeModel *Known = U.M.type(Var->getType());
        const CXXRecordDecl *RD = Var->getType()->getAsCXXRecordDecl();
        const LambdaExpr *Lambda = Known && Known->Cleanup && RD
                                       ? lambdaIn(Var->getInit(), U.M)
                                       : nullptr;
        if (Lambda && !mayThrowAtEnd(RD))
          guard(U, Var, Lambda->getBody());
      }
      return true;
    });
  }
}
