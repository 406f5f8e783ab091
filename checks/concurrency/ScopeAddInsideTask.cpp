//===-- ScopeAddInsideTask.cpp - async-scope-add-inside-task --------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds work that counts itself among what is unfinished when it runs, and not
/// when it is started.
class ScopeAddInsideTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void started(Unit &U, const FunctionSummary &F, const Expr *Call,
               const FunctionDecl *Work, const CallExpr *Made);
};

const Register<ScopeAddInsideTaskCheck> R({
    .Name = "async-scope-add-inside-task",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "who waits for all work waits for none when that counts itself "
               "only as it runs",
});

/// Where a function counts unfinished work with one object.
struct Counted {
  const Expr *Up = nullptr, *Down = nullptr;
  /// It keeps a scope open, which closes for nothing else.
  bool IsScope = false;
};
using Counts = llvm::MapVector<const ValueDecl *, Counted>;

} // namespace

/// The object that \p E, by which functions agree on it, names.
static const ValueDecl *keyOf(const Expr *E) {
  const ValueDecl *D = E ? namedBy(E) : nullptr;
  return D ? patternOf(D) : nullptr;
}

static bool isNumber(const Expr *E) {
  return E->getType()->isIntegerType() || isAtomic(recordOf(E->getType()));
}

/// Where \p FD counts one more, and one less, that is unfinished.
static Counts countsIn(const FunctionDecl *FD, Unit &U) {
  Counts Found;
  auto Add = [&](const Expr *Object, const Expr *At, bool IsUp) {
    if (const ValueDecl *D = keyOf(Object)) {
      Counted &C = Found[D];
      const Expr *&Place = IsUp ? C.Up : C.Down;
      if (!Place)
        Place = At;
    }
  };
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *Unary = dyn_cast<UnaryOperator>(S);
        Unary && Unary->isIncrementDecrementOp()) {
      if (isNumber(Unary->getSubExpr()))
        Add(Unary->getSubExpr(), Unary, Unary->isIncrementOp());
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
               Op && (Op->getOperator() == OO_PlusPlus ||
                      Op->getOperator() == OO_MinusMinus)) {
      if (isNumber(Op->getArg(0)))
        Add(Op->getArg(0), Op, Op->getOperator() == OO_PlusPlus);
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
      const CXXMethodDecl *Method = Call->getMethodDecl();
      const Expr *Object = Call->getImplicitObjectArgument();
      const FunctionModel *Known = U.M.function(Call);
      const std::string Name = Method ? Method->getNameAsString() : "";
      if (Known && Known->Holds.Model) {
        Add(Object, Call, true);
        if (const ValueDecl *D = keyOf(Object))
          Found[D].IsScope = true;
      } else if (isNumber(Object)) {
        if (Name == "fetch_add" || Name == "fetch_sub")
          Add(Object, Call, Name == "fetch_add");
      } else if (U.M.index().isCounterName(Name)) {
        Add(Object, Call, true);
      } else if (U.M.index().isUncounterName(Name)) {
        Add(Object, Call, false);
      }
    }
    return true;
  });
  return Found;
}

/// Whether \p S mentions \p D.
static bool namesIt(const Stmt *S, const ValueDecl *D) {
  bool Found = false;
  walkBody(S, [&](const Stmt *Part) {
    if (const auto *E = dyn_cast<Expr>(Part))
      Found |= isa<DeclRefExpr, MemberExpr>(E) && keyOf(E) == D;
    return !Found;
  });
  return Found;
}

/// Where \p F waits until \p D has been counted down, behind \p Call; null when
/// it does not.
static const Stmt *joinAfter(const FunctionSummary &F, const Expr *Call,
                             const ValueDecl *D, Unit &U) {
  const SourceManager &SM = U.Ctx.getSourceManager();
  const Stmt *Found = nullptr;
  walkFunction(F.Function, [&](const Stmt *S) {
    if (Found ||
        !SM.isBeforeInTranslationUnit(Call->getEndLoc(), S->getEndLoc()))
      return !Found;
    if (const LoopParts Loop = loopParts(S);
        Loop && Loop.Condition &&
        SM.isBeforeInTranslationUnit(Call->getEndLoc(), S->getBeginLoc()) &&
        namesIt(Loop.Condition, D) &&
        (awaits(Loop.Body) || awaits(Loop.Condition)))
      Found = S;
    const auto *Member = dyn_cast<CXXMemberCallExpr>(S);
    if (!Member || keyOf(Member->getImplicitObjectArgument()) != D ||
        !SM.isBeforeInTranslationUnit(Call->getEndLoc(), Member->getBeginLoc()))
      return true;
    const FunctionModel *Known = U.M.function(Member);
    const Expr *Await = U.body(F.Function).awaitAround(Member);
    if ((Known && Known->Closes) || U.M.blocking(Member) ||
        (Await && awaitedCall(Await) == Member))
      Found = Member;
    return true;
  });
  return Found;
}

