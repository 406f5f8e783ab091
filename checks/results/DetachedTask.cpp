//===-- DetachedTask.cpp - async-detached-task ----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/OwnObject.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds work in the background that uses an object which is stopped without
/// waiting for it.
class DetachedTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void dropped(Unit &U, const CXXMethodDecl *In, const Expr *Work);
  std::vector<const CXXMethodDecl *> stopsOf(Unit &U, const CXXRecordDecl *RD);

  ListOption StopFunctions{*this, "StopFunctions", "stop;close;drain;shutdown"};
};

const Register<DetachedTaskCheck> R({
    .Name = "async-detached-task",
    .Group = "results",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "work in the background that nobody waits for uses its object "
               "when that has been stopped and destroyed",
});

} // namespace

/// Whether a \p T, or what its template arguments say that it holds, can make
/// somebody wait for work: a scope, or a task.
static bool canWaitWith(QualType T, Unit &U, unsigned Depth = 0) {
  if (T.isNull() || Depth > 3)
    return false;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  T = T.getUnqualifiedType();
  if (const TypeModel *Known = U.M.type(T); Known && Known->Scope.Model)
    return true;
  if (U.C.taskType(T))
    return true;
  if (const auto *Spec =
          dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(T)))
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type &&
          canWaitWith(A.getAsType(), U, Depth + 1))
        return true;
  return false;
}

/// Whether an object of class \p RD tells by a member function's task when
/// something has happened to it, as a condition variable does. A semaphore is
/// not there for that.
static bool tellsWhenDone(const CXXRecordDecl *RD, Unit &U) {
  RD = definitionOf(RD);
  if (!RD)
    return false;
  if (const TypeModel *Known = U.M.type(RD); Known && Known->Lock.Model)
    return false;
  return llvm::any_of(RD->methods(), [&](const CXXMethodDecl *MD) {
    return MD->getAccess() == AS_public &&
           U.C.taskType(MD->getReturnType()).Kind == TaskType::Task;
  });
}

/// Whether an object of class \p RD has something to wait for work with; yes
/// when that is not known.
/// \param IsSeen whether all that stops it is to be seen, so that what else
/// might be waited for is not.
static bool hasSomethingToWaitWith(const CXXRecordDecl *RD, bool IsSeen,
                                   Unit &U) {
  RD = RD->getDefinition();
  if (!RD || RD->isDependentContext())
    return true;
  for (const CXXBaseSpecifier &Base : RD->bases()) {
    const CXXRecordDecl *BaseRD = Base.getType()->getAsCXXRecordDecl();
    if (!BaseRD || hasSomethingToWaitWith(BaseRD, IsSeen, U))
      return true;
    // Who shares the object may keep it alive.
    if (const TypeModel *Known = U.M.type(BaseRD);
        Known && Known->ReferenceCounted.Model)
      return true;
  }
  return llvm::any_of(RD->fields(), [&](const FieldDecl *Field) {
    if (canWaitWith(Field->getType(), U))
      return true;
    return !IsSeen && tellsWhenDone(recordOf(Field->getType()), U);
  });
}

/// Walks \p S and the lambdas in it.
static void walkWithLambdas(const Stmt *S,
                            llvm::function_ref<void(const Stmt *)> Visit) {
  walkBody(S, [&](const Stmt *Part) {
    Visit(Part);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(Part))
      walkWithLambdas(Lambda->getBody(), Visit);
    return true;
  });
}

/// The body of \p FD, which the user wrote, where this file has it.
static const Stmt *bodyOf(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD || !FD->hasBody(Def))
    return nullptr;
  return coroutineBody(Def) ? coroutineBody(Def) : Def->getBody();
}

/// Whether \p Call is one of a member function of the object itself.
static bool isOfThis(const CXXMemberCallExpr *Call) {
  return isa<CXXThisExpr>(
      Call->getImplicitObjectArgument()->IgnoreParenImpCasts());
}

