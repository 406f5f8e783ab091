//===-- DanglingArgument.cpp - async-dangling-argument -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/Analyses/LifetimeSafety/LifetimeAnnotations.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds calls of coroutines that are given a temporary to refer to, and go on
/// when it is gone.
class DanglingArgumentCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void argument(Unit &U, const FunctionSummary &F, const CallSite &Site,
                unsigned Number, const Expr *Argument, Origin From);

  ParentMap Parents;
  const FunctionDecl *ParentsOf = nullptr;
};

const Register<DanglingArgumentCheck> R({
    .Name = "async-dangling-argument",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a temporary that is gone when the coroutine uses it is memory "
               "of something else by then",
});

} // namespace

/// Whether nothing is lost with an object of type \p T.
static bool isEmpty(QualType T) {
  const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl());
  return T->isNullPtrType() || (RD && !RD->isDependentType() && RD->isEmpty());
}

void DanglingArgumentCheck::analyze(Unit &U) {
  ParentsOf = nullptr;
  for (const FunctionSummary &F : U.functions())
    for (const CallSite &Site : F.Calls) {
      const QualType Result = Site.Callee->getReturnType();
      if (Site.IsVirtual || isa<CXXConstructorDecl>(Site.Callee) ||
          !(U.C.taskType(Result).Kind == TaskType::Task ||
            U.C.isFireAndForget(Result)))
        continue;
      const auto *Call = dyn_cast<CallExpr>(Site.Call);
      if (!Call)
        continue;
      const auto *MD = dyn_cast<CXXMethodDecl>(Site.Callee);
      const bool HasObject = MD && MD->isImplicitObjectMemberFunction();
      // What a lambda captured is another story.
      if (HasObject && !MD->getParent()->isLambda())
        if (const Expr *Object = objectOf(Call))
          argument(U, F, Site, ObjectParameter, Object,
                   Object->getType()->isPointerType()
                       ? targetOf(Object, U.M)
                       : objectBehind(Object, U.M));
      const unsigned Skip = MD && isa<CXXOperatorCallExpr>(Call) &&
                            !MD->isExplicitObjectMemberFunction();
      for (unsigned I = 0; I != Site.Callee->getNumParams(); ++I)
        if (I + Skip < Call->getNumArgs())
          argument(U, F, Site, I + 1, Call->getArg(I + Skip),
                   originOf(Site.Callee->getParamDecl(I)->getType(),
                            Call->getArg(I + Skip), U.M));
    }
}

/// What the message calls the temporary that a parameter of type \p Wanted
/// refers to.
static std::string nameOf(const MaterializeTemporaryExpr *Temporary,
                          QualType Wanted, const ASTContext &Ctx) {
  const QualType T = Temporary->getSubExpr()->getType();
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (RD && RD->isLambda())
    return "temporary lambda";
  if (T->isArrayType())
    return "temporary array";
  // The shortest is what people call it: std::string, and not the template.
  llvm::SmallVector<QualType, 2> Same{T.getCanonicalType()};
  if (!Wanted.isNull() &&
      Ctx.hasSameUnqualifiedType(T, Wanted.getNonReferenceType()))
    Same.push_back(Wanted.getNonReferenceType());
  std::string Name = displayType(T, Ctx);
  for (QualType Alias : Same)
    if (std::string Other = displayType(Alias, Ctx); Other.size() < Name.size())
      Name = std::move(Other);
  return "temporary '" + Name + "'";
}

void DanglingArgumentCheck::argument(Unit &U, const FunctionSummary &F,
                                     const CallSite &Site, unsigned Number,
                                     const Expr *Argument, Origin From) {
  const MaterializeTemporaryExpr *Temporary = From.temporary();
  if (!Temporary || isEmpty(Temporary->getSubExpr()->getType()))
    return;
  if (ParentsOf != F.Function) {
    Parents = parentsIn(F.Function);
    ParentsOf = F.Function;
  }
  std::optional<Escape> Escapes = escapeOf(Site.Call, U, Parents);
  if (!Escapes)
    return;
  const bool IsDefault = isa<CXXDefaultArgExpr>(Argument);
  Guard G;
  G.Functions.push_back(U.key(Site.Callee));
  G.Parameter = Number;
  G.IsStarted = Escapes->IsStarted;
  const QualType Wanted =
      Number == ObjectParameter
          ? QualType()
          : Site.Callee->getParamDecl(Number - 1)->getType();
  G.Message = nameOf(Temporary, Wanted, U.Ctx) +
              (IsDefault ? ", a default argument," : "") + " is gone when '" +
              displayCallee(Site.Call, Site.Callee) +
              "' uses it: " + Escapes->How +
              ", and the temporary dies at the end of this statement; keep " +
              (Number == ObjectParameter ? "the object" : "the argument") +
              " in a variable that outlives the task, or await the call at "
              "once";
  Finding Found;
  Found.Loc = IsDefault ? Site.Call->getExprLoc() : Argument->getExprLoc();
  Found.Ranges.push_back(IsDefault ? Site.Call->getSourceRange()
                                   : Argument->getSourceRange());
  reportIf(std::move(G), std::move(Found));
}
