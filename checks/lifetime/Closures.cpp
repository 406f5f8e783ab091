//===-- Closures.cpp - How lambdas die -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/Closures.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/Builtins.h"

using namespace clang;
using namespace async_tidy;

static constexpr unsigned MaxDepth = 6;

std::optional<ClosureEnd> Closures::endOf(const LambdaExpr *Lambda,
                                          const FunctionDecl *In, QualType T,
                                          Start How) {
  Task = T;
  When = How;
  Result Found = follow(Lambda, {In, Holder::Temporary, nullptr, nullptr, 0});
  if (Found.What != Result::Dies)
    return std::nullopt;
  return std::move(Found.End);
}

Closures::Result Closures::dies(std::string How, bool IsStarted,
                                const Expr *Where) {
  Result Found;
  Found.What = Result::Dies;
  Found.End = {std::move(How), IsStarted, nullptr, Where};
  return Found;
}

/// Whether \p E is std::move or std::forward.
static bool isMove(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || Call->getNumArgs() != 1)
    return false;
  const unsigned ID = Callee->getBuiltinID();
  return ID == Builtin::BImove || ID == Builtin::BIforward;
}

Closures::Result Closures::follow(const Expr *E, const Position &At) {
  const BodyMap &Around = U.body(At.In);
  const Expr *Now = E;
  LibraryRef Delegate;
  auto Ends = [&]() -> Result {
    if (!Delegate || When != Start::Eager)
      return {};
    return dies("the lambda dies with the handler, which can be taken back at "
                "any time",
                true, nullptr);
  };
  for (;;) {
    const Stmt *Parent = Around.parent(Now);
    const auto *P = dyn_cast_or_null<Expr>(Parent);
    if (!P) {
      if (isa_and_nonnull<ReturnStmt>(Parent) && !Delegate)
        return returned(At);
      const auto *Declares = dyn_cast_or_null<DeclStmt>(Parent);
      if (!Declares || At.Depth >= MaxDepth || Delegate)
        return Ends();
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D);
            Var && Var->getInit() == Now && Var->hasLocalStorage() &&
            !Var->getType()->isReferenceType())
          return variable(
              Var, {At.In, Holder::Variable, nullptr, nullptr, At.Depth + 1});
      return {};
    }
    if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
            CastExpr>(P)) {
      Now = P;
      continue;
    }
    if (const auto *Lambda = dyn_cast<LambdaExpr>(P))
      return captured(Lambda, Now, At);
    if (const auto *Call = dyn_cast<CallExpr>(P); Call && isMove(Call)) {
      Now = P;
      continue;
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(P);
        Op && Op->getOperator() == OO_Call && Op->getArg(0) == Now) {
      Result Found = lent(Op, At);
      if (Found.What == Result::Dies && !Found.End.Call &&
          At.By == Holder::Temporary)
        Found.End.Call = Op;
      return Found;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(P)) {
      const TypeModel *Known = U.M.type(Construct->getType());
      const bool IsDelegate = Known && Known->Delegate;
      const CXXConstructorDecl *Ctor = Construct->getConstructor();
      if (IsDelegate || isFunctionHolder(Construct->getType()) ||
          Ctor->isCopyOrMoveConstructor()) {
        if (IsDelegate)
          Delegate = Known->Delegate;
        Now = P;
        continue;
      }
    }
    if (!isa<CallExpr, CXXConstructExpr>(P))
      return Ends();
    bool GoesOn = false;
    Result Found = given(P, argumentNumber(Now, P), At, GoesOn);
    if (GoesOn) {
      Now = P;
      continue;
    }
    return Found.What == Result::Unknown ? Ends() : Found;
  }
}

/// The function returns the lambda: looks at what its callers do with that.
Closures::Result Closures::returned(const Position &At) {
  if (At.Depth >= MaxDepth || At.By == Holder::Reference)
    return {};
  const FunctionDecl *FD = At.In->getCanonicalDecl();
  for (const FunctionSummary &F : U.functions())
    for (const CallSite &Site : F.Calls) {
      if (Site.IsVirtual || Site.Callee->getCanonicalDecl() != FD)
        continue;
      Result Found = follow(Site.Call, {F.Function, Holder::Temporary, nullptr,
                                        nullptr, At.Depth + 1});
      if (Found.What != Result::Dies)
        continue;
      // It is not called where it is written.
      if (!Found.End.At)
        Found.End.At = Site.Call;
      Found.End.Call = nullptr;
      return Found;
    }
  return {};
}

