//===-- TaskRemovesItself.cpp - async-task-removes-itself -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Escapes.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "core/Presence.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds coroutines that destroy the task which owns them.
class TaskRemovesItselfCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<TaskRemovesItselfCheck> R({
    .Name = "async-task-removes-itself",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine that destroys its own task goes on without a frame",
});

/// A coroutine whose task a member keeps.
struct Kept {
  const FunctionDecl *Coroutine;
  const ValueDecl *Member;
  /// The coroutine's parameter that tells which element of the member it is;
  /// null when the member is the task.
  const ParmVarDecl *Key;
  const Expr *At;
};

} // namespace

/// The variable that \p E is, or that it passes on.
static const VarDecl *variable(const Expr *E) {
  E = withoutForwarding(E);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      Construct && Construct->getNumArgs() == 1 &&
      Construct->getConstructor()->isCopyOrMoveConstructor())
    return variable(Construct->getArg(0));
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// Whether dropping a \p T destroys the coroutine that it stands for.
static bool ownsCoroutine(QualType T, Unit &U) {
  const TaskType Type = U.C.taskType(T);
  if (Type.Kind != TaskType::Task || goesOnWhenDropped(T, U.C))
    return false;
  if (Type.Model.Model)
    return Type.Model.Model->WhenDropped != Dropped::Detaches &&
           !Type.Model.Model->AwaitedAgain;
  return Type.When == Start::Lazy;
}

namespace {

/// The coroutines of one file whose tasks members keep.
class Finder {
public:
  explicit Finder(Unit &U) : U(U) {
    for (const FunctionSummary &F : U.functions())
      if (const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
          MD && MD->isInstance())
        walkFunction(MD, [&](const Stmt *S) {
          if (const auto *E = dyn_cast<Expr>(S))
            visit(MD, E);
          return true;
        });
  }

  std::vector<Kept> All;

private:
  void visit(const CXXMethodDecl *In, const Expr *E) {
    const Expr *To = nullptr;
    llvm::SmallVector<const Expr *, 2> Values;
    const VarDecl *Key = nullptr;
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(E);
        Assign && Assign->getOperator() == OO_Equal &&
        Assign->getNumArgs() == 2) {
      To = stripImplicit(Assign->getArg(0));
      Values.push_back(Assign->getArg(1));
      if (const auto *Index = dyn_cast<CXXOperatorCallExpr>(To);
          Index && Index->getOperator() == OO_Subscript) {
        Key = variable(Index->getArg(1));
        To = Index->getArg(0);
        if (!Key)
          return;
      } else if (const auto *Deref = dyn_cast<CXXOperatorCallExpr>(To);
                 Deref && Deref->getOperator() == OO_Star) {
        Key = variable(Deref->getArg(0));
        To = Key && Key->getInit() ? madeBy(Key->getInit()) : nullptr;
        if (!To)
          return;
      }
    } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
      const CXXMethodDecl *MD = Call->getMethodDecl();
      if (!MD || !U.M.index().isAdding(MD->getNameAsString()))
        return;
      To = Call->getImplicitObjectArgument();
      const auto Arguments = writtenArguments(Call);
      if (Arguments.empty())
        return;
      Values.push_back(Arguments.back());
      if (Arguments.size() == 2)
        Key = variable(Arguments.front());
    }
    const ValueDecl *Member = ownMember(To);
    if (!Member)
      return;
    for (const Expr *Value : Values)
      if (const auto *Call = dyn_cast<CallExpr>(withoutMove(Value)))
        kept(In, Call, Member, Key);
  }

  static const Expr *withoutMove(const Expr *E) {
    E = stripImplicit(E);
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
        Construct && Construct->getNumArgs() == 1)
      return stripImplicit(Construct->getArg(0));
    return E;
  }

  /// The container of which \p E, an iterator, is made.
  static const Expr *madeBy(const Expr *E) {
    E = withoutMove(E);
    if (const auto *Member = dyn_cast<MemberExpr>(E)) // insert(...).first
      E = stripImplicit(Member->getBase());
    return objectOf(E);
  }

  void kept(const CXXMethodDecl *In, const CallExpr *Call,
            const ValueDecl *Member, const VarDecl *Key) {
    const auto *Callee =
        dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
    const FunctionDecl *Def = nullptr;
    if (!Callee || !Callee->hasBody(Def) || !coroutineBody(Def) ||
        !ownsCoroutine(Call->getType(), U))
      return;
    const Expr *Object = objectOf(Call);
    if (!Object || !isa<CXXThisExpr>(stripImplicit(Object)))
      return;
    if (isContainer(Member->getType(), U.M) || Key) {
      unsigned Number = 0;
      for (const Expr *A : writtenArguments(Call)) {
        if (Key && variable(A) == Key && Number < Def->getNumParams())
          All.push_back({Def, Member, Def->getParamDecl(Number), Call});
        ++Number;
      }
    } else {
      All.push_back({Def, Member, nullptr, Call});
    }
  }

  Unit &U;
};

} // namespace

