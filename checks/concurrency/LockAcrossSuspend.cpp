//===-- LockAcrossSuspend.cpp - async-lock-across-suspend -------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Flow.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds mutexes of threads that may be locked where a coroutine is suspended.
class LockAcrossSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void function(Unit &U, const FunctionSummary &F, Locks &L);
};

const Register<LockAcrossSuspendCheck> R({
    .Name = "async-lock-across-suspend",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a mutex that is locked while a coroutine is suspended blocks "
               "the threads of others, and may be unlocked by another thread",
});

/// A way in which a function comes to hold a mutex.
struct Holder {
  /// A guard, or an object that owns one.
  const VarDecl *Guard = nullptr;
  /// A guard that has no name.
  const CXXBindTemporaryExpr *Temporary = nullptr;
  /// A mutex that is locked by hand.
  std::optional<AccessPath> Mutex;
  /// Where it is locked.
  const Stmt *At = nullptr;
};

/// Which holders hold their mutex where.
class HeldLocks final : public FlowProblem {
public:
  HeldLocks(const FunctionFlow &Flow, Locks &L);

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override;
  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override;
  const VarDecl *owner(unsigned Fact) override { return Holders[Fact].Guard; }

  std::vector<Holder> Holders;

private:
  /// What an element does to a fact.
  struct Action {
    enum { Acquire, Release, TakeFrom } Kind;
    unsigned Fact;
    unsigned Other = 0; ///< whose lock is taken over
  };

  void declared(const DeclStmt *Declares);
  void called(const Expr *Call);
  void assigned(const CXXOperatorCallExpr *Assign);
  void add(const Stmt *At, decltype(Action::Kind) Kind, unsigned Fact,
           unsigned Other = 0) {
    Actions[At].push_back({Kind, Fact, Other});
  }
  std::optional<unsigned> guard(const Expr *E) const;
  void releaseMutex(const Stmt *At, const Expr *Mutex);
  /// The std::move of a guard whose lock \p E takes away.
  const CallExpr *movedBy(const Expr *E) const;
  /// What \p At makes of a guard: one that holds what \p Value does.
  void set(const Stmt *At, unsigned Fact, const Expr *Value);

  Locks &L;
  llvm::DenseMap<const VarDecl *, unsigned> Guards;
  llvm::DenseMap<const CXXBindTemporaryExpr *, unsigned> Temporaries;
  llvm::MapVector<const Stmt *, llvm::SmallVector<Action, 1>> Actions;
  /// What a condition says when it is true.
  llvm::DenseMap<const Expr *, unsigned> Tried;
};

} // namespace

HeldLocks::HeldLocks(const FunctionFlow &Flow, Locks &L) : L(L) {
  llvm::DenseSet<const CXXBindTemporaryExpr *> Unnamed;
  for (const CFGBlock *Block : Flow.graph())
    for (const CFGElement &Element : *Block)
      if (auto Dtor = Element.getAs<CFGTemporaryDtor>())
        if (L.isGuard(Dtor->getBindTemporaryExpr()->getType()))
          Unnamed.insert(Dtor->getBindTemporaryExpr());
  // Holders first: what is done to them may stand in an earlier block.
  auto ForEach = [&](auto Visit) {
    for (const CFGBlock *Block : llvm::reverse(Flow.graph()))
      for (const CFGElement &Element : *Block)
        if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
          Visit(S->getStmt());
  };
  ForEach([&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls()) {
        const auto *Var = dyn_cast<VarDecl>(D);
        if (!Var || !Var->hasLocalStorage() || !Var->getInit())
          continue;
        QualType T = Var->getType();
        if (T->isReferenceType() &&
            !isa<MaterializeTemporaryExpr>(
                Var->getInit()->IgnoreImpCasts()->IgnoreParens()))
          continue;
        const auto *New =
            dyn_cast<CXXNewExpr>(Var->getInit()->IgnoreImpCasts());
        if (New && T->isPointerType())
          T = New->getAllocatedType();
        if (L.isGuard(T) || L.ownsGuard(T)) {
          Guards[Var] = Holders.size();
          Holders.push_back({Var, nullptr, std::nullopt, Declares});
        }
      }
    } else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(S)) {
      if (Unnamed.contains(Bind)) {
        Temporaries[Bind] = Holders.size();
        Holders.push_back({nullptr, Bind, std::nullopt, Bind});
      }
    } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const Locks::Use Use = L.useOf(Call);
      if ((Use.Kind == Locks::Effect::Acquires ||
           Use.Kind == Locks::Effect::MayAcquire) &&
          Use.Object && !L.isGuard(Use.Object->getType()) &&
          !L.ownsGuard(Use.Object->getType()))
        if (auto Path = accessPath(Use.Object)) {
          // A guard's operator->, or a mutex that nobody else can have.
          Holders.push_back({nullptr, nullptr, std::move(Path), Call});
        }
    }
  });
  if (Holders.empty())
    return;
  ForEach([&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S))
      declared(Declares);
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(S)) {
      if (auto It = Temporaries.find(Bind);
          It != Temporaries.end() && L.isHeldBy(Bind->getSubExpr()))
        add(Bind, Action::Acquire, It->second);
    } else if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S);
               Assign && Assign->getOperator() == OO_Equal)
      assigned(Assign);
    else if (const auto *Call = dyn_cast<CallExpr>(S))
      called(Call);
    else if (const auto *Make = dyn_cast<CXXConstructExpr>(S)) {
      if (L.adopts(Make))
        for (const Expr *Mutex : Make->arguments())
          releaseMutex(Make, Mutex);
      called(Make);
    } else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S)) {
      if (auto Fact = guard(Delete->getArgument()))
        add(Delete, Action::Release, *Fact);
    } else if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      // It may unlock when somebody calls it.
      for (const LambdaCapture &Capture : Lambda->captures())
        if (Capture.capturesVariable() && Capture.getCaptureKind() == LCK_ByRef)
          if (const auto *Var = dyn_cast<VarDecl>(Capture.getCapturedVar()))
            if (auto It = Guards.find(Var); It != Guards.end())
              add(Lambda, Action::Release, It->second);
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(S);
               Unary && Unary->getOpcode() == UO_AddrOf) {
      if (auto Fact = guard(Unary->getSubExpr()))
        add(Unary, Action::Release, *Fact);
    }
  });
}