/// Whether the local variable that is called at \p Call dies before the one
/// that \p Kept says the task is in, which nobody looks at until then.
static bool diesFirst(const Expr *Call, const Escape &Kept,
                      const BodyMap &Body) {
  auto Local = [](const ValueDecl *D) {
    const auto *Var = dyn_cast_or_null<VarDecl>(D);
    return Var && Var->hasLocalStorage() && !Var->getType()->isReferenceType()
               ? Var
               : nullptr;
  };
  const Expr *Object = objectOf(Call);
  const VarDecl *Lambda = Object ? Local(namedBy(Object)) : nullptr;
  const VarDecl *Task = Kept.Place ? Local(namedBy(Kept.Place)) : nullptr;
  const Stmt *Block = Lambda ? Body.scope(Lambda) : nullptr;
  if (!Block || !Task || Kept.How != Escape::Stored)
    return false;
  const Stmt *Around = Body.scope(Task);
  if (Around && (Around == Block || !Body.isWithin(Block, Around)))
    return false;
  bool IsUsedLater = false;
  for (const DeclRefExpr *Ref : Body.mentions(Task)) {
    if (Body.isWithin(Ref, Kept.By))
      continue;
    if (Body.isWithin(Ref, Block))
      return false;
    IsUsedLater |= Ref->getBeginLoc() > Block->getEndLoc();
  }
  return IsUsedLater;
}

/// The lambda is called at \p Call, or by what is called there, and that is
/// over when the call is.
Closures::Result Closures::lent(const Expr *Call, const Position &At) {
  std::optional<Escape> Found;
  if (Call->getType()->isVoidType() && U.C.isFireAndForget(Task))
    Found = Escape{Escape::Dropped, "nobody waits for the task",
                   /*IsStarted=*/true, /*OutlivesFunction=*/true};
  else
    Found = escapeOf(Call, U, At.In);
  if (!Found)
    return {};
  const bool IsReturned = Found->How == Escape::Returned;
  const bool IsDetached = Found->How == Escape::Dropped;
  const bool IsStarted = Found->IsStarted || When == Start::Eager;
  const bool IsCoroutine = coroutineBody(At.In);
  switch (At.By) {
  case Holder::Temporary:
    return dies(Found->Text + ", and the lambda dies at the end of this "
                              "statement",
                IsStarted, nullptr);
  case Holder::Variable:
    if (diesFirst(Call, *Found, U.body(At.In)))
      return dies(Found->Text + ", and the lambda dies at the end of its block",
                  IsStarted, nullptr);
    // A function that goes on may wait for the task in some other way.
    if (!IsReturned && (!Found->OutlivesFunction || IsCoroutine ||
                        !isLastCall(At.In, Call, U.Ctx)))
      return {};
    return dies(Found->Text + ", and the lambda dies with '" +
                    displayName(At.In) + "'",
                IsStarted, Call);
  case Holder::Reference: {
    // Somebody who starts it and waits for it otherwise is no surprise.
    if (IsCoroutine ||
        !(IsReturned || (IsDetached && isLastCall(At.In, Call, U.Ctx))))
      return {};
    Result Lent;
    Lent.What = IsDetached ? Result::Detached : Result::Borrowed;
    Lent.End.At = Call;
    return Lent;
  }
  case Holder::Capture: {
    if (IsCoroutine || !(IsReturned || IsDetached) || At.Depth >= MaxDepth)
      return {};
    Position Outside = *At.OuterAt;
    Outside.Depth = At.Depth + 1;
    return follow(At.Outer, Outside);
  }
  }
  return {};
}

/// Initializer \p Init of a capture of lambda \p By holds it now.
Closures::Result Closures::captured(const LambdaExpr *By, const Expr *Init,
                                    const Position &At) {
  if (At.Depth >= MaxDepth)
    return {};
  for (const auto &[Capture, Value] :
       llvm::zip(By->captures(), By->capture_inits())) {
    if (Value != Init || !Capture.capturesVariable() ||
        Capture.getCaptureKind() != LCK_ByCopy)
      continue;
    const ValueDecl *Var = Capture.getCapturedVar();
    if (Var->getType()->isReferenceType() && isa<VarDecl>(Var) &&
        cast<VarDecl>(Var)->isInitCapture())
      return {};
    llvm::SmallVector<const FunctionDecl *, 2> Bodies;
    if (const FunctionTemplateDecl *FTD = By->getDependentCallOperator())
      for (const FunctionDecl *Spec : FTD->specializations())
        Bodies.push_back(Spec);
    else if (const CXXMethodDecl *Op = By->getCallOperator())
      Bodies.push_back(Op);
    for (const FunctionDecl *Body : Bodies)
      if (Body->hasBody())
        if (Result Found =
                variable(Var, {Body, Holder::Capture, By, &At, At.Depth + 1});
            Found.What != Result::Unknown)
          return Found;
  }
  return {};
}

