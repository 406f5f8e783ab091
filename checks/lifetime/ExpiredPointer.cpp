//===-- ExpiredPointer.cpp - async-expired-pointer --------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "results/LocalTasks.h"
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

} // namespace

void ExpiredPointerCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends)
      continue;
    const BodyMap &Body = U.body(F.Function);
    llvm::SmallPtrSet<const VarDecl *, 4> Locked;
    for (const VarDecl *Var : Body.variables())
      if (Var->hasLocalStorage() && isLock(Var->getInit()))
        Locked.insert(Var);
    if (Locked.empty())
      continue;
    const FunctionFlow *Flow = U.flow(F.Function);
    if (!Flow)
      continue;
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
      if (M.How == Use::Set && isLock(M.Source) &&
          !isa_and_nonnull<Expr>(Around))
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
}
