//===-- ContendedTask.cpp - async-contended-task --------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Containers.h"
#include "core/Escapes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds tasks in members that one function awaits in place, or takes away,
/// while another call gives the member a new one.
class ContendedTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void replaced(Unit &U);
  void taken(Unit &U, const FunctionSummary &F);
};

const Register<ContendedTaskCheck> R({
    .Name = "async-contended-task",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a task in a member that is awaited in place, or taken away, "
               "while others put a new one there",
});

/// What a function does with a task that is a member.
struct MemberUse {
  const FieldDecl *Member;
  const Expr *At;
};

/// An await of a member in place.
struct PlacedAwait {
  MemberUse What;
  AccessPath Path;
  const CoawaitExpr *Await;
  bool SeesOld = false; ///< what was there when the function was called
  bool SeesNew = false; ///< what the function has put there
};

} // namespace

/// The member that \p E names, if it is a task of an object that is not the
/// function's own.
static const FieldDecl *memberTask(const Expr *E, Unit &U) {
  const auto *Member = dyn_cast<MemberExpr>(stripImplicit(E));
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field || Field->getType()->isReferenceType() ||
      U.C.taskType(Field->getType().getUnqualifiedType()).Kind !=
          TaskType::Task)
    return nullptr;
  std::optional<AccessPath> Path = accessPath(Member);
  return Path && !Path->isLocal() ? Field : nullptr;
}

static bool isSame(const ValueDecl *A, const ValueDecl *B) {
  return A && B && patternOf(A)->getLocation() == patternOf(B)->getLocation();
}

static const CXXRecordDecl *canonical(QualType T) {
  const CXXRecordDecl *RD = T.getNonReferenceType()->getAsCXXRecordDecl();
  return RD ? RD->getCanonicalDecl() : nullptr;
}

/// Whether awaiting \p Await leaves the task where it is, and refers to it.
static bool awaitsInPlace(const CoawaitExpr *Await, QualType Task, Unit &U) {
  const TaskType Type = U.C.taskType(Task.getUnqualifiedType());
  if (Type.Model.Model)
    for (const std::string &Name : Type.Model.Model->ConsumedBy)
      if (lastComponent(Name) == "operator co_await")
        return false;
  const CXXRecordDecl *RD = canonical(Task);
  const Expr *Common = Await->getCommonExpr();
  if (!RD || !Common)
    return false;
  // operator co_await, or await_transform, may be given a copy.
  bool IsCopied = false;
  llvm::SmallVector<const Stmt *, 8> Work = {Common};
  while (!Work.empty() && !IsCopied) {
    const Stmt *S = Work.pop_back_val();
    if (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(S))
      IsCopied |= canonical(Construct->getType()) == RD;
    if (S && !isa<LambdaExpr>(S))
      Work.append(S->child_begin(), S->child_end());
  }
  if (IsCopied)
    return false;
  // And the awaiter may keep one.
  const CXXRecordDecl *Awaiter = definitionOf(
      Common->getType().getNonReferenceType()->getAsCXXRecordDecl());
  if (!Awaiter)
    return false;
  return !anyOfClasses(Awaiter, [&](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    if (Class->getCanonicalDecl() == RD)
      return false; // the task is its own awaiter
    return Def && llvm::any_of(Def->fields(), [&](const FieldDecl *Field) {
             return !Field->getType()->isReferenceType() &&
                    canonical(Field->getType()) == RD;
           });
  });
}

/// The member task that \p S assigns to, and the value; null when it does not.
static std::pair<const FieldDecl *, const Expr *> assignedTask(const Stmt *S,
                                                               Unit &U) {
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S))
    if (Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2)
      return {memberTask(Assign->getArg(0), U), Assign->getArg(1)};
  return {};
}

/// Whether \p Value is the work that a call has started, and not a task that
/// has ended or is none.
static bool isNewWork(const Expr *Value, Unit &U) {
  Value = stripImplicit(Value);
  while (const auto *Construct = dyn_cast<CXXConstructExpr>(Value)) {
    if (Construct->getNumArgs() != 1)
      return false;
    Value = stripImplicit(Construct->getArg(0));
  }
  const auto *Call = dyn_cast<CallExpr>(Value);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || Call->isCallToStdMove())
    return false;
  const TaskType Type = U.C.taskType(Callee->getReturnType());
  if (!Type || !Callee->getIdentifier())
    return false;
  return !Type.Model.Model ||
         llvm::none_of(Type.Model.Model->ReadyFrom,
                       [&](const std::string &Name) {
                         return lastComponent(Name) == Callee->getName();
                       });
}

