//===-- IgnoredFailure.cpp - async-ignored-failure --------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "core/Walk.h"
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
  void leavesOut(const ParmVarDecl *P, const Expr *Throws);
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
    walkFunction(F.Function, [&](const Stmt *S) {
      if (isa<CallExpr>(S))
        continuation(U, cast<Expr>(S));
      if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S))
        loop(U, U.body(F.Function), Loop);
      return true;
    });
  }
}

/// The call at \p Ref that takes the result of a future, where nothing of
/// continuation \p FD runs when that has failed: nothing runs before, and what
/// stands behind does not run. Null where that is not so.
static const Expr *throwsFirst(const DeclRefExpr *Ref, const FunctionDecl *FD,
                               const BodyMap &Body, Unit &U) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(FD->getBody());
  if (!Block || Ref->getBeginLoc().isMacroID())
    return nullptr;
  const auto *Member = dyn_cast_or_null<MemberExpr>(Body.parent(Ref));
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(
      Member ? Body.parent(Member) : nullptr);
  const CXXMethodDecl *MD = Call ? Call->getMethodDecl() : nullptr;
  const auto *Prototype =
      MD ? MD->getType()->getAs<FunctionProtoType>() : nullptr;
  if (!Prototype ||
      isUnresolvedExceptionSpec(Prototype->getExceptionSpecType()) ||
      Prototype->isNothrow() || U.C.taskType(Call->getType()))
    return nullptr;
  bool IsTaken = false;
  if (const TaskType Type = U.C.taskType(
          Ref->getType().getNonReferenceType().getUnqualifiedType());
      Type.Model.Model)
    IsTaken =
        llvm::any_of(Type.Model.Model->ConsumedBy, [&](llvm::StringRef Name) {
          return lastComponent(Name) == MD->getDeclName().getAsString();
        });
  const Stmt *Within = Call;
  while (Within && Body.parent(Within) != Block) {
    if (isa<CXXTryStmt, LambdaExpr>(Within))
      return nullptr;
    Within = Body.parent(Within);
  }
  // A condition or a loop tells that something is told apart.
  if (!IsTaken || !Within || !(isa<Expr, DeclStmt>(Within)))
    return nullptr;
  auto At = llvm::find(Block->body(), Within);
  if (llvm::any_of(llvm::make_range(Block->body_begin(), At),
                   [](const Stmt *S) { return !isa<DeclStmt>(S); }))
    return nullptr;
  const bool LeavesOut = llvm::any_of(
      llvm::make_range(std::next(At), Block->body_end()), [](const Stmt *S) {
        const auto *E = dyn_cast<Expr>(S);
        return E && isa<CXXMemberCallExpr>(stripImplicit(E));
      });
  return LeavesOut ? Call : nullptr;
}

void IgnoredFailureCheck::leavesOut(const ParmVarDecl *P, const Expr *Throws) {
  Finding Found;
  Found.Loc = Throws->getExprLoc();
  Found.Message = "when '" + P->getNameAsString() +
                  "' has failed, this throws, and nothing of the continuation "
                  "is done, which is called for failures, too; look whether "
                  "it failed first";
  Found.Ranges.push_back(Throws->getSourceRange());
  report(Found);
}

static bool endsByThrowing(const FunctionDecl *FD) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(FD->getBody());
  const auto *Last = Block && !Block->body_empty()
                         ? dyn_cast<Expr>(Block->body_back())
                         : nullptr;
  return Last && isa<CXXThrowExpr>(stripImplicit(Last));
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
      const BodyMap &Inner = U.body(FD);
      const llvm::ArrayRef<const DeclRefExpr *> Mentions = Inner.mentions(P);
      if (Mentions.size() == 1)
        if (const Expr *Throws = throwsFirst(Mentions.front(), FD, Inner, U))
          leavesOut(P, Throws);
      // Another error is in the place of the one that is lost.
      if (!Mentions.empty() || endsByThrowing(FD))
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
