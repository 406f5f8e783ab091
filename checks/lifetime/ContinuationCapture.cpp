//===-- ContinuationCapture.cpp - async-continuation-capture -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds callbacks that refer to local variables of a function which does not
/// wait for them.
class ContinuationCaptureCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void given(Unit &U, const FunctionSummary &F, const Expr *Call,
             ModelRef<CallableModel> Ref, const LambdaExpr *Lambda);
};

const Register<ContinuationCaptureCheck> R({
    .Name = "async-continuation-capture",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a callback that refers to a local variable runs when that is "
               "gone",
});

} // namespace

void ContinuationCaptureCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (!Known)
        return true;
      for (const ModelRef<CallableModel> &Ref : Known->Callables) {
        if (Ref.Model->How == Runs::Here)
          continue;
        unsigned Number = 0;
        for (const Expr *Argument : writtenArguments(Call))
          if (++Number; Ref.Model->Arguments.empty() ||
                        llvm::is_contained(Ref.Model->Arguments, Number))
            if (const LambdaExpr *Lambda = lambdaIn(Argument, U.M))
              given(U, F, Call, Ref, Lambda);
      }
      return true;
    });
}

/// Whether \p E is part of a local variable, which the callback may depend on:
/// when that is destroyed, the callback has run, or never will.
static bool isOfLocal(const Expr *E) {
  while (E) {
    E = stripImplicit(E);
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      E = Member->getBase();
    else if (isa<CXXMemberCallExpr>(E))
      E = objectOf(E);
    else if (const auto *Op = dyn_cast<UnaryOperator>(E))
      E = Op->getSubExpr();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      E = Op->getNumArgs() ? Op->getArg(0) : nullptr;
    else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      return Var && Var->hasLocalStorage() &&
             !Var->getType()->isReferenceType() &&
             !Var->getType()->isPointerType();
    }
  }
  return false;
}

/// Whether \p FD has a variable, other than \p Captured, whose destructor may
/// wait for something.
static bool
mayWaitAtEnd(const FunctionDecl *FD,
             const llvm::SmallPtrSetImpl<const VarDecl *> &Captured) {
  bool May = false;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D);
            Var && !Captured.contains(Var))
          if (const CXXRecordDecl *RD =
                  definitionOf(Var->getType()->getAsCXXRecordDecl()))
            May |= !RD->isLambda() && RD->hasNonTrivialDestructor() &&
                   (!RD->isInStdNamespace() || RD->getName() == "jthread" ||
                    RD->getName() == "future");
    return !May;
  });
  return May;
}

/// Whether \p FD does something with what is not its own after \p Call: it may
/// wait there for what is stored in it.
static bool usesOthersAfter(const FunctionDecl *FD, const Expr *Call,
                            const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  const SourceLocation End = SM.getExpansionLoc(Call->getEndLoc());
  bool Uses = false;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if ((isa<CXXThisExpr>(S) || (Var && !Var->hasLocalStorage())) &&
        SM.isBeforeInTranslationUnit(End, SM.getExpansionLoc(S->getBeginLoc())))
      Uses = true;
    return !Uses;
  });
  return Uses;
}

void ContinuationCaptureCheck::given(Unit &U, const FunctionSummary &F,
                                     const Expr *Call,
                                     ModelRef<CallableModel> Ref,
                                     const LambdaExpr *Lambda) {
  // What a coroutine reads from a lambda that is gone is another check's.
  if (const CXXMethodDecl *Op = Lambda->getCallOperator();
      Op && coroutineBody(Op) && Ref.Model->Closure == Callable::Dropped)
    return;
  llvm::SmallVector<const LambdaCapture *, 4> Bad;
  llvm::SmallPtrSet<const VarDecl *, 4> Captured;
  for (const LambdaCapture &Capture : Lambda->captures()) {
    const auto *Var = Capture.capturesVariable()
                          ? dyn_cast<VarDecl>(Capture.getCapturedVar())
                          : nullptr;
    if (!Var)
      continue;
    if (!Var->isInitCapture())
      Captured.insert(Var);
    if (Capture.getCaptureKind() == LCK_ByRef && !Var->isInitCapture() &&
        Var->hasLocalStorage() && !Var->getType()->isReferenceType() &&
        Var->getDeclContext() == F.Function)
      Bad.push_back(&Capture);
  }
  if (Bad.empty())
    return;

  const bool IsCoroutine = coroutineBody(F.Function);
  const std::optional<Escape> Found = escapeOf(Call, U, F.Function);
  std::string How;
  if (Found && Found->How == Escape::Returned) {
    if (IsCoroutine)
      return;
    How = "the task is returned";
  } else if (Found && Found->OutlivesFunction &&
             Found->How != Escape::Dropped) {
    if (IsCoroutine ? usesOthersAfter(F.Function, Call, U.Ctx)
                    : !isLastCall(F.Function, Call, U.Ctx))
      return;
    How = "'" + displayName(F.Function) + "' does not wait for it";
  } else if (!IsCoroutine && ((Found && Found->How == Escape::Dropped) ||
                              Call->getType()->isVoidType())) {
    auto IsLocal = [&](const Expr *E) {
      return !lambdaIn(E, U.M) && isOfLocal(E);
    };
    if (!isLastCall(F.Function, Call, U.Ctx) ||
        (objectOf(Call) && IsLocal(objectOf(Call))) ||
        llvm::any_of(writtenArguments(Call), IsLocal) ||
        mayWaitAtEnd(F.Function, Captured))
      return;
    How = "'" + displayName(F.Function) + "' does not wait for it";
  } else {
    return;
  }

  for (const LambdaCapture *Capture : Bad) {
    Finding Report;
    Report.Loc = Capture->getLocation();
    if (Report.Loc.isInvalid())
      Report.Loc = Lambda->getBeginLoc();
    Report.Message = "'" + Capture->getCapturedVar()->getNameAsString() +
                     "' is gone when this " + Ref.Model->As +
                     " refers to it: " + How +
                     "; capture a copy, or move it into the lambda";
    Report.Notes.push_back(
        {Capture->getCapturedVar()->getLocation(),
         "it dies when '" + displayName(F.Function) + "' returns"});
    report(std::move(Report));
  }
}
