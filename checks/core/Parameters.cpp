//===-- Parameters.cpp - Parameters that coroutines use late -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Parameters.h"
#include "core/Facts.h"
#include "core/Flow.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds the expressions that mention a parameter, or a local variable that
/// refers to what the parameter refers to; or, of a lambda, a capture.
class Mentions {
public:
  enum Of { Parameters, Captures };

  Mentions(const FunctionDecl *FD, Models &M, Of What = Parameters)
      : M(M), What(What) {
    if (What == Captures) {
      captures(cast<CXXMethodDecl>(FD)->getParent());
      visitAll(FD);
      return;
    }
    for (const ParmVarDecl *P : FD->parameters())
      if (isReferenceLike(P->getType(), M))
        Roots[P] = P->getFunctionScopeIndex() + 1;
    const auto *MD = dyn_cast<CXXMethodDecl>(FD);
    HasObject = MD && MD->isImplicitObjectMemberFunction() &&
                !MD->getParent()->isLambda();
    visitAll(FD);
  }

  /// In the order of the source, with the parameter's number.
  llvm::MapVector<const Expr *, unsigned> All;
  /// Per parameter, the first mention by its own name.
  llvm::MapVector<unsigned, const Expr *> Direct;

  /// What capture \p Number is; null for the object.
  const ValueDecl *capture(unsigned Number) const {
    return Number == ObjectParameter ? nullptr : Captured[Number - 1];
  }

private:
  void visitAll(const FunctionDecl *FD) {
    if (Roots.empty() && !HasObject)
      return;
    walkBody(coroutineBody(FD), [&](const Stmt *S) { return visit(S); });
    for (unsigned Number : Changed)
      Direct.erase(Number);
    All.remove_if(
        [&](const auto &Entry) { return Changed.contains(Entry.second); });
  }

  void captures(const CXXRecordDecl *Lambda) {
    for (const LambdaCapture &Capture : Lambda->captures()) {
      HasObject |= Capture.capturesThis();
      if (!Capture.capturesVariable())
        continue;
      const ValueDecl *D = Capture.getCapturedVar();
      const CXXRecordDecl *RD =
          definitionOf(D->getType()->getAsCXXRecordDecl());
      // There is nothing in a tag that could be gone.
      if (RD && !RD->isDependentType() && RD->isEmpty() &&
          (RD->isLambda() || RD->hasTrivialDefaultConstructor() ||
           RD->hasConstexprDefaultConstructor()))
        continue;
      Captured.push_back(D);
      Roots[D] = Captured.size();
      const auto *Var = dyn_cast<VarDecl>(D);
      if (Capture.getCaptureKind() == LCK_ByCopy &&
          !(Var && Var->isInitCapture() && D->getType()->isReferenceType()))
        Copied.insert(D);
    }
  }

  bool visit(const Stmt *S) {
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(S))
      // (void)parameter is how to say that there is no use.
      return !Cast->getType()->isVoidType() ||
             !isa<DeclRefExpr>(stripImplicit(Cast->getSubExpr()));
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D))
          declared(Var);
    } else if (const auto *Assign = dyn_cast<BinaryOperator>(S)) {
      if (Assign->isAssignmentOp())
        assigned(Assign->getLHS());
    } else if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S)) {
      if (Assign->getOperator() == OO_Equal)
        assigned(Assign->getArg(0));
    } else if (isa<CXXThisExpr>(S)) {
      if (HasObject)
        mentioned(cast<Expr>(S), ObjectParameter, true);
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      if (unsigned Number = numberOf(Ref))
        mentioned(Ref, Number,
                  What == Captures ? Captured[Number - 1] == Ref->getDecl()
                                   : isa<ParmVarDecl>(Ref->getDecl()));
    }
    return true;
  }

  void mentioned(const Expr *E, unsigned Number, bool ByName) {
    All.insert({E, Number});
    if (ByName)
      Direct.insert({Number, E});
  }

  /// A pointer or view that is given another value refers to something else.
  void assigned(const Expr *E) {
    const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(E));
    if (What == Parameters && Ref && isa<ParmVarDecl>(Ref->getDecl()) &&
        !Ref->getDecl()->getType()->isReferenceType())
      if (unsigned Number = numberOf(Ref))
        Changed.insert(Number);
  }

  unsigned numberOf(const DeclRefExpr *Ref) const {
    const ValueDecl *D = Ref->getDecl();
    if (const auto *Binding = dyn_cast<BindingDecl>(D))
      D = Binding->getDecomposedDecl();
    return D ? Roots.lookup(D) : 0;
  }

  /// Remembers a variable that refers to what a parameter refers to.
  void declared(const VarDecl *Var) {
    if (!Var->getInit() || Var->hasGlobalStorage())
      return;
    if (const auto *Lambda =
            dyn_cast<LambdaExpr>(stripImplicit(Var->getInit()))) {
      for (const auto &[Capture, Init] :
           llvm::zip(Lambda->captures(), Lambda->capture_inits())) {
        const auto *Ref = Capture.capturesVariable() && Init
                              ? dyn_cast<DeclRefExpr>(stripImplicit(Init))
                              : nullptr;
        const unsigned Number = Ref ? numberOf(Ref) : 0;
        if (What == Captures) {
          if (Number && Capture.getCaptureKind() == LCK_ByRef && isInside(Ref))
            Roots.try_emplace(Var, Number);
          continue;
        }
        // A copy of what a reference refers to is a copy.
        if (Number && (Capture.getCaptureKind() == LCK_ByRef ||
                       !Ref->getDecl()->getType()->isReferenceType()))
          Roots.try_emplace(Var, Number);
        if (Capture.capturesThis() && HasObject &&
            Capture.getCaptureKind() == LCK_This)
          Roots.try_emplace(Var, ObjectParameter);
      }
      return;
    }
    if (!isReferenceLike(Var->getType(), M))
      return;
    const Origin From = originOf(Var->getType(), Var->getInit(), M);
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(From.E);
    const unsigned Number = Ref ? numberOf(Ref) : 0;
    if (What == Captures) {
      if (Number && !From.ByValue && isInside(Ref))
        Roots.try_emplace(Var, Number);
      return;
    }
    // A pointer that was behind a reference goes on to point where it did.
    if (Number &&
        !(From.ByValue && Ref->getDecl()->getType()->isReferenceType()))
      Roots.try_emplace(Var, Number);
  }

  /// Whether the object that \p Ref names is in the lambda, and is not one that
  /// the lambda has a reference to.
  bool isInside(const DeclRefExpr *Ref) const {
    const ValueDecl *D = Ref->getDecl();
    return Copied.contains(D) ||
           (!llvm::is_contained(Captured, D) && Roots.contains(D));
  }

  Models &M;
  const Of What;
  llvm::DenseMap<const ValueDecl *, unsigned> Roots;
  llvm::SmallDenseSet<unsigned, 4> Changed;
  llvm::SmallVector<const ValueDecl *, 4> Captured;
  llvm::SmallPtrSet<const ValueDecl *, 4> Copied;
  bool HasObject = false;
};

} // namespace

