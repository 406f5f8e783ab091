//===-- ExpiredPointer.cpp - async-expired-pointer --------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds weak pointers that are followed after a suspension, when nobody asked
/// whether the object is still there.
class ExpiredPointerCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void locked(Unit &U, const FunctionSummary &F);
  void orphaned(Unit &U, const FunctionSummary &F);
};

const Register<ExpiredPointerCheck> R({
    .Name = "async-expired-pointer",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "what a weak pointer refers to may be gone when the coroutine "
               "goes on",
});

/// Whether \p E asks a weak pointer for a strong one.
bool isLock(const Expr *E) {
  if (!E)
    return false;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(stripImplicit(E));
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  const CXXRecordDecl *Strong =
      Method ? Call->getType()->getAsCXXRecordDecl() : nullptr;
  if (!Strong || !Strong->hasDefinition() || !Method->getIdentifier() ||
      Method->getName() != "lock" || Method->getNumParams() ||
      !Method->isConst())
    return false;
  // What tells whether it has expired is no mutex, nor a value in one.
  const CXXRecordDecl *Weak = Method->getParent()->getDefinition();
  return Weak && anyOfClasses(Weak, [](const CXXRecordDecl *RD) {
           const CXXRecordDecl *Def = RD->getDefinition();
           return Def && llvm::any_of(Def->methods(), [](const auto *M) {
                    return M->getIdentifier() && M->getName() == "expired";
                  });
         });
}

/// Which variables may hold a pointer that nobody has tested. Fact 0 is that
/// the coroutine may have been suspended.
struct Untested final : FlowProblem {
  explicit Untested(const FunctionFlow &Flow) : Flow(Flow) {}

  const FunctionFlow &Flow;
  llvm::DenseMap<const VarDecl *, unsigned> Variables;
  struct Event {
    const VarDecl *Var;
    enum { Locked, Followed, Other } What;
  };
  llvm::DenseMap<const Stmt *, Event> At;

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (Flow.suspensionAt(Element))
      Facts.set(0);
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt()))
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D))
          if (auto It = Variables.find(Var); It != Variables.end())
            change(It->second, isLock(Var->getInit()), Facts);
    if (auto It = At.find(S->getStmt()); It != At.end())
      change(Variables[It->second.Var], It->second.What == Event::Locked,
             Facts);
  }

private:
  static void change(unsigned Number, bool Locked, llvm::BitVector &Facts) {
    Facts.reset(Number);
    if (Locked && Facts.test(0))
      Facts.set(Number);
  }
};

/// Which weak pointers may be all that is left of their objects' owners.
struct Orphaned final : FlowProblem {
  explicit Orphaned(const FunctionFlow &Flow) : Flow(Flow) {}

  /// What is known of the weak pointer with this number, one fact each: that
  /// its object is one of a local owner, that this has been destroyed, and that
  /// the coroutine has been suspended since.
  enum Fact { Given, Left, Suspended, Facts };

  const FunctionFlow &Flow;
  /// The weak pointers, in the order of their numbers.
  std::vector<const VarDecl *> Pointers;
  /// Where one is set to what an owner gives; and where it is tested, set to
  /// something else, or used in a way that nobody knows.
  llvm::DenseMap<const Stmt *, unsigned> Gives, Forgets;
  /// The pointers that have their object from this owner.
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<unsigned, 1>> Owners;

  void transfer(const CFGElement &Element, llvm::BitVector &Known) override {
    if (auto Dtor = Element.getAs<CFGAutomaticObjDtor>()) {
      if (auto It = Owners.find(Dtor->getVarDecl()); It != Owners.end())
        for (unsigned Number : It->second)
          if (Known.test(Number * Facts + Given))
            Known.set(Number * Facts + Left);
      return;
    }
    if (Flow.suspensionAt(Element))
      for (unsigned Number = 0; Number < Pointers.size(); ++Number)
        if (Known.test(Number * Facts + Left))
          Known.set(Number * Facts + Suspended);
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (auto It = Forgets.find(S->getStmt()); It != Forgets.end())
      Known.reset(It->second * Facts, (It->second + 1) * Facts);
    if (auto It = Gives.find(S->getStmt()); It != Gives.end())
      Known.set(It->second * Facts + Given);
  }