std::optional<unsigned> HeldLocks::guard(const Expr *E) const {
  const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(E));
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  auto It = Guards.find(Var);
  return It == Guards.end() ? std::nullopt : std::optional(It->second);
}

const CallExpr *HeldLocks::movedBy(const Expr *E) const {
  E = stripImplicit(E);
  if (const auto *Make = dyn_cast<CXXConstructExpr>(E))
    return Make->getNumArgs() ? movedBy(Make->getArg(0)) : nullptr;
  const auto *Call = dyn_cast<CallExpr>(E);
  return Call && Call->isCallToStdMove() && guard(Call->getArg(0)) ? Call
                                                                   : nullptr;
}

void HeldLocks::set(const Stmt *At, unsigned Fact, const Expr *Value) {
  if (const CallExpr *Move = Value ? movedBy(Value) : nullptr) {
    // Which has been visited already, and was taken for the end of it.
    Actions.erase(Move);
    add(At, Action::TakeFrom, Fact, *guard(Move->getArg(0)));
  } else {
    add(At, Value && L.isHeldBy(Value) ? Action::Acquire : Action::Release,
        Fact);
  }
}

void HeldLocks::declared(const DeclStmt *Declares) {
  for (const Decl *D : Declares->decls()) {
    const auto *Var = dyn_cast<VarDecl>(D);
    auto It = Guards.find(Var);
    if (It == Guards.end())
      continue;
    const Expr *Init = Var->getInit()->IgnoreImpCasts();
    if (const auto *New = dyn_cast<CXXNewExpr>(Init))
      Init = New->getInitializer();
    set(Declares, It->second, Init);
  }
}

void HeldLocks::assigned(const CXXOperatorCallExpr *Assign) {
  std::optional<unsigned> Fact = guard(Assign->getArg(0));
  if (Fact && Assign->getNumArgs() == 2)
    set(Assign, *Fact, Assign->getArg(1));
}

void HeldLocks::releaseMutex(const Stmt *At, const Expr *Mutex) {
  std::optional<AccessPath> Path = accessPath(Mutex);
  for (unsigned Fact = 0; Path && Fact < Holders.size(); ++Fact)
    if (Holders[Fact].Mutex == Path)
      add(At, Action::Release, Fact);
}

void HeldLocks::called(const Expr *Call) {
  const Locks::Use Use = L.useOf(Call);
  if (Use.Object) {
    std::optional<unsigned> Fact = guard(Use.Object);
    if (!Fact && Use.Kind == Locks::Effect::Releases)
      releaseMutex(Call, Use.Object);
    for (unsigned I = 0; !Fact && I < Holders.size(); ++I)
      if (Holders[I].At == Call)
        Fact = I;
    if (Fact)
      switch (Use.Kind) {
      case Locks::Effect::Acquires:
        add(Call, Action::Acquire, *Fact);
        break;
      case Locks::Effect::MayAcquire:
        Tried[Call] = *Fact;
        break;
      case Locks::Effect::Releases:
        add(Call, Action::Release, *Fact);
        break;
      case Locks::Effect::None:
        break;
      }
    return;
  }
  const FunctionDecl *Callee = calleeOf(Call);
  if (const auto *AsCall = dyn_cast<CallExpr>(Call);
      AsCall && AsCall->isCallToStdMove()) {
    // What it is moved into is asked where that is declared.
    if (auto Fact = guard(AsCall->getArg(0)))
      Actions[Call].push_back({Action::Release, *Fact, 0});
    return;
  }
  // Who is given a guard may unlock it; the standard library locks it again.
  if (Callee && Callee->isInStdNamespace())
    return;
  unsigned Number = 0;
  for (const Expr *Argument : writtenArguments(Call)) {
    const ParmVarDecl *P = Callee && Number < Callee->getNumParams()
                               ? Callee->getParamDecl(Number)
                               : nullptr;
    ++Number;
    if (P && P->getType()->isLValueReferenceType() &&
        P->getType().getNonReferenceType().isConstQualified())
      continue;
    if (auto Fact = guard(Argument))
      add(Call, Action::Release, *Fact);
  }
}

