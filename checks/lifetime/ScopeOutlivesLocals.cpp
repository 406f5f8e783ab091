//===-- ScopeOutlivesLocals.cpp - async-scope-outlives-locals -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Flow.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "lifetime/Arguments.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds tasks that run on when the variables are gone which they refer to: in
/// a scope that has not been joined, or stored and not yet awaited where an
/// exception leaves the function.
class ScopeOutlivesLocalsCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void function(Unit &U, const FunctionSummary &F, bool IsCallback);
};

const Register<ScopeOutlivesLocalsCheck> R({
    .Name = "async-scope-outlives-locals",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "work that nobody has waited for uses variables which are gone "
               "when the function is left",
});

/// Work that has been started, and refers to something that ends with the
/// function.
struct Running {
  BoundArgument Argument;
  Escape How;
  const VarDecl *Referent; ///< the function's own, or a parameter
  /// What waits for it, or holds the task; null when nothing does.
  const ValueDecl *Holder;
  const Stmt *Begins; ///< the element after which it runs
  enum { Scope, Task, SeveralTasks, Nothing } In;
};

/// Which of the work may still be running.
class StillRunning final : public FlowProblem {
public:
  StillRunning(llvm::ArrayRef<Running> All, const FunctionFlow &Flow,
               const Escapes &Tasks, Models &M);

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override;

  /// The await that throws when \p Call does; null when it is part of none.
  const CoroutineSuspendExpr *awaitOf(const Stmt *Call) const {
    return Resumes.lookup(Call);
  }
  /// Whether \p Await waits for something in \p Holder.
  bool awaitsElement(const Stmt *Await, const ValueDecl *Holder) const;

private:
  bool ends(const Running &Work, const CFGElement &Element,
            const Stmt *S) const;
  bool leavesAlone(const Expr *Name, const Running &Work) const;

  llvm::ArrayRef<Running> All;
  const FunctionFlow &Flow;
  const Escapes &Tasks;
  Models &M;
  /// Variables of loops over what several tasks are in, and these.
  llvm::DenseMap<const ValueDecl *, const ValueDecl *> Elements;
  /// Calls of await_resume.
  llvm::DenseMap<const Stmt *, const CoroutineSuspendExpr *> Resumes;
};

} // namespace

//===----------------------------------------------------------------------===//
// How long work runs
//===----------------------------------------------------------------------===//

StillRunning::StillRunning(llvm::ArrayRef<Running> All,
                           const FunctionFlow &Flow, const Escapes &Tasks,
                           Models &M)
    : All(All), Flow(Flow), Tasks(Tasks), M(M) {
  walkFunction(Flow.function(), [&](const Stmt *S) {
    if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S)) {
      if (const ValueDecl *Range = namedBy(Loop->getRangeInit()))
        Elements[Loop->getLoopVariable()] = Range;
    } else if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) {
      if (const Expr *Resume = Await->getResumeExpr())
        Resumes[stripImplicit(Resume)] = Await;
    }
    return true;
  });
}

bool StillRunning::awaitsElement(const Stmt *Await,
                                 const ValueDecl *Holder) const {
  bool Found = false;
  walkBody(cast<CoroutineSuspendExpr>(Await)->getOperand(), [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Found |=
          Ref->getDecl() == Holder || Elements.lookup(Ref->getDecl()) == Holder;
    return !Found;
  });
  return Found;
}

