//===-- LateGuard.cpp - async-late-guard -*- C++ -*-===//
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

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds guards that are taken when the work which they are for has begun.
class LateGuardCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void guard(Unit &U, const Escapes &Tasks, const Expr *Hold);
};

const Register<LateGuardCheck> R({
    .Name = "async-late-guard",
    .Group = "lifetime",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a guard that can't be had any more leaves work that has begun "
               "without it",
});

} // namespace

/// The call in \p E that has begun some work of the project, which goes on when
/// nobody holds its task. What a function of a library is given is left out:
/// one that waits no longer than it likes, as 'with_timeout' does, leaves the
/// work going on without the guard anyway, which is then not the work's.
static const CallExpr *workBegunBy(const Expr *E, Unit &U) {
  const CallExpr *Found = nullptr;
  walkBody(E, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Found && Callee && !U.M.isLibraryCode(Callee) &&
        !Callee->isInStdNamespace() &&
        U.C.taskType(Call->getType()).Kind == TaskType::Task &&
        goesOnWhenDropped(Call->getType(), U.C))
      Found = Call;
    // What is awaited has ended.
    if (Found || isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S))
      return false;
    return !Callee || isa<CXXMemberCallExpr>(Call) ||
           !U.M.isLibraryCode(Callee) ||
           U.C.taskType(Call->getType()).Kind != TaskType::Task;
  });
  return Found;
}

void LateGuardCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    std::optional<Escapes> Tasks;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *E = dyn_cast<Expr>(S);
      if (!E || !isa<CallExpr, CXXConstructExpr>(E))
        return true;
      const FunctionModel *Known = U.M.function(E);
      const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      if (Known && Known->Holds.Model &&
          (!Construct ||
           (Construct->getNumArgs() > 0 &&
            !Construct->getConstructor()->isCopyOrMoveConstructor()))) {
        if (!Tasks)
          Tasks.emplace(U, F.Function);
        guard(U, *Tasks, E);
      }
      return true;
    });
  }
}

void LateGuardCheck::guard(Unit &U, const Escapes &Tasks, const Expr *Hold) {
  const CallExpr *Work = nullptr;
  const Stmt *S = Hold;
  // In an argument of what the task, which is there before, is told to do.
  for (const Stmt *Parent = Tasks.parent(S); isa_and_nonnull<Expr>(Parent);
       S = Parent, Parent = Tasks.parent(S))
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Parent);
        Call && !Work && llvm::is_contained(Call->arguments(), S) &&
        holdsTask(Call->getImplicitObjectArgument()->getType(), U.C))
      Work = workBegunBy(Call->getImplicitObjectArgument(), U);
  // Below the declaration of the task.
  const VarDecl *Task = nullptr;
  const Stmt *Statement = Tasks.parent(S);
  const auto *Block = dyn_cast_or_null<CompoundStmt>(
      Statement ? Tasks.parent(Statement) : nullptr);
  if (!Work && Block && isa<DeclStmt>(Statement)) {
    auto At = std::find(Block->body_rbegin(), Block->body_rend(), Statement);
    for (const Stmt *Above : llvm::make_range(At, Block->body_rend())) {
      const auto *Declares = dyn_cast<DeclStmt>(Above);
      if (!Declares)
        break; // something happens in between
      const auto *Var = Declares->isSingleDecl()
                            ? dyn_cast<VarDecl>(Declares->getSingleDecl())
                            : nullptr;
      if (Above == Statement || !Var || !Var->getInit() ||
          !goesOnWhenDropped(Var->getType(), U.C))
        continue;
      if ((Work = workBegunBy(Var->getInit(), U))) {
        Task = Var;
        break;
      }
    }
    // It is with somebody else already.
    for (const DeclRefExpr *Ref :
         Task ? Tasks.mentions(Task) : llvm::ArrayRef<const DeclRefExpr *>())
      if (U.Ctx.getSourceManager().isBeforeInTranslationUnit(
              Ref->getBeginLoc(), Hold->getBeginLoc()))
        return;
  }
  if (!Work)
    return;
  Finding Found;
  Found.Loc = Hold->getExprLoc();
  Found.Message =
      "this guard is taken when '" + displayCallee(Work, calleeOf(Work)) +
      "' has begun: should that fail, the exception leaves the work going on "
      "without a guard; take it before the call";
  Found.Ranges.push_back(Hold->getSourceRange());
  Found.Notes.push_back({Work->getExprLoc(), "the work begins here"});
  report(std::move(Found));
}