void ScopeAddInsideTaskCheck::started(Unit &U, const FunctionSummary &F,
                                      const Expr *Call,
                                      const FunctionDecl *Work,
                                      const CallExpr *Made) {
  const FunctionDecl *Def = nullptr;
  if (!Work || !Work->hasBody(Def) || Def->isDependentContext())
    return;
  std::optional<Counts> Own;
  for (auto [D, Count] : countsIn(Def, U)) {
    if (!Count.Up || (!Count.Down && !Count.IsScope))
      continue;
    // What it was given, its caller has another name for.
    if (const auto *P = dyn_cast<ParmVarDecl>(D);
        P && P->getDeclContext() == Def) {
      const unsigned Number = P->getFunctionScopeIndex();
      const auto Arguments =
          Made ? writtenArguments(Made) : llvm::SmallVector<const Expr *, 4>();
      if (Number >= Arguments.size() ||
          !(P->getType()->isReferenceType() || P->getType()->isPointerType()))
        continue;
      D = keyOf(withoutForwarding(Arguments[Number]));
    }
    if (const auto *Var = dyn_cast_or_null<VarDecl>(D);
        !D || (Var && Var->getDeclContext() == Def))
      continue;
    const Stmt *Join = joinAfter(F, Call, D, U);
    if (!Join)
      continue;
    // Whoever starts it may have counted it.
    if (!Own)
      Own = countsIn(F.Function, U);
    if (auto It = Own->find(D); It != Own->end() && It->second.Up)
      continue;
    const std::string Name = "'" + D->getNameAsString() + "'";
    Finding Found;
    Found.Loc = Count.Up->getExprLoc();
    Found.Ranges.push_back(Count.Up->getSourceRange());
    Found.Message = "this work counts itself in " + Name +
                    " when it runs, which may be after '" +
                    displayName(F.Function) +
                    "' has found that there is nothing to wait for; count it "
                    "before it is started";
    Found.Notes.push_back({Call->getExprLoc(), "started here"});
    Found.Notes.push_back({Join->getBeginLoc(), "waited for here"});
    report(std::move(Found));
  }
}

/// Whether \p Call, of which \p Known and \p Callable tell, runs \p Work later
/// for sure: on other threads, or in a turn of its own. It is given that, or
/// the task that \p Made makes.
static bool startsLater(const Expr *Call, const Expr *Made,
                        const FunctionModel &Known,
                        const CallableModel &Callable, const FunctionDecl *Work,
                        Unit &U) {
  if (Callable.How == Runs::Thread || Callable.Elsewhere || Known.Yields)
    return true;
  return Callable.How == Runs::Executor &&
         llvm::any_of(U.starts(Work), [&](const StartSite &Site) {
           return Site.Where == Place::BlockingAllowed &&
                  (Site.Call == Call || Site.Call == Made);
         });
}

void ScopeAddInsideTaskCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (!isa<CallExpr, CXXConstructExpr>(S))
        return true;
      const auto *Call = cast<Expr>(S);
      const FunctionModel *Known = U.M.function(Call);
      if (!Known || Known->Callables.empty())
        return true;
      // Whoever has the result waits for that, or it has been waited for here.
      const BodyMap &Body = U.body(F.Function);
      if (Body.awaitAround(Call) || U.M.blocking(Call) ||
          (isa<CallExpr>(Call) && !Body.isDiscarded(Call)))
        return true;
      const auto Arguments = writtenArguments(Call);
      for (const ModelRef<CallableModel> &Ref : Known->Callables)
        for (unsigned I = 0; I != Arguments.size(); ++I) {
          if (!Ref.Model->Arguments.empty() &&
              !llvm::is_contained(Ref.Model->Arguments, I + 1))
            continue;
          const auto *Made =
              dyn_cast<CallExpr>(withoutForwarding(Arguments[I]));
          const FunctionDecl *Work = Made && U.C.taskType(Made->getType())
                                         ? calleeOf(Made)
                                         : callableOf(Arguments[I]);
          if (Work && startsLater(Call, Made, *Known, *Ref.Model, Work, U))
            started(U, F, Call, Work, Made);
        }
      return true;
    });
  }
}
