//===-- Locks.cpp - Locks that belong to a thread ---------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Locks.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

/// The method of \p RD or of a base that is called \p Name and needs no
/// arguments.
static const CXXMethodDecl *methodNamed(const CXXRecordDecl *RD,
                                        StringRef Name) {
  const CXXMethodDecl *Found = nullptr;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    if (!Def || Found)
      return Found != nullptr;
    for (const CXXMethodDecl *MD : Def->methods())
      if (MD->getIdentifier() && MD->getName() == Name &&
          MD->getMinRequiredArguments() == 0)
        Found = MD;
    return Found != nullptr;
  });
  return Found;
}

/// Whether the body of \p FD is there and does nothing: what a program that has
/// no threads uses for a mutex.
static bool doesNothing(const FunctionDecl *FD) {
  const Stmt *Body = FD->getBody();
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body);
  return Block && Block->body_empty();
}

/// The classes among the template arguments of \p RD.
static llvm::SmallVector<const CXXRecordDecl *, 2>
classArguments(const CXXRecordDecl *RD) {
  llvm::SmallVector<const CXXRecordDecl *, 2> Classes;
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(RD);
  if (!Special)
    return Classes;
  auto Add = [&](const TemplateArgument &Argument) {
    if (Argument.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Class = recordOf(Argument.getAsType()))
        Classes.push_back(Class);
  };
  for (const TemplateArgument &Argument : Special->getTemplateArgs().asArray())
    if (Argument.getKind() == TemplateArgument::Pack)
      llvm::for_each(Argument.pack_elements(), Add);
    else
      Add(Argument);
  return Classes;
}

/// The type that \p RD, a class template's specialization, is for.
static QualType firstArgument(const CXXRecordDecl *RD) {
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(RD);
  if (!Special || Special->getTemplateArgs().size() == 0)
    return QualType();
  const TemplateArgument &Argument = Special->getTemplateArgs()[0];
  return Argument.getKind() == TemplateArgument::Type ? Argument.getAsType()
                                                      : QualType();
}

bool async_tidy::mayBeLock(const CXXRecordDecl *RD, const Models &M) {
  return RD && RD->getIdentifier() &&
         (M.index().isLockName(RD->getName()) || hasMember(RD, "unlock"));
}

bool async_tidy::isLock(const CXXRecordDecl *RD, Models &M) {
  const TypeModel *Known = RD ? M.type(RD) : nullptr;
  return (Known && (Known->Lock.Model || Known->Guard.Model)) ||
         mayBeLock(RD, M);
}

bool Locks::isAsyncLock(const CXXRecordDecl *RD) {
  const TypeModel *Known = M.type(RD);
  if (Known && (Known->Lock.Model || Known->Guard.Model))
    return true;
  // One member that is awaited to lock it makes it one, whatever it has
  // besides.
  return anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    return Def && llvm::any_of(Def->methods(), [&](const CXXMethodDecl *MD) {
             return MD->getIdentifier() &&
                    MD->getName().contains_insensitive("lock") &&
                    MD->getReturnType()->isRecordType() &&
                    C.taskType(MD->getReturnType());
           });
  });
}

bool Locks::isThreadMutexClass(const CXXRecordDecl *RD, bool IsGuarded) {
  if (isAsyncLock(RD))
    return false;
  const TypeModel *Known = M.type(RD);
  if (Known && Known->ThreadLock.Model)
    return true;
  const CXXMethodDecl *Lock = methodNamed(RD, "lock");
  const CXXMethodDecl *Unlock = methodNamed(RD, "unlock");
  // A guard has these, too, and is asked for its mutex.
  return Lock && Unlock && Lock->getReturnType()->isVoidType() &&
         Unlock->getReturnType()->isVoidType() && !doesNothing(Lock) &&
         !methodNamed(RD, "mutex") &&
         (IsGuarded || RD->hasAttr<CapabilityAttr>() ||
          methodNamed(RD, "try_lock"));
}

bool Locks::isThreadMutex(QualType T, bool IsGuarded) {
  const CXXRecordDecl *RD = recordOf(T);
  return RD && isThreadMutexClass(RD, IsGuarded);
}

/// Whether \p FD calls a function of its own members, or of what they point to,
/// for which \p Test says yes.
static bool callsOnMember(const FunctionDecl *FD,
                          llvm::function_ref<bool(const Expr *Call)> Test) {
  const FunctionDecl *Def = nullptr;
  if (!FD || !FD->hasBody(Def))
    return false;
  bool Found = false;
  walkFunction(Def, [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      Found = Found || Test(Call);
    return !Found;
  });
  return Found;
}

bool Locks::releasesInDestructor(const CXXRecordDecl *RD) {
  auto Uses = [&](const FunctionDecl *FD, Effect Kind) {
    return callsOnMember(FD, [&](const Expr *Call) {
      const Use U = useOf(Call, /*IsGuarded=*/true);
      if (U.Kind != Kind || !U.Object)
        return false;
      if (Kind == Effect::Acquires)
        return true;
      std::optional<AccessPath> Path = accessPath(U.Object);
      if (!Path)
        return false;
      // A mutex of its own, or one that all of its objects lock.
      const auto *Global = dyn_cast_or_null<VarDecl>(Path->Base);
      return Path->Base ? Global && Global->hasGlobalStorage()
                        : !Path->Members.empty();
    });
  };
  // One that locks and unlocks in both only signs in and out somewhere.
  const CXXDestructorDecl *Dtor = RD->getDestructor();
  return Uses(Dtor, Effect::Releases) && !Uses(Dtor, Effect::Acquires) &&
         llvm::any_of(RD->ctors(), [&](const CXXConstructorDecl *Ctor) {
           return Uses(Ctor, Effect::Acquires) && !Uses(Ctor, Effect::Releases);
         });
}

