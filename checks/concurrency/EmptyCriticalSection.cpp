//===-- EmptyCriticalSection.cpp - async-empty-critical-section -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds locks of coroutines that are given back before any of the work has
/// begun, because the guard is declared in a block of its own.
class EmptyCriticalSectionCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void guard(Unit &U, const BodyMap &Body, const VarDecl *Var);
};

const Register<EmptyCriticalSectionCheck> R({
    .Name = "async-empty-critical-section",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a lock whose guard is declared in a block of its own is given "
               "back before the work that it is for",
});

} // namespace

/// The co_await that the whole of statement \p S is; null when it is none.
static const CoawaitExpr *awaitIn(const Stmt *S) {
  const auto *E = dyn_cast_or_null<Expr>(S);
  return E ? dyn_cast<CoawaitExpr>(stripImplicit(E)) : nullptr;
}

/// Whether \p Await gets a lock of coroutines, or a permit.
static bool isAcquisition(const CoawaitExpr *Await, Unit &U) {
  const FunctionModel *Known = U.M.function(stripImplicit(Await->getOperand()));
  return Known && Known->AwaitedLock.Model;
}

/// Whether \p Var is made holding a lock of coroutines, or a permit.
static bool holdsLock(const VarDecl *Var, Unit &U) {
  const CXXRecordDecl *RD = definitionOf(Var->getType()->getAsCXXRecordDecl());
  if (!RD || !RD->hasNonTrivialDestructor() || !Var->getInit())
    return false;
  const Expr *Init = stripImplicit(Var->getInit());
  if (const auto *Await = dyn_cast<CoawaitExpr>(Init))
    return isAcquisition(Await, U);
  // A guard that takes over what has been awaited.
  const auto *Make = dyn_cast<CXXConstructExpr>(Init);
  return Make && llvm::any_of(writtenArguments(Make), [&](const Expr *E) {
           const TypeModel *Known = U.M.type(E->getType());
           return Known && Known->Lock.Model;
         });
}

/// Whether \p E is no amount at all: a zero, of a number or of a duration, or
/// an enumerator, such as a priority.
static bool isNoAmount(const Expr *E, const ASTContext &Ctx) {
  E = E->IgnoreParenImpCasts();
  if (E->isValueDependent())
    return false;
  if (E->getType()->isEnumeralType())
    return true;
  if (E->getType()->isArithmeticType()) {
    Expr::EvalResult Value;
    return E->EvaluateAsRValue(Value, Ctx) &&
           (Value.Val.isInt()     ? Value.Val.getInt().isZero()
            : Value.Val.isFloat() ? Value.Val.getFloat().isZero()
                                  : false);
  }
  const CXXRecordDecl *RD = E->getType()->getAsCXXRecordDecl();
  Expr::EvalResult Value;
  return RD && qualifiedName(RD) == "std::chrono::duration" &&
         E->EvaluateAsRValue(Value, Ctx) && Value.Val.isStruct() &&
         Value.Val.getStructNumFields() == 1 &&
         Value.Val.getStructField(0).isInt() &&
         Value.Val.getStructField(0).getInt().isZero();
}

/// Whether \p Await does nothing but let others run: it goes on elsewhere, or
/// after no time. Waiting some time with a lock held is how code sees to it
/// that something is not done too often.
static bool isYield(const CoawaitExpr *Await, Unit &U) {
  const CXXRecordDecl *Result = Await->getType()->getAsCXXRecordDecl();
  if (!Await->getType()->isVoidType() &&
      !(Result && Result->hasDefinition() && Result->isEmpty()))
    return false;
  const Expr *Operand = stripImplicit(Await->getOperand());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Operand)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return Var && Var->hasGlobalStorage() && U.M.libraryAround(Var);
  }
  const FunctionDecl *Callee = calleeOf(Operand);
  if (!Callee || !llvm::all_of(writtenArguments(Operand), [&](const Expr *E) {
        return isNoAmount(E, U.Ctx);
      }))
    return false;
  // A member does something with its object, unless that is only where to go.
  if (const Expr *Object = objectOf(Operand)) {
    const CXXRecordDecl *RD = recordOf(Object->getType());
    const TypeModel *Known = RD ? U.M.type(RD) : nullptr;
    return Known && Known->Executor.Model;
  }
  const FunctionModel *Known = U.M.function(Operand);
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  return (Known && !Known->Hops.empty()) ||
         ((!Method || isa<CXXConstructorDecl>(Method)) &&
          U.M.libraryAround(Callee));
}

/// Whether \p S awaits anything that is done there.
static bool awaitsWork(const Stmt *S, Unit &U) {
  bool Found = false;
  walkBody(S, [&](const Stmt *Inner) {
    if (const auto *Await = dyn_cast<CoawaitExpr>(Inner))
      Found = Found || (!isAcquisition(Await, U) && !isYield(Await, U));
    else if (isa<DependentCoawaitExpr>(Inner))
      Found = true;
    return !Found;
  });
  return Found;
}

void EmptyCriticalSectionCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends)
      continue;
    const BodyMap &Body = U.body(F.Function);
    for (const VarDecl *Var : Body.variables())
      if (Var->hasLocalStorage() && Body.mentions(Var).empty() &&
          holdsLock(Var, U))
        guard(U, Body, Var);
  }
}

void EmptyCriticalSectionCheck::guard(Unit &U, const BodyMap &Body,
                                      const VarDecl *Var) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body.scope(Var));
  if (!Block)
    return;
  // With nothing in the block but the lock, the coroutine may only have wanted
  // to wait until others have given it back. Letting others run while it is
  // held has no such sense.
  const CoawaitExpr *Yield = nullptr;
  bool IsHeld = false;
  for (const Stmt *S : Block->body()) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      if (!Declares->isSingleDecl() || Declares->getSingleDecl() != Var)
        return;
      IsHeld = true;
    } else if (const CoawaitExpr *Await = awaitIn(S)) {
      if (isYield(Await, U))
        Yield = IsHeld ? Await : Yield;
      else if (IsHeld || !isAcquisition(Await, U))
        return;
    } else if (!isa<NullStmt>(S)) {
      return;
    }
  }
  if (!Yield)
    return;
  // What follows the block, in this round of a loop.
  const Stmt *Work = nullptr;
  const Stmt *S = Block;
  for (const Stmt *Parent = Body.parent(S); Parent && !Work;
       S = Parent, Parent = Body.parent(S)) {
    if (!isa<CompoundStmt, IfStmt, LabelStmt, AttributedStmt>(Parent))
      break;
    if (const auto *Outer = dyn_cast<CompoundStmt>(Parent)) {
      auto At = llvm::find(Outer->body(), S);
      if (At == Outer->body_end())
        return;
      for (const Stmt *After : llvm::make_range(At + 1, Outer->body_end()))
        if (!Work && awaitsWork(After, U))
          Work = After;
    }
  }
  if (!Work)
    return;
  Finding Found;
  Found.Loc = Var->getLocation();
  Found.Message = "'" + Var->getNameAsString() +
                  "' gives its lock back at the end of this block, in which "
                  "nothing is done but to let others run; declare it before "
                  "the block, for the work that follows";
  Found.Ranges.push_back(Var->getSourceRange());
  Found.Notes.push_back({Block->getRBracLoc(), "given back here"});
  Found.Notes.push_back(
      {Work->getBeginLoc(), "the work that follows begins here"});
  report(std::move(Found));
}
