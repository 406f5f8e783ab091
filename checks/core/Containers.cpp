//===-- Containers.cpp - Containers that functions share -------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Containers.h"
#include "core/Lifetimes.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "core/Presence.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace async_tidy;

//===----------------------------------------------------------------------===//
// Which object an expression names
//===----------------------------------------------------------------------===//

static constexpr unsigned MaxDepth = 16;

static bool isShared(const Expr *E, unsigned Depth);

/// The member of its object that \p FD returns a reference to, and nothing
/// else; null when it does more.
static const Expr *returnedMember(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD->getReturnType()->isReferenceType() || !FD->hasBody(Def))
    return nullptr;
  const auto *Body = dyn_cast<CompoundStmt>(Def->getBody());
  if (!Body || Body->size() != 1)
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  const Expr *Value = Return ? Return->getRetValue() : nullptr;
  const auto *Member =
      Value ? dyn_cast<MemberExpr>(stripImplicit(Value)) : nullptr;
  return Member && isa<CXXThisExpr>(stripImplicit(Member->getBase())) ? Member
                                                                      : nullptr;
}

/// Whether \p Call returns the reference that it is given.
static bool isForwarding(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  return Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
         Call->getNumArgs() == 1 &&
         (Call->isCallToStdMove() || Callee->getName() == "as_const" ||
          Callee->getName() == "forward");
}

static bool isSharedVariable(const VarDecl *Var, unsigned Depth) {
  if (Var->hasGlobalStorage())
    return true;
  const QualType T = Var->getType();
  if (isa<ParmVarDecl>(Var))
    return T->isReferenceType() || T->isPointerType();
  const Expr *Init = Var->getInit();
  return Init && (T->isReferenceType() || T->isPointerType()) &&
         isShared(Init, Depth + 1);
}

/// Whether what smart pointer \p E points to is not only this function's.
static bool pointsToShared(const Expr *E, unsigned Depth) {
  E = stripImplicit(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var)
      return false;
    if (isa<ParmVarDecl>(Var) || Var->hasGlobalStorage())
      return true;
    return Var->getInit() && Depth < MaxDepth &&
           pointsToShared(Var->getInit(), Depth + 1);
  }
  // What a free function returns may have been made by it, as make_shared does.
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return isShared(Call->getImplicitObjectArgument(), Depth + 1);
  return isShared(E, Depth + 1);
}

/// Whether the object that \p E is, or points to, is not a part of the
/// function's own variables.
static bool isShared(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth)
    return false;
  E = stripImplicit(E);
  if (isa<CXXThisExpr>(E))
    return true;
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return isShared(Cast->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return Var && isSharedVariable(Var, Depth);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return Var->hasGlobalStorage();
    return isShared(Member->getBase(), Depth + 1);
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return (Unary->getOpcode() == UO_Deref ||
            Unary->getOpcode() == UO_AddrOf) &&
           isShared(Unary->getSubExpr(), Depth + 1);
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Op->getOperator() == OO_Subscript)
      return isShared(Op->getArg(0), Depth + 1);
    if ((Op->getOperator() != OO_Arrow && Op->getOperator() != OO_Star) ||
        Op->getNumArgs() != 1)
      return false;
    // What nobody can change is a snapshot.
    QualType T = Op->getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    return !T.isConstQualified() && pointsToShared(Op->getArg(0), Depth + 1);
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    if (isForwarding(Call))
      return isShared(Call->getArg(0), Depth + 1);
    if (!Call->isGLValue() && !Call->getType()->isPointerType())
      return false;
    if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Call))
      return isShared(Method->getImplicitObjectArgument(), Depth + 1);
    return Call->getNumArgs() == 0;
  }
  return false;
}