namespace {

/// What a function that stops an object waits for, with all that it calls of
/// the object's.
class StopSequence {
public:
  StopSequence(const CXXMethodDecl *Stop, Unit &U) : U(U) { visit(Stop); }

  /// Something else of the object's: a promise, a semaphore, a part of it.
  bool WaitsForPart = false;
  /// Nothing of it is to be found elsewhere.
  bool IsSeen = true;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Functions;

private:
  void visit(const CXXMethodDecl *MD) {
    if (!Functions.insert(MD->getCanonicalDecl()).second)
      return;
    const Stmt *Body = bodyOf(MD);
    if (!Body) {
      IsSeen = false;
      return;
    }
    walkWithLambdas(Body, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      if (!Call)
        return;
      if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
          Member && isOfThis(Member)) {
        if (Member->getMethodDecl())
          visit(Member->getMethodDecl());
        return;
      }
      if (U.C.taskType(Call->getType()) && isWithPart(Call))
        WaitsForPart = true;
    });
  }

  /// Whether an argument of \p Call, or its object, is a part of the object,
  /// or owned by it.
  static bool isWithPart(const CallExpr *Call) {
    bool Found = false;
    auto Look = [&](const Expr *E) {
      walkBody(E, [&](const Stmt *S) {
        if (isa<LambdaExpr>(S))
          return false;
        const auto *Member = dyn_cast<MemberExpr>(S);
        const auto *Field =
            Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
        Found |= Field && isa<CXXThisExpr>(stripImplicit(Member->getBase())) &&
                 Field->getType()->isRecordType();
        return !Found;
      });
    };
    Look(Call);
    return Found;
  }

  Unit &U;
};

} // namespace

/// What ends the use of objects of class \p RD: each function that returns a
/// task to say when it has done so. None where one is not defined in this file.
std::vector<const CXXMethodDecl *>
DetachedTaskCheck::stopsOf(Unit &U, const CXXRecordDecl *RD) {
  std::vector<const CXXMethodDecl *> Found;
  for (const CXXMethodDecl *MD : RD->methods()) {
    if (!MD->getIdentifier() || !StopFunctions.contains(MD->getName()) ||
        MD->isStatic() || !U.C.taskType(MD->getReturnType()))
      continue;
    if (!bodyOf(MD))
      return {};
    Found.push_back(MD);
  }
  return Found;
}

/// Whether what \p MD, a member function that is called for the task it
/// returns, has begun uses the object later; yes where only another file
/// knows.
static bool goesOnWithObject(const CXXMethodDecl *MD, Unit &U,
                             unsigned Depth = 0);

/// Whether \p Work, of a member function, uses the object later.
static bool usesObjectLater(const Stmt *Work, Unit &U, unsigned Depth) {
  bool Found = false;
  walkBody(Work, [&](const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      walkWithLambdas(Lambda->getBody(), [&](const Stmt *Part) {
        Found |= isa<CXXThisExpr>(Part);
      });
      return false;
    }
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
        Call && isOfThis(Call) && Call->getMethodDecl() &&
        U.C.taskType(Call->getType()))
      Found |= goesOnWithObject(Call->getMethodDecl(), U, Depth);
    return !Found;
  });
  return Found;
}

static bool goesOnWithObject(const CXXMethodDecl *MD, Unit &U, unsigned Depth) {
  const Stmt *Body = bodyOf(MD);
  if (!Body || Depth > 3)
    return true;
  for (const FunctionSummary &F : U.functions())
    if (F.Coro && F.Function->getCanonicalDecl() == MD->getCanonicalDecl())
      return bool(unguardedUse(U, F));
  return usesObjectLater(Body, U, Depth + 1);
}

/// Whether \p T holds something until it is destroyed: what a model calls a
/// guard, a smart pointer, or what the project has written a destructor for.
static bool isHolder(QualType T, Unit &U) {
  const CXXRecordDecl *RD = definitionOf(recordOf(T));
  if (!RD)
    return false;
  if (const TypeModel *Known = U.M.type(RD);
      Known &&
      (Known->ScopeGuard.Model || Known->Guard.Model || Known->Cleanup))
    return true;
  if (RD->hasTrivialDestructor())
    return false;
  if (!RD->isInStdNamespace() && !U.M.isLibraryCode(RD) &&
      RD->hasUserDeclaredDestructor())
    return true;
  return llvm::any_of(RD->methods(), [](const CXXMethodDecl *MD) {
    return MD->getOverloadedOperator() == OO_Arrow;
  });
}

