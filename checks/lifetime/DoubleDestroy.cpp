//===-- DoubleDestroy.cpp - async-double-destroy --------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds classes of which two objects, or an object and the coroutine itself,
/// destroy the same frame.
class DoubleDestroyCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void copied(const CXXRecordDecl *RD, const FieldDecl *Handle,
              const Expr *Destroys);
  void endsItself(Unit &U, const CXXMethodDecl *Final);
};

const Register<DoubleDestroyCheck> R({
    .Name = "async-double-destroy",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine that is destroyed twice corrupts the heap",
});

} // namespace

/// The member, a handle, that \p Dtor destroys the coroutine of, and where.
static std::pair<const FieldDecl *, const Expr *>
destroyedBy(const FunctionDecl *Dtor) {
  std::pair<const FieldDecl *, const Expr *> Found;
  walkFunction(Dtor, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const FieldDecl *Field = ownMember(destroyedHandle(Call)))
        Found = {Field, Call};
    return true;
  });
  return Found;
}

static bool returnsSuspendNever(const FunctionDecl *FD) {
  const CXXRecordDecl *RD = FD->getReturnType()->getAsCXXRecordDecl();
  return RD && RD->isInStdNamespace() && RD->getIdentifier() &&
         RD->getName() == "suspend_never";
}

void DoubleDestroyCheck::copied(const CXXRecordDecl *RD,
                                const FieldDecl *Handle, const Expr *Destroys) {
  // A class that says how it is copied or moved has thought of it.
  if (RD->hasUserDeclaredCopyConstructor() ||
      RD->hasUserDeclaredMoveConstructor() ||
      RD->hasUserDeclaredMoveAssignment() ||
      RD->hasUserDeclaredCopyAssignment() || RD->isUnion())
    return;
  // One whose parts can't be copied can't be, either.
  auto CanBeCopied = [](QualType T) {
    const CXXRecordDecl *Part = T->getAsCXXRecordDecl();
    if (!Part || !Part->hasDefinition())
      return !T->isReferenceType();
    return !Part->defaultedCopyConstructorIsDeleted() &&
           llvm::none_of(Part->ctors(),
                         [](const CXXConstructorDecl *Ctor) {
                           return Ctor->isCopyConstructor() &&
                                  Ctor->isDeleted();
                         }) &&
           !(Part->hasUserDeclaredMoveConstructor() &&
             !Part->hasUserDeclaredCopyConstructor());
  };
  if (llvm::any_of(RD->bases(),
                   [&](const CXXBaseSpecifier &Base) {
                     return !CanBeCopied(Base.getType());
                   }) ||
      llvm::any_of(RD->fields(), [&](const FieldDecl *Field) {
        return !CanBeCopied(Field->getType());
      }))
    return;
  Finding Found;
  Found.Loc = RD->getLocation();
  Found.Message = "a copy of a '" + RD->getNameAsString() +
                  "' destroys the coroutine of '" + Handle->getNameAsString() +
                  "' a second time; delete the copy constructor, and move the "
                  "handle";
  Found.Notes.push_back({Destroys->getExprLoc(), "destroyed here"});
  report(std::move(Found));
}

void DoubleDestroyCheck::endsItself(Unit &U, const CXXMethodDecl *Final) {
  const CXXRecordDecl *Promise = Final->getParent();
  // One that does something there may take the handle away from its owner; so
  // may one that knows of something.
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Final->getBody());
  if (!Body || Body->size() != 1 || !U.C.isPromise(Promise) ||
      llvm::any_of(Promise->fields(), [](const FieldDecl *Field) {
        return Field->getType()->isPointerType() ||
               Field->getType()->isReferenceType();
      }))
    return;
  for (const NamedDecl *D :
       Promise->lookup(&U.Ctx.Idents.get("get_return_object"))) {
    const auto *FD = dyn_cast<FunctionDecl>(D);
    const CXXRecordDecl *RD =
        FD ? FD->getReturnType()->getAsCXXRecordDecl() : nullptr;
    const CXXRecordDecl *Owner = RD ? RD->getDefinition() : nullptr;
    const CXXDestructorDecl *Dtor = Owner ? Owner->getDestructor() : nullptr;
    const FunctionDecl *Def = nullptr;
    if (!Dtor || !Dtor->hasBody(Def))
      continue;
    const auto [Handle, Destroys] = destroyedBy(Def);
    if (!Handle)
      continue;
    Finding Found;
    Found.Loc = Final->getLocation();
    Found.Message = "the coroutine destroys itself when it ends, and the "
                    "destructor of '" +
                    Owner->getNameAsString() +
                    "' destroys it a second time; return std::suspend_always";
    Found.Notes.push_back({Destroys->getExprLoc(), "destroyed here"});
    report(std::move(Found));
  }
}

void DoubleDestroyCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
    if (!MD)
      continue;
    if (const auto *Dtor = dyn_cast<CXXDestructorDecl>(MD)) {
      const auto [Handle, Destroys] = destroyedBy(Dtor);
      if (Handle && Handle->getParent() == Dtor->getParent())
        copied(Dtor->getParent(), Handle, Destroys);
    } else if (MD->getIdentifier() && MD->getName() == "final_suspend" &&
               returnsSuspendNever(MD)) {
      endsItself(U, MD);
    }
  }
}
