//===-- UnshieldedCleanup.cpp - async-unshielded-cleanup ------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Handlers.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds clean-ups that a coroutine awaits after it has caught a cancellation,
/// which ends them as soon as they begin.
class UnshieldedCleanupCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void function(Unit &U, const FunctionSummary &F, LibraryRef L);
};

const Register<UnshieldedCleanupCheck> R({
    .Name = "async-unshielded-cleanup",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a clean-up that is awaited after a cancellation is cancelled "
               "itself, and does not happen",
});

/// A handler behind which the coroutine goes on with what it has caught.
struct Keeper {
  const CXXCatchStmt *Handler;
  const CXXTryStmt *Try;
  /// What happens first in the handler.
  const Stmt *First;
  /// The variable that holds the exception; null where the handler is for
  /// cancellation and nothing else.
  const VarDecl *Kept;
};

/// Per handler: the coroutine may have been in it.
class WasCaught final : public FlowProblem {
public:
  explicit WasCaught(llvm::ArrayRef<Keeper> Keepers) : Keepers(Keepers) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    for (unsigned I = 0; S && I != Keepers.size(); ++I)
      if (Keepers[I].First == S->getStmt())
        Facts.set(I);
  }

  // The exception is there, or it is not.
  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override {
    const Expr *E = stripImplicit(Condition);
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
        Call && isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
      E = stripImplicit(Call->getImplicitObjectArgument());
    // 'failure == nullptr' is true where there is none.
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
        Op && Op->getNumArgs() == 2 &&
        (Op->getOperator() == OO_EqualEqual ||
         Op->getOperator() == OO_ExclaimEqual)) {
      Value ^= Op->getOperator() == OO_EqualEqual;
      E = stripImplicit(Op->getArg(0));
    }
    const ValueDecl *Asked = namedBy(E);
    for (unsigned I = 0; I != Keepers.size(); ++I)
      if (!Value && Keepers[I].Kept && Keepers[I].Kept == Asked)
        Facts.reset(I);
  }

private:
  const llvm::ArrayRef<Keeper> Keepers;
};

} // namespace

/// The local variable in which \p Handler keeps what it has caught, and where.
static std::pair<const VarDecl *, const Stmt *>
keptBy(const CXXCatchStmt *Handler) {
  const VarDecl *Kept = nullptr;
  const Stmt *At = nullptr;
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
    if (!Op || !Op->isAssignmentOp() || Op->getNumArgs() != 2)
      return true;
    const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(Op->getArg(0)));
    bool IsCurrent = false;
    walkBody(Op->getArg(1), [&](const Stmt *Part) {
      if (const auto *Call = dyn_cast<CallExpr>(Part))
        IsCurrent |=
            Call->getDirectCallee() &&
            qualifiedName(Call->getDirectCallee()) == "std::current_exception";
      return !IsCurrent;
    });
    if (Var && Var->hasLocalStorage() && IsCurrent) {
      Kept = Var;
      At = Op;
    }
    return true;
  });
  return {Kept, At};
}

/// Whether the handler ends the coroutine, or throws again.
static bool leaves(const CXXCatchStmt *Handler) {
  bool Leaves = false;
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    Leaves |= isa<CXXThrowExpr, CoreturnStmt, ReturnStmt, CoyieldExpr>(S);
    return !Leaves;
  });
  return Leaves;
}

/// The first expression that is evaluated in \p Handler, for the graph.
static const Stmt *firstIn(const CXXCatchStmt *Handler) {
  const Stmt *First = nullptr;
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    if (!First && isa<BinaryOperator, CallExpr, DeclStmt, UnaryOperator>(S))
      First = S;
    return !First;
  });
  return First;
}

void UnshieldedCleanupCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext() ||
        F.Coro->Kind == CoroutineKind::FireAndForget || !F.Coro->Library ||
        !F.Coro->Library.Library->Cancellation)
      continue;
    const CancellationModel &Model = *F.Coro->Library.Library->Cancellation;
    if (Model.How == Travels::Ambient && Model.Repeats)
      function(U, F, F.Coro->Library);
  }
}