void HeldLocks::transfer(const CFGElement &Element, llvm::BitVector &Facts) {
  if (auto Dtor = Element.getAs<CFGAutomaticObjDtor>()) {
    if (auto It = Guards.find(Dtor->getVarDecl()); It != Guards.end())
      Facts.reset(It->second);
    return;
  }
  if (auto Dtor = Element.getAs<CFGTemporaryDtor>()) {
    if (auto It = Temporaries.find(Dtor->getBindTemporaryExpr());
        It != Temporaries.end())
      Facts.reset(It->second);
    return;
  }
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  auto It = S ? Actions.find(S->getStmt()) : Actions.end();
  if (It == Actions.end())
    return;
  for (const Action &A : It->second)
    switch (A.Kind) {
    case Action::Acquire:
      Facts.set(A.Fact);
      break;
    case Action::Release:
      Facts.reset(A.Fact);
      break;
    case Action::TakeFrom:
      Facts[A.Fact] = Facts[A.Other];
      Facts.reset(A.Other);
      break;
    }
}

void HeldLocks::assume(const Expr *Condition, bool Value,
                       llvm::BitVector &Facts) {
  if (auto It = Tried.find(Condition); It != Tried.end()) {
    Value ? Facts.set(It->second) : Facts.reset(It->second);
    return;
  }
  // A guard that says whether it holds its mutex: lock, or lock.owns_lock().
  const Expr *Guard = Condition;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Condition))
    if (Call->getNumArgs() == 0 && Call->getType()->isBooleanType())
      Guard = Call->getImplicitObjectArgument();
  if (auto Fact = guard(Guard); Fact && !Value)
    Facts.reset(*Fact);
}

void LockAcrossSuspendCheck::analyze(Unit &U) {
  Locks L(U.M, U.C);
  for (const FunctionSummary &F : U.functions())
    if (F.Coro && F.Suspends)
      function(U, F, L);
}

/// How a message names what \p H locks.
static std::string describe(const Holder &H) {
  if (H.Guard)
    return "'" + H.Guard->getNameAsString() + "' holds a mutex";
  if (H.Mutex)
    return "'" + H.Mutex->name() + "' is locked";
  return "a temporary lock is held until the end of this expression";
}

void LockAcrossSuspendCheck::function(Unit &U, const FunctionSummary &F,
                                      Locks &L) {
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow || Flow->suspensions().empty())
    return;
  HeldLocks Problem(*Flow, L);
  if (Problem.Holders.empty())
    return;
  struct Held {
    const Expr *First = nullptr;
    unsigned Others = 0;
  };
  std::vector<Held> Found(Problem.Holders.size());
  Flow->solve(Problem, llvm::BitVector(Problem.Holders.size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        const Expr *Suspension = Flow->suspensionAt(Element);
        if (!Suspension)
          return;
        for (unsigned Fact : Facts.set_bits())
          if (!Found[Fact].First)
            Found[Fact].First = Suspension;
          else
            ++Found[Fact].Others;
      });

  for (const auto &[H, Where] : llvm::zip(Problem.Holders, Found)) {
    if (!Where.First)
      continue;
    const bool IsYield = isa<CoyieldExpr>(Where.First);
    Finding Result;
    Result.Loc = Where.First->getBeginLoc();
    Result.Message = "the coroutine is suspended while " + describe(H) + ": ";
    Result.Message +=
        F.Coro->Kind == CoroutineKind::Generator
            ? "whatever its consumer does meanwhile, it does with the mutex "
              "locked"
        : F.Coro->Library && F.Coro->Library.Library->SingleThreaded
            ? "the next one that wants to lock it blocks the only thread, and "
              "none goes on"
            : "whoever wants to lock it blocks a thread until then, and "
              "unlocking it on another thread is undefined";
    Result.Message += IsYield ? "; unlock it before the co_yield"
                              : "; unlock it before the co_await, or lock a "
                                "mutex that is awaited";
    Result.Ranges.push_back(Where.First->getSourceRange());
    std::string Note = "locked here";
    if (Where.Others)
      Note += "; " + std::to_string(Where.Others) +
              (Where.Others == 1 ? " more suspension point follows"
                                 : " more suspension points follow");
    Result.Notes.push_back(
        {H.Guard ? H.Guard->getLocation() : H.At->getBeginLoc(),
         std::move(Note)});
    report(std::move(Result));
  }
}
