//===-- StartUp.cpp - Code that runs before there is a loop -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/StartUp.h"
#include "core/Flow.h"
#include "core/Names.h"
#include "core/Walk.h"

using namespace clang;
using namespace async_tidy;

/// Whether \p Callable, which is given to a thread, runs an event loop there.
static bool runsLoop(const Expr *Callable, Unit &U) {
  const FunctionDecl *FD = callableOf(Callable);
  bool Runs = false;
  if (FD && FD->hasBody())
    walkFunction(FD, [&](const Stmt *S) {
      const auto *E = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = E ? U.M.function(E) : nullptr;
      Runs |=
          Known &&
          llvm::any_of(Known->Blocking, [](const ModelRef<BlockingModel> &Ref) {
            return Ref.Model->Why == Category::EventLoop;
          });
      return !Runs;
    });
  return Runs;
}

bool async_tidy::isMainInDisguise(const FunctionSummary &F, Unit &U) {
  if (!F.Coro || F.Suspends)
    return false;
  bool Found = false;
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    const FunctionModel *Known = E && calleeOf(E) ? U.M.function(E) : nullptr;
    if (Known &&
        llvm::any_of(Known->Callables, [](const ModelRef<CallableModel> &Ref) {
          return Ref.Model->How == Runs::Thread;
        }))
      for (const Expr *Argument : writtenArguments(E))
        Found |= runsLoop(Argument, U);
    return !Found;
  });
  return Found;
}

/// Whether what \p Call makes is given to something that waits for it.
static bool isGivenToWait(const Expr *Call, const FunctionDecl *In, Unit &U) {
  const BodyMap &Body = U.body(In);
  for (const Stmt *S = Body.parent(Call); isa_and_nonnull<Expr>(S);
       S = Body.parent(S)) {
    if (isa<CXXConstructExpr>(S) || !isa<CallExpr>(S))
      continue;
    const FunctionModel *Known = U.M.function(cast<Expr>(S));
    if (Known &&
        llvm::any_of(Known->Blocking, [](const ModelRef<BlockingModel> &Ref) {
          return Ref.Model->Why == Category::Wait;
        }))
      return true;
    if (!cast<CallExpr>(S)->isCallToStdMove())
      return false;
  }
  return false;
}

bool async_tidy::isWaitedFor(const FunctionSummary &F, Unit &U) {
  const SourceManager &SM = U.Ctx.getSourceManager();
  const llvm::ArrayRef<StartSite> Starts = U.starts(F.Function);
  if (!F.Coro || Starts.empty() || F.Function->getPreviousDecl() ||
      !SM.isInMainFile(SM.getExpansionLoc(F.Function->getLocation())))
    return false;
  return llvm::all_of(Starts, [&](const StartSite &Site) {
    const FunctionSummary &Caller = U.functions()[Site.Caller];
    return Site.Where == Place::Here && !Caller.Coro &&
           !U.loopContext(Caller) &&
           isGivenToWait(Site.Call, Caller.Function, U);
  });
}

namespace {

/// Whether the coroutine may have been suspended.
struct Suspended final : FlowProblem {
  const FunctionFlow &Flow;
  explicit Suspended(const FunctionFlow &Flow) : Flow(Flow) {}
  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (Flow.suspensionAt(Element))
      Facts.set(0);
  }
};

} // namespace

llvm::SmallPtrSet<const Stmt *, 32>
async_tidy::beforeSuspension(const FunctionSummary &F, Unit &U) {
  llvm::SmallPtrSet<const Stmt *, 32> Found;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return Found;
  Suspended Problem(*Flow);
  Flow->solve(Problem, llvm::BitVector(1))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
          if (Facts.none())
            Found.insert(S->getStmt());
      });
  return Found;
}