static const ValueDecl *sharedObject(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth)
    return nullptr;
  E = stripImplicit(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return sharedObject(Cast->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl()))
      return sharedObject(Binding->getBinding(), Depth + 1);
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var)
      return nullptr;
    if (Var->getType()->isReferenceType())
      return isa<ParmVarDecl>(Var) ? nullptr
                                   : sharedObject(Var->getInit(), Depth + 1);
    return Var->hasGlobalStorage() ? Var : nullptr;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return Var->hasGlobalStorage() ? Var : nullptr;
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    return Field && !Field->getType()->isReferenceType() &&
                   isShared(Member->getBase(), Depth + 1)
               ? Field
               : nullptr;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    // *&member, and a pointer that was made of one.
    if (Unary->getOpcode() == UO_AddrOf)
      return sharedObject(Unary->getSubExpr(), Depth + 1);
    return nullptr;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    if (isForwarding(Call))
      return sharedObject(Call->getArg(0), Depth + 1);
    const auto *Method = dyn_cast<CXXMemberCallExpr>(Call);
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Method || !Callee ||
        !isShared(Method->getImplicitObjectArgument(), Depth + 1))
      return nullptr;
    if (const auto *Member = cast_or_null<MemberExpr>(returnedMember(Callee)))
      return dyn_cast<FieldDecl>(Member->getMemberDecl());
  }
  return nullptr;
}

const ValueDecl *async_tidy::sharedObject(const Expr *E) {
  return ::sharedObject(E, 0);
}

//===----------------------------------------------------------------------===//
// Containers
//===----------------------------------------------------------------------===//

bool async_tidy::isContainer(QualType T, Models &M) {
  const CXXRecordDecl *RD =
      T.isNull() ? nullptr : T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!RD || isView(T.getNonReferenceType(), M))
    return false;
  const TypeModel *Known = M.type(T.getNonReferenceType());
  if (Known && Known->Container.Model)
    return true;
  return hasMember(RD, "begin") && hasMember(RD, "end") &&
         (hasMember(RD, "clear") || hasMember(RD, "erase") ||
          hasMember(RD, "pop_front"));
}

bool async_tidy::changesObject(const CXXMethodDecl *Method) {
  if (Method->isConst() || Method->isStatic())
    return false;
  for (const NamedDecl *D :
       Method->getParent()->lookup(Method->getDeclName())) {
    const auto *Other = dyn_cast<CXXMethodDecl>(D->getUnderlyingDecl());
    if (const auto *Template =
            dyn_cast<FunctionTemplateDecl>(D->getUnderlyingDecl()))
      Other = dyn_cast<CXXMethodDecl>(Template->getTemplatedDecl());
    if (Other && Other->isConst())
      return false;
  }
  return true;
}

/// Whether a container's member of this name changes all elements at once.
static bool replacesElements(StringRef Name) {
  return Name == "clear" || Name == "assign" || Name == "swap" ||
         Name == "shrink_to_fit" || Name == "operator=";
}

//===----------------------------------------------------------------------===//
// Changes
//===----------------------------------------------------------------------===//

ContainerChanges::Key ContainerChanges::keyOf(const Decl *D) {
  if (const auto *FD = dyn_cast<FunctionDecl>(D)) {
    if (const FunctionDecl *Pattern = FD->getTemplateInstantiationPattern())
      FD = Pattern;
    return FD->getCanonicalDecl()->getLocation();
  }
  return D->getLocation();
}

bool ContainerChanges::keepsOthersOut(QualType T) {
  T = T.getNonReferenceType();
  const TypeModel *Known = U.M.type(T);
  return (Known && Known->Scope.Model) || isLock(T->getAsCXXRecordDecl(), U.M);
}

/// Whether who calls \p FD can be in another file.
static bool isVisibleElsewhere(const FunctionDecl *FD) {
  const SourceManager &SM = FD->getASTContext().getSourceManager();
  if (const auto *MD = dyn_cast<CXXMethodDecl>(FD)) {
    if (MD->isVirtual())
      return true;
    return MD->getAccess() != AS_private &&
           !SM.isInMainFile(SM.getExpansionLoc(MD->getParent()->getLocation()));
  }
  return FD->isExternallyVisible() && !FD->isMain();
}