namespace {

/// Two facts per member: it has what it had when the function was called, and
/// it has what the function has put there.
class Contents final : public FlowProblem {
public:
  Contents(llvm::ArrayRef<const FieldDecl *> Members, Unit &U)
      : Members(Members), U(U) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    const auto [Field, Value] = assignedTask(S->getStmt(), U);
    for (unsigned I = 0; Field && I != Members.size(); ++I)
      if (isSame(Members[I], Field)) {
        Facts.reset(2 * I);
        Facts.set(2 * I + 1);
      }
  }

private:
  const llvm::ArrayRef<const FieldDecl *> Members;
  Unit &U;
};

/// What one function does with member tasks.
struct Uses {
  const FunctionSummary *F;
  llvm::SmallVector<PlacedAwait, 2> Awaits;
  /// Where it gives a member new work.
  llvm::SmallVector<MemberUse, 2> Renewals;
  /// Whether it looks at the member's old task, by awaiting it or by making the
  /// new one of it.
  llvm::SmallVector<const FieldDecl *, 2> Olds;
};

} // namespace

static Uses usesIn(const FunctionSummary &F, Unit &U) {
  Uses Result{&F, {}, {}, {}};
  walkFunction(F.Function, [&](const Stmt *S) {
    if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
      const Expr *Operand = stripImplicit(Await->getOperand());
      if (const FieldDecl *Field = memberTask(Operand, U);
          Field && awaitsInPlace(Await, Field->getType(), U))
        Result.Awaits.push_back(
            {{Field, Operand}, *accessPath(Operand), Await, false, false});
    } else if (const auto [Field, Value] = assignedTask(S, U);
               Field && isNewWork(Value, U)) {
      Result.Renewals.push_back({Field, cast<Expr>(S)});
    }
    return true;
  });
  return Result;
}

void ContendedTaskCheck::replaced(Unit &U) {
  std::vector<Uses> All;
  bool IsAwaited = false;
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro)
      continue;
    Uses One = usesIn(F, U);
    IsAwaited |= !One.Awaits.empty();
    if (!One.Awaits.empty() || !One.Renewals.empty())
      All.push_back(std::move(One));
  }
  if (!IsAwaited)
    return;
  for (Uses &One : All) {
    if (One.Awaits.empty() || One.Renewals.empty())
      continue;
    const FunctionFlow *Flow = U.flow(One.F->Function);
    if (!Flow)
      continue;
    llvm::SmallVector<const FieldDecl *, 2> Members;
    for (const MemberUse &Renewal : One.Renewals)
      if (llvm::none_of(Members, [&](const FieldDecl *Known) {
            return isSame(Known, Renewal.Member);
          }))
        Members.push_back(Renewal.Member);
    Contents Problem(Members, U);
    llvm::BitVector AtEntry(2 * Members.size());
    for (unsigned I = 0; I != Members.size(); ++I)
      AtEntry.set(2 * I);
    Flow->solve(Problem, std::move(AtEntry))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const auto *Member = S ? dyn_cast<MemberExpr>(S->getStmt()) : nullptr;
          if (!Member)
            return;
          for (PlacedAwait &Await : One.Awaits)
            for (unsigned I = 0; I != Members.size(); ++I)
              if (Await.What.At == Member &&
                  isSame(Members[I], Await.What.Member)) {
                Await.SeesOld |= Facts.test(2 * I);
                Await.SeesNew |= Facts.test(2 * I + 1);
              }
        });
  }

  for (const Uses &One : All) {
    // Who waits for the task that a former call has left, and leaves one for
    // the next call, is called again while that one waits.
    for (const PlacedAwait &New : One.Awaits) {
      if (!New.SeesNew || New.SeesOld)
        continue;
      const auto *Old = llvm::find_if(One.Awaits, [&](const PlacedAwait &A) {
        return A.SeesOld && !A.SeesNew && A.Path == New.Path;
      });
      if (Old == One.Awaits.end())
        continue;
      if (U.changes().isUnderLock(One.F->Function))
        continue;
      const auto *Renewal =
          llvm::find_if(One.Renewals, [&](const MemberUse &Use) {
            return isSame(Use.Member, New.What.Member);
          });
      for (const PlacedAwait *Await : {&*Old, &New}) {
        Finding Found;
        Found.Loc = Await->What.At->getExprLoc();
        Found.Ranges.push_back(Await->What.At->getSourceRange());
        Found.Message = "'" + Await->Path.name() +
                        "' is awaited in place, and another call of '" +
                        displayName(One.F->Function) +
                        "' may replace it meanwhile; await a copy";
        if (Renewal != One.Renewals.end())
          Found.Notes.push_back({Renewal->At->getExprLoc(), "replaced here"});
        report(std::move(Found));
      }
      // The other functions that wait for it.
      for (const Uses &Other : All) {
        if (&Other == &One || U.changes().isUnderLock(Other.F->Function))
          continue;
        for (const PlacedAwait &Await : Other.Awaits) {
          if (!isSame(Await.What.Member, New.What.Member) || Await.SeesNew)
            continue;
          Finding Found;
          Found.Loc = Await.What.At->getExprLoc();
          Found.Ranges.push_back(Await.What.At->getSourceRange());
          Found.Message = "'" + Await.Path.name() +
                          "' is awaited in place, and '" +
                          displayName(One.F->Function) +
                          "' may replace it meanwhile; await a copy";
          if (Renewal != One.Renewals.end())
            Found.Notes.push_back({Renewal->At->getExprLoc(), "replaced here"});
          report(std::move(Found));
        }
      }
    }
  }
}