  const VarDecl *owner(unsigned Fact) override {
    return Pointers[Fact / Facts];
  }
};

/// Whether \p RD has an operator that gets at what it points to.
bool canBeFollowed(const CXXRecordDecl *RD) {
  return anyOfClasses(RD, [](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = Class->getDefinition();
    return Def && llvm::any_of(Def->methods(), [](const CXXMethodDecl *M) {
             return M->getOverloadedOperator() == OO_Arrow;
           });
  });
}

/// Whether \p T is a weak pointer that is followed as it is, without being
/// locked.
bool isWeak(QualType T, const Models &M) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && RD->hasDefinition() && RD->getIdentifier() &&
         M.index().isWeakName(RD->getName()) && canBeFollowed(RD);
}

/// The variable \p E follows, if it is p->... or *p.
const DeclRefExpr *followedBy(const Expr *E) {
  const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E);
  return Op && (Op->getOperator() == OO_Arrow ||
                (Op->getOperator() == OO_Star && Op->getNumArgs() == 1))
             ? dyn_cast<DeclRefExpr>(stripImplicit(Op->getArg(0)))
             : nullptr;
}

/// The variable whose object's member call \p E is: p->weak_from_this().
const DeclRefExpr *giver(const Expr *E, const Models &M) {
  E = stripImplicit(E);
  if (const auto *Make = dyn_cast<CXXConstructExpr>(E))
    return Make->getNumArgs() == 1 ? giver(Make->getArg(0), M) : nullptr;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  return Call && isWeak(Call->getType(), M)
             ? followedBy(stripImplicit(Call->getImplicitObjectArgument()))
             : nullptr;
}

/// Whether \p Var owns something of which nobody else is known to be an owner:
/// what it has awaited, and only ever follows.
bool isOnlyOwner(const VarDecl *Var, const BodyMap &Body, const Models &M) {
  const CXXRecordDecl *RD = Var->getType()->getAsCXXRecordDecl();
  if (!RD || !RD->hasDefinition() || !RD->hasNonTrivialDestructor() ||
      isWeak(Var->getType(), M) || !canBeFollowed(RD) || !Var->getInit() ||
      !isa<CoawaitExpr>(stripImplicit(Var->getInit())))
    return false;
  return llvm::all_of(Body.mentions(Var), [&](const DeclRefExpr *Ref) {
    const Stmt *S = Body.parent(Ref);
    while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(S))
      S = Body.parent(S);
    const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(S);
    return Op && Op->getOperator() == OO_Arrow;
  });
}

/// Whether \p Inner is declared in a block within the scope of \p Outer.
bool endsBefore(const VarDecl *Inner, const VarDecl *Outer,
                const BodyMap &Body) {
  const Stmt *Around = Body.scope(Outer);
  const Stmt *S = Body.scope(Inner);
  return S && Around && S != Around && Body.isWithin(S, Around);
}

} // namespace

void ExpiredPointerCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    if (F.Coro && F.Suspends) {
      locked(U, F);
      orphaned(U, F);
    }
}

