//===-- BlockingAwaitHook.cpp - async-blocking-await-hook -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/Blocking.h"
#include "clang/AST/DeclCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds blocking in what the compiler calls at every await: the hooks of
/// awaiters and of promises.
class BlockingAwaitHookCheck final : public BlockingCheckBase {
public:
  BlockingAwaitHookCheck(StringRef Name, tidy::ClangTidyContext *Context)
      : BlockingCheckBase({Effect::Sleep, Effect::Wait, Effect::Call}, Name,
                          Context) {}

private:
  std::optional<Unit::Context> contextOf(Unit &U,
                                         const FunctionSummary &F) override;
  bool applies(const Unit::Context &Context, Effect Kind) override {
    // What has been awaited is there: to get it is no waiting.
    return Kind != Effect::Wait || Context.Noun != "await_resume";
  }
};

const Register<BlockingAwaitHookCheck> R({
    .Name = "async-blocking-await-hook",
    .Group = "blocking",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an awaiter or a promise that blocks in what the compiler calls "
               "at an await stops the thread there",
});

} // namespace

/// The names of [dcl.fct.def.coroutine] and [expr.await].
static bool isAwaiterHook(StringRef Name) {
  return Name == "await_ready" || Name == "await_suspend" ||
         Name == "await_resume";
}
static bool isPromiseHook(StringRef Name) {
  return Name == "initial_suspend" || Name == "final_suspend" ||
         Name == "unhandled_exception" || Name == "return_void" ||
         Name == "return_value" || Name == "yield_value" ||
         Name == "await_transform";
}

std::optional<Unit::Context>
BlockingAwaitHookCheck::contextOf(Unit &U, const FunctionSummary &F) {
  const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
  if (!MD || !MD->getIdentifier() || F.Coro)
    return std::nullopt;
  StringRef Name = MD->getName();
  if (isAwaiterHook(Name)
          ? U.C.isAwaitable(MD->getParent())
          : isPromiseHook(Name) && U.C.isPromise(MD->getParent()))
    return Unit::Context{Name, U.M.libraryAround(MD)};
  return std::nullopt;
}
