//===-- DetachedTask.cpp - async-detached-task ----------------------------===//
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

/// Finds work in the background that uses an object which is stopped without
/// waiting for it.
class DetachedTaskCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void dropped(Unit &U, const CXXMethodDecl *In, const Expr *Work);
  const CXXMethodDecl *stopOf(Unit &U, const CXXRecordDecl *RD);

  ListOption StopFunctions{*this, "StopFunctions", "stop;close;drain;shutdown"};
};

const Register<DetachedTaskCheck> R({
    .Name = "async-detached-task",
    .Group = "results",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // until its precision on real code is known
    .Since = "0.1",
    .Summary = "work in the background that nobody waits for uses its object "
               "when that has been stopped and destroyed",
});

} // namespace

/// Whether a \p T, or what its template arguments say that it holds, can make
/// somebody wait for work: a scope, a task, or a class of the standard library
/// or a library that tells when something has happened.
static bool canWaitWith(QualType T, Unit &U, unsigned Depth = 0) {
  if (T.isNull() || Depth > 3)
    return false;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  T = T.getUnqualifiedType();
  if (const TypeModel *Known = U.M.type(T); Known && Known->Scope.Model)
    return true;
  const TaskType Type = U.C.taskType(T);
  if (Type.Kind != TaskType::NotOne)
    return true;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (!RD)
    return false;
  if (RD->getIdentifier()) {
    const StringRef Name = RD->getName();
    if (Name.contains_insensitive("gate") ||
        Name.contains_insensitive("scope") ||
        Name.contains_insensitive("promise") ||
        Name.contains_insensitive("future") ||
        Name.contains_insensitive("condition_variable"))
      return true;
  }
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD))
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type &&
          canWaitWith(A.getAsType(), U, Depth + 1))
        return true;
  return false;
}

/// Whether an object of class \p RD has something to wait for work with; yes
/// when that is not known.
static bool hasSomethingToWaitWith(const CXXRecordDecl *RD, Unit &U) {
  RD = RD->getDefinition();
  if (!RD || RD->isDependentContext())
    return true;
  for (const CXXBaseSpecifier &Base : RD->bases()) {
    const CXXRecordDecl *BaseRD = Base.getType()->getAsCXXRecordDecl();
    if (!BaseRD)
      return true;
    // Who shares the object may keep it alive.
    if (BaseRD->getIdentifier() &&
        BaseRD->getName().contains_insensitive("shared_from_this"))
      return true;
    if (hasSomethingToWaitWith(BaseRD, U))
      return true;
  }
  return llvm::any_of(RD->fields(), [&](const FieldDecl *Field) {
    return canWaitWith(Field->getType(), U);
  });
}

/// The function that ends the use of an object of class \p RD, and returns a
/// task to say when it has done so. Null where it is not defined in this file.
const CXXMethodDecl *DetachedTaskCheck::stopOf(Unit &U,
                                               const CXXRecordDecl *RD) {
  for (const CXXMethodDecl *MD : RD->methods()) {
    const FunctionDecl *Def = nullptr;
    if (MD->getIdentifier() && StopFunctions.contains(MD->getName()) &&
        !MD->isStatic() && MD->getNumParams() == 0 &&
        U.C.taskType(MD->getReturnType()) && MD->hasBody(Def))
      return cast<CXXMethodDecl>(Def);
  }
  return nullptr;
}

/// Whether \p Work uses the object whose member function it stands in.
static bool usesThis(const Expr *Work) {
  bool Found = false;
  walkBody(Work, [&](const Stmt *S) {
    Found |= isa<CXXThisExpr>(S);
    return !Found;
  });
  return Found;
}

/// Whether something in \p Work may keep the object until it has ended: a gate
/// that is entered, or a pointer that shares the object.
static bool mayKeepObject(const Expr *Work, Unit &U) {
  bool Found = false;
  walkBody(Work, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E || isa<CXXThisExpr>(E))
      return true;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
      // What it holds besides the object itself may be what keeps it.
      for (const LambdaCapture &C : Lambda->captures())
        if (C.capturesVariable())
          if (const CXXRecordDecl *RD = recordOf(C.getCapturedVar()->getType()))
            Found |=
                RD->getIdentifier() && (RD->getName().contains("shared_ptr") ||
                                        RD->getName().contains("holder") ||
                                        RD->getName().contains("units") ||
                                        RD->getName().contains("guard"));
    }
    if (const FunctionDecl *Callee = calleeOf(E))
      Found |= Callee->getDeclName().getAsString().find("shared_from_this") !=
               std::string::npos;
    if (const TypeModel *Known = U.M.type(E->getType()))
      Found |= Known->Scope.Model != nullptr;
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
      !usesThis(Work) || mayKeepObject(Work, U))
    return;
  const CXXRecordDecl *RD = In->getParent();
  const CXXMethodDecl *Stop = stopOf(U, RD);
  if (!Stop || Stop->getCanonicalDecl() == In->getCanonicalDecl() ||
      hasSomethingToWaitWith(RD, U))
    return;
  // It may wait for a semaphore that the work holds.
  bool Waits = false;
  walkFunction(Stop, [&](const Stmt *S) {
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      if (const CXXRecordDecl *Of = recordOf(Member->getType()))
        Waits |= Of->getIdentifier() &&
                 Of->getName().contains_insensitive("semaphore");
    return !Waits;
  });
  if (Waits)
    return;
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