void UnshieldedCleanupCheck::function(Unit &U, const FunctionSummary &F,
                                      LibraryRef L) {
  const CancellationModel &Model = *L.Library->Cancellation;
  const BodyMap &Body = U.body(F.Function);
  llvm::SmallVector<Keeper, 2> Keepers;
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Try = dyn_cast<CXXTryStmt>(S);
    if (!Try)
      return true;
    // What is given a cancellation of its own may have been cancelled alone.
    bool Suspends = false;
    walkBody(Try->getTryBlock(), [&](const Stmt *Part) {
      if (const auto *Await = dyn_cast<CoawaitExpr>(Part))
        Suspends |=
            U.C.maySuspend(Await) && !mentionsAny(Await, Model.Shields, U.Ctx);
      return !Suspends;
    });
    // A test that expects the exception.
    if (Try->getBeginLoc().isMacroID())
      return true;
    if (!Suspends)
      return true;
    for (const CXXCatchStmt *Handler : handlersOf(Try)) {
      const bool IsFor = isForAny(Handler, Model.Exceptions, L);
      if (!IsFor && !catchesExceptions(Handler))
        continue;
      // Behind the first handler of cancellation, there is none any more.
      const auto [Kept, At] = keptBy(Handler);
      const Stmt *First = Kept ? At : IsFor ? firstIn(Handler) : nullptr;
      if (First && !leaves(Handler))
        Keepers.push_back({Handler, Try, First, IsFor ? nullptr : Kept});
      break;
    }
    return true;
  });
  if (Keepers.empty())
    return;
  if (mentionsAny(coroutineBody(F.Function), Model.ChangedBy, U.Ctx))
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  const SourceManager &SM = U.Ctx.getSourceManager();
  WasCaught Problem(Keepers);
  llvm::DenseMap<unsigned, const Expr *> Cleanups;
  Flow->solve(Problem, llvm::BitVector(Keepers.size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        const auto *Await =
            dyn_cast_or_null<CoawaitExpr>(Flow->suspensionAt(Element));
        if (!Await)
          return;
        for (unsigned I : Facts.set_bits()) {
          const Keeper &K = Keepers[I];
          // Back in the loop that the try is in, the work goes on.
          if (SM.isBeforeInTranslationUnit(Await->getBeginLoc(),
                                           K.Handler->getEndLoc()))
            continue;
          // What is kept has to be thrown again in the end: then this is to
          // happen before.
          if (K.Kept &&
              llvm::none_of(Body.mentions(K.Kept), [&](const DeclRefExpr *Ref) {
                const auto *Parent = Body.parent(Ref);
                while (isa_and_nonnull<Expr>(Parent) &&
                       !isa<CallExpr, CXXThrowExpr, CoyieldExpr>(Parent))
                  Parent = Body.parent(Parent);
                return Parent &&
                       isa<CallExpr, CXXThrowExpr, CoyieldExpr>(Parent) &&
                       !isa<CXXOperatorCallExpr>(Parent) &&
                       SM.isBeforeInTranslationUnit(Await->getEndLoc(),
                                                    Ref->getBeginLoc());
              }))
            continue;
          const Expr *&First = Cleanups[I];
          if (!First || SM.isBeforeInTranslationUnit(Await->getBeginLoc(),
                                                     First->getBeginLoc()))
            First = Await;
        }
      });
  for (const auto &[Number, Await] : Cleanups) {
    // Who shields the first of them knows what it is about.
    if (mentionsAny(Await, Model.Shields, U.Ctx) ||
        mentionsAny(Await, Model.ErrorAsValue, U.Ctx))
      continue;
    const FunctionModel *Known =
        U.M.function(stripImplicit(cast<CoawaitExpr>(Await)->getOperand()));
    if (Known && (Known->EndsCoroutine || Known->Yields))
      continue;
    const Keeper &K = Keepers[Number];
    Finding Found;
    Found.Loc = Await->getBeginLoc();
    Found.Ranges.push_back(Await->getSourceRange());
    Found.Message =
        std::string("when the coroutine ") +
        (K.Kept ? "has been cancelled, "
                : "comes here, it has been cancelled: ") +
        "what it awaits now is cancelled, too, before it has done anything; " +
        (!Model.Shields.empty()
             ? "shield it with '" + L.qualify(Model.Shields.front()) + "'"
         : !Model.ChangedBy.empty()
             ? "await '" + Model.ChangedBy.back() + "' first"
             : "do it where nobody cancels it");
    Found.Notes.push_back(
        {K.Handler->getCatchLoc(), "the cancellation is caught here"});
    report(std::move(Found));
  }
}
