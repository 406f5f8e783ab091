//===-- Fixes.cpp - Building fix-its -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Fixes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace async_tidy;

std::optional<std::string> async_tidy::textOf(const Expr *E,
                                              const ASTContext &Ctx) {
  // Of some nodes in instances of templates the end is before the beginning.
  if (E->getBeginLoc().isMacroID() || E->getEndLoc().isMacroID() ||
      E->getEndLoc() < E->getBeginLoc())
    return std::nullopt;
  bool Invalid = false;
  StringRef Text =
      Lexer::getSourceText(CharSourceRange::getTokenRange(E->getSourceRange()),
                           Ctx.getSourceManager(), Ctx.getLangOpts(), &Invalid);
  if (Invalid || Text.empty())
    return std::nullopt;
  return Text.str();
}

bool async_tidy::isDeclared(StringRef QualifiedName, ASTContext &Ctx) {
  return findDeclaration(QualifiedName, Ctx);
}

bool async_tidy::areDeclared(StringRef Text, StringRef Namespace,
                             ASTContext &Ctx) {
  if (Namespace.empty())
    return true;
  std::string Prefix = (Namespace + "::").str();
  for (size_t At = 0; (At = Text.find(Prefix, At)) != StringRef::npos;) {
    StringRef Name = Text.substr(At).take_while(
        [](char C) { return llvm::isAlnum(C) || C == '_' || C == ':'; });
    if (!isDeclared(Name, Ctx))
      return false;
    At += Name.size();
  }
  return true;
}

bool async_tidy::mayAwaitAt(const FunctionDecl *FD, const Expr *At) {
  if (!coroutineBody(FD))
    return false;
  // What is right in one instance of a template may be wrong in another.
  for (const DeclContext *DC = FD; DC; DC = DC->getParent())
    if (const auto *Outer = dyn_cast<FunctionDecl>(DC);
        DC->isDependentContext() || isa<ClassTemplateSpecializationDecl>(DC) ||
        (Outer && Outer->isTemplateInstantiation()))
      return false;
  bool Found = false;
  // The walk enters neither nested functions nor, here, handlers.
  walkBody(coroutineBody(FD), [&](const Stmt *S) {
    Found |= S == At;
    return !Found && !isa<CXXCatchStmt>(S);
  });
  return Found;
}

const Stmt *async_tidy::parentIn(const FunctionDecl *FD, const Expr *E) {
  const Stmt *Parent = nullptr;
  const Stmt *Body = coroutineBody(FD);
  walkBody(Body ? Body : FD->getBody(), [&](const Stmt *S) {
    forEachChild(S, [&](const Stmt *Child) {
      const auto *ChildExpr = dyn_cast<Expr>(Child);
      if (!Parent && ChildExpr &&
          (ChildExpr == E || stripImplicit(ChildExpr) == E) &&
          (!isa<Expr>(S) || stripImplicit(cast<Expr>(S)) != E))
        Parent = S;
    });
    return !Parent;
  });
  return Parent;
}

bool async_tidy::isStatement(const FunctionDecl *FD, const Expr *E) {
  return isa_and_nonnull<CompoundStmt>(parentIn(FD, E));
}

llvm::SmallVector<FixItHint, 2> async_tidy::insertAwait(const FunctionDecl *FD,
                                                        const Expr *E,
                                                        const ASTContext &Ctx) {
  const Stmt *Parent = parentIn(FD, E);
  bool Tighter = false;
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(Parent))
    Tighter = stripImplicit(Member->getBase()) == E;
  else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(Parent))
    Tighter = Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Call ||
              Op->getOperator() == OO_Subscript;
  else if (const auto *Subscript = dyn_cast_or_null<ArraySubscriptExpr>(Parent))
    Tighter = stripImplicit(Subscript->getBase()) == E;
  // co_await takes a unary expression.
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
  const bool Binary = isa<AbstractConditionalOperator>(E) ||
                      (Operator && Operator->isInfixBinaryOp());
  SourceLocation End = Lexer::getLocForEndOfToken(
      E->getEndLoc(), 0, Ctx.getSourceManager(), Ctx.getLangOpts());
  std::string Before = Tighter ? "(co_await " : "co_await ";
  std::string After = Tighter ? ")" : "";
  if (Binary) {
    Before += "(";
    After += ")";
  }
  llvm::SmallVector<FixItHint, 2> Fixes{
      FixItHint::CreateInsertion(E->getBeginLoc(), Before)};
  if (!After.empty())
    Fixes.push_back(FixItHint::CreateInsertion(End, After));
  return Fixes;
}

bool async_tidy::takesUsualToken(const FunctionSummary &F) {
  const LibraryRef &L = F.Coro->Library;
  if (!L || L.Library->AwaitToken.empty())
    return false;
  if (!L.Library->ExecutorParameter)
    return true;
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      recordOf(F.Function->getReturnType()));
  if (!Spec || Spec->getTemplateArgs().size() < *L.Library->ExecutorParameter)
    return false;
  const TemplateArgument &Executor =
      Spec->getTemplateArgs()[*L.Library->ExecutorParameter - 1];
  const CXXRecordDecl *RD = Executor.getKind() == TemplateArgument::Type
                                ? recordOf(Executor.getAsType())
                                : nullptr;
  return RD && qualifiedName(RD) == L.qualify(L.Library->DefaultExecutor);
}