bool ContainerChanges::runsOnItsOwn(const FunctionDecl *FD) const {
  auto It = Nodes.find(keyOf(FD));
  if (const auto *MD = dyn_cast<CXXMethodDecl>(FD);
      MD && MD->getParent()->isLambda())
    return true;
  return isVisibleElsewhere(FD) || Started.contains(keyOf(FD)) ||
         It == Nodes.end() || It->second.Callers.empty();
}

ContainerChanges::ContainerChanges(Unit &U) : U(U) {
  for (const FunctionSummary &F : U.functions())
    add(F.Function);
  for (auto &[K, N] : Nodes)
    if (N.Function)
      N.IsRoot = runsOnItsOwn(N.Function);
}

/// Calls \p Visit with the calls in \p E that run before it is resumed, and
/// after one another.
static void forEachAwaitedCall(const Expr *E,
                               llvm::function_ref<void(const Expr *)> Visit,
                               Coroutines &C) {
  E = stripImplicit(E);
  Visit(E);
  if (!isa<CallExpr, CXXConstructExpr>(E))
    return;
  llvm::SmallVector<const Expr *, 2> Tasks;
  for (const Expr *A : writtenArguments(E))
    if (C.taskType(A->getType().getNonReferenceType()))
      Tasks.push_back(A);
  if (const Expr *Object = objectOf(E))
    if (C.taskType(Object->getType().getNonReferenceType()))
      Tasks.push_back(Object);
  // Several run at the same time.
  if (Tasks.size() == 1)
    forEachAwaitedCall(Tasks.front(), Visit, C);
}

void ContainerChanges::changed(const Expr *Object, const Expr *At,
                               const FunctionDecl *In,
                               ContainerChange::Kind How) {
  if (!isContainer(Object->getType(), U.M) && !isNullable(Object->getType()))
    return;
  const ValueDecl *Container = async_tidy::sharedObject(Object);
  if (!Container)
    return;
  // Objects that are being made, assigned or destroyed are nobody else's.
  if (const auto *MD = dyn_cast<CXXMethodDecl>(In))
    if ((isa<CXXConstructorDecl, CXXDestructorDecl>(MD) ||
         MD->getOverloadedOperator() == OO_Equal) &&
        keyOf(cast<Decl>(MD->getParent())) ==
            keyOf(cast<Decl>(Container->getDeclContext())))
      return;
  Changes[keyOf(Container)].push_back({At, In, How});
}

/// Notes that \p In calls a member of \p Object, and whether it goes on only
/// when that has ended.
void ContainerChanges::use(const Expr *Object, const FunctionDecl *In,
                           bool IsWaitedFor) {
  Object = stripImplicit(Object);
  if (isa<CXXThisExpr>(Object))
    return;
  QualType T = Object->getType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (!RD)
    return;
  Objects &Of = Classes[keyOf(cast<Decl>(RD))];
  const auto *Ref = dyn_cast<DeclRefExpr>(Object);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (Var && IsWaitedFor && Var->hasLocalStorage() &&
      Var->getDeclContext() == In && Var->getType()->isRecordType())
    ++Of.InPlace;
  else
    Of.AreElsewhere = true;
}

/// Whether all objects that have \p Container as a member are, as far as this
/// file knows, locals that a function uses one call after the other.
bool ContainerChanges::belongsToOneFunction(const ValueDecl *Container) const {
  const auto *Field = dyn_cast<FieldDecl>(Container);
  auto It = Field ? Classes.find(keyOf(cast<Decl>(Field->getParent())))
                  : Classes.end();
  return It != Classes.end() && !It->second.AreElsewhere &&
         It->second.InPlace && It->second.InPlace == It->second.Mentions;
}

/// Whether \p Var is there for nothing but its destructor.
static bool isGuard(const VarDecl *Var) {
  const CXXRecordDecl *RD = definitionOf(Var->getType()->getAsCXXRecordDecl());
  return RD && !RD->isDependentType() && !RD->hasTrivialDestructor() &&
         Var->getInit() && !Var->isReferenced() && Var->hasLocalStorage();
}

