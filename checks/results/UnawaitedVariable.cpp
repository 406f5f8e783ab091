//===-- UnawaitedVariable.cpp - async-unawaited-variable --------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Fixes.h"
#include "core/Flow.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "clang/AST/Attr.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds tasks that a variable holds until they are dropped.
class UnawaitedVariableCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void name(Unit &U, const FunctionSummary &F, const VarDecl *Var);
  void task(Unit &U, const FunctionSummary &F, const LocalTask &Task);
};

const Register<UnawaitedVariableCheck> R({
    .Name = "async-unawaited-variable",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a task in a variable that nobody awaits never runs, or runs "
               "with nobody to see how it ends",
});

} // namespace

/// Whether \p Var is the first thing in a block that nothing but the writer's
/// wish to end it asks for: it is there to be destroyed.
static bool opensOwnBlock(const VarDecl *Var, const BodyMap &Body) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body.scope(Var));
  if (!Block || !isa_and_nonnull<CompoundStmt>(Body.parent(Block)))
    return false;
  const auto *First = dyn_cast<DeclStmt>(Block->body_front());
  return First && llvm::is_contained(First->decls(), Var);
}

/// Whether \p Task holds work that ends with it, and the coroutine \p F never
/// lets that go on: no suspension comes before the end of the variable.
static bool isCancelledAtOnce(const LocalTask &Task, const FunctionSummary &F,
                              Unit &U) {
  if (!F.Coro || Task.Type.When != Start::Eager || !Task.Type.Model.Model ||
      Task.Type.Model.Model->WhenDropped != Dropped::Cancels ||
      !Task.Mentions.empty() || Task.isMarkedUnused() ||
      opensOwnBlock(Task.Var, U.body(F.Function)))
    return false;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return false;
  const SourceManager &SM = U.Ctx.getSourceManager();
  const Stmt *Scope = U.body(F.Function).scope(Task.Var);
  return Scope && llvm::none_of(Flow->suspensions(), [&](const Expr *At) {
           return SM.isBeforeInTranslationUnit(Task.Var->getLocation(),
                                               At->getBeginLoc()) &&
                  SM.isBeforeInTranslationUnit(At->getBeginLoc(),
                                               Scope->getEndLoc());
         });
}

/// The move by which \p Task, of a coroutine, takes the work over from an
/// element of a container or what else a function or reference gives, if nobody
/// ever looks at it then; else null. Who moves a variable or member of its own
/// may want to end it.
static const Expr *takenOver(const LocalTask &Task, const FunctionSummary &F,
                             Unit &U) {
  if (!F.Coro || !Task.Var->getInit() || !Task.Mentions.empty() ||
      Task.Type.Kind != TaskType::Task || Task.isMarkedUnused() ||
      opensOwnBlock(Task.Var, U.body(F.Function)))
    return nullptr;
  const Expr *Init = stripImplicit(Task.Var->getInit());
  const Expr *From = withoutForwarding(Init);
  const auto *Ref = dyn_cast<DeclRefExpr>(From);
  return From != Init && Init->isXValue() &&
                 (isa<CallExpr>(From) ||
                  (Ref && Ref->getDecl()->getType()->isReferenceType() &&
                   !isa<ParmVarDecl>(Ref->getDecl())))
             ? Init
             : nullptr;
}

void UnawaitedVariableCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    for (const LocalTask &Task : U.tasks(F))
      if (!isa<ParmVarDecl>(Task.Var) && !isUnawaitedGuard(Task, U))
        task(U, F, Task);
    if (F.Coro)
      for (const VarDecl *Var : U.body(F.Function).variables())
        name(U, F, Var);
  }
}

/// \p Var may hold what is only there to be awaited, and nobody looks at it.
void UnawaitedVariableCheck::name(Unit &U, const FunctionSummary &F,
                                  const VarDecl *Var) {
  const QualType T = Var->getType();
  if (!Var->hasLocalStorage() || Var->isImplicit() || !Var->getInit() ||
      Var->hasAttr<UnusedAttr>() || !U.body(F.Function).mentions(Var).empty() ||
      !U.C.isAwaitedName(F.Coro->Promise, T))
    return;
  Finding Found;
  Found.Loc = Var->getLocation();
  Found.Message = "what '" + Var->getNameAsString() +
                  "' holds is never awaited: '" + displayType(T, U.Ctx) +
                  "' does nothing until it is; co_await it";
  Found.Ranges.push_back(Var->getSourceRange());
  report(std::move(Found));
}

void UnawaitedVariableCheck::task(Unit &U, const FunctionSummary &F,
                                  const LocalTask &Task) {
  const bool IsLazy = Task.Type.When == Start::Lazy;
  for (const Mention &M : Task.Mentions)
    if (M.How != Use::Set && M.How != Use::Silenced)
      return;
  // What runs anyway may be dropped by somebody who says so.
  if (Task.isMarkedUnused() && !(IsLazy && Task.Type.Kind == TaskType::Task))
    return;
  if (!F.Coro && IsLazy && Task.Mentions.empty() &&
      opensOwnBlock(Task.Var, U.body(F.Function)))
    return;
  const Expr *Made = workOf(Task);
  if (!Made)
    Made = takenOver(Task, F, U);
  std::string Loss =
      Made ? lossOf(F, Task.T, Task.Type, Made, U) : std::string();
  if (Made && Loss.empty() && isCancelledAtOnce(Task, F, U))
    Loss = "nothing suspends before the end of its block, which cancels it";
  if (Loss.empty())
    return;

  const bool IsInitializer = stripImplicit(Made) == Made &&
                             Task.Var->getInit() &&
                             (maker(Task.Var->getInit(), Task.Type) == Made ||
                              stripImplicit(Task.Var->getInit()) == Made);
  Finding Found;
  Found.Loc = IsInitializer ? Task.Var->getLocation() : Made->getExprLoc();
  Found.Message = "the task in '" + Task.Var->getNameAsString() +
                  "' is never awaited: " + Loss;
  if (F.Coro)
    Found.Message += "; co_await it";
  else if (Task.Type.Model.Model && !Task.Type.Model.Model->Spawn.empty())
    Found.Message +=
        "; " + Task.Type.Model.Library.expand(Task.Type.Model.Model->Spawn);
  else
    Found.Message +=
        Task.Type.When == Start::Eager
            ? "; return it to a caller that awaits it"
            : "; start it, or return it to a caller that awaits it";
  Found.Ranges.push_back(Made->getSourceRange());
  const QualType Gives = awaitedType(Task.T, Task.Type, U);
  // What gives nothing can't be kept in a variable.
  if (F.Coro && IsInitializer && Task.Mentions.empty() &&
      Made == stripImplicit(Task.Var->getInit()) &&
      Task.Var->getType()->getContainedAutoType() && !Gives.isNull() &&
      !Gives->isVoidType() && U.C.canAwait(F.Coro->Promise, Task.T) &&
      (!Task.Type.Model.Model ||
       Task.Type.Model.Library.Library == F.Coro->Library.Library) &&
      mayAwaitAt(F.Function, Made) && textOf(Made, U.Ctx))
    Found.Fixes = insertAwait(F.Function, Made, U.Ctx);
  report(Found);
}