/// Whether \p Name, which stands for what holds \p Work, is only used to add
/// to it, or to look at it.
bool StillRunning::leavesAlone(const Expr *Name, const Running &Work) const {
  const Stmt *S = Name;
  const Stmt *Parent = Tasks.parent(S);
  while (isa_and_nonnull<ParenExpr, ImplicitCastExpr>(Parent)) {
    S = Parent;
    Parent = Tasks.parent(S);
  }
  if (Work.In == Running::SeveralTasks) {
    if (isa_and_nonnull<ArraySubscriptExpr>(Parent))
      return true;
    // What a loop goes over.
    const auto *Declares = dyn_cast_or_null<DeclStmt>(Parent);
    if (Declares && Declares->isSingleDecl() &&
        Declares->getSingleDecl()->isImplicit())
      return true;
  }
  const Stmt *Call = Parent;
  if (isa_and_nonnull<MemberExpr>(Parent))
    Call = Tasks.parent(Parent);
  for (const Running &Other : All)
    if (Other.Holder == Work.Holder && Other.Begins == Call)
      return true;
  const auto *E = dyn_cast_or_null<Expr>(Call);
  const auto *MD = dyn_cast_or_null<CXXMethodDecl>(E ? calleeOf(E) : nullptr);
  return MD && MD->isInstance() && objectOf(E) &&
         stripImplicit(objectOf(E)) == stripImplicit(cast<Expr>(S)) &&
         MD->getParent()->isInStdNamespace();
}

/// Whether \p E is, or is given, the object of the function.
static bool usesThis(const CallExpr *Call) {
  auto IsThis = [](const Expr *E) {
    E = stripImplicit(E);
    if (const auto *Deref = dyn_cast<UnaryOperator>(E))
      E = stripImplicit(Deref->getSubExpr());
    return isa<CXXThisExpr>(E);
  };
  const Expr *Object = objectOf(Call);
  return (Object && IsThis(Object)) || llvm::any_of(Call->arguments(), IsThis);
}

static bool isStandard(const FunctionDecl *FD) {
  const auto *MD = dyn_cast_or_null<CXXMethodDecl>(FD);
  return MD ? MD->getParent()->isInStdNamespace()
            : FD && FD->isInStdNamespace();
}

/// Whether the destructor of a \p T may wait for something, as that of a thread
/// or of an executor does.
static bool mayWait(QualType T) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && (!RD->isInStdNamespace() ||
                (RD->getIdentifier() &&
                 (RD->getName() == "jthread" || RD->getName() == "future")));
}

/// Whether \p Work may have ended with \p Element, whose statement is \p S: its
/// holder is used in a way that is not known to leave it running, or nothing is
/// known of what waits for it and something happens that may.
bool StillRunning::ends(const Running &Work, const CFGElement &Element,
                        const Stmt *S) const {
  if (Work.In == Running::Nothing || isa<FieldDecl>(Work.Holder)) {
    const auto *Call = dyn_cast_or_null<CallExpr>(S);
    if (Work.In == Running::Nothing) {
      if (std::optional<CFGAutomaticObjDtor> End =
              Element.getAs<CFGAutomaticObjDtor>())
        return End->getVarDecl() != Work.Referent &&
               mayWait(End->getVarDecl()->getType());
      if (Flow.suspensionAt(Element))
        return true;
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      const FunctionModel *Known = Call ? M.function(Call) : nullptr;
      return Call &&
             (!isStandard(Callee) || (Known && !Known->Blocking.empty()));
    }
    if (Call && usesThis(Call))
      return true;
    const auto *Member = dyn_cast_or_null<MemberExpr>(S);
    return Member && Member->getMemberDecl() == Work.Holder &&
           !leavesAlone(Member, Work);
  }
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(S);
  if (Ref && Ref->getDecl() == Work.Holder && !leavesAlone(Ref, Work))
    return true;
  return Work.In == Running::SeveralTasks &&
         isa_and_nonnull<CoroutineSuspendExpr>(S) &&
         awaitsElement(S, Work.Holder);
}

void StillRunning::transfer(const CFGElement &Element, llvm::BitVector &Facts) {
  std::optional<CFGStmt> Statement = Element.getAs<CFGStmt>();
  const Stmt *S = Statement ? Statement->getStmt() : nullptr;
  for (unsigned I = 0; I != All.size(); ++I)
    if (S &&
        (S == All[I].Begins ||
         (All[I].How.Into && isa<DeclStmt>(S) &&
          llvm::is_contained(cast<DeclStmt>(S)->decls(), All[I].How.Into))))
      Facts.set(I);
    else if (Facts.test(I) && ends(All[I], Element, S))
      Facts.reset(I);
}

