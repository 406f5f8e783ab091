//===-- RedundantCoroutine.cpp - async-redundant-coroutine ----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds coroutines that do nothing but to await another one.
class RedundantCoroutineCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<RedundantCoroutineCheck> R({
    .Name = "async-redundant-coroutine",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // stack traces may be worth the frame
    .Since = "0.1",
    .Summary = "a coroutine that only awaits another one is a frame, and a "
               "resumption, more",
});

} // namespace

/// The call that \p FD does nothing with but to await it, and the statement.
static std::pair<const CallExpr *, const Stmt *>
onlyAwaits(const FunctionDecl *FD) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(coroutineBody(FD));
  const Stmt *Only =
      Block && Block->size() == 1 ? Block->body_front() : nullptr;
  const Expr *Value = nullptr;
  if (const auto *Return = dyn_cast_or_null<CoreturnStmt>(Only))
    Value = Return->getOperand();
  else
    Value = dyn_cast_or_null<Expr>(Only);
  const auto *Await =
      Value ? dyn_cast<CoawaitExpr>(stripImplicit(Value)) : nullptr;
  if (!Await)
    return {};
  return {awaitedCall(Await), Only};
}

/// Whether \p E mentions a parameter of \p FD that dies with its frame.
static bool mentionsOwn(const Expr *E, const FunctionDecl *FD) {
  bool Found = false;
  walkBody(E, [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *Param = dyn_cast<ParmVarDecl>(Ref->getDecl()))
        Found |= Param->getDeclContext() == FD &&
                 !Param->getType()->isReferenceType() &&
                 !Param->getType()->isPointerType();
    return !Found;
  });
  return Found;
}

/// Whether \p E makes an object that dies with the full-expression.
static bool hasTemporary(const Expr *E) {
  bool Found = false;
  walkBody(E, [&](const Stmt *S) {
    Found |= isa<MaterializeTemporaryExpr>(S);
    return !Found;
  });
  return Found;
}

void RedundantCoroutineCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const FunctionDecl *FD = F.Function;
    const auto *MD = dyn_cast<CXXMethodDecl>(FD);
    if (!F.Coro || F.Coro->Kind != CoroutineKind::Task ||
        FD->isDependentContext() || FD->isTemplateInstantiation() ||
        (MD && MD->getParent()->isLambda()) || F.Coro->When != Start::Lazy)
      continue;
    const auto [Call, Only] = onlyAwaits(FD);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee || Only->getBeginLoc().isMacroID() ||
        !U.Ctx.hasSameUnqualifiedType(Call->getType(), FD->getReturnType()))
      continue;
    // The work must not refer to what dies when this function returns: its
    // parameters, temporaries, and the objects of calls on them.
    bool IsSafe = true, IsPlain = true;
    unsigned Number = 0;
    for (const Expr *A : writtenArguments(Call)) {
      const QualType T = Number < Callee->getNumParams()
                             ? Callee->getParamDecl(Number)->getType()
                             : A->getType();
      ++Number;
      const bool Refers =
          T->isReferenceType() || T->isPointerType() || isReferenceLike(T, U.M);
      if (Refers &&
          (mentionsOwn(A, FD) || hasTemporary(A) ||
           !isa<DeclRefExpr, MemberExpr, CXXThisExpr>(stripImplicit(A))))
        IsSafe = false;
      // A lambda's captures die with it. A call is made when the task starts,
      // and not when it is made.
      walkBody(A, [&](const Stmt *S) {
        const auto *Inner = dyn_cast<CallExpr>(S);
        IsSafe &= !isa<LambdaExpr>(S) && (!Inner || Inner->isCallToStdMove());
        IsPlain &= !isa<MemberExpr>(S);
        return IsSafe;
      });
    }
    if (const Expr *Object = objectOf(Call))
      IsSafe &=
          !mentionsOwn(Object, FD) && !isa<CallExpr>(stripImplicit(Object));
    if (!IsSafe)
      continue;
    Finding Found;
    Found.Loc = FD->getLocation();
    Found.Message = "'" + displayName(FD) + "' only awaits '" +
                    displayCallee(Call, Callee) +
                    "', and has a frame of its own for that; return its task";
    Found.Notes.push_back({Call->getExprLoc(), "awaited here"});
    const SourceLocation Begin = Only->getBeginLoc();
    // A member may change until the task starts.
    if (IsPlain && Begin.isFileID() && Call->getBeginLoc().isFileID())
      Found.Fixes.push_back(FixItHint::CreateReplacement(
          CharSourceRange::getCharRange(Begin, Call->getBeginLoc()),
          "return "));
    report(std::move(Found));
  }
}
