//===-- BlockingDestructor.cpp - async-blocking-destructor ----------------===//
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

/// Finds variables of coroutines whose destructor waits for a thread.
class BlockingDestructorCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<BlockingDestructorCheck> R({
    .Name = "async-blocking-destructor",
    .Group = "blocking",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a variable of a coroutine waits for a thread when it is "
               "destroyed",
});

} // namespace

/// Whether \p E, what a future is made with, is work whose end the destructor
/// of that future waits for.
static bool isWaitedFor(const Expr *E, Unit &U) {
  const Expr *Call = E ? stripImplicit(E) : nullptr;
  const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
  return Known && llvm::any_of(Known->Blocking, [&](const auto &Entry) {
           return Entry.Model->WhenDiscarded &&
                  matches(*Entry.Model, Entry.Library, Call, U.Ctx);
         });
}

/// Whether the work that \p Init starts refers to variables of its function:
/// what the coroutine awaits may be the end of the work.
static bool sharesVariables(const Expr *Init) {
  bool Shares = false;
  walkBody(Init, [&](const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &Capture : Lambda->captures())
        Shares |= !Capture.capturesVariable() ||
                  Capture.getCaptureKind() == LCK_ByRef ||
                  !Capture.getCapturedVar()->getType()->isArithmeticType();
    if (const auto *Unary = dyn_cast<UnaryOperator>(S))
      Shares |= Unary->getOpcode() == UO_AddrOf &&
                !Unary->getSubExpr()->getType()->isFunctionType();
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Call->getDirectCallee())
      Shares |= Call->getDirectCallee()->getIdentifier() &&
                (Call->getDirectCallee()->getName() == "ref" ||
                 Call->getDirectCallee()->getName() == "cref");
    return !Shares;
  });
  return Shares;
}

void BlockingDestructorCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || F.Function->isDependentContext() || !U.loopContext(F))
      continue;
    const BodyMap &Body = U.body(F.Function);
    for (const VarDecl *Var : Body.variables()) {
      const TypeModel *Known =
          Var->hasLocalStorage() && Var->getType()->getAsCXXRecordDecl()
              ? U.M.type(Var->getType())
              : nullptr;
      const bool IsFuture = Var->hasLocalStorage() && Var->getInit() &&
                            isWaitedFor(Var->getInit(), U);
      const auto *Construct =
          Var->getInit()
              ? dyn_cast<CXXConstructExpr>(stripImplicit(Var->getInit()))
              : nullptr;
      // Made with nothing to run, it may be given something later.
      if (!IsFuture && (!Known || !Known->Joins || !Construct ||
                        (Known->Joins.Library->Library == "std" &&
                         writtenArguments(Construct).empty())))
        continue;
      // Who moves it, hands it on or joins it decides where that is waited for.
      const bool IsHandedOn =
          llvm::any_of(Body.mentions(Var), [&](const DeclRefExpr *Ref) {
            const Stmt *Parent = Body.parent(Ref);
            while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(Parent))
              Parent = Body.parent(Parent);
            const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
            if (!Member)
              return true;
            const auto *Call =
                dyn_cast_or_null<CXXMemberCallExpr>(Body.parent(Member));
            if (!Call || !Call->getMethodDecl() ||
                !Call->getMethodDecl()->getIdentifier())
              return false;
            const FunctionModel *Called = U.M.function(Call);
            // What is reported where it waits.
            return (Called && !Called->Blocking.empty()) ||
                   Call->getMethodDecl()->getName() == "detach";
          });
      const Expr *Init = Var->getInit();
      if (IsHandedOn || !Init || sharesVariables(Init) ||
          !U.siteOnLoop(F, Init))
        continue;
      Finding Found;
      Found.Loc = Var->getLocation();
      Found.Message =
          "'" + Var->getNameAsString() + "' waits for " +
          (IsFuture ? "its work" : "other threads") +
          " when it is destroyed, and blocks the thread that runs this "
          "coroutine; " +
          (IsFuture ? "await the work instead"
                    : "let an object own it that is destroyed elsewhere");
      report(std::move(Found));
    }
  }
}