//===----------------------------------------------------------------------===//
// What runs
//===----------------------------------------------------------------------===//

/// The type of the tasks in an object of type \p T.
static QualType taskIn(QualType T, Coroutines &C, unsigned Depth = 0) {
  T = T.getNonReferenceType();
  if (const ArrayType *Array = T->getAsArrayTypeUnsafe())
    T = Array->getElementType();
  if (Depth > 2 || C.taskType(T.getUnqualifiedType()))
    return T.getUnqualifiedType();
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (Spec && Spec->getTemplateArgs().size() > 0 &&
      Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
    return taskIn(Spec->getTemplateArgs()[0].getAsType(), C, Depth + 1);
  return T.getUnqualifiedType();
}

/// The scope that \p Call, which is given a task, puts it into.
static const ValueDecl *scopeOf(const Expr *Call, Models &M) {
  auto Scope = [&](const Expr *E) -> const ValueDecl * {
    const TypeModel *Known = E ? M.type(E->getType()) : nullptr;
    return Known && Known->Scope.Model ? namedBy(E) : nullptr;
  };
  if (const ValueDecl *Found = Scope(objectOf(Call)))
    return Found;
  for (const Expr *Argument : writtenArguments(Call))
    if (const ValueDecl *Found = Scope(Argument))
      return Found;
  return nullptr;
}

/// The parameter of coroutine \p FD that \p From refers to, whose caller
/// destroys the object when an exception reaches it.
static const VarDecl *callersObject(Origin From, const FunctionDecl *FD) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(From.E);
  const auto *P = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  return P && P->getDeclContext() == FD &&
                 (From.ByValue ? P->getType()->isPointerType()
                               : P->getType()->isReferenceType())
             ? P
             : nullptr;
}

/// The lambdas of \p U that are kept to be called some time: a class that is
/// made for a type of functions, as std::function is, holds them.
static llvm::SmallPtrSet<const FunctionDecl *, 8> callbacksOf(Unit &U) {
  llvm::SmallPtrSet<const FunctionDecl *, 8> All;
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Construct = dyn_cast<CXXConstructExpr>(S);
      if (Construct && Construct->getNumArgs() > 0 &&
          isFunctionHolder(Construct->getType()))
        if (const auto *Lambda =
                dyn_cast<LambdaExpr>(stripImplicit(Construct->getArg(0))))
          All.insert(Lambda->getCallOperator());
      return true;
    });
  return All;
}

/// The parameter of callback \p FD that \p From refers to, if it looks like
/// what is there for the time of the call only: one that can't be changed.
static const VarDecl *callbacksArgument(Origin From, const FunctionDecl *FD) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(From.E);
  const auto *P = Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
  if (!P || P->getDeclContext() != FD)
    return nullptr;
  const QualType T = P->getType();
  const bool IsView = From.ByValue && T->getAsCXXRecordDecl();
  return IsView || (!From.ByValue && T->isLValueReferenceType() &&
                    T->getPointeeType().isConstQualified() &&
                    T->getPointeeType()->getAsCXXRecordDecl())
             ? P
             : nullptr;
}

