//===-- CancellationNotChecked.cpp - async-cancellation-not-checked -------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Tokens.h"
#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds loops that go on when the coroutine has been told to stop: it has what
/// tells, as a parameter or as a member of its object, and never asks.
class CancellationNotCheckedCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  using Sources = llvm::MapVector<const FieldDecl *, const FunctionDecl *>;
  void ownSource(Unit &U, const FunctionSummary &F, const Sources &Requested);
  void parameter(Unit &U, const FunctionSummary &F, const ParmVarDecl *Token);
};

const Register<CancellationNotCheckedCheck> R({
    .Name = "async-cancellation-not-checked",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a loop that never asks whether to stop keeps its coroutine "
               "running through a shutdown",
});

} // namespace

/// Whether a value of type \p T may be what tells a loop to end, without any
/// library: a flag, a state.
static bool mayBeFlag(QualType T) {
  T = T.getNonReferenceType();
  if (T->isBooleanType() || T->isEnumeralType())
    return true;
  return isAtomic(T->getAsCXXRecordDecl());
}

/// Whether \p Loop may learn that it is time to stop: it mentions a token or a
/// flag, or calls something of the project that is not seen to mention none.
static bool mayLearn(const Stmt *Loop, Unit &U) {
  bool May = mentionsToken(Loop, U.M);
  walkBody(Loop, [&](const Stmt *S) {
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      May |= isa<FieldDecl>(Member->getMemberDecl()) &&
             mayBeFlag(Member->getType());
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
        May |= !Var->isLocalVarDecl() && mayBeFlag(Var->getType());
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (!Callee ||
          (!Callee->isInStdNamespace() && !U.M.isLibraryCode(Callee) &&
           !Callee->isOverloadedOperator())) {
        const FunctionDecl *Def = nullptr;
        if (!Callee || !Callee->hasBody(Def)) {
          // What gives no answer, and is not awaited, tells nothing.
          May |= !Callee || !Call->getType()->isVoidType();
        } else {
          May |= mentionsToken(Def->getBody(), U.M);
          May |= !coroutineBody(Def) && Call->getType()->isBooleanType();
        }
      }
    }
    return !May;
  });
  return May;
}

/// The await in \p Loop, and in no loop inside of it, of something that waits
/// for a time and can't be told to stop, or is not.
static const Expr *deafWait(const Stmt *Loop, Unit &U) {
  const Expr *Found = nullptr;
  walkBody(Loop, [&](const Stmt *S) {
    if (Found || (S != Loop && isLoop(S)))
      return false;
    const auto *Await = dyn_cast<CoroutineSuspendExpr>(S);
    const CallExpr *Call = Await ? awaitedCall(Await) : nullptr;
    const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
    if (Known && Known->Uncancellable.Model && !mentionsToken(Call, U.M))
      Found = Await;
    return true;
  });
  return Found;
}

/// The source that the condition of \p Loop asks; null when it asks none.
static const Expr *askedBy(const Stmt *Loop, Unit &U) {
  const auto Asked = askedIn(loopParts(Loop).Condition, U.M);
  return Asked.empty() ? nullptr : Asked.back();
}

/// Whether another check says that \p Wait could be given \p Token.
static bool isPassedOn(const Expr *Token, const Expr *Wait, Unit &U) {
  const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(Token));
  return Ref &&
         unusedTokenParameter(awaitedCall(Wait), recordOf(Ref->getType()), U.M);
}

/// The class whose object \p FD can tell to stop: its own, or that of the
/// member function that a lambda is in.
static const CXXRecordDecl *classAround(const FunctionDecl *FD) {
  while (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(FD)) {
    if (!Method->getParent()->isLambda())
      return Method->isStatic() ? nullptr : Method->getParent();
    FD = dyn_cast_or_null<FunctionDecl>(
        Method->getParent()->getParentFunctionOrMethod());
  }
  return nullptr;
}

/// Whether \p Await waits for a second or more, as far as is known: who waits
/// for less has not long to wait for it.
static bool isLong(const Expr *Await, ASTContext &Ctx) {
  const auto Arguments = writtenArguments(awaitedCall(Await));
  if (Arguments.empty())
    return true;
  const Expr *E = stripImplicit(Arguments.front());
  Expr::EvalResult Result;
  const auto *Duration =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(E->getType()));
  if (E->isValueDependent() || E->isGLValue() || !Duration ||
      Duration->getTemplateArgs().size() != 2 ||
      Duration->getTemplateArgs()[1].getKind() != TemplateArgument::Type ||
      !E->EvaluateAsConstantExpr(Result, Ctx) || !Result.Val.isStruct() ||
      Result.Val.getStructNumFields() != 1 ||
      !Result.Val.getStructField(0).isInt())
    return true;
  const auto *Ratio = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      recordOf(Duration->getTemplateArgs()[1].getAsType()));
  if (!Ratio || Ratio->getTemplateArgs().size() != 2)
    return true;
  const TemplateArgument &Num = Ratio->getTemplateArgs()[0],
                         &Den = Ratio->getTemplateArgs()[1];
  if (Num.getKind() != TemplateArgument::Integral ||
      Den.getKind() != TemplateArgument::Integral)
    return true;
  return Result.Val.getStructField(0).getInt().getExtValue() *
             double(Num.getAsIntegral().getExtValue()) >=
         double(Den.getAsIntegral().getExtValue());
}