bool Locks::isGuardClass(const CXXRecordDecl *RD) {
  if (isAsyncLock(RD))
    return false;
  const TypeModel *Known = M.type(RD);
  if (Known && Known->ThreadGuard.Model) {
    llvm::SmallVector<const CXXRecordDecl *, 2> Classes = classArguments(RD);
    // The standard's guards call lock(): of a mutex that has none, they adopt
    // what it takes an await to get.
    const bool NeedsLock = RD->isInStdNamespace();
    return llvm::none_of(
               Classes,
               [&](const CXXRecordDecl *Class) {
                 const CXXMethodDecl *Lock = methodNamed(Class, "lock");
                 return isAsyncLock(Class) ||
                        (Lock
                             ? doesNothing(Lock)
                             : NeedsLock && !methodNamed(Class, "lock_shared"));
               }) &&
           (Classes.empty() || !Classes.front()->isLambda());
  }
  const CXXRecordDecl *Def = definitionOf(RD);
  if (!Def)
    return false;
  if (Def->hasAttr<ScopedLockableAttr>())
    return true;
  return !M.isLibraryCode(Def) && Def->hasUserDeclaredDestructor() &&
         releasesInDestructor(Def);
}

bool Locks::isGuard(QualType T) {
  const CXXRecordDecl *RD =
      T.isNull() ? nullptr : T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!RD)
    return false;
  RD = RD->getCanonicalDecl();
  auto [It, New] = Guards.try_emplace(RD, false);
  if (New) {
    const bool Is = isGuardClass(RD);
    Guards[RD] = Is;
    return Is;
  }
  return It->second;
}

bool Locks::ownsGuard(QualType T) {
  const CXXRecordDecl *RD =
      T.isNull() ? nullptr : T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!RD || isGuard(T))
    return false;
  if (RD->isInStdNamespace())
    return isGuard(firstArgument(RD));
  const CXXRecordDecl *Def = definitionOf(RD);
  if (!Def || Def->isLambda() || M.isLibraryCode(Def))
    return false;
  return llvm::any_of(Def->fields(), [&](const FieldDecl *Field) {
    // One that can be empty may never be used.
    return isGuard(Field->getType()) &&
           !methodNamed(recordOf(Field->getType()), "unlock");
  });
}

bool Locks::adopts(const Expr *E) {
  const auto *Make = dyn_cast<CXXConstructExpr>(stripImplicit(E));
  return Make && llvm::any_of(Make->arguments(), [&](const Expr *Argument) {
           const TypeModel *Known = M.type(Argument->getType());
           return Known && Known->Adopts.Model;
         });
}

bool Locks::isHeldBy(const Expr *E) {
  E = stripImplicit(E);
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() > 0 || ownsGuard(List->getType());
  // What is awaited suspended whoever had to wait for it.
  if (isa<CXXNullPtrLiteralExpr, CoawaitExpr>(E))
    return false;
  const auto *Make = dyn_cast<CXXConstructExpr>(E);
  if (!Make)
    return true;
  llvm::SmallVector<const Expr *, 4> Arguments = writtenArguments(Make);
  if (Arguments.empty()) {
    // It holds something only if its constructor sees to that.
    if (ownsGuard(Make->getType()))
      return !Make->getConstructor()->getParent()->isInStdNamespace();
    return callsOnMember(Make->getConstructor(), [&](const Expr *Call) {
      return useOf(Call, /*IsGuarded=*/true).Kind == Effect::Acquires;
    });
  }
  return llvm::none_of(Arguments, [&](const Expr *Argument) {
    const TypeModel *Known = M.type(Argument->getType());
    return (Known && Known->Defers.Model) ||
           isa<CXXNullPtrLiteralExpr>(stripImplicit(Argument));
  });
}

Locks::Use Locks::useOf(const Expr *Call, bool IsGuarded) {
  if (const FunctionModel *Known = M.function(Call)) {
    auto Of = [&](const ModelRef<ThreadLockModel> &Ref, Effect Kind) {
      return Use{Kind, argumentOf(Call, Ref.Model->Argument)};
    };
    if (Known->Acquires.Model)
      return Of(Known->Acquires, Effect::Acquires);
    if (Known->TriesToAcquire.Model)
      return Of(Known->TriesToAcquire, Effect::MayAcquire);
    if (Known->Releases.Model)
      return Of(Known->Releases, Effect::Releases);
  }
  const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(Call);
  const CXXMethodDecl *MD = MemberCall ? MemberCall->getMethodDecl() : nullptr;
  if (!MD || !MD->getIdentifier())
    return {};
  // The names of [thread.mutex.requirements] and [thread.lock.guard], and of
  // what a class that can hold a guard is emptied and filled by.
  const Expr *Object = MemberCall->getImplicitObjectArgument();
  const StringRef Name = MD->getName();
  const QualType T = Object->getType();
  const bool Owner = ownsGuard(T);
  if (!Owner && !isGuard(T) && !isThreadMutex(T, IsGuarded))
    return {};
  if (Name == "lock" || Name == "lock_shared" || Name == "relock" ||
      (Owner &&
       (Name == "emplace" || Name == "push_back" || Name == "emplace_back")))
    return {Effect::Acquires, Object};
  if (Name.starts_with("try_lock"))
    return {Effect::MayAcquire, Object};
  if (Name == "unlock" || Name == "unlock_shared" || Name == "Unlock" ||
      Name == "release" || Name == "Release" ||
      (Owner && (Name == "reset" || Name == "clear")))
    return {Effect::Releases, Object};
  return {};
}