/// The work in \p F that may outlive what it refers to.
static std::vector<Running> startedIn(Unit &U, const FunctionSummary &F,
                                      const Escapes &Tasks, bool IsCallback) {
  std::vector<Running> All;
  forEachBoundArgument(U, F, [&](const BoundArgument &A) {
    if (!isa<DeclRefExpr>(A.From.E))
      return;
    const VarDecl *Own = ownerBehind(A.From, Tasks, U.M);
    std::optional<Escape> How = Tasks.of(A.Site->Call);
    if (!How || How->How == Escape::Returned)
      return;
    Running Work{A, *How, Own, nullptr, How->By, Running::Nothing};
    if (How->How == Escape::HandedOver) {
      if ((Work.Holder = scopeOf(How->By, U.M)))
        Work.In = Running::Scope;
    } else if (How->How == Escape::Dropped) {
      Work.Begins = A.Site->Call;
    } else {
      Work.Holder = How->Into    ? How->Into
                    : How->Place ? namedBy(How->Place)
                                 : nullptr;
      if (!Work.Holder)
        return;
      const auto *Var = dyn_cast<VarDecl>(Work.Holder);
      const bool IsLocal = Var && Var->hasLocalStorage() &&
                           !Var->getType()->isReferenceType() &&
                           !Var->getType()->isPointerType();
      if (IsLocal) {
        // Only what is running has to be waited for.
        if (!F.Coro || !goesOnWhenDropped(taskIn(Var->getType(), U.C), U.C))
          return;
        if (!Work.Referent)
          Work.Referent = callersObject(A.From, F.Function);
        Work.In = U.C.taskType(Var->getType()) ? Running::Task
                                               : Running::SeveralTasks;
      } else {
        Work.In = Running::Scope;
      }
    }
    if (IsCallback && !Work.Referent && !Work.Holder)
      Work.Referent = callbacksArgument(A.From, F.Function);
    if (Work.Referent && Work.Referent != Work.Holder)
      All.push_back(Work);
  });
  // One task in a container has nobody to leave behind.
  llvm::DenseMap<const ValueDecl *, unsigned> Number;
  for (const Running &Work : All)
    if (Work.In == Running::SeveralTasks)
      Number[Work.Holder] += Tasks.body().isInLoop(Work.Begins) ? 2 : 1;
  llvm::erase_if(All, [&](const Running &Work) {
    return Work.In == Running::SeveralTasks && Number[Work.Holder] < 2;
  });
  return All;
}

//===----------------------------------------------------------------------===//
// Where it is left behind
//===----------------------------------------------------------------------===//

