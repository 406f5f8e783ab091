//===-- UnawaitedContainer.cpp - async-unawaited-container ------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds containers that are filled with tasks and dropped.
class UnawaitedContainerCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void container(Unit &U, const FunctionSummary &F, const BodyMap &Body,
                 const VarDecl *Var);
};

const Register<UnawaitedContainerCheck> R({
    .Name = "async-unawaited-container",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "tasks that are collected and never awaited never run, or run "
               "with nobody to see how they end",
});

} // namespace

/// The type of the tasks that a \p T, an array or a container of the standard
/// library, holds; null when it holds none.
static QualType taskIn(QualType T, Unit &U) {
  QualType Element;
  if (const ArrayType *Array = U.Ctx.getAsArrayType(T))
    Element = Array->getElementType();
  else if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
               T->getAsCXXRecordDecl());
           Spec && Spec->isInStdNamespace() && Spec->getTemplateArgs().size() &&
           Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
    Element = Spec->getTemplateArgs()[0].getAsType();
  return !Element.isNull() && U.C.taskType(Element).Kind == TaskType::Task
             ? Element
             : QualType();
}

/// The first task that is made among the elements of \p Init.
static const Expr *makerAmong(const Expr *Init, const TaskType &Type) {
  if (!Init)
    return nullptr;
  Init = stripImplicit(Init);
  if (const auto *List = dyn_cast<InitListExpr>(Init)) {
    for (const Expr *Element : List->inits())
      if (const Expr *Made = makerAmong(Element, Type))
        return Made;
    return nullptr;
  }
  return maker(Init, Type);
}

void UnawaitedContainerCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    const BodyMap &Body = U.body(F.Function);
    for (const VarDecl *Var : Body.variables())
      if (Var->hasLocalStorage() && !Var->getType()->isReferenceType() &&
          !Var->getType()->isDependentType())
        container(U, F, Body, Var);
  }
}

void UnawaitedContainerCheck::container(Unit &U, const FunctionSummary &F,
                                        const BodyMap &Body,
                                        const VarDecl *Var) {
  const QualType T = taskIn(Var->getType(), U);
  if (T.isNull())
    return;
  const TaskType Type = U.C.taskType(T);
  const Expr *Made = nullptr;
  if (const Expr *Init = Var->getInit();
      Init && isa<InitListExpr>(stripImplicit(Init)))
    Made = makerAmong(Init, Type);
  for (const DeclRefExpr *Ref : Body.mentions()) {
    if (Ref->getDecl() != Var)
      continue;
    const Mention M = classify(Ref, Body, {});
    if (M.How == Use::Silenced || M.How == Use::Asked)
      continue;
    // A call of a member that nobody asks anything of puts tasks in, or makes
    // room for them.
    const Stmt *S = Body.parent(Ref);
    while (S && isa<ImplicitCastExpr, ParenExpr>(S))
      S = Body.parent(S);
    const auto *Member = dyn_cast_or_null<MemberExpr>(S);
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(
        Member ? Body.parent(Member) : nullptr);
    const Stmt *Around = Call ? Body.parent(Call) : nullptr;
    while (
        Around &&
        isa<ExprWithCleanups, CXXBindTemporaryExpr, MaterializeTemporaryExpr>(
            Around))
      Around = Body.parent(Around);
    if (!Call || !Around || isa<Expr, DeclStmt, ReturnStmt>(Around) ||
        isa<CoreturnStmt>(Around))
      return;
    for (const Expr *Argument : Call->arguments())
      if (!Made && U.C.taskType(Argument->getType()))
        Made = maker(Argument, Type);
  }
  const std::string Loss = Made ? lossOf(F, T, Type, Made, U) : std::string();
  if (Loss.empty() || (Type.When != Start::Lazy && Var->hasAttr<UnusedAttr>()))
    return;
  Finding Found;
  Found.Loc = Var->getLocation();
  Found.Message = "the tasks in '" + Var->getNameAsString() +
                  "' are never awaited: " + Loss;
  Found.Message +=
      F.Coro ? "; co_await them" : "; give them to somebody who awaits them";
  Found.Ranges.push_back(Var->getSourceRange());
  Found.Notes.push_back({Made->getExprLoc(), "made here"});
  report(Found);
}
