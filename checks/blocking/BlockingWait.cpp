//===-- BlockingWait.cpp - async-blocking-wait -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/Blocking.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds coroutines that wait for other work by stopping their thread, which
/// may be the one that the work needs.
class BlockingWaitCheck final : public BlockingCheckBase {
public:
  BlockingWaitCheck(StringRef Name, tidy::ClangTidyContext *Context)
      : BlockingCheckBase({Effect::Wait, Effect::EventLoop}, Name, Context) {}

  void analyze(Unit &U) override {
    BlockingCheckBase::analyze(U);
    analyzeHandovers(U);
  }

private:
  llvm::SmallVector<FixItHint, 2> fix(Unit &U, const FunctionSummary &F,
                                      const BlockingSite &Site) override;
};

const Register<BlockingWaitCheck> R({
    .Name = "async-blocking-wait",
    .Group = "blocking",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary =
        "a synchronous wait in a coroutine or a callback stops the thread "
        "that the awaited work may need",
});

} // namespace

/// 'start(..., use_future).get()' becomes 'co_await start(..., use_awaitable)':
/// the same operation, on the same executor, awaited.
llvm::SmallVector<FixItHint, 2>
BlockingWaitCheck::fix(Unit &U, const FunctionSummary &F,
                       const BlockingSite &Site) {
  if (auto Fixes = awaitInstead(U, F, Site); !Fixes.empty())
    return Fixes;
  const LibraryRef &L = F.Coro->Library;
  const auto *Get = dyn_cast<CXXMemberCallExpr>(Site.Call);
  if (!Get || Get->getNumArgs() != 0 || !takesUsualToken(F) ||
      Site.Callee->getDeclName().getAsString() != "get" ||
      !mayAwaitAt(F.Function, Site.Call))
    return {};
  const auto *Start =
      dyn_cast<CallExpr>(stripImplicit(Get->getImplicitObjectArgument()));
  if (!Start)
    return {};
  auto Arguments = writtenArguments(Start);
  const Expr *Token =
      Arguments.empty() ? nullptr : stripImplicit(Arguments.back());
  const TypeModel *Known = Token ? U.M.type(Token->getType()) : nullptr;
  std::string Await = L.qualify(L.Library->AwaitToken);
  if (!Known || !Known->FutureToken ||
      Known->FutureToken.Namespace != L.Namespace ||
      !isDeclared(Await, U.Ctx) || !textOf(Site.Call, U.Ctx))
    return {};
  // From behind the call of the operation to the end of '.get()'.
  SourceLocation AfterStart = Lexer::getLocForEndOfToken(
      Start->getEndLoc(), 0, U.Ctx.getSourceManager(), U.Ctx.getLangOpts());
  if (AfterStart.isInvalid())
    return {};
  auto Fixes = insertAwait(F.Function, Get, U.Ctx);
  Fixes.push_back(FixItHint::CreateReplacement(Token->getSourceRange(), Await));
  Fixes.push_back(FixItHint::CreateRemoval(
      CharSourceRange::getTokenRange(AfterStart, Get->getEndLoc())));
  return Fixes;
}