//===----------------------------------------------------------------------===//
// Tasks that are taken away
//===----------------------------------------------------------------------===//

/// The task of the object itself that \p E, as in std::move(task_), takes.
static const MemberExpr *takenMember(const Expr *E, Unit &U) {
  E = stripImplicit(E);
  while (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() != 1)
      return nullptr;
    E = stripImplicit(Construct->getArg(0));
  }
  const Expr *From = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(E);
      Call && Call->getNumArgs() == 1 && Call->isXValue())
    From = Call->getArg(0);
  const auto *Member =
      From ? dyn_cast<MemberExpr>(stripImplicit(From)) : nullptr;
  return Member && isa<CXXThisExpr>(stripImplicit(Member->getBase())) &&
                 memberTask(Member, U)
             ? Member
             : nullptr;
}

/// Whether \p Value is made of the task in \p Member: member.then(...).
static bool continues(const Expr *Value, const FieldDecl *Member, Unit &U) {
  for (unsigned Depth = 0; Value && Depth != 16; ++Depth) {
    Value = stripImplicit(Value);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
      Value = Construct->getNumArgs() == 1 ? Construct->getArg(0) : nullptr;
    else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Value)) {
      Value = Call->getImplicitObjectArgument();
      if (isSame(memberTask(Value, U), Member))
        return true;
    } else if (const auto *Call = dyn_cast<CallExpr>(Value);
               Call && Call->getNumArgs() == 1 && Call->isXValue()) {
      Value = Call->getArg(0);
      if (isSame(memberTask(Value, U), Member))
        return Depth != 0;
    } else {
      return false;
    }
  }
  return false;
}

namespace {

/// One fact: the coroutine has been suspended.
class HasWaited final : public FlowProblem {
public:
  explicit HasWaited(const FunctionFlow &Flow) : Flow(Flow) {}
  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (Flow.suspensionAt(Element))
      Facts.set(0);
  }

private:
  const FunctionFlow &Flow;
};

} // namespace

/// Whether \p FD holds a gate, a scope or a lock.
static bool holdsSomething(const FunctionDecl *FD, Unit &U) {
  bool Holds = false;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (calleeOf(E))
        if (const FunctionModel *Known = U.M.function(E))
          Holds |=
              Known->Holds.Model || Known->AwaitedLock.Model || Known->Opens;
      if (const auto *Member = dyn_cast<MemberExpr>(E))
        if (const TypeModel *Known = U.M.type(Member->getType()))
          Holds |= Known->Scope.Model || Known->Lock.Model;
    }
    return !Holds;
  });
  return Holds;
}

