//===-- ManualAsyncLock.cpp - async-manual-async-lock -----------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Flow.h"
#include "core/Names.h"
#include "core/Walk.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds locks of coroutines that are given back by hand, but not on every
/// path.
class ManualAsyncLockCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void function(Unit &U, const FunctionSummary &F);
};

const Register<ManualAsyncLockCheck> R({
    .Name = "async-manual-async-lock",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a lock that is awaited and given back by hand stays locked "
               "when the code between is left another way",
});

/// Which locks are held where.
class HeldByHand final : public FlowProblem {
public:
  HeldByHand(const Stmt *Body, Unit &U);

  struct Lock {
    const Expr *Await;
    AccessPath Path;
    const Expr *Release = nullptr; ///< one of those that give it back
  };

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (auto It = Acquired.find(S->getStmt()); It != Acquired.end())
      Facts.set(It->second);
    if (auto It = Released.find(S->getStmt()); It != Released.end())
      for (unsigned Fact : It->second)
        Facts.reset(Fact);
  }

  std::vector<Lock> Locks;

private:
  llvm::DenseMap<const Stmt *, unsigned> Acquired;
  llvm::DenseMap<const Stmt *, llvm::SmallVector<unsigned, 2>> Released;
};

} // namespace

/// The lock that \p Call works on: its object, or its first argument.
static const Expr *lockOf(const Expr *Call) {
  if (const Expr *Object = objectOf(Call))
    return Object;
  llvm::SmallVector<const Expr *, 4> Arguments = writtenArguments(Call);
  return Arguments.empty() ? nullptr : Arguments.front();
}

HeldByHand::HeldByHand(const Stmt *Body, Unit &U) {
  walkBody(Body, [&](const Stmt *S) {
    const auto *Await = dyn_cast<CoawaitExpr>(S);
    if (!Await || !Await->getType()->isVoidType())
      return true;
    const Expr *Call = stripImplicit(Await->getOperand());
    const FunctionModel *Known = U.M.function(Call);
    const Expr *Lock =
        Known && Known->AwaitedLock.Model ? lockOf(Call) : nullptr;
    if (auto Path = Lock ? accessPath(Lock) : std::nullopt) {
      Acquired[Await] = Locks.size();
      Locks.push_back({Await, std::move(*Path)});
    }
    return true;
  });
  if (Locks.empty())
    return;
  llvm::SmallPtrSet<const Expr *, 4> Acquires;
  for (const Lock &L : Locks)
    Acquires.insert(
        lockOf(stripImplicit(cast<CoawaitExpr>(L.Await)->getOperand())));
  auto Release = [&](const Stmt *At, const Expr *Object, bool ByHand) {
    std::optional<AccessPath> Path = accessPath(Object);
    for (unsigned I = 0; Path && I < Locks.size(); ++I)
      if (Locks[I].Path == *Path) {
        Released[At].push_back(I);
        if (ByHand)
          Locks[I].Release = cast<Expr>(At);
      }
  };
  walkBody(Body, [&](const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      // Some scope guard's: it may give anything back.
      walkBody(Lambda->getBody(), [&](const Stmt *Inner) {
        const auto *Call = dyn_cast<CallExpr>(Inner);
        const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
        if (Known && Known->GivesBack.Model)
          for (unsigned I = 0; I < Locks.size(); ++I)
            Released[Lambda].push_back(I);
        return true;
      });
      return true;
    }
    if (!isa<CallExpr, CXXConstructExpr>(S))
      return true;
    const auto *Call = cast<Expr>(S);
    if (const FunctionModel *Known = U.M.function(Call)) {
      if (Known->GivesBack.Model) {
        if (const Expr *Lock = lockOf(Call))
          Release(Call, Lock, /*ByHand=*/true);
        return true;
      }
      if (Known->AwaitedLock.Model)
        return true;
    }
    // A guard that takes it over, or somebody else who gives it back.
    for (const Expr *Argument : writtenArguments(Call))
      Release(Call, Argument, /*ByHand=*/false);
    return true;
  });
}

/// Whether \p L is a mutex behind a pointer: that of somebody else, to whom a
/// coroutine may leave it locked.
static bool isPassedOn(const HeldByHand::Lock &L) {
  const Expr *Lock = stripImplicit(
      lockOf(stripImplicit(cast<CoawaitExpr>(L.Await)->getOperand())));
  if (Lock->getType()->isPointerType() || isa<UnaryOperator>(Lock))
    return true;
  const auto *Member = dyn_cast<MemberExpr>(Lock);
  return Member && Member->isArrow() &&
         !isa<CXXThisExpr>(stripImplicit(Member->getBase()));
}

void ManualAsyncLockCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    if (F.Coro && F.Suspends)
      function(U, F);
}

void ManualAsyncLockCheck::function(Unit &U, const FunctionSummary &F) {
  HeldByHand Problem(coroutineBody(F.Function), U);
  // A function that never gives it back leaves that to somebody else.
  if (llvm::none_of(Problem.Locks, [](const HeldByHand::Lock &L) {
        return L.Release != nullptr;
      }))
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  struct Leak {
    const Stmt *Last = nullptr;
    bool Found = false, IsExceptional = false;
  };
  std::vector<Leak> Leaks(Problem.Locks.size());
  llvm::DenseMap<const Stmt *, const CoawaitExpr *> Resumes;
  for (const Expr *E : Flow->suspensions())
    if (const auto *Await = dyn_cast<CoawaitExpr>(E))
      if (const Expr *Resume = Await->getResumeExpr())
        Resumes[stripImplicit(Resume)] = Await;
  Flow->solve(Problem, llvm::BitVector(Problem.Locks.size()))
      .forEachExit([&](const Stmt *Last, bool IsExceptional,
                       const llvm::BitVector &Facts) {
        // Everything may throw; what another coroutine does, or a peer, will.
        const Stmt *At = Last;
        if (IsExceptional && !isa_and_nonnull<CXXThrowExpr>(Last)) {
          At = Last ? Resumes.lookup(Last) : nullptr;
          if (!At)
            return;
        }
        for (unsigned Fact : Facts.set_bits()) {
          Leak &L = Leaks[Fact];
          if (!L.Found || (L.IsExceptional && !IsExceptional))
            L = {At, true, IsExceptional};
        }
      });
  for (const auto &[Lock, Leak] : llvm::zip(Problem.Locks, Leaks)) {
    if (!Leak.Found || !Lock.Release ||
        (!Leak.IsExceptional && isPassedOn(Lock)))
      continue;
    Finding Result;
    Result.Loc = Lock.Await->getBeginLoc();
    Result.Message = "'" + Lock.Path.name() + "' stays locked when ";
    if (Leak.IsExceptional)
      Result.Message += isa<CXXThrowExpr>(Leak.Last)
                            ? "the coroutine throws before it gives it back"
                            : "an await throws before it is given back";
    else
      Result.Message += "the coroutine ends before it gives it back";
    Result.Message += "; hold it with a guard, whose destructor does that";
    Result.Ranges.push_back(Lock.Await->getSourceRange());
    if (Leak.Last)
      Result.Notes.push_back(
          {Leak.Last->getBeginLoc(), "the coroutine may be left here"});
    Result.Notes.push_back({Lock.Release->getBeginLoc(), "given back here"});
    report(std::move(Result));
  }
}
