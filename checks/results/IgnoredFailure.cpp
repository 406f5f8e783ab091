//===-- IgnoredFailure.cpp - async-ignored-failure --------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "results/LocalTasks.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds futures that have ended, and are dropped with the error in them.
class IgnoredFailureCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void continuation(Unit &U, const Expr *Call);
  void loop(Unit &U, const BodyMap &Body, const CXXForRangeStmt *Loop);
};

const Register<IgnoredFailureCheck> R({
    .Name = "async-ignored-failure",
    .Group = "results",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a future that has failed and is dropped takes its error along",
});

} // namespace

/// Whether an error in an object of this type is lost when it is dropped, and
/// its library says how to take the error out.
static bool hidesErrors(const TaskType &Type) {
  const TaskModel *Model = Type.Model.Model;
  return Type.Kind == TaskType::Task && Model &&
         Model->WhenDropped == Dropped::Detaches && !Model->Discardable &&
         !Model->AwaitedAgain && !Model->ConsumedBy.empty();
}

void IgnoredFailureCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    std::optional<BodyMap> Body;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (isa<CallExpr>(S))
        continuation(U, cast<Expr>(S));
      if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S)) {
        if (!Body)
          Body.emplace(F.Function);
        loop(U, *Body, Loop);
      }
      return true;
    });
  }
}

void IgnoredFailureCheck::continuation(Unit &U, const Expr *Call) {
  const FunctionModel *Known = U.M.function(Call);
  if (!Known || Known->Callables.empty())
    return;
  for (const Expr *Argument : writtenArguments(Call)) {
    if (!isa<LambdaExpr>(stripImplicit(Argument)))
      continue;
    const FunctionDecl *FD = callableOf(Argument);
    if (!FD || !FD->hasBody() || FD->isDependentContext())
      continue;
    for (const ParmVarDecl *P : FD->parameters()) {
      const QualType T = P->getType().getNonReferenceType();
      if (P->getType()->isLValueReferenceType() || P->hasAttr<UnusedAttr>() ||
          !hidesErrors(U.C.taskType(T)))
        continue;
      const BodyMap Inner(FD);
      if (llvm::any_of(Inner.mentions(), [&](const DeclRefExpr *Ref) {
            return Ref->getDecl() == P;
          }))
        continue;
      Finding Found;
      Found.Loc = P->getLocation();
      Found.Message = P->getName().empty() ? "this future"
                                           : "'" + P->getNameAsString() + "'";
      Found.Message += " is never looked at, so an error in it is lost; look "
                       "whether it failed, or take the error out of it";
      Found.Ranges.push_back(P->getSourceRange());
      report(Found);
    }
  }
}

void IgnoredFailureCheck::loop(Unit &U, const BodyMap &Body,
                               const CXXForRangeStmt *Loop) {
  const VarDecl *Each = Loop->getLoopVariable();
  if (!Each)
    return;
  const TaskType Type =
      U.C.taskType(Each->getType().getNonReferenceType().getUnqualifiedType());
  if (!hidesErrors(Type))
    return;
  // What has been awaited together, and has ended.
  const Expr *Range = stripImplicit(Loop->getRangeInit());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Range))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      if (Var->hasLocalStorage() && Var->getInit())
        Range = stripImplicit(Var->getInit());
  if (!isa<CoawaitExpr>(Range))
    return;
  const Expr *Throws = nullptr;
  for (const DeclRefExpr *Ref : Body.mentions()) {
    if (Ref->getDecl() != Each)
      continue;
    const Mention M = classify(Ref, Body, Type.Model);
    const auto *Call = dyn_cast<CXXMemberCallExpr>(M.By);
    const auto *Prototype =
        Call && Call->getMethodDecl()
            ? Call->getMethodDecl()->getType()->getAs<FunctionProtoType>()
            : nullptr;
    if (M.How != Use::Taken || !Prototype || Prototype->isNothrow())
      return;
    for (const Stmt *S = Ref; S && S != Loop; S = Body.parent(S))
      if (isa<CXXTryStmt>(S))
        return;
    if (!Throws)
      Throws = Ref;
  }
  if (!Throws)
    return;
  Finding Found;
  Found.Loc = Throws->getExprLoc();
  Found.Message =
      "when '" + Each->getNameAsString() +
      "' has failed, this throws, and errors in the futures behind it are "
      "lost; catch it in the loop, or look whether it failed";
  Found.Ranges.push_back(Throws->getSourceRange());
  report(Found);
}
