//===-- CancellationNotForwarded.cpp - async-cancellation-not-forwarded ---===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Tokens.h"
#include "core/Check.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds awaited calls that could be told when to stop, in coroutines that have
/// been given what tells, and are not.
class CancellationNotForwardedCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void token(Unit &U, const FunctionSummary &F, const VarDecl *Token);
};

const Register<CancellationNotForwardedCheck> R({
    .Name = "async-cancellation-not-forwarded",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine that can be told to stop awaits what it does not "
               "pass that on to",
});

/// Whether the coroutine may have been told to stop, and is about to clean up.
class MayBeStopped final : public FlowProblem {
public:
  MayBeStopped(const VarDecl *Token, Models &M) : Token(Token), M(M) {}

  void transfer(const CFGElement &, llvm::BitVector &) override {}

  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override {
    if (const Expr *Asked = askedToken(Condition, M))
      if (namedBy(Asked) == Token)
        Facts[0] = Value;
  }

private:
  const VarDecl *Token;
  Models &M;
};

} // namespace

/// Whether \p Name says that the call ends something: that has to be done when
/// the coroutine is to stop, above all.
static bool isCleanup(const FunctionDecl *FD, Models &M) {
  if (!FD->getIdentifier())
    return true;
  const StringRef Name = FD->getName();
  return M.index().isEnderName(Name) ||
         llvm::any_of(M.index().libraries(), [&](const LibraryModel *L) {
           return llvm::is_contained(L->ClosedBy, Name);
         });
}

/// Whether the function gives \p Token to anything but what it awaits: that may
/// see to it that everything stops.
static bool isHandedOver(const VarDecl *Token, const FunctionSummary &F,
                         Unit &U) {
  const BodyMap &Body = U.body(F.Function);
  for (const DeclRefExpr *Ref : Body.mentions(Token)) {
    const Stmt *S = Ref;
    const Stmt *Parent = Body.parent(S);
    while (
        isa_and_nonnull<ImplicitCastExpr, ParenExpr, FullExpr,
                        MaterializeTemporaryExpr, CXXBindTemporaryExpr,
                        MemberExpr, CXXConstructExpr, UnaryOperator>(Parent)) {
      S = Parent;
      Parent = Body.parent(S);
    }
    if (const auto *Call = dyn_cast_or_null<CallExpr>(Parent);
        Call && askedToken(Call, U.M))
      continue;
    const auto *Call = dyn_cast_or_null<CallExpr>(Parent);
    if (!Body.awaitAround(Ref) &&
        !(Call && !F.Coro && U.C.taskType(Call->getType())))
      return true;
  }
  return false;
}

/// Whether \p Var has been declared, and can be named, where \p E stands.
static bool isInScope(const VarDecl *Var, const Expr *E, const BodyMap &Body) {
  const Stmt *Scope = Body.scope(Var);
  for (const Stmt *S = E; S; S = Body.parent(S))
    if (S == Scope)
      return Var->getASTContext().getSourceManager().isBeforeInTranslationUnit(
          Var->getLocation(), E->getBeginLoc());
  return false;
}