/// The lambda is in \p Var: looks at what the function does with that.
Closures::Result Closures::variable(const ValueDecl *Var, const Position &At) {
  llvm::SmallVector<const DeclRefExpr *, 4> Mentions;
  walkFunction(At.In, [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl() == Var)
      Mentions.push_back(Ref);
    return true;
  });
  for (const DeclRefExpr *Ref : Mentions)
    if (Result Found = follow(Ref, At); Found.What != Result::Unknown)
      return Found;
  return {};
}

/// The lambda is argument \p Number of \p To. \p GoesOn is set when what that
/// returns has the lambda in it.
Closures::Result Closures::given(const Expr *To, unsigned Number,
                                 const Position &At, bool &GoesOn) {
  const FunctionDecl *Callee = calleeOf(To);
  if (!Callee || Number == 0)
    return {};
  if (const FunctionModel *Known = U.M.function(To)) {
    for (const ModelRef<CallableModel> &Ref : Known->Callables) {
      const CallableModel &Runner = *Ref.Model;
      if (!Runner.Arguments.empty() &&
          !llvm::is_contained(Runner.Arguments, Number))
        continue;
      if (Runner.KeepsCallable)
        return {};
      if (Runner.Closure == Callable::Dropped) {
        if (When == Start::Eager ||
            (When == Start::Lazy && Runner.Of == Work::Returned))
          return dies("'" + displayCallee(To, Callee) +
                          "' destroys the lambda when the lambda has returned",
                      When == Start::Eager, At.Depth ? To : nullptr);
        return {};
      }
      if (Runner.Closure == Callable::Borrowed && isa<CXXConstructExpr>(To)) {
        // Who holds the wrapper does not matter: only the expression does.
        const BodyMap &Around = U.body(At.In);
        for (const Stmt *S = To; const Stmt *Parent = Around.parent(S);
             S = Parent) {
          if (!isa<Expr>(Parent))
            break;
          if (isa<CallExpr>(Parent) && !isMove(cast<CallExpr>(Parent)))
            return lent(cast<Expr>(Parent), At);
        }
        return {};
      }
      if (Runner.Closure == Callable::Borrowed ||
          (Runner.Of == Work::Unsaid && Runner.How == Runs::Here))
        return lent(To, At);
    }
    if (Known->Wraps) {
      GoesOn = true;
      return {};
    }
    if (!Known->Callables.empty())
      return {};
  }
  const FunctionDecl *Def = nullptr;
  const auto *MD = dyn_cast<CXXMethodDecl>(Callee);
  if (At.Depth >= MaxDepth || U.M.isLibraryCode(Callee) ||
      (MD && MD->isVirtual()) || !Callee->hasBody(Def) ||
      Def->isDependentContext())
    return {};
  const unsigned Index =
      Number - 1 + (MD && MD->isExplicitObjectMemberFunction());
  if (Index >= Def->getNumParams())
    return {};
  const ParmVarDecl *P = Def->getParamDecl(Index);
  const bool IsReference = P->getType()->isReferenceType();
  Result Found =
      variable(P, {Def, IsReference ? Holder::Reference : Holder::Variable,
                   nullptr, nullptr, At.Depth + 1});
  if (Found.What == Result::Borrowed || Found.What == Result::Detached) {
    // The caller's own lambda, or a copy that its expression holds.
    if (Found.What == Result::Detached) {
      if (At.By != Holder::Temporary) {
        if (At.By != Holder::Reference)
          return {};
        return Found;
      }
      return dies("nobody waits for the task that '" +
                      displayCallee(To, Callee) +
                      "' starts, and the lambda dies at the end of this "
                      "statement",
                  When == Start::Eager, Found.End.At);
    }
    return lent(To, At);
  }
  return Found;
}