void ContainerChanges::add(const FunctionDecl *FD) {
  const Key Caller = keyOf(FD);
  Nodes[Caller].Function = FD;
  llvm::SmallPtrSet<const Expr *, 8> Awaited;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D); Var && isGuard(Var))
          walkBody(Var->getInit(), [&](const Stmt *Part) {
            if (const auto *Member = dyn_cast<MemberExpr>(Part))
              if (const auto *Field =
                      dyn_cast<FieldDecl>(Member->getMemberDecl()))
                Nodes[Caller].Locks.insert(keyOf(Field));
            return true;
          });
    } else if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) {
      forEachAwaitedCall(
          Await->getOperand(), [&](const Expr *E) { Awaited.insert(E); }, U.C);
    } else if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      if (Return->getRetValue())
        Awaited.insert(stripImplicit(Return->getRetValue()));
    } else if (const auto *Member = dyn_cast<MemberExpr>(S)) {
      if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl())) {
        Node &N = Nodes[Caller];
        N.Members.insert(keyOf(Field));
        if (keepsOthersOut(Field->getType()))
          N.Locks.insert(keyOf(Field));
      }
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(S)) {
      // &Class::member is called by who knows whom.
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(Unary->getSubExpr()->IgnoreParens());
          Ref && Unary->getOpcode() == UO_AddrOf &&
          isa<FunctionDecl>(Ref->getDecl()))
        Started.insert(keyOf(Ref->getDecl()));
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const CXXRecordDecl *RD = Ref->getType()->getAsCXXRecordDecl())
        ++Classes[keyOf(cast<Decl>(RD))].Mentions;
    const auto *E = dyn_cast<Expr>(S);
    const Expr *Emptied = E ? emptiedBy(E) : nullptr;
    if (Emptied)
      changed(Emptied, E, FD, ContainerChange::Removes);
    const FunctionDecl *Callee = E ? calleeOf(E) : nullptr;
    if (!Callee)
      return true;
    const Key To = keyOf(Callee);
    Nodes[To].Callers.push_back(Caller);
    const bool IsStarted =
        U.C.taskType(Callee->getReturnType()).Kind == TaskType::Task &&
        !Awaited.contains(E);
    if (IsStarted)
      Started.insert(To);
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
      use(Call->getImplicitObjectArgument(), FD, !IsStarted);

    if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee)) {
      const Expr *Object = isa<CallExpr>(E) ? objectOf(E) : nullptr;
      if (Object && !Emptied && isContainer(Object->getType(), U.M) &&
          changesObject(Method)) {
        const std::string Name = Method->getDeclName().getAsString();
        changed(Object, E, FD,
                U.M.index().isAdding(Name) ? ContainerChange::Adds
                : replacesElements(Name)   ? ContainerChange::Replaces
                                           : ContainerChange::Removes);
      }
    } else if (Callee->isInStdNamespace() && Callee->getIdentifier() &&
               llvm::is_contained(
                   {"swap", "exchange", "move", "erase_if", "erase"},
                   Callee->getName())) {
      for (const Expr *A : writtenArguments(E))
        if (A->isGLValue() && !A->getType().isConstQualified())
          changed(A, E, FD,
                  Callee->getName().starts_with("erase")
                      ? ContainerChange::Removes
                      : ContainerChange::Replaces);
    }
    return true;
  });
}

/// The functions around lambda \p FD.
static const FunctionDecl *enclosing(const FunctionDecl *FD) {
  const auto *MD = dyn_cast<CXXMethodDecl>(FD);
  if (!MD || !MD->getParent()->isLambda())
    return nullptr;
  const DeclContext *DC = MD->getParent()->getDeclContext();
  while (DC && !isa<FunctionDecl>(DC))
    DC = DC->getParent();
  return cast_or_null<FunctionDecl>(DC);
}

