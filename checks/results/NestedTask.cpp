//===-- NestedTask.cpp - async-nested-task --------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "results/Loss.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds work whose result is a task that nobody will await.
class NestedTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void returned(Unit &U, const FunctionSummary &F, const CoreturnStmt *Return);
  void submitted(Unit &U, const Expr *Call);
};

const Register<NestedTaskCheck> R({
    .Name = "async-nested-task",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "work that ends with a task as its result has not done what "
               "the task stands for",
});

} // namespace

/// What a \p T results in, where its first template argument says so and that
/// is a task; null otherwise.
static QualType taskIn(QualType T, Unit &U) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T.isNull() ? nullptr : T->getAsCXXRecordDecl());
  if (!Spec || Spec->getTemplateArgs().size() == 0)
    return QualType();
  const TemplateArgument &First = Spec->getTemplateArgs()[0];
  if (First.getKind() != TemplateArgument::Type ||
      U.C.taskType(First.getAsType()).Kind != TaskType::Task)
    return QualType();
  return First.getAsType();
}

void NestedTaskCheck::returned(Unit &U, const FunctionSummary &F,
                               const CoreturnStmt *Return) {
  const Expr *Value = Return->getOperand();
  // A coroutine that awaits something first is the first of two phases.
  if (!Value || F.Suspends)
    return;
  const QualType Inner = taskIn(F.Function->getReturnType(), U);
  Value = withoutForwarding(Value);
  if (Inner.isNull() ||
      U.C.taskType(F.Function->getReturnType()).Kind != TaskType::Task ||
      !U.Ctx.hasSameUnqualifiedType(Inner, Value->getType()) ||
      !isa<CallExpr>(Value))
    return;
  Finding Found;
  Found.Loc = Value->getExprLoc();
  Found.Ranges.push_back(Value->getSourceRange());
  Found.Message = "the result of '" + displayName(F.Function) +
                  "' is a task that nobody has awaited: who awaits a '" +
                  displayType(F.Function->getReturnType(), U.Ctx) +
                  "' gets a '" + displayType(Inner, U.Ctx) +
                  "'; co_return what co_await gets from it";
  report(Found);
}

/// Whether nothing that \p FD does with local variable \p Var can get at a
/// result: it does nothing, or calls functions that return nothing.
static bool getsNothingFrom(const FunctionDecl *FD, const VarDecl *Var) {
  bool Nothing = true;
  llvm::SmallPtrSet<const Expr *, 4> Harmless;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
        Call && Call->getType()->isVoidType())
      Harmless.insert(stripImplicit(Call->getImplicitObjectArgument()));
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(S);
        Cast && Cast->getType()->isVoidType())
      Harmless.insert(stripImplicit(Cast->getSubExpr()));
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &C : Lambda->captures())
        Nothing &= !(C.capturesVariable() && C.getCapturedVar() == Var);
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    Nothing &= !Ref || Ref->getDecl() != Var || Harmless.contains(Ref);
    return Nothing;
  });
  return Nothing;
}

/// Nobody uses the result of \p Call.
void NestedTaskCheck::submitted(Unit &U, const Expr *Call) {
  const QualType Inner = taskIn(Call->getType(), U);
  const FunctionDecl *Callee = calleeOf(Call);
  if (Inner.isNull() || !Callee || !isa<CallExpr>(Call) ||
      lossOf(Inner, U) != Loss::NeverRuns)
    return;
  for (const Expr *Argument : writtenArguments(Call)) {
    const QualType Result = resultOfCalling(Argument, U.M);
    if (Result.isNull() || !U.Ctx.hasSameUnqualifiedType(Result, Inner))
      continue;
    const Expr *At = withoutForwarding(Argument);
    Finding Found;
    Found.Loc = At->getBeginLoc();
    Found.Ranges.push_back(At->getSourceRange());
    Found.Message = "the task that this returns is never awaited: '" +
                    displayCallee(Call, Callee) + "' puts it into a '" +
                    qualifiedName(recordOf(Call->getType())) +
                    "', which nobody asks for it, and a '" +
                    displayType(Inner, U.Ctx) +
                    "' is lazy, so nothing of it runs; give the task to "
                    "something that awaits it";
    report(Found);
    return;
  }
}

void NestedTaskCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Return = dyn_cast<CoreturnStmt>(S); Return && F.Coro)
        returned(U, F, Return);
      if (const auto *Declares = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declares->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D);
              Var && Var->getInit() && Var->hasLocalStorage() &&
              !taskIn(Var->getType(), U).isNull() &&
              getsNothingFrom(F.Function, Var))
            submitted(U, stripImplicit(Var->getInit()));
      forEachStatement(S, [&](const Expr *E) {
        E = stripImplicit(E);
        if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
            Cast && Cast->getType()->isVoidType())
          E = stripImplicit(Cast->getSubExpr());
        // Of one that must not be dropped itself another check tells.
        if (lossOf(E->getType(), U) == Loss::None)
          submitted(U, E);
      });
      return true;
    });
  }
}