namespace {

/// Whether the coroutine may have been suspended at a point in its body.
struct SuspendedBefore final : FlowProblem {
  explicit SuspendedBefore(const FunctionFlow &Flow) : Flow(Flow) {}
  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (Flow.suspensionAt(Element))
      Facts.set();
  }
  const FunctionFlow &Flow;
};

} // namespace

/// The mentions in \p Found that come late in coroutine \p F, one for each
/// number: after a suspension point, if there is such a one.
static llvm::MapVector<unsigned, std::pair<const Expr *, bool>>
lateMentions(const FunctionSummary &F, Start When, const Mentions &Found,
             const FunctionFlow *Flow) {
  llvm::MapVector<unsigned, std::pair<const Expr *, bool>> Uses;
  if (Found.All.empty())
    return Uses;
  if (F.Function->isDependentContext()) {
    // There is no graph of a template. What comes first is first, as a rule.
    const Expr *First = nullptr;
    walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
      if (!First && isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S))
        First = cast<Expr>(S);
      return !First;
    });
    for (const auto &[E, Number] : Found.All)
      if (First && First->getEndLoc() < E->getBeginLoc())
        Uses.insert({Number, {E, true}});
  } else if (F.Suspends && Flow) {
    llvm::SmallPtrSet<const Stmt *, 32> Late;
    SuspendedBefore Problem(*Flow);
    Flow->solve(Problem, llvm::BitVector(1))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
              S && Facts.any())
            Late.insert(S->getStmt());
        });
    for (const auto &[E, Number] : Found.All)
      if (Late.contains(E))
        Uses.insert({Number, {E, true}});
  }
  if (When == Start::Lazy)
    for (const auto &[Number, E] : Found.Direct)
      Uses.insert({Number, {E, false}});
  return Uses;
}

std::vector<LateUse> async_tidy::lateUses(const FunctionSummary &F,
                                          const FunctionFlow *Flow, Models &M) {
  if (!F.Coro || !coroutineBody(F.Function))
    return {};
  std::vector<LateUse> Result;
  for (const auto &[Number, Use] :
       lateMentions(F, F.Coro->When, Mentions(F.Function, M), Flow))
    Result.push_back({Number,
                      Number == ObjectParameter
                          ? nullptr
                          : F.Function->getParamDecl(Number - 1),
                      Use.first, Use.second});
  llvm::sort(Result, [](const LateUse &A, const LateUse &B) {
    return A.Number < B.Number;
  });
  return Result;
}

std::vector<LateCapture> async_tidy::lateCaptures(const FunctionSummary &F,
                                                  Start When,
                                                  const FunctionFlow *Flow,
                                                  Models &M) {
  const auto *Op = dyn_cast<CXXMethodDecl>(F.Function);
  if (!coroutineBody(F.Function) || !Op || !Op->getParent()->isLambda() ||
      Op->isStatic())
    return {};
  // 'this auto' makes the lambda a parameter, which the coroutine keeps.
  if (Op->isExplicitObjectMemberFunction() &&
      !Op->getParamDecl(0)->getType()->isReferenceType())
    return {};
  const Mentions Found(F.Function, M, Mentions::Captures);
  std::vector<LateCapture> Result;
  for (const auto &[Number, Use] : lateMentions(F, When, Found, Flow))
    Result.push_back({Found.capture(Number), Use.first, Use.second});
  return Result;
}