/// Whether something in \p Work may keep the object until it has ended: a gate
/// that is entered, or a pointer that shares the object.
static bool mayKeepObject(const Expr *Work, const CXXRecordDecl *RD, Unit &U) {
  bool Found = false;
  walkBody(Work, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E || isa<CXXThisExpr>(E))
      return true;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
      // What it holds besides the object itself may be what keeps it.
      for (const LambdaCapture &C : Lambda->captures())
        Found |=
            C.capturesVariable() && isHolder(C.getCapturedVar()->getType(), U);
    Found |= refersTo(E->getType(), RD);
    if (const TypeModel *Known = U.M.type(E->getType()))
      Found |= Known->Scope.Model || Known->ScopeGuard.Model;
    return !Found;
  });
  return Found;
}

void DetachedTaskCheck::dropped(Unit &U, const CXXMethodDecl *In,
                                const Expr *Work) {
  Work = stripImplicit(Work);
  if (!Work->isPRValue())
    return;
  const TaskType Type = U.C.taskType(Work->getType());
  // A lazy task does not run, and one that owns the work ends it. A project's
  // own has to show that it does not.
  const CXXRecordDecl *Task = Work->getType()->getAsCXXRecordDecl();
  if (Type.Kind != TaskType::Task || Type.When != Start::Eager ||
      (Type.Model.Model
           ? Type.Model.Model->WhenDropped != Dropped::Detaches
           : !Task->hasDefinition() || !Task->hasTrivialDestructor()) ||
      !usesObjectLater(Work, U, 0))
    return;
  const CXXRecordDecl *RD = In->getParent();
  const std::vector<const CXXMethodDecl *> Stops = stopsOf(U, RD);
  if (Stops.empty() || mayKeepObject(Work, RD, U))
    return;
  bool IsSeen = true;
  for (const CXXMethodDecl *Stop : Stops) {
    const StopSequence Sequence(Stop, U);
    // It may wait for a semaphore that the work holds; and it knows of what it
    // starts itself.
    if (Sequence.WaitsForPart ||
        Sequence.Functions.contains(In->getCanonicalDecl()))
      return;
    IsSeen &= Sequence.IsSeen;
  }
  if (hasSomethingToWaitWith(RD, IsSeen, U))
    return;
  const CXXMethodDecl *Stop = Stops.front();
  Finding Found;
  Found.Loc = Work->getBeginLoc();
  Found.Ranges.push_back(Work->getSourceRange());
  Found.Message = "nobody waits for this work, which uses '" +
                  qualifiedName(RD) + "': '" + qualifiedName(Stop) +
                  "' does not, and the object may be gone before the work has "
                  "ended; run it in a gate or a scope that '" +
                  Stop->getNameAsString() + "' closes";
  Found.Notes.push_back({Stop->getLocation(), "the object is stopped here"});
  report(Found);
}

void DetachedTaskCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *In = dyn_cast<CXXMethodDecl>(F.Function);
    if (!In || In->isStatic() || In->getParent()->isLambda())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      forEachStatement(S, [&](const Expr *E) {
        E = stripImplicit(E);
        // Without a word it is for other checks.
        if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
            Cast && Cast->getType()->isVoidType())
          return dropped(U, In, Cast->getSubExpr());
        if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(E);
            Assign && Assign->getOperator() == OO_Equal &&
            Assign->getNumArgs() == 2) {
          const ValueDecl *Left = namedBy(Assign->getArg(0));
          if (Left && Left->isInStdNamespace() &&
              Left->getDeclName().getAsString() == "ignore")
            dropped(U, In, Assign->getArg(1));
        }
      });
      return true;
    });
  }
}