void ExpiredPointerCheck::orphaned(Unit &U, const FunctionSummary &F) {
  const BodyMap &Body = U.body(F.Function);
  if (llvm::none_of(Body.variables(), [&](const VarDecl *Var) {
        return Var->hasLocalStorage() && isWeak(Var->getType(), U.M);
      }))
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  Orphaned Problem(*Flow);
  llvm::DenseMap<const Stmt *, unsigned> Follows;
  llvm::DenseMap<unsigned, const VarDecl *> OwnerOf;
  for (const VarDecl *Var : Body.variables()) {
    if (!Var->hasLocalStorage() || !isWeak(Var->getType(), U.M))
      continue;
    const unsigned Number = Problem.Pointers.size();
    Problem.Pointers.push_back(Var);
    for (const DeclRefExpr *Ref : Body.mentions(Var)) {
      const Mention M = classify(Ref, Body, {});
      const Stmt *S = Body.parent(Ref);
      while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(S))
        S = Body.parent(S);
      if (followedBy(dyn_cast_or_null<Expr>(S)) == Ref) {
        Follows[S] = Number;
        continue;
      }
      Problem.Forgets[Ref] = Number;
      if (M.How != Use::Set || !M.Source)
        continue;
      const DeclRefExpr *From = giver(M.Source, U.M);
      const auto *Owner = From ? dyn_cast<VarDecl>(From->getDecl()) : nullptr;
      if (!Owner || !Owner->hasLocalStorage() ||
          !endsBefore(Owner, Var, Body) || !isOnlyOwner(Owner, Body, U.M))
        continue;
      Problem.Gives[M.By] = Number;
      Problem.Owners[Owner].push_back(Number);
      OwnerOf[Number] = Owner;
    }
  }
  if (Problem.Gives.empty())
    return;
  Flow->solve(Problem,
              llvm::BitVector(Problem.Pointers.size() * Orphaned::Facts))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Known) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        auto It = S ? Follows.find(S->getStmt()) : Follows.end();
        if (It == Follows.end() ||
            !Known.test(It->second * Orphaned::Facts + Orphaned::Suspended))
          return;
        const VarDecl *Owner = OwnerOf[It->second];
        Finding Found;
        Found.Loc = S->getStmt()->getBeginLoc();
        Found.Message =
            "the object of '" +
            Problem.Pointers[It->second]->getNameAsString() +
            "' may be gone: '" + Owner->getNameAsString() +
            "', which owned it, was destroyed before the coroutine was "
            "suspended; declare the owner outside of the block, or test the "
            "weak pointer";
        Found.Ranges.push_back(S->getStmt()->getSourceRange());
        Found.Notes.push_back(
            {Owner->getLocation(), "the owner is declared in an inner block"});
        report(Found);
      });
}

void ExpiredPointerCheck::locked(Unit &U, const FunctionSummary &F) {
  const BodyMap &Body = U.body(F.Function);
  llvm::SmallPtrSet<const VarDecl *, 4> Locked;
  for (const VarDecl *Var : Body.variables())
    if (Var->hasLocalStorage() && isLock(Var->getInit()))
      Locked.insert(Var);
  if (Locked.empty())
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  Untested Problem(*Flow);
  for (const VarDecl *Var : Locked)
    Problem.Variables.try_emplace(Var, Problem.Variables.size() + 1);
  for (const DeclRefExpr *Ref : Body.mentions()) {
    const auto *Var = cast<VarDecl>(Ref->getDecl());
    if (!Locked.contains(Var))
      continue;
    const Mention M = classify(Ref, Body, {});
    Untested::Event E{Var, Untested::Event::Other};
    const Stmt *S = Body.parent(Ref);
    while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(S))
      S = Body.parent(S);
    const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(S);
    // Who uses the value of the assignment tests it there.
    const Stmt *Around = Body.parent(M.By);
    while (isa_and_nonnull<ExprWithCleanups>(Around))
      Around = Body.parent(Around);
    if (M.How == Use::Set && isLock(M.Source) && !isa_and_nonnull<Expr>(Around))
      E.What = Untested::Event::Locked;
    else if (Op && (Op->getOperator() == OO_Arrow ||
                    (Op->getOperator() == OO_Star && Op->getNumArgs() == 1)))
      E.What = Untested::Event::Followed;
    Problem.At[E.What == Untested::Event::Followed ? S : M.By] = E;
  }
  llvm::BitVector AtEntry(Problem.Variables.size() + 1);
  Flow->solve(Problem, AtEntry)
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        auto It = S ? Problem.At.find(S->getStmt()) : Problem.At.end();
        if (It == Problem.At.end() ||
            It->second.What != Untested::Event::Followed ||
            !Facts.test(Problem.Variables[It->second.Var]))
          return;
        const VarDecl *Var = It->second.Var;
        Finding Found;
        Found.Loc = S->getStmt()->getBeginLoc();
        Found.Message = "'" + Var->getNameAsString() +
                        "' is null when the object has gone while the "
                        "coroutine was suspended; test it";
        Found.Ranges.push_back(S->getStmt()->getSourceRange());
        report(Found);
      });
}
