//===-- PromiseSwallowsException.cpp - async-promise-swallows-exception ---===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds promises that do nothing about an exception which somebody waits for.
class PromiseSwallowsExceptionCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<PromiseSwallowsExceptionCheck> R({
    .Name = "async-promise-swallows-exception",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "who awaits a coroutine whose promise drops the exception goes "
               "on as if it had returned",
});

} // namespace

/// Whether nothing at all stands between the braces of \p Body: a comment says
/// that somebody has thought of it.
static bool isBlank(const CompoundStmt *Body, const ASTContext &Ctx) {
  if (!Body->body_empty() || Body->getLBracLoc().isMacroID())
    return false;
  const StringRef Text = Lexer::getSourceText(
      CharSourceRange::getTokenRange(Body->getSourceRange()),
      Ctx.getSourceManager(), Ctx.getLangOpts());
  return Text.size() >= 2 && Text.drop_front().drop_back().trim().empty();
}

/// What coroutines with promise \p Promise return; null when that is not known.
static QualType returnObject(const CXXRecordDecl *Promise, ASTContext &Ctx) {
  QualType Found;
  anyOfClasses(Promise, [&](const CXXRecordDecl *RD) {
    if (const CXXRecordDecl *Def = definitionOf(RD))
      for (const NamedDecl *D :
           Def->lookup(&Ctx.Idents.get("get_return_object")))
        if (const auto *FD = dyn_cast<FunctionDecl>(D); FD && Found.isNull())
          Found = FD->getReturnType();
    return !Found.isNull();
  });
  return Found;
}

void PromiseSwallowsExceptionCheck::analyze(Unit &U) {
  if (!U.Ctx.getLangOpts().CXXExceptions)
    return;
  for (const FunctionSummary &F : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
    if (!MD || !MD->getIdentifier() || MD->getName() != "unhandled_exception" ||
        !U.C.isPromise(MD->getParent()))
      continue;
    const auto *Body = dyn_cast_or_null<CompoundStmt>(MD->getBody());
    if (!Body || !isBlank(Body, U.Ctx))
      continue;
    const QualType T = returnObject(MD->getParent(), U.Ctx);
    const CXXRecordDecl *RD = T.isNull() ? nullptr : recordOf(T);
    const bool IsGenerator = hasMember(MD->getParent(), "yield_value");
    const bool IsAwaited = RD && U.C.isAwaitable(RD);
    if (!IsAwaited && !IsGenerator)
      continue;
    Finding Found;
    Found.Loc = MD->getLocation();
    Found.Message =
        std::string(
            "this drops the exception that has left a coroutine, and ") +
        (IsAwaited ? "whoever awaits it goes on as if it had returned"
                   : "whoever reads its values takes that for their end") +
        "; keep std::current_exception(), and throw it again there";
    report(std::move(Found));
  }
}
