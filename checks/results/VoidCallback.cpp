//===-- VoidCallback.cpp - async-void-callback ----------------------------===//
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

/// Finds callables that return a task and are given to something which drops
/// what they return.
class VoidCallbackCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void construction(Unit &U, const CXXConstructExpr *Construct);
  void call(Unit &U, const Expr *Call);
  void given(Unit &U, const Expr *Argument, const std::string &Dropper);
};

const Register<VoidCallbackCheck> R({
    .Name = "async-void-callback",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a callback that returns a task does not run, or nobody waits "
               "for it, where whoever calls it drops what it returns",
});

} // namespace

/// The first template argument of \p RD or of one of its bases that is the type
/// of a function, as in std::function<void()>.
static const FunctionType *signatureOf(const CXXRecordDecl *RD) {
  const FunctionType *Found = nullptr;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Class);
    if (!Spec)
      return false;
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type && !Found)
        Found = A.getAsType()->getAs<FunctionType>();
    return Found != nullptr;
  });
  return Found;
}

/// Whether \p RD wraps callables of any type, and calling it returns nothing.
static bool dropsResult(const CXXRecordDecl *RD, Unit &U) {
  if (!RD || RD->isLambda() || RD->isDependentType() || !RD->hasDefinition())
    return false;
  if (const FunctionType *Signature = signatureOf(RD))
    return Signature->getReturnType()->isVoidType();
  // A delegate that is a class of its own.
  bool Any = false;
  for (const NamedDecl *D : RD->getDefinition()->lookup(
           U.Ctx.DeclarationNames.getCXXOperatorName(OO_Call))) {
    const auto *Op = dyn_cast<CXXMethodDecl>(D->getUnderlyingDecl());
    if (!Op || !Op->getReturnType()->isVoidType())
      return false;
    Any = true;
  }
  return Any;
}

/// Whether constructor or assignment \p FD takes callables of any type, and
/// does not show that it does something about tasks.
static bool takesAnything(const CXXMethodDecl *FD, Unit &U) {
  if (!FD->getPrimaryTemplate())
    return false;
  if (U.M.isLibraryCode(FD))
    return true;
  // A project's own: one of several may be the one for tasks; and one that puts
  // the callable into another may start there what it returns.
  unsigned Templates = 0;
  for (const NamedDecl *D : FD->getParent()->lookup(FD->getDeclName()))
    Templates += isa<FunctionTemplateDecl>(D);
  if (Templates > 1)
    return false;
  bool IsPlain = true;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *If = dyn_cast<IfStmt>(S))
      IsPlain &= !If->isConstexpr();
    IsPlain &= !isa<LambdaExpr>(S);
    return IsPlain;
  });
  return IsPlain;
}

void VoidCallbackCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
        construction(U, Construct);
      if (isa<CallExpr, CXXConstructExpr>(S))
        call(U, cast<Expr>(S));
      return true;
    });
  }
}

void VoidCallbackCheck::construction(Unit &U,
                                     const CXXConstructExpr *Construct) {
  const CXXConstructorDecl *Ctor = Construct->getConstructor();
  if (!dropsResult(Ctor->getParent(), U) || !takesAnything(Ctor, U))
    return;
  for (const Expr *Argument : writtenArguments(Construct))
    given(U, Argument, displayType(Construct->getType(), U.Ctx));
}

/// Whether \p E names parameter \p Param, or hands it on.
static bool isParameter(const Expr *E, const ParmVarDecl *Param) {
  const auto *Ref = dyn_cast<DeclRefExpr>(withoutForwarding(E));
  return Ref && Ref->getDecl() == Param;
}

/// Whether \p FD, an instance of a template of the project, calls \p Param and
/// drops what that returns.
static bool callsAndDrops(const FunctionDecl *FD, const ParmVarDecl *Param) {
  bool Drops = false, Keeps = false;
  llvm::SmallPtrSet<const Expr *, 4> Dropped;
  walkFunction(FD, [&](const Stmt *S) {
    forEachStatement(S, [&](const Expr *E) {
      E = stripImplicit(E);
      if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
          Cast && Cast->getType()->isVoidType())
        E = stripImplicit(Cast->getSubExpr());
      Dropped.insert(E);
    });
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call)
      return true;
    const FunctionDecl *Callee = Call->getDirectCallee();
    const bool Invokes =
        Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
        Callee->getName() == "invoke" && Call->getNumArgs() > 0;
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
    const Expr *Called = Invokes ? Call->getArg(0)
                         : Op && Op->getOperator() == OO_Call
                             ? Op->getArg(0)
                             : Call->getCallee();
    if (isParameter(Called, Param))
      (Dropped.contains(stripImplicit(Call)) ? Drops : Keeps) = true;
    return true;
  });
  return Drops && !Keeps;
}

