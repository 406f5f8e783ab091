//===-- Sources.cpp - Who tells work to stop --------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Sources.h"
#include "cancellation/Tokens.h"
#include "core/Names.h"
#include "core/Walk.h"

using namespace clang;
using namespace async_tidy;

SourceUse async_tidy::useOf(const Expr *Ref, const BodyMap &Body, Models &M,
                            const CallExpr *&Token) {
  const Stmt *S = Ref;
  while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(Body.parent(S)))
    S = Body.parent(S);
  const TypeModel *Source = M.type(Ref->getType());
  if (const auto *Call = dyn_cast_or_null<CallExpr>(Body.parent(S));
      Call && Source && Source->CancellationToken &&
      !isa<CXXOperatorCallExpr>(Call) && S != Call->getCallee()) {
    if (!Call->getDirectCallee() || !M.isLibraryCode(Call->getDirectCallee()))
      return SourceUse::Other;
    Token = Call;
    return SourceUse::Gives;
  }
  const auto *Member = dyn_cast_or_null<MemberExpr>(Body.parent(S));
  const auto *Call =
      Member ? dyn_cast_or_null<CXXMemberCallExpr>(Body.parent(Member))
             : nullptr;
  if (!Call || requestedSource(Call, M))
    return SourceUse::Other;
  if (askedToken(Call, M))
    return SourceUse::Asks;
  const TypeModel *Known = M.type(Call->getType());
  if (Known && Known->CancellationToken && writtenArguments(Call).empty() &&
      !Call->getType()->isReferenceType()) {
    Token = Call;
    return SourceUse::Gives;
  }
  return SourceUse::Other;
}

LibraryRef async_tidy::sourceLibrary(QualType T, Models &M) {
  if (T->isReferenceType() || T->isPointerType())
    return {};
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  const TypeModel *Known = RD ? M.type(RD) : nullptr;
  return Known ? Known->CancellationSource : LibraryRef();
}

bool async_tidy::isNewSource(const Expr *Init) {
  if (!Init)
    return true;
  Init = stripImplicit(Init);
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return List->getNumInits() == 0;
  const auto *Construct = dyn_cast<CXXConstructExpr>(Init);
  return isa<CXXDefaultInitExpr>(Init) ||
         (Construct && writtenArguments(Construct).empty());
}

/// The call of \p Body that is given \p Token, if it only starts something:
/// nobody gets anything from it to wait for.
static const CallExpr *startedWith(const CallExpr *Token, const BodyMap &Body,
                                   Unit &U) {
  const CallExpr *Outermost = nullptr;
  for (const Stmt *S = Body.parent(Token); isa_and_nonnull<Expr>(S);
       S = Body.parent(S)) {
    if (isa<CoroutineSuspendExpr, LambdaExpr>(S))
      return nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Outermost = Call;
  }
  return Outermost && Outermost->getType()->isVoidType() &&
                 Outermost->getDirectCallee() &&
                 U.M.isLibraryCode(Outermost->getDirectCallee())
             ? Outermost
             : nullptr;
}

/// Whether something behind \p Start in \p Scope may wait for what that has
/// started.
static bool waitsBehind(const Expr *Start, const Stmt *Scope, Unit &U) {
  const SourceManager &SM = U.Ctx.getSourceManager();
  bool Waits = false;
  walkBody(Scope, [&](const Stmt *S) {
    if (!SM.isBeforeInTranslationUnit(Start->getEndLoc(), S->getEndLoc()))
      return false;
    if (SM.isBeforeInTranslationUnit(S->getBeginLoc(), Start->getEndLoc()))
      return true; // it is around
    if (isa<CoroutineSuspendExpr, DependentCoawaitExpr, WhileStmt, DoStmt,
            ForStmt>(S))
      Waits = true;
    // Whatever is called may run the event loop.
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *Callee = Call->getDirectCallee();
          !Callee || !Callee->isInStdNamespace())
        Waits = true;
    return !Waits;
  });
  return Waits;
}

std::vector<LocalSource> async_tidy::localSources(Unit &U,
                                                  const FunctionSummary &F) {
  std::vector<LocalSource> Found;
  if (F.Function->isDependentContext())
    return Found;
  const BodyMap &Body = U.body(F.Function);
  for (const VarDecl *Var : Body.variables()) {
    const LibraryRef Library = sourceLibrary(Var->getType(), U.M);
    if (!Library || !Var->hasLocalStorage() || isa<ParmVarDecl>(Var) ||
        !isNewSource(Var->getInit()))
      continue;
    LocalSource Source{Var, Library};
    for (const DeclRefExpr *Ref : Body.mentions(Var)) {
      const CallExpr *Token = nullptr;
      if (useOf(Ref, Body, U.M, Token) == SourceUse::Other)
        Source.IsIdle = false;
      if (Token)
        Source.Tokens.push_back(Token);
    }
    if (!Source.Tokens.empty())
      Found.push_back(std::move(Source));
  }
  return Found;
}

const CallExpr *async_tidy::outlivingWork(const LocalSource &Source,
                                          const FunctionSummary &F, Unit &U,
                                          const CallExpr *&Token) {
  const BodyMap &Body = U.body(F.Function);
  const Stmt *Scope = Body.scope(Source.Var);
  if (!Source.Library.Library->Cancellation->TokensRefer || !Scope)
    return nullptr;
  for (const CallExpr *One : Source.Tokens) {
    const CallExpr *Start = startedWith(One, Body, U);
    if (Start && !waitsBehind(Start, Scope, U)) {
      Token = One;
      return Start;
    }
  }
  return nullptr;
}
