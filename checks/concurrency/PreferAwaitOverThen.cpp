//===-- PreferAwaitOverThen.cpp - async-prefer-await-over-then ------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds continuations of work that the coroutine awaits, which it could go on
/// with itself.
class PreferAwaitOverThenCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<PreferAwaitOverThenCheck> R({
    .Name = "async-prefer-await-over-then",
    .Group = "concurrency",
    .Level = Severity::Style,
    .When = Tier::OptIn, // no mistake: a matter of how it reads
    .Since = "0.1",
    .Summary = "a continuation does in a callback what the coroutine that "
               "awaits it can do itself",
});

} // namespace

/// The lambda that \p Call, a member call, runs with the result of its object
/// when that is there, and nothing else; null when it does not, or does more.
static const LambdaExpr *continuation(const CXXMemberCallExpr *Call, Unit &U) {
  const FunctionModel *Known = U.M.function(Call);
  // What handles errors, too, or is told where to run, is no mere result.
  const auto Arguments = writtenArguments(Call);
  if (!Known || !Known->Continues || Arguments.size() != 1)
    return nullptr;
  const Expr *Callable = withoutForwarding(Arguments.front());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Callable);
      Construct && Construct->getNumArgs() == 1)
    Callable = stripImplicit(Construct->getArg(0));
  const auto *Lambda = dyn_cast<LambdaExpr>(Callable);
  // One that is given the work itself wants to know how it has ended.
  if (!Lambda || llvm::any_of(Lambda->getCallOperator()->parameters(),
                              [&](const ParmVarDecl *P) {
                                return bool(U.C.taskType(P->getType()));
                              }))
    return nullptr;
  return Lambda;
}

void PreferAwaitOverThenCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Await = dyn_cast<CoawaitExpr>(S);
      const auto *Call =
          Await ? dyn_cast_or_null<CXXMemberCallExpr>(awaitedCall(Await))
                : nullptr;
      if (!Call || !continuation(Call, U) || Call->getExprLoc().isMacroID())
        return true;
      // The first of several continuations is where the work itself is.
      const CXXMemberCallExpr *First = Call;
      while (const auto *Before = dyn_cast<CXXMemberCallExpr>(
                 withoutForwarding(First->getImplicitObjectArgument()))) {
        if (!continuation(Before, U))
          break;
        First = Before;
      }
      Finding Found;
      Found.Loc = First->getExprLoc();
      Found.Ranges.push_back(First->getSourceRange());
      Found.Message = "'" + displayCallee(First, calleeOf(First)) +
                      "' is told here what comes next, and the coroutine "
                      "awaits that: it can do it itself, with its own "
                      "variables; co_await the work, and go on behind it";
      report(std::move(Found));
      return true;
    });
  }
}
