//===-- ZeroSleep.cpp - async-zero-sleep ----------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds delays of no time, by which a coroutine means to let others run.
class ZeroSleepCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<ZeroSleepCheck> R({
    .Name = "async-zero-sleep",
    .Group = "blocking",
    .Level = Severity::Style,
    .When = Tier::OptIn, // a round of the timers may be what is wanted
    .Since = "0.1",
    .Summary = "a delay of no time sets a timer only to let others run",
});

} // namespace

/// Whether the code says zero where \p E stands: what the project has a name
/// for may be set to something else one day.
static bool isWrittenZero(const Expr *E, Unit &U) {
  bool IsNumber = false, IsNamed = false;
  walkBody(E, [&](const Stmt *S) {
    IsNumber |= isa<IntegerLiteral, FloatingLiteral, UserDefinedLiteral>(S);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      IsNamed |=
          isa<VarDecl>(Ref->getDecl()) && !U.M.isLibraryCode(Ref->getDecl());
    IsNamed |= isa<SubstNonTypeTemplateParmExpr>(S);
    return !IsNamed;
  });
  return IsNumber && !IsNamed && !E->isValueDependent() &&
         !E->isTypeDependent() && !E->getBeginLoc().isMacroID() &&
         constantIsZero(E, U.Ctx).value_or(false);
}

void ZeroSleepCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends)
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Await = dyn_cast<CoawaitExpr>(S);
      const CallExpr *Call = Await ? awaitedCall(Await) : nullptr;
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      // Some libraries have nothing better.
      if (!Known || !Known->Delays || Known->Delays.Library->YieldsBy.empty())
        return true;
      const auto Arguments = writtenArguments(Call);
      const auto *Zero = llvm::find_if(
          Arguments, [&](const Expr *A) { return isWrittenZero(A, U); });
      if (Zero == Arguments.end())
        return true;
      Finding Found;
      Found.Loc = Call->getExprLoc();
      Found.Ranges.push_back((*Zero)->getSourceRange());
      Found.Message = "'" + displayCallee(Call, calleeOf(Call)) +
                      "' sets a timer that has run out already, only to let "
                      "others run; " +
                      Known->Delays.expand(Known->Delays.Library->YieldsBy);
      report(std::move(Found));
      return true;
    });
  }
}
