//===-- ThrowBeforeTask.cpp - async-throw-before-task -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/BodyMap.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Throws.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds functions that make a task and may throw instead, where a loop starts
/// their tasks and leaves their errors to somebody else.
class ThrowBeforeTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void started(Unit &U, const FunctionSummary &F, const CallExpr *Spawn,
               const CallExpr *Made);

  llvm::DenseMap<const FunctionDecl *, const FunctionSummary *> Summaries;
};

const Register<ThrowBeforeTaskCheck> R({
    .Name = "async-throw-before-task",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a function that throws before it returns its task ends the "
               "loop that starts the tasks",
});

} // namespace

/// Whether \p FD, a continuation, calls the function again that it is written
/// in: that is how one waits in a loop without a coroutine.
static bool startsAgain(const FunctionDecl *FD) {
  const auto *MD = dyn_cast<CXXMethodDecl>(FD);
  if (!MD || !MD->getParent()->isLambda())
    return false;
  llvm::SmallPtrSet<const FunctionDecl *, 2> Around;
  for (const DeclContext *In = MD->getParent()->getDeclContext();
       In && !In->isFileContext(); In = In->getParent())
    if (const auto *Outer = dyn_cast<FunctionDecl>(In))
      Around.insert(Outer->getCanonicalDecl());
  bool Found = false;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    Found |= Callee && Around.contains(Callee->getCanonicalDecl());
    return !Found;
  });
  return Found;
}

/// Whether an exception at \p At ends a loop that waits for something in each
/// of its rounds, and so would have gone on.
static bool endsLoop(const Stmt *At, const FunctionSummary &F, Unit &U) {
  const BodyMap &Body = U.body(F.Function);
  for (const Stmt *Parent = Body.parent(At); Parent;
       At = Parent, Parent = Body.parent(At)) {
    if (const auto *Try = dyn_cast<CXXTryStmt>(Parent);
        Try && Try->getTryBlock() == At)
      return false;
    if (isa<ForStmt, WhileStmt, DoStmt>(Parent) && F.Coro && awaits(Parent))
      return true;
  }
  return !F.Coro && U.C.taskType(F.Function->getReturnType()) &&
         startsAgain(F.Function);
}

void ThrowBeforeTaskCheck::started(Unit &U, const FunctionSummary &F,
                                   const CallExpr *Spawn,
                                   const CallExpr *Made) {
  const FunctionDecl *Callee = Made->getDirectCallee();
  const auto *MD = dyn_cast_or_null<CXXMethodDecl>(Callee);
  if (!Callee || !U.C.taskType(Made->getType()) || (MD && MD->isVirtual()))
    return;
  const FunctionDecl *Definition = Callee->getDefinition();
  const FunctionSummary *Maker =
      Summaries.lookup(Definition ? Definition : Callee);
  // What a coroutine throws, its task says.
  if (!Maker || Maker->Coro)
    return;
  const Expr *Throw = nullptr;
  for (const ThrowSite &Site : U.throws(*Maker).Throws)
    if (Site.Operation.empty() && !Throw)
      Throw = Site.At;
  if (!Throw || !endsLoop(Made, F, U))
    return;
  Finding Found;
  Found.Loc = Made->getExprLoc();
  Found.Message = "'" + displayCallee(Made, Callee) +
                  "' may throw before it returns its task, which ends this "
                  "loop, instead of what '" +
                  displayCallee(Spawn, calleeOf(Spawn)) +
                  "' started; make it a coroutine, or catch it here";
  Found.Ranges.push_back(Made->getSourceRange());
  Found.Notes.push_back({Throw->getExprLoc(), "it throws here"});
  report(std::move(Found));
}

void ThrowBeforeTaskCheck::analyze(Unit &U) {
  if (!U.Ctx.getLangOpts().CXXExceptions)
    return;
  Summaries.clear();
  for (const FunctionSummary &F : U.functions())
    Summaries[F.Function] = &F;
  for (const FunctionSummary &F : U.functions()) {
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Spawn = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Spawn ? U.M.function(Spawn) : nullptr;
      if (!Known || Known->Callables.empty())
        return true;
      const CallableModel &Model = *Known->Callables.front().Model;
      if (!U.body(F.Function).isDiscarded(Spawn))
        return true;
      unsigned Number = 0;
      for (const Expr *Argument : writtenArguments(Spawn)) {
        if (++Number; !Model.Arguments.empty() &&
                      !llvm::is_contained(Model.Arguments, Number))
          continue;
        if (!U.C.taskType(Argument->getType().getNonReferenceType()))
          continue;
        forEachTask(Argument, U.M, [&](const Expr *Task) {
          if (const auto *Made = dyn_cast<CallExpr>(Task))
            started(U, F, Spawn, Made);
        });
      }
      return true;
    });
  }
}
