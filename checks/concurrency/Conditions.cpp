//===-- Conditions.cpp - Waits for conditions, and who ends them ----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "concurrency/Conditions.h"
#include "core/AccessPath.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"

using namespace clang;
using namespace async_tidy;

/// The variable or member that \p E stands for, by which functions of one file
/// agree on a condition.
static const ValueDecl *conditionOf(const Expr *E) {
  if (!E)
    return nullptr;
  std::optional<AccessPath> Path = accessPath(E);
  if (!Path)
    return nullptr;
  const ValueDecl *D =
      Path->Members.empty() ? Path->Base : Path->Members.back();
  return D ? cast<ValueDecl>(patternOf(D)->getCanonicalDecl()) : nullptr;
}

/// Whether \p T can be called: what decides whether a wait is over.
static bool isCallable(QualType T) {
  T = T.getNonReferenceType();
  if (T->isFunctionType() || T->isFunctionPointerType())
    return true;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && RD->hasDefinition() &&
         (RD->isLambda() || hasMember(RD, "operator()"));
}

std::optional<Wait> async_tidy::bareWait(const CoroutineSuspendExpr *Await,
                                         Unit &U) {
  const Expr *Call = stripImplicit(Await->getOperand());
  const FunctionModel *Known = U.M.function(Call);
  const Expr *Object = objectOf(Call);
  if (!Known || !Known->AwaitsCondition.Model || !Object)
    return std::nullopt;
  Wait W{Call, Await, conditionOf(Object), Known->AwaitsCondition, false};
  if (!W.Condition)
    return std::nullopt;
  // A timer is given what tells how it is awaited.
  if (!W.Model.Model->Forever.empty())
    return W;
  for (const Expr *Argument : writtenArguments(Call)) {
    const QualType T = Argument->getType().getNonReferenceType();
    if (isLock(recordOf(T), U.M)) {
      W.TakesLock = true;
      continue;
    }
    // An executor, or what tells that nobody waits any more.
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    const std::string Name = RD ? qualifiedName(RD) : "";
    if (!RD || isCallable(T) ||
        (StringRef(Name).starts_with("std::") && Name != "std::shared_ptr" &&
         Name != "std::stop_token"))
      return std::nullopt;
  }
  return W;
}

/// Whether \p FD tells others to end their work, by which what it announces is
/// about the end. A lambda that does nothing else may be there for that, too.
static bool endsWork(const FunctionDecl *FD, Unit &U) {
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD)) {
    if (isa<CXXDestructorDecl>(Method))
      return true;
    if (Method->getParent()->isLambda()) {
      unsigned Calls = 0;
      walkFunction(FD, [&](const Stmt *S) {
        const auto *Binary = dyn_cast<BinaryOperator>(S);
        Calls += isa<CallExpr>(S) || (Binary && Binary->isAssignmentOp()) ||
                 (isa<UnaryOperator>(S) &&
                  cast<UnaryOperator>(S)->isIncrementDecrementOp());
        return true;
      });
      if (Calls < 2)
        return true;
    }
    if (Method->getIdentifier() &&
        (U.M.index().isEnderName(Method->getName()) ||
         U.M.index().isRemoverName(Method->getName())))
      return true;
  }
  bool Ends = false;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S))
      if (const Expr *Object = objectOf(E)) {
        const CXXRecordDecl *RD = recordOf(Object->getType());
        const TypeModel *Known = RD ? U.M.type(RD) : nullptr;
        const auto *Method = dyn_cast_or_null<CXXMethodDecl>(calleeOf(E));
        Ends |= Known && Known->CancellationSource && Method &&
                !Method->isConst() &&
                (E->getType()->isVoidType() || E->getType()->isBooleanType());
      }
    return !Ends;
  });
  return Ends;
}

Announcements async_tidy::announcements(Unit &U) {
  Announcements Found;
  for (const FunctionSummary &F : U.functions()) {
    std::optional<bool> Ends;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *E = dyn_cast<Expr>(S);
      const FunctionModel *Known =
          E && isa<CallExpr, CXXConstructExpr>(E) ? U.M.function(E) : nullptr;
      if (!Known)
        return true;
      if (Known->MakesCondition.Model && mentions(E, "max", U.Ctx))
        if (const ValueDecl *D = conditionOf(objectOf(E)))
          Found[D].IsMade = true;
      if (!Known->Notifies.Model)
        return true;
      const ValueDecl *D = conditionOf(objectOf(E));
      if (D && !Found.lookup(D).Anyhow)
        Found[D].Anyhow = E;
      if (!D || Found.lookup(D).By)
        return true;
      if (!Ends)
        Ends = endsWork(F.Function, U);
      if (!*Ends) {
        Found[D].By = E;
        Found[D].In = F.Function;
      }
      return true;
    });
  }
  return Found;
}
