//===-- LambdaCapture.cpp - async-lambda-capture -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Fixes.h"
#include "core/Parameters.h"
#include "core/Walk.h"
#include "lifetime/Closures.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds lambdas that are coroutines and use what they have captured when they
/// have been destroyed.
class LambdaCaptureCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  /// A coroutine, and what it reads from its lambda too late.
  struct Body {
    const FunctionDecl *Function;
    Start When;
    std::vector<LateCapture> Late;
  };
  void lambda(Unit &U, Closures &C, const LambdaExpr *Lambda,
              const FunctionDecl *In, const Body &B);
};

const Register<LambdaCaptureCheck> R({
    .Name = "async-lambda-capture",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a lambda's captures are gone with the lambda, although its "
               "coroutine goes on",
});

} // namespace

void LambdaCaptureCheck::analyze(Unit &U) {
  llvm::DenseMap<const FunctionDecl *, Body> Bodies;
  for (const FunctionSummary &F : U.functions()) {
    const auto *Op = dyn_cast<CXXMethodDecl>(F.Function);
    if (!Op || !Op->getParent()->isLambda() ||
        Op->getParent()->captures().empty() || !coroutineBody(Op))
      continue;
    const QualType Result = Op->getReturnType();
    const Start When = F.Coro                        ? F.Coro->When
                       : U.C.isFireAndForget(Result) ? Start::Eager
                                                     : Start::Unknown;
    if (When == Start::Unknown ||
        (F.Coro && F.Coro->Kind != CoroutineKind::Task &&
         F.Coro->Kind != CoroutineKind::FireAndForget))
      continue;
    Body B{Op, When,
           lateCaptures(F, When,
                        Op->isDependentContext() ? nullptr : U.flow(Op), U.M)};
    if (!B.Late.empty())
      Bodies.try_emplace(Op->getCanonicalDecl(), std::move(B));
  }
  if (Bodies.empty())
    return;

  Closures C(U);
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Lambda = dyn_cast<LambdaExpr>(S);
      if (!Lambda)
        return true;
      auto Visit = [&](const FunctionDecl *Op) {
        if (auto Found = Bodies.find(Op->getCanonicalDecl());
            Found != Bodies.end())
          lambda(U, C, Lambda, F.Function, Found->second);
      };
      if (const CXXMethodDecl *Op = Lambda->getCallOperator())
        Visit(Op);
      if (const FunctionTemplateDecl *FTD = Lambda->getDependentCallOperator())
        for (const FunctionDecl *Spec : FTD->specializations())
          Visit(Spec);
      return true;
    });
}

/// As in "captures 'this' and 'name' are".
static std::string namesOf(llvm::ArrayRef<const LateCapture *> Late) {
  std::string Names = Late.size() == 1 ? "capture " : "captures ";
  for (size_t I = 0; I != Late.size(); ++I) {
    if (I)
      Names += I + 1 == Late.size() ? " and " : ", ";
    const ValueDecl *D = Late[I]->Variable;
    Names += "'" + (D ? D->getNameAsString() : std::string("this")) + "'";
  }
  return Names + (Late.size() == 1 ? " is" : " are");
}

/// Hints that make \p Lambda, which is called where it stands, a parameter of
/// its coroutine.
static llvm::SmallVector<FixItHint, 1> keepInFrame(const LambdaExpr *Lambda,
                                                   const ASTContext &Ctx) {
  const CXXMethodDecl *Op = Lambda->getCallOperator();
  if (!Ctx.getLangOpts().CPlusPlus23 || Lambda->isMutable() || Op->isStatic() ||
      Op->isExplicitObjectMemberFunction() ||
      Lambda->getBeginLoc().isMacroID() || Lambda->getEndLoc().isMacroID() ||
      !Lambda->hasExplicitParameters() || Op->isVariadic() ||
      Lambda->isGenericLambda())
    return {};
  const SourceManager &SM = Ctx.getSourceManager();
  const SourceLocation Open = Op->getFunctionTypeLoc().getLParenLoc();
  if (Open.isInvalid() || Open.isMacroID() || Op->isTemplateInstantiation())
    return {};
  // A copy has to be possible where the lambda is an lvalue, and here it is
  // none; but in a template it may be another lambda every time.
  for (const DeclContext *DC = Op->getParent()->getParent(); DC;
       DC = DC->getParent())
    if (const auto *Outer = dyn_cast<FunctionDecl>(DC);
        Outer && (Outer->isTemplateInstantiation() || Outer->isTemplated()))
      return {};
  return {FixItHint::CreateInsertion(
      Lexer::getLocForEndOfToken(Open, 0, SM, Ctx.getLangOpts()),
      Op->getNumParams() == 0 ? "this auto" : "this auto, ")};
}

void LambdaCaptureCheck::lambda(Unit &U, Closures &C, const LambdaExpr *Lambda,
                                const FunctionDecl *In, const Body &B) {
  std::optional<ClosureEnd> End =
      C.endOf(Lambda, In, B.Function->getReturnType(), B.When);
  if (!End)
    return;
  llvm::SmallVector<const LateCapture *, 4> Late;
  for (const LateCapture &Capture : B.Late)
    if (Capture.IsSuspended || !End->IsStarted)
      Late.push_back(&Capture);
  if (Late.empty())
    return;

  Finding Found;
  Found.Loc = Lambda->getBeginLoc();
  Found.Ranges.push_back(Lambda->getIntroducerRange());
  std::string Instead;
  if (U.Ctx.getLangOpts().CPlusPlus23 && !Lambda->isMutable())
    Instead = "make 'this auto' the first parameter, with which the coroutine "
              "keeps the lambda";
  else if (End->Call)
    Instead = "pass what it needs as arguments";
  else if (B.When == Start::Eager)
    Instead = "copy what it needs to local variables before the first "
              "suspension";
  else
    Instead = "call a coroutine that takes what it needs as parameters";
  Found.Message = namesOf(Late) + " used when the lambda is gone: " + End->How +
                  "; " + Instead;
  for (const LateCapture *Capture : Late)
    Found.Notes.push_back(
        {Capture->At->getExprLoc(),
         std::string("used here, ") + (Capture->IsSuspended
                                           ? "after a suspension"
                                           : "when the task is awaited")});
  if (End->At)
    Found.Notes.push_back({End->At->getExprLoc(), "the lambda dies here"});
  if (End->Call)
    llvm::append_range(Found.Fixes, keepInFrame(Lambda, U.Ctx));
  report(std::move(Found));
}
