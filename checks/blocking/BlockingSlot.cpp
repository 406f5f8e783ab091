//===-- BlockingSlot.cpp - async-blocking-slot ----------------------------===//
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

/// Finds member functions that an event loop calls, and that wait where a
/// coroutine could be suspended.
class BlockingSlotCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<BlockingSlotCheck> R({
    .Name = "async-blocking-slot",
    .Group = "blocking",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a slot that waits keeps the event loop from handling anything "
               "else, where a coroutine could await the same",
});

} // namespace

/// The identifiers that \p Text is made of.
static bool namesMark(StringRef Text, const ModelIndex &Index) {
  while (!Text.empty()) {
    Text = Text.drop_until([](char C) { return isAsciiIdentifierStart(C); });
    const StringRef Word =
        Text.take_while([](char C) { return isAsciiIdentifierContinue(C); });
    if (Index.isHandlerMark(Word))
      return true;
    Text = Text.drop_front(Word.size());
  }
  return false;
}

/// Whether the class marks \p Method as one that the event loop calls. The
/// macros for that stand for nothing, so the text has to tell.
static bool isMarked(const CXXMethodDecl *Method, Unit &U) {
  Method = Method->getCanonicalDecl();
  const SourceManager &SM = U.Ctx.getSourceManager();
  const LangOptions &Lang = U.Ctx.getLangOpts();
  const SourceLocation Begin = Method->getBeginLoc();
  if (Begin.isMacroID())
    return false;
  if (std::optional<Token> Before =
          Lexer::findPreviousToken(Begin, SM, Lang, false);
      Before && Before->is(tok::raw_identifier) &&
      U.M.index().isHandlerMark(Before->getRawIdentifier()))
    return true;
  const AccessSpecDecl *Section = nullptr;
  for (const Decl *D : Method->getParent()->decls()) {
    if (const auto *Access = dyn_cast<AccessSpecDecl>(D))
      Section = Access;
    if (D == Method)
      break;
  }
  if (!Section || Section->getColonLoc().isMacroID())
    return false;
  const SourceLocation From =
      SM.getExpansionLoc(Section->getAccessSpecifierLoc());
  return namesMark(Lexer::getSourceText(CharSourceRange::getCharRange(
                                            From, Section->getColonLoc()),
                                        SM, Lang),
                   U.M.index());
}

/// The library whose coroutines the file knows, and that says what they do
/// instead of waiting for what \p Why is about.
static LibraryRef libraryWithRemedy(Category Why, Unit &U) {
  for (const LibraryModel *L : U.M.index().libraries()) {
    if (L->Tasks.empty())
      continue;
    for (StringRef Namespace : L->Namespaces) {
      const LibraryRef Ref{L, Namespace};
      const RemedyModel *Remedy = Ref.remedy(Why);
      if (Remedy &&
          findDeclaration(Ref.qualify(L->Tasks.front().Types.front()), U.Ctx))
        return Ref;
    }
  }
  return {};
}

/// The classes whose slots are tests: no event loop runs around them.
static llvm::SmallPtrSet<const CXXRecordDecl *, 2> testsOf(Unit &U) {
  llvm::SmallPtrSet<const CXXRecordDecl *, 2> Tests;
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (Known && Known->RunsTests)
        for (const Expr *A : Call->arguments())
          if (const CXXRecordDecl *RD =
                  stripImplicit(A)->getType()->getPointeeCXXRecordDecl())
            Tests.insert(RD->getCanonicalDecl());
      return true;
    });
  return Tests;
}

void BlockingSlotCheck::analyze(Unit &U) {
  std::optional<llvm::SmallPtrSet<const CXXRecordDecl *, 2>> Tests;
  for (const FunctionSummary &F : U.functions()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(F.Function);
    if (!Method || F.Coro || F.Blocks.empty() || !isMarked(Method, U))
      continue;
    for (const BlockingSite &Site : F.Blocks) {
      const Category Why = Site.Model->Model->Why;
      if (Site.IsRare || (Why != Category::Network &&
                          Why != Category::Process && Why != Category::Wait))
        continue;
      const LibraryRef L = libraryWithRemedy(Why, U);
      if (!L)
        continue;
      if (!Tests)
        Tests = testsOf(U);
      if (Tests->contains(Method->getParent()->getCanonicalDecl()))
        break;
      Finding Found;
      Found.Loc = Site.Call->getExprLoc();
      Found.Ranges.push_back(Site.Call->getSourceRange());
      Found.Message = "'" + displayCallee(Site.Call, Site.Callee) +
                      "' blocks the event loop, which calls this function: " +
                      Site.Model->Model->Does +
                      "; make the function a coroutine, and " +
                      L.expand(L.remedy(Why)->Text);
      Found.Notes.push_back({Method->getCanonicalDecl()->getLocation(),
                             "declared as a function that the event loop "
                             "calls"});
      report(std::move(Found));
    }
  }
}