/// Whether \p FD moves something out of \p Member: then the task that is in it
/// may be elsewhere.
static bool isMovedFrom(const ValueDecl *Member, const FunctionDecl *FD) {
  bool Moved = false;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
        (Call->isCallToStdMove() || Callee->getName() == "exchange" ||
         Callee->getName() == "swap"))
      walkBody(Call, [&](const Stmt *Part) {
        if (const auto *Ref = dyn_cast<MemberExpr>(Part))
          Moved |= Ref->getMemberDecl() == Member;
        return !Moved;
      });
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
      if (const CXXMethodDecl *MD = Call->getMethodDecl();
          MD && MD->getIdentifier() &&
          (MD->getName() == "extract" || MD->getName() == "swap"))
        Moved |= ownMember(Call->getImplicitObjectArgument()) == Member;
    return !Moved;
  });
  return Moved;
}

/// Whether \p E removes from member \p From what \p Key tells.
static bool removes(const Expr *E, const ValueDecl *From, const VarDecl *Key,
                    Models &M) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *MD = Call ? Call->getMethodDecl() : nullptr;
  const auto Arguments =
      MD ? writtenArguments(Call) : llvm::SmallVector<const Expr *, 4>();
  return MD && ownMember(Call->getImplicitObjectArgument()) == From &&
         M.index().isRemoverName(MD->getNameAsString()) &&
         Arguments.size() == 1 && variable(Arguments.front()) == Key;
}

/// What \p E, a call of a member of the same object, removes from \p From by
/// \p Key; null when it does not.
static const Expr *removedIn(const Expr *E, const ValueDecl *From,
                             const VarDecl *Key, Models &M) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *MD = Call ? Call->getMethodDecl() : nullptr;
  const FunctionDecl *Def = nullptr;
  if (!MD ||
      !isa<CXXThisExpr>(stripImplicit(Call->getImplicitObjectArgument())) ||
      !MD->hasBody(Def) || coroutineBody(Def))
    return nullptr;
  unsigned Number = 0;
  const Expr *Found = nullptr;
  for (const Expr *A : writtenArguments(Call)) {
    if (Number < Def->getNumParams() && variable(A) == Key)
      walkFunction(Def, [&](const Stmt *S) {
        if (const auto *Part = dyn_cast<Expr>(S))
          if (!Found && removes(Part, From, Def->getParamDecl(Number), M))
            Found = Part;
        return !Found;
      });
    ++Number;
  }
  return Found;
}

/// Whether a function of this file removes elements from \p From that it finds
/// in \p Listed.
static bool isCollected(Unit &U, const ValueDecl *From,
                        const ValueDecl *Listed) {
  for (const FunctionSummary &F : U.functions()) {
    bool Removes = false, Reads = false;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
        if (const CXXMethodDecl *MD = Call->getMethodDecl())
          Removes |= ownMember(Call->getImplicitObjectArgument()) == From &&
                     U.M.index().isRemoverName(MD->getNameAsString());
      if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S))
        Reads |= ownMember(Loop->getRangeInit()) == Listed;
      return true;
    });
    if (Removes && Reads)
      return true;
  }
  return false;
}

void TaskRemovesItselfCheck::analyze(Unit &U) {
  Locks L(U.M, U.C);
  Finder Tasks(U);
  for (const Kept &Task : Tasks.All) {
    bool IsMoved = false;
    for (const FunctionSummary &F : U.functions())
      if (const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
          MD &&
          MD->getParent() == cast<CXXMethodDecl>(Task.Coroutine)->getParent())
        IsMoved |= isMovedFrom(Task.Member, MD);
    if (IsMoved)
      continue;
    const std::string Name = "'" + Task.Member->getNameAsString() + "'";
    bool HasGuard = false;
    walkFunction(Task.Coroutine, [&](const Stmt *S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declares->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D))
            HasGuard |= L.isGuard(Var->getType());
      const auto *E = dyn_cast<Expr>(S);
      if (!E)
        return true;
      Finding Found;
      Found.Loc = E->getExprLoc();
      Found.Ranges.push_back(E->getSourceRange());
      if (!Task.Key) {
        if (ownMember(emptiedBy(E)) != Task.Member)
          return true;
        Found.Message = "this destroys the coroutine that does it: its own "
                        "task is in " +
                        Name +
                        "; let somebody else drop the task when it has ended";
      } else if (removes(E, Task.Member, Task.Key, U.M)) {
        Found.Message = "this destroys the coroutine that does it: its own "
                        "task is in " +
                        Name +
                        "; let somebody else remove the task when it has ended";
      } else if (const Expr *There = removedIn(E, Task.Member, Task.Key, U.M)) {
        Found.Message = "this destroys the coroutine that calls it: its own "
                        "task is in " +
                        Name +
                        "; let somebody else remove the task when it has ended";
        Found.Notes.push_back({There->getExprLoc(), "removed here"});
      } else {
        const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
        const CXXMethodDecl *MD = Call ? Call->getMethodDecl() : nullptr;
        const ValueDecl *Listed =
            MD ? ownMember(Call->getImplicitObjectArgument()) : nullptr;
        if (!HasGuard || !Listed || Listed == Task.Member ||
            !U.M.index().isAdding(MD->getNameAsString()) ||
            llvm::none_of(
                writtenArguments(Call),
                [&](const Expr *A) { return variable(A) == Task.Key; }) ||
            !isCollected(U, Task.Member, Listed))
          return true;
        Found.Message =
            "another thread may destroy this coroutine before it has ended: "
            "who looks at '" +
            Listed->getNameAsString() + "' removes its task from " + Name +
            "; let a task of its own, or one that destroys itself, tell others "
            "of the end";
      }
      Found.Notes.push_back({Task.At->getExprLoc(), "its task is kept here"});
      report(std::move(Found));
      return true;
    });
  }
}
