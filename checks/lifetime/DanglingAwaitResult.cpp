//===-- DanglingAwaitResult.cpp - async-dangling-await-result -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/Analyses/LifetimeSafety/LifetimeAnnotations.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds references to the result of an await that dies with what was awaited.
class DanglingAwaitResultCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void variable(Unit &U, const VarDecl *Var);
};

const Register<DanglingAwaitResultCheck> R({
    .Name = "async-dangling-await-result",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a reference to a result that is part of a temporary task is "
               "one to nothing when the statement ends",
});

} // namespace

/// Whether a \p T is a task of values: its first template argument is a type
/// that is no reference.
static bool isTaskOfValues(QualType T, Coroutines &C) {
  if (C.taskType(T).Kind != TaskType::Task)
    return false;
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  return Spec && Spec->getTemplateArgs().size() > 0 &&
         Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         !Spec->getTemplateArgs()[0].getAsType()->isReferenceType();
}

/// Whether \p T is a template's instance for a reference, as awaiters are that
/// refer to what they give a part of.
static bool isMadeForReference(QualType T) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  return Spec &&
         llvm::any_of(Spec->getTemplateArgs().asArray(),
                      [](const TemplateArgument &Argument) {
                        return Argument.getKind() == TemplateArgument::Type &&
                               Argument.getAsType()->isReferenceType();
                      });
}

/// Whether the awaiter \p E is made of something that dies with it.
static bool hasTemporaryArgument(const Expr *E) {
  E = stripImplicit(E);
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return hasTemporaryArgument(Temporary->getSubExpr());
  return isa<CallExpr, CXXConstructExpr>(E) &&
         llvm::any_of(writtenArguments(E), [](const Expr *Argument) {
           const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(
               Argument->IgnoreParenImpCasts());
           return (Temporary && Temporary->getType()->isRecordType()) ||
                  hasTemporaryArgument(Argument);
         });
}

void DanglingAwaitResultCheck::variable(Unit &U, const VarDecl *Var) {
  if (!Var->getType()->isReferenceType() || !Var->getInit() ||
      Var->isImplicit())
    return;
  const auto *Await = dyn_cast<CoawaitExpr>(
      Var->getInit()->IgnoreParenImpCasts()->IgnoreImplicit());
  // A value lives as long as the reference to it.
  if (!Await || !Await->isXValue())
    return;
  const Expr *Operand = Await->getOperand()->IgnoreParens();
  const auto *Made = dyn_cast<MaterializeTemporaryExpr>(Operand);
  if (!Operand->isPRValue() && !Made)
    return;
  const QualType T = Operand->getType();
  const auto *Resume = dyn_cast_or_null<CXXMemberCallExpr>(
      Await->getResumeExpr() ? stripImplicit(Await->getResumeExpr()) : nullptr);
  const CXXMethodDecl *MD = Resume ? Resume->getMethodDecl() : nullptr;
  // An awaiter that refers to something else may give a reference into that.
  if (!isTaskOfValues(T, U.C) &&
      !(MD && lifetimes::implicitObjectParamIsLifetimeBound(MD) &&
        (!isMadeForReference(T) || hasTemporaryArgument(Operand))))
    return;
  const auto *Call = dyn_cast<CallExpr>(stripImplicit(Operand));
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  Finding Found;
  Found.Loc = Var->getLocation();
  Found.Message =
      "'" + Var->getNameAsString() + "' refers to a part of " +
      (Callee ? "what '" + displayCallee(Call, Callee) + "' returns"
              : "this '" + displayType(T, U.Ctx) + "'") +
      ", which is gone at the end of this statement: the await gives a "
      "reference into it; declare a value instead";
  Found.Ranges.push_back(Await->getSourceRange());
  report(std::move(Found));
}

void DanglingAwaitResultCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    if (F.Coro)
      walkFunction(F.Function, [&](const Stmt *S) {
        if (const auto *Declares = dyn_cast<DeclStmt>(S))
          for (const Decl *D : Declares->decls())
            if (const auto *Var = dyn_cast<VarDecl>(D))
              variable(U, Var);
        return true;
      });
}