/// \p FD, and the functions that call it or are around it.
llvm::DenseSet<ContainerChanges::Key>
ContainerChanges::callersOf(const FunctionDecl *FD) const {
  llvm::DenseSet<Key> Result;
  llvm::SmallVector<Key, 8> Work;
  for (; FD; FD = enclosing(FD))
    Work.push_back(keyOf(FD));
  while (!Work.empty()) {
    const Key K = Work.pop_back_val();
    if (!Result.insert(K).second)
      continue;
    if (auto It = Nodes.find(K); It != Nodes.end())
      Work.append(It->second.Callers.begin(), It->second.Callers.end());
  }
  return Result;
}

bool ContainerChanges::isUnderLock(const FunctionDecl *Function) {
  return llvm::any_of(callersOf(Function), [&](Key K) {
    auto It = Nodes.find(K);
    return It != Nodes.end() && !It->second.Locks.empty();
  });
}

llvm::SmallVector<ContainerChange, 2>
ContainerChanges::during(const FunctionDecl *Suspended,
                         const ValueDecl *Container) {
  llvm::SmallVector<ContainerChange, 2> Result;
  auto Found = Changes.find(keyOf(Container));
  if (Found == Changes.end() || belongsToOneFunction(Container))
    return Result;

  // Who calls it waits until it has ended, and the locks of both are held.
  const llvm::DenseSet<Key> Before = callersOf(Suspended);
  llvm::DenseSet<Key> Locks;
  for (Key K : Before)
    if (auto It = Nodes.find(K); It != Nodes.end())
      Locks.insert(It->second.Locks.begin(), It->second.Locks.end());

  llvm::SmallVector<Key, 8> Work;
  for (const ContainerChange &Change : Found->second) {
    llvm::DenseSet<Key> Seen;
    Work = {keyOf(Change.In)};
    bool IsOwn = false;
    for (const FunctionDecl *FD = Change.In; FD; FD = enclosing(FD)) {
      IsOwn |= Before.contains(keyOf(FD));
      if (auto It = Nodes.find(keyOf(FD)); It != Nodes.end())
        IsOwn |= llvm::any_of(It->second.Locks,
                              [&](Key Lock) { return Locks.contains(Lock); });
    }
    bool MayRun = false;
    while (!Work.empty() && !IsOwn && !MayRun) {
      const Key K = Work.pop_back_val();
      auto It = Nodes.find(K);
      if (It == Nodes.end() || !It->second.Function || Before.contains(K) ||
          !Seen.insert(K).second ||
          llvm::any_of(It->second.Locks,
                       [&](Key Lock) { return Locks.contains(Lock); }))
        continue;
      const Node &N = It->second;
      const auto *MD = dyn_cast<CXXMethodDecl>(N.Function);
      // What runs a lambda may do so before the function around it returns.
      if (MD && MD->getParent()->isLambda() &&
          llvm::any_of(callersOf(MD), [&](Key Around) {
            auto Outer = Nodes.find(Around);
            return Outer != Nodes.end() &&
                   llvm::any_of(Outer->second.Locks,
                                [&](Key Lock) { return Locks.contains(Lock); });
          }))
        continue;
      const bool IsOwnEnd = MD &&
                            isa<CXXConstructorDecl, CXXDestructorDecl>(MD) &&
                            keyOf(cast<Decl>(MD->getParent())) ==
                                keyOf(cast<Decl>(Container->getDeclContext()));
      if (IsOwnEnd)
        continue;
      MayRun |= N.IsRoot;
      Work.append(N.Callers.begin(), N.Callers.end());
    }
    if (MayRun)
      Result.push_back(Change);
  }
  return Result;
}

bool ContainerChanges::mentions(const FunctionDecl *Function,
                                const ValueDecl *Member) const {
  auto It = Nodes.find(keyOf(Function));
  return It != Nodes.end() && It->second.Members.contains(keyOf(Member));
}