void VoidCallbackCheck::call(Unit &U, const Expr *Call) {
  const FunctionDecl *Callee = calleeOf(Call);
  if (!Callee)
    return;
  const auto Arguments = writtenArguments(Call);
  if (Arguments.empty())
    return;
  // handler = [] { ... };
  if (const auto *MD = dyn_cast<CXXMethodDecl>(Callee)) {
    if (MD->getOverloadedOperator() == OO_Equal &&
        dropsResult(MD->getParent(), U) && takesAnything(MD, U))
      return given(U, Arguments.back(),
                   displayType(objectOf(Call)->getType(), U.Ctx));
    // handlers.emplace_back([] { ... });
    if (MD->getParent()->isInStdNamespace() && MD->getIdentifier() &&
        MD->getName().starts_with("emplace"))
      if (const auto *Spec =
              dyn_cast<ClassTemplateSpecializationDecl>(MD->getParent()))
        for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
          if (A.getKind() == TemplateArgument::Type &&
              dropsResult(A.getAsType()->getAsCXXRecordDecl(), U)) {
            for (const Expr *Argument : Arguments)
              given(U, Argument, displayType(A.getAsType(), U.Ctx));
            return;
          }
  }
  if (const FunctionModel *Known = U.M.function(Call)) {
    for (const ModelRef<CallableModel> &Ref : Known->Callables) {
      if (!Ref.Model->DropsResult)
        continue;
      unsigned Number = 0;
      for (const Expr *Argument : Arguments) {
        ++Number;
        if (!Ref.Model->Arguments.empty() &&
            !llvm::is_contained(Ref.Model->Arguments, Number))
          continue;
        // Of operations that only follow a convention of naming, the last one
        // is what gets the result.
        if (!Known->ByPattern || Number == Arguments.size())
          given(U, Argument, displayCallee(Call, Callee));
      }
    }
    return;
  }
  if (!Callee->getPrimaryTemplate() || U.M.isLibraryCode(Callee))
    return;
  const FunctionDecl *Def = nullptr;
  if (!Callee->hasBody(Def) || isa<CXXConstructorDecl>(Callee))
    return;
  for (unsigned I = 0; I != Def->getNumParams() && I != Arguments.size(); ++I) {
    const QualType T = resultOfCalling(Arguments[I], U.M);
    if (lossOf(T, U) != Loss::None && callsAndDrops(Def, Def->getParamDecl(I)))
      given(U, Arguments[I], displayCallee(Call, Callee));
  }
}

void VoidCallbackCheck::given(Unit &U, const Expr *Argument,
                              const std::string &Dropper) {
  const QualType T = resultOfCalling(Argument, U.M);
  const Loss What = lossOf(T, U);
  if (What == Loss::None)
    return;
  const TaskType Type = U.C.taskType(T.getUnqualifiedType());
  const std::string TypeName = "'" + displayType(T, U.Ctx) + "'";
  Finding Found;
  Found.Message = "this callback returns a " + TypeName + ", and '" + Dropper +
                  "' drops what it returns: ";
  switch (What) {
  case Loss::NeverRuns:
    Found.Message += "the task is lazy, so nothing of it runs";
    break;
  case Loss::Cancelled:
    Found.Message += "the object owns the work, which is cancelled";
    break;
  case Loss::Outcome:
  case Loss::None:
    Found.Message += "nobody waits for the work, and what it throws is lost";
    break;
  }
  if (Type.Model.Model && !Type.Model.Model->Spawn.empty() &&
      What == Loss::NeverRuns)
    Found.Message += "; let the callback return nothing, and " +
                     Type.Model.Library.expand(Type.Model.Model->Spawn);
  else
    Found.Message += "; let the callback return nothing and start the task, or "
                     "give it to something that awaits what it returns";
  const Expr *At = withoutForwarding(Argument);
  Found.Loc = At->getBeginLoc();
  Found.Ranges.push_back(At->getSourceRange());
  report(Found);
}