/// Where \p F goes on, when it has been suspended, to call \p FD.
static const Expr *lateCall(const FunctionSummary &F, const FunctionDecl *FD,
                            Unit &U) {
  auto IsIt = [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    const FunctionDecl *Callee = E ? calleeOf(E) : nullptr;
    return Callee && isSame(Callee, FD) ? E : nullptr;
  };
  const Expr *Result = nullptr;
  walkFunction(F.Function, [&](const Stmt *S) {
    if (const Expr *E = IsIt(S))
      Result = E;
    return !Result;
  });
  if (!Result)
    return nullptr;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return nullptr;
  Result = nullptr;
  HasWaited Problem(*Flow);
  Flow->solve(Problem, llvm::BitVector(1))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        if (S && Facts.test(0) && !Result)
          Result = IsIt(S->getStmt());
      });
  return Result;
}

void ContendedTaskCheck::taken(Unit &U, const FunctionSummary &F) {
  const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
  if (!MD || MD->isStatic() || MD->getParent()->isLambda() ||
      isa<CXXConstructorDecl, CXXDestructorDecl>(MD) ||
      MD->isOverloadedOperator() || MD->getRefQualifier() == RQ_RValue)
    return;
  // It does nothing else: what it does may end the work of the others.
  const Stmt *Body = coroutineBody(MD) ? coroutineBody(MD) : MD->getBody();
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body);
  if (!Block || Block->size() != 1)
    return;
  const Expr *Value = nullptr;
  if (const auto *Return = dyn_cast<ReturnStmt>(Block->body_front()))
    Value = Return->getRetValue();
  else if (const auto *E = dyn_cast<Expr>(Block->body_front())) {
    if (const auto *Await =
            dyn_cast<CoawaitExpr>(E->IgnoreImplicit()->IgnoreParens()))
      Value = Await->getOperand();
  }
  const MemberExpr *Taken = Value ? takenMember(Value, U) : nullptr;
  const auto *Member =
      Taken ? cast<FieldDecl>(Taken->getMemberDecl()) : nullptr;
  if (!Member)
    return;
  const TaskType Type = U.C.taskType(Member->getType().getUnqualifiedType());
  if (!Type.Model.Model || Type.Model.Model->ConsumedBy.empty())
    return;

  for (const FunctionSummary &Adds : U.functions()) {
    if (isa<CXXConstructorDecl>(Adds.Function) || Adds.Function == MD)
      continue;
    const Expr *Added = nullptr;
    walkFunction(Adds.Function, [&](const Stmt *S) {
      const auto [Field, Value] = assignedTask(S, U);
      if (Field && isSame(Field, Member) && continues(Value, Member, U))
        Added = cast<Expr>(S);
      return !Added;
    });
    if (!Added || holdsSomething(Adds.Function, U))
      continue;
    // An operation that has begun may come to it after the end.
    for (const FunctionSummary &Caller : U.functions()) {
      if (!Caller.Coro || !Caller.Suspends)
        continue;
      const Expr *Call = lateCall(Caller, Adds.Function, U);
      if (!Call || holdsSomething(Caller.Function, U))
        continue;
      Finding Found;
      Found.Loc = Taken->getExprLoc();
      Found.Ranges.push_back(Taken->getSourceRange());
      Found.Message =
          "'" + Member->getNameAsString() + "' is taken away here, and '" +
          displayName(Caller.Function) + "', which may be suspended, calls '" +
          displayName(Adds.Function) +
          "' later, which adds to it; wait for the operations that have begun, "
          "and leave another one with std::exchange";
      Found.Notes.push_back({Call->getExprLoc(), "called here"});
      Found.Notes.push_back({Added->getExprLoc(), "added here"});
      report(std::move(Found));
      return;
    }
  }
}

void ContendedTaskCheck::analyze(Unit &U) {
  replaced(U);
  for (const FunctionSummary &F : U.functions())
    taken(U, F);
}
