//===-- SymmetricTransfer.cpp - async-symmetric-transfer ----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds awaiters that resume a coroutine by a call, as the last thing they do.
class SymmetricTransferCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<SymmetricTransferCheck> R({
    .Name = "async-symmetric-transfer",
    .Group = "lifetime",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary =
        "an awaiter that resumes a coroutine by a call takes more of the "
        "stack with each await",
});

} // namespace

/// Calls \p Visit with each expression that is the last thing that \p S does.
static void forEachLast(const Stmt *S,
                        llvm::function_ref<void(const Expr *)> Visit) {
  if (!S)
    return;
  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    auto Last = Block->body_rbegin(), End = Block->body_rend();
    if (Last != End)
      if (const auto *Return = dyn_cast<ReturnStmt>(*Last);
          Return && !Return->getRetValue())
        ++Last;
    if (Last != End)
      forEachLast(*Last, Visit);
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    if (If->getThen() != discardedBranch(If))
      forEachLast(If->getThen(), Visit);
    if (If->getElse() != discardedBranch(If))
      forEachLast(If->getElse(), Visit);
  } else if (const auto *E = dyn_cast<Expr>(S)) {
    Visit(stripImplicit(E));
  }
}

void SymmetricTransferCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
    if (!MD || !MD->getIdentifier() || MD->getName() != "await_suspend" ||
        MD->getNumParams() == 0 || F.Coro ||
        !MD->getReturnType()->isVoidType() || !U.C.isAwaitable(MD->getParent()))
      continue;
    forEachLast(MD->getBody(), [&](const Expr *E) {
      const Expr *Handle = resumedHandle(E);
      if (!Handle)
        return;
      const bool IsOwn = namedBy(Handle) == MD->getParamDecl(0);
      Finding Found;
      Found.Loc = E->getExprLoc();
      Found.Ranges.push_back(E->getSourceRange());
      Found.Message =
          std::string("this resumes ") +
          (IsOwn ? "the coroutine that it is called for"
                 : "another coroutine") +
          " by a call, which ends when that is suspended again: a loop of such "
          "awaits takes more and more of the stack; let await_suspend return " +
          (IsOwn ? "false" : "the handle");
      report(std::move(Found));
    });
  }
}
