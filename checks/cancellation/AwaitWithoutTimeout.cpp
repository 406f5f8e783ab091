//===-- AwaitWithoutTimeout.cpp - async-await-without-timeout -------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Timeouts.h"
#include "cancellation/Tokens.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds awaits that last until a peer answers, where nothing is seen to end
/// them if it never does.
class AwaitWithoutTimeoutCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<AwaitWithoutTimeoutCheck> R({
    .Name = "async-await-without-timeout",
    .Group = "cancellation",
    .Level = Severity::Style,
    // Whoever starts the coroutine may see to it, in another file.
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a peer that never answers keeps a coroutine waiting for ever",
});

/// Who sees to it that waits end, as far as the file shows.
struct Limits {
  /// Classes and functions that have a timer, or say how long to wait.
  llvm::SmallPtrSet<const Decl *, 16> By;
  /// Coroutines that are part of work with a timeout, or of a race.
  llvm::SmallPtrSet<const FunctionDecl *, 16> Called;
};

} // namespace

/// The class whose member \p FD is, or the function that it stands in: those
/// that belong together.
static const Decl *ownerOf(const FunctionDecl *FD) {
  const Decl *Owner = FD;
  while (true) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Owner);
    if (!Method)
      return Owner->getCanonicalDecl();
    const CXXRecordDecl *RD = Method->getParent();
    const auto *Around =
        dyn_cast_or_null<FunctionDecl>(RD->getParentFunctionOrMethod());
    if (!Around)
      return RD->getCanonicalDecl();
    Owner = Around;
  }
}

/// Whether \p E may end before what it waits for: it has a timeout, or is one
/// of several of which the first one counts.
static bool limits(const Expr *E, Unit &U) {
  const FunctionModel *Known = U.M.function(E);
  if (!Known)
    return false;
  if (!Known->Timeouts.empty())
    return !timeoutCalls(E, U).empty();
  return bool(Known->Delays);
}

static Limits limitsOf(Unit &U) {
  Limits Found;
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      if (!isa<CallExpr>(S))
        return true;
      const auto *Call = cast<CallExpr>(S);
      const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
      const bool IsRace = Op && Op->getOperator() == OO_PipePipe;
      if (!IsRace && !limits(Call, U))
        return true;
      Found.By.insert(ownerOf(F.Function));
      walkBody(Call, [&](const Stmt *Part) {
        if (const auto *Inner = dyn_cast<CallExpr>(Part))
          if (const FunctionDecl *FD = Inner->getDirectCallee())
            Found.Called.insert(FD->getCanonicalDecl());
        return true;
      });
      return true;
    });
  return Found;
}

/// Whether something in \p Await says how long to wait, or who may end it.
static bool isLimited(const Stmt *Await, Unit &U) {
  if (mentionsToken(Await, U.M))
    return true;
  bool Found = false;
  walkBody(Await, [&](const Stmt *S) {
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
      Found |= Op->getOperator() == OO_PipePipe;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      Found |= limits(Call, U);
      for (const Expr *Argument : writtenArguments(Call)) {
        const CXXRecordDecl *RD = recordOf(stripImplicit(Argument)->getType());
        Found |= RD && (qualifiedName(RD) == "std::chrono::duration" ||
                        qualifiedName(RD) == "std::chrono::time_point");
      }
    }
    return !Found;
  });
  return Found;
}

/// Whether \p Call reads from what has no peer, as a file has none: a function
/// that reads from any stream is given one that neither tells the address of a
/// peer nor stands on another one.
static bool isLocal(const CallExpr *Call) {
  const auto Arguments = writtenArguments(Call);
  if (objectOf(Call) || Arguments.empty())
    return false;
  const CXXRecordDecl *RD =
      recordOf(stripImplicit(Arguments.front())->getType());
  return hasMember(RD, "is_open") && !hasMember(RD, "remote_endpoint") &&
         !hasMember(RD, "next_layer");
}

void AwaitWithoutTimeoutCheck::analyze(Unit &U) {
  std::optional<Limits> Known;
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Function->isDependentContext() ||
        F.Coro->Kind == CoroutineKind::Generator)
      continue;
    // Somebody may tell the coroutine itself.
    if (llvm::any_of(F.Function->parameters(), [&](const ParmVarDecl *P) {
          const CXXRecordDecl *RD = recordOf(P->getType());
          return tokenType(P->getType(), U.M) ||
                 (RD && (qualifiedName(RD) == "std::chrono::duration" ||
                         qualifiedName(RD) == "std::chrono::time_point"));
        }))
      continue;
    walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
      const auto *Await = dyn_cast<CoawaitExpr>(S);
      const CallExpr *Call = Await ? awaitedCall(Await) : nullptr;
      const FunctionModel *Model = Call ? U.M.function(Call) : nullptr;
      if (!Model || !Model->WaitsForPeer || !U.C.maySuspend(Await) ||
          isLocal(Call) || isLimited(Await, U))
        return true;
      if (!Known)
        Known = limitsOf(U);
      if (Known->By.contains(ownerOf(F.Function)) ||
          Known->Called.contains(F.Function->getCanonicalDecl()))
        return true;
      Finding Found;
      Found.Loc = Await->getExprLoc();
      Found.Ranges.push_back(Await->getSourceRange());
      Found.Message = "'" + displayCallee(Call, Call->getDirectCallee()) +
                      "' waits for as long as the peer does not answer, and "
                      "nothing here ends that; give it a timeout";
      report(std::move(Found));
      return true;
    });
  }
}