/// Whether what \p Await waits for is known to fail.
static bool mayFail(const CoroutineSuspendExpr *Await, Unit &U) {
  bool Found = false;
  forEachTask(Await->getOperand(), U.M, [&](const Expr *E) {
    const FunctionModel *Known = U.M.function(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    Found |= Known && Known->Fails;
    if (const FunctionSummary *F =
            Callee ? U.summary(Callee->getDefinition()) : nullptr) {
      const ThrowSummary &Out = U.throws(*F);
      Found |= !Out.Throws.empty() && !Out.HasHandler && !Out.IsNoexcept;
    }
  });
  return Found;
}

/// Whether nothing in the function decides how long \p Work runs.
static bool isOurs(const Running &Work) {
  return Work.In == Running::Scope || Work.In == Running::Nothing;
}

void ScopeOutlivesLocalsCheck::analyze(Unit &U) {
  const auto Callbacks = callbacksOf(U);
  for (const FunctionSummary &F : U.functions())
    function(U, F, Callbacks.contains(F.Function));
}

void ScopeOutlivesLocalsCheck::function(Unit &U, const FunctionSummary &F,
                                        bool IsCallback) {
  const Escapes Tasks(U, F.Function);
  const std::vector<Running> All = startedIn(U, F, Tasks, IsCallback);
  const FunctionFlow *Flow = All.empty() ? nullptr : U.flow(F.Function);
  if (!Flow)
    return;
  // What a lambda has been told of, it may wait for.
  llvm::SmallPtrSet<const ValueDecl *, 4> Captured;
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Lambda = dyn_cast<LambdaExpr>(S);
    if (!Lambda)
      return true;
    for (const LambdaCapture &Capture : Lambda->captures()) {
      if (Capture.capturesVariable())
        Captured.insert(Capture.getCapturedVar());
      if (Capture.capturesThis())
        for (const Running &Work : All)
          if (isa_and_nonnull<FieldDecl>(Work.Holder))
            Captured.insert(Work.Holder);
    }
    return true;
  });

  StillRunning Problem(All, *Flow, Tasks, U.M);
  FunctionFlow::Solution Solved =
      Flow->solve(Problem, llvm::BitVector(All.size()));
  llvm::BitVector Reported(All.size());
  auto IsGone = [&](unsigned I, StringRef When) {
    const Running &Work = All[I];
    if (Captured.contains(Work.Holder) || Reported.test(I))
      return;
    Reported.set(I);
    const std::string Referent = "'" + Work.Referent->getNameAsString() + "'";
    const bool IsAnothers = isa<ParmVarDecl>(Work.Referent) &&
                            !ownerBehind(Work.Argument.From, Tasks, U.M);
    Guard G = Work.Argument.guard(U, Work.How);
    G.Message = (IsAnothers ? "what " + Referent + " refers to" : Referent) +
                " is gone when '" + Work.Argument.callee() +
                "' uses it: " + Work.How.Text + ", and " +
                (IsAnothers ? "it is there for this call of the callback"
                            : When.str()) +
                "; " +
                (Work.Holder ? "wait for '" + Work.Holder->getNameAsString() +
                                   "' on every way out, or "
                             : "") +
                "let the task own the argument";
    Finding Found;
    Found.Loc = Work.Argument.Argument->getExprLoc();
    Found.Ranges.push_back(Work.Argument.Argument->getSourceRange());
    reportIf(std::move(G), std::move(Found));
  };
  // The ends of blocks, and of the rounds of loops.
  Solved.forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
    for (unsigned I : Facts.set_bits())
      if (isOurs(All[I]) && endsLifetime(Element, All[I].Referent) &&
          !U.body(F.Function).isOutermost(All[I].Referent))
        IsGone(I, "the variable dies at the end of its block");
  });
  Solved.forEachExit([&](const Stmt *Last, bool IsExceptional,
                         const llvm::BitVector &Facts) {
    for (unsigned I : Facts.set_bits()) {
      const Running &Work = All[I];
      if (Captured.contains(Work.Holder))
        continue;
      const std::string Holder =
          Work.Holder ? "'" + Work.Holder->getNameAsString() + "'" : "";
      const std::string Referent = "'" + Work.Referent->getNameAsString() + "'";
      if (!IsExceptional) {
        if (isOurs(Work))
          IsGone(I, isa<ParmVarDecl>(Work.Referent)
                        ? "the parameter dies with this function"
                        : "the variable dies with this function");
        continue;
      }
      if (Work.In == Running::Nothing || !Last)
        continue;
      const CoroutineSuspendExpr *Await = Problem.awaitOf(Last);
      if (!Await && !isa<CXXThrowExpr>(Last))
        continue;
      const bool IsElement = Await && Work.In == Running::SeveralTasks &&
                             Problem.awaitsElement(Await, Work.Holder);
      if (Await) {
        // What gives a task has not thrown what is in that.
        if (holdsTask(Await->getType(), U.C))
          continue;
        const bool IsSibling = llvm::any_of(All, [&](const Running &Other) {
          return Other.Holder && Other.Holder != Work.Holder &&
                 Other.In != Running::Scope &&
                 Problem.awaitsElement(Await, Other.Holder);
        });
        if (!IsElement && !(IsSibling && !isOurs(Work)) && !mayFail(Await, U))
          continue;
      }
      Guard G = Work.Argument.guard(U, Work.How);
      G.Message =
          "when this throws, " +
          (IsElement ? "the other tasks in " + Holder + " go on and use "
           : Work.In == Running::Task
               ? Holder + " goes on and uses "
               : "the work in " + Holder + " goes on and uses ") +
          Referent +
          (isa<ParmVarDecl>(Work.Referent) &&
                   Work.Referent->getType()->isReferenceType()
               ? ", which the caller may destroy then"
               : ", which is gone then") +
          "; wait for all of it before an exception leaves";
      Finding Found;
      Found.Loc = (Await ? cast<Expr>(Await) : cast<Expr>(Last))->getExprLoc();
      Found.Ranges.push_back(Last->getSourceRange());
      Found.Notes.push_back(
          {Work.Argument.Argument->getExprLoc(),
           "'" + Work.Argument.callee() + "' is given " + Referent + " here"});
      reportIf(std::move(G), std::move(Found));
    }
  });
}