void CancellationNotCheckedCheck::ownSource(Unit &U, const FunctionSummary &F,
                                            const Sources &Requested) {
  const CXXRecordDecl *Class = classAround(F.Function);
  const FieldDecl *Source = nullptr;
  const FunctionDecl *By = nullptr;
  for (const auto &[Field, Function] : Requested)
    if (Class && declaresSameEntity(cast<Decl>(Field->getParent()), Class))
      Source = Field, By = Function;
  walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
    if (!isLoop(S) || isa<CXXForRangeStmt>(S))
      return true;
    const Expr *Wait = deafWait(S, U);
    if (!Wait)
      return true;
    const ModelRef<UncancellableModel> &Known =
        U.M.function(awaitedCall(Wait))->Uncancellable;
    const std::string Instead = Known.Library.expand(Known.Model->Instead);
    if (mayLearn(S, U)) {
      // It asks, but only behind the wait.
      if (const Expr *Asked = askedBy(S, U))
        if (!Known.Library.Library->Cancellation->Exceptions.empty() &&
            isLong(Wait, U.Ctx) && !isPassedOn(Asked, Wait, U)) {
          const std::optional<AccessPath> Path = accessPath(Asked);
          Finding Found;
          Found.Loc = Wait->getExprLoc();
          Found.Message =
              "this wait goes on when '" +
              (Path ? Path->name() : std::string("the token")) +
              "' says that it is time to stop, and only then the loop asks; " +
              Instead;
          report(std::move(Found));
        }
      return true;
    }
    if (!Source)
      return true;
    Finding Found;
    Found.Loc = S->getBeginLoc();
    Found.Message = "this loop does not look at '" + Source->getNameAsString() +
                    "', and goes on when '" + displayName(By) +
                    "' says that it is time to stop; ask it in each round, "
                    "and " +
                    Instead;
    Found.Notes.push_back({Wait->getExprLoc(), "nothing ends this wait"});
    report(std::move(Found));
    return true;
  });
}

void CancellationNotCheckedCheck::parameter(Unit &U, const FunctionSummary &F,
                                            const ParmVarDecl *Token) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F.Function);
  // Others say what the function has to take.
  if ((Method && (Method->isVirtual() || Method->getParent()->isLambda())) ||
      Token->hasAttr<UnusedAttr>() ||
      F.Function->getTemplatedKind() ==
          FunctionDecl::TK_FunctionTemplateSpecialization)
    return;
  const BodyMap &Body = U.body(F.Function);
  SourceLocation LastAsked;
  for (const DeclRefExpr *Ref : Body.mentions(Token)) {
    const Stmt *S = Ref;
    while (
        isa_and_nonnull<ImplicitCastExpr, ParenExpr, MemberExpr, UnaryOperator>(
            Body.parent(S)))
      S = Body.parent(S);
    const auto *Call = dyn_cast_or_null<CallExpr>(Body.parent(S));
    if (!Call || !askedToken(Call, U.M))
      return;
    LastAsked = Call->getEndLoc();
  }
  const SourceManager &SM = U.Ctx.getSourceManager();
  bool Done = false;
  walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
    if (Done || !isLoop(S))
      return !Done;
    if (LastAsked.isValid() &&
        (isa<CXXForRangeStmt>(S) ||
         !SM.isBeforeInTranslationUnit(LastAsked, S->getBeginLoc())))
      return true;
    bool Suspends = false, Listens = mentionsToken(S, U.M);
    walkBody(S, [&](const Stmt *In) {
      if (isa<CoroutineSuspendExpr>(In) && U.C.maySuspend(cast<Expr>(In))) {
        Suspends = true;
        // Whoever could pass the token on is told so elsewhere.
        const CallExpr *Call = awaitedCall(cast<Expr>(In));
        Listens |=
            Call && unusedTokenParameter(Call, recordOf(Token->getType()), U.M);
      }
      return !Listens;
    });
    if (!Suspends || Listens)
      return true;
    Done = true;
    Finding Found;
    Found.Loc = S->getBeginLoc();
    Found.Message = "this loop goes on when '" + Token->getNameAsString() +
                    "' says that it is time to stop: nothing in it asks; ask "
                    "in each round, or pass it to what the loop awaits";
    Found.Notes.push_back(
        {Token->getLocation(), "given to the coroutine here"});
    report(std::move(Found));
    return false;
  });
}

void CancellationNotCheckedCheck::analyze(Unit &U) {
  Sources Requested;
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      if (const Expr *Source = Call ? requestedSource(Call, U.M) : nullptr)
        if (const auto *Field = dyn_cast_or_null<FieldDecl>(namedBy(Source)))
          Requested.insert({Field, F.Function});
      return true;
    });
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext() ||
        F.Coro->Kind == CoroutineKind::Generator)
      continue;
    ownSource(U, F, Requested);
    for (const ParmVarDecl *P : F.Function->parameters())
      if (!P->getName().empty() && tokenType(P->getType(), U.M))
        parameter(U, F, P);
  }
}