void CancellationNotForwardedCheck::token(Unit &U, const FunctionSummary &F,
                                          const VarDecl *Token) {
  const CXXRecordDecl *Class = recordOf(Token->getType());
  struct Place {
    const CallExpr *Call;
    TokenParameter To;
  };
  llvm::SmallVector<Place, 4> Places;
  auto Add = [&](const CallExpr *Call) {
    if (!Call->getDirectCallee() || mentionsToken(Call, U.M) ||
        isCleanup(Call->getDirectCallee(), U.M) ||
        // A variable has to be there.
        (!isa<ParmVarDecl>(Token) &&
         !isInScope(Token, Call, U.body(F.Function))))
      return;
    if (std::optional<TokenParameter> To =
            unusedTokenParameter(Call, Class, U.M))
      Places.push_back({Call, *To});
  };
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!F.Coro) {
      // What it returns, it has somebody else await.
      if (Call && U.C.taskType(Call->getType())) {
        const Stmt *Whole = Call;
        while (isa_and_nonnull<Expr>(U.body(F.Function).parent(Whole)))
          Whole = U.body(F.Function).parent(Whole);
        if (!mentionsToken(Whole, U.M))
          Add(Call);
      }
      return true;
    }
    const auto *Await = dyn_cast<CoroutineSuspendExpr>(S);
    if (!Await || !U.C.maySuspend(Await))
      return true;
    const CallExpr *Awaited = awaitedCall(Await);
    if (Awaited)
      Add(Awaited);
    // Work that is given to what is awaited, unless that gets the token.
    if (!mentionsToken(Await->getOperand(), U.M))
      walkBody(Await->getOperand(), [&](const Stmt *In) {
        const auto *Inner = dyn_cast<CallExpr>(In);
        if (Inner && Inner != Awaited && U.C.taskType(Inner->getType()))
          Add(Inner);
        return !isa<CoroutineSuspendExpr>(In);
      });
    return true;
  });
  if (Places.empty() || isHandedOver(Token, F, U))
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  MayBeStopped Problem(Token, U.M);
  llvm::SmallPtrSet<const Stmt *, 4> WhileStopped, Reached;
  auto Solution = Flow->solve(Problem, llvm::BitVector(1));
  Solution.forEach(
      [&](const CFGElement &Element, const llvm::BitVector &Facts) {
        if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>()) {
          Reached.insert(S->getStmt());
          if (Facts.test(0))
            WhileStopped.insert(S->getStmt());
        }
      });
  // Behind a handler of what the token made fail, too.
  SourceLocation FirstHandler;
  walkFunction(F.Function, [&](const Stmt *S) {
    if (const auto *Try = dyn_cast<CXXTryStmt>(S);
        Try && FirstHandler.isInvalid() &&
        mentionsToken(Try->getTryBlock(), U.M))
      FirstHandler = Try->getHandler(0)->getBeginLoc();
    return true;
  });
  const SourceManager &SM = U.Ctx.getSourceManager();
  for (const auto &[Call, To] : Places) {
    if (!Reached.contains(Call) || WhileStopped.contains(Call) ||
        (FirstHandler.isValid() &&
         SM.isBeforeInTranslationUnit(FirstHandler, Call->getBeginLoc())))
      continue;
    const std::string Name = Token->getNameAsString();
    Finding Found;
    Found.Loc = Call->getExprLoc();
    Found.Ranges.push_back(Call->getSourceRange());
    Found.Message = "'" + displayCallee(Call, Call->getDirectCallee()) +
                    "' is not told to stop when '" + Name + "' is: " +
                    (To.IsOverload ? "another overload takes it"
                     : To.Option   ? "its options have a '" +
                                         To.Option->getNameAsString() + "'"
                                   : "it has a parameter for that") +
                    "; pass '" + Name + "' on";
    const NamedDecl *Into = To.Option;
    if (!Into)
      Into = To.Parameter;
    if (!U.M.isLibraryCode(Into))
      Found.Notes.push_back({Into->getLocation(), "it would be passed here"});
    // A token that is moved from, or one that is only lent, may not fit.
    const QualType From = Token->getType(), Type = To.Parameter->getType();
    const bool Fits = From->isPointerType() == Type->isPointerType() &&
                      !Type->isRValueReferenceType() &&
                      !(Type->isLValueReferenceType() &&
                        !Type.getNonReferenceType().isConstQualified() &&
                        From.getNonReferenceType().isConstQualified());
    if (Fits && To.IsNext && !To.Option && !Name.empty() &&
        Call->getRParenLoc().isValid() && !Call->getRParenLoc().isMacroID() &&
        !Call->getBeginLoc().isMacroID())
      Found.Fixes.push_back(FixItHint::CreateInsertion(
          Call->getRParenLoc(),
          (writtenArguments(Call).empty() ? "" : ", ") + Name));
    report(std::move(Found));
  }
}

void CancellationNotForwardedCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (F.Function->isDependentContext() ||
        (F.Coro ? !F.Suspends
                : U.C.taskType(F.Function->getReturnType()).Kind !=
                      TaskType::Task))
      continue;
    for (const ParmVarDecl *P : F.Function->parameters())
      if (!P->getName().empty() && tokenType(P->getType(), U.M))
        token(U, F, P);
    // Of its own, one that somebody else tells. A source of its own may be for
    // one thing only.
    for (const VarDecl *Var : U.body(F.Function).variables())
      if (const TypeModel *Known = U.M.type(Var->getType());
          Known && Known->CancellationToken && !Known->CancellationSource &&
          Var->hasLocalStorage() && Var->getInit() && !Var->getName().empty())
        token(U, F, Var);
  }
}
