//===-- Models.cpp - What models say about declarations -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Models.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace async_tidy;

//===----------------------------------------------------------------------===//
// LibraryRef
//===----------------------------------------------------------------------===//

static std::string join(llvm::StringRef Namespace, llvm::StringRef Name) {
  if (Name.consume_front("::") || Namespace.empty())
    return Name.str();
  return (Namespace + "::" + Name).str();
}

std::string LibraryRef::qualify(llvm::StringRef Name) const {
  return join(Namespace, Name);
}

static std::string replaceAll(std::string Text, llvm::StringRef From,
                              llvm::StringRef To) {
  for (size_t At = 0; (At = Text.find(From, At)) != std::string::npos;
       At += To.size())
    Text.replace(At, From.size(), To);
  return Text;
}

std::string LibraryRef::expand(llvm::StringRef Text) const {
  return replaceAll(Text.str(), "{ns}", Namespace);
}

const RemedyModel *LibraryRef::remedy(Category C) const {
  if (Library)
    for (const RemedyModel &R : Library->Remedies)
      if (R.For == C)
        return &R;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// ModelIndex
//===----------------------------------------------------------------------===//

llvm::StringRef async_tidy::lastComponent(llvm::StringRef Name) {
  size_t At = Name.rfind("::");
  return At == llvm::StringRef::npos ? Name : Name.substr(At + 2);
}

ModelIndex::ModelIndex(llvm::ArrayRef<LibraryModel> Libraries)
    : Libraries(Libraries) {
  for (const LibraryModel &L : Libraries)
    for (const std::string &Namespace : L.Namespaces) {
      LibraryRef Ref{&L, Namespace};
      if (!Namespace.empty() && Namespace != "std")
        Namespaces[Namespace] = Ref;
      auto Function = [&](llvm::StringRef Name) -> FunctionModel & {
        FunctionNames.insert(lastComponent(Name));
        return Functions[Ref.qualify(Name)];
      };
      auto Type = [&](llvm::StringRef Name) -> TypeModel & {
        TypeNames.insert(lastComponent(Name));
        return Types[Ref.qualify(Name)];
      };
      for (const BlockingModel &M : L.Blocking) {
        for (const std::string &Name : M.Functions)
          Function(Name).Blocking.push_back({Ref, &M});
        for (const std::string &Name : M.NonblockingAfter)
          Function(Name).MakesNonblocking = true;
      }
      for (const CallableModel &M : L.Callables)
        for (const std::string &Name : M.Functions)
          Function(Name).Callables.push_back({Ref, &M});
      for (const HopModel &M : L.Hops) {
        for (const std::string &Name : M.Functions)
          Function(Name).Hops.push_back({Ref, &M});
        Function(M.BoundBy).BindsExecutor = true;
      }
      for (const TaskModel &M : L.Tasks)
        for (const std::string &Name : M.Types)
          Type(Name).Task = {Ref, &M};
      for (const ExecutorModel &M : L.Executors)
        for (const std::string &Name : M.Types)
          Type(Name).BlockingExecutor = Ref;
      for (const std::string &Name : L.NeverSuspends)
        Type(Name).NeverSuspends = Ref;
      if (!L.DefaultExecutor.empty())
        Type(L.DefaultExecutor).AnyExecutor = Ref;
      if (!L.FutureToken.empty())
        Type(L.FutureToken).FutureToken = Ref;
      for (const std::string &Name : L.ErrorCodes)
        Type(Name).ErrorCode = Ref;
    }
}

const ModelIndex &ModelIndex::builtin() {
  static const ModelIndex Index(builtinModels());
  return Index;
}

const FunctionModel *ModelIndex::function(llvm::StringRef Name) const {
  auto It = Functions.find(Name);
  return It == Functions.end() ? nullptr : &It->second;
}

const TypeModel *ModelIndex::type(llvm::StringRef Name) const {
  auto It = Types.find(Name);
  return It == Types.end() ? nullptr : &It->second;
}

LibraryRef ModelIndex::libraryOf(llvm::StringRef Namespace) const {
  return Namespaces.lookup(Namespace);
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

/// The last component of the name of \p D, where it has one that models use.
static std::string unqualifiedName(const NamedDecl *D) {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(D))
    return Ctor->getParent()->getName().str();
  if (const IdentifierInfo *II = D->getIdentifier())
    return II->getName().str();
  return D->getDeclName().getAsString();
}

const FunctionModel *Models::lookUp(const FunctionDecl *FD) {
  FD = FD->getCanonicalDecl();
  auto [It, New] = Functions.try_emplace(FD, nullptr);
  if (!New)
    return It->second;
  if (!Index.hasFunctionNamed(unqualifiedName(FD)))
    return nullptr;
  // A global name in a model is a C function; a C++ one only shares the name.
  if (FD->getDeclContext()->getRedeclContext()->isTranslationUnit() &&
      !FD->isExternC())
    return nullptr;
  const FunctionModel *M = Index.function(
      FD->isExternC() && !FD->isCXXClassMember() ? FD->getName().str()
                                                 : qualifiedName(FD));
  return Functions[FD] = M;
}

/// std::ranges::sort is an object, and what its type is called is the
/// implementation's secret.
const FunctionModel *Models::lookUp(const VarDecl *Object) {
  Object = Object->getCanonicalDecl();
  auto [It, New] = Objects.try_emplace(Object, nullptr);
  // A global name in a model is a C function.
  if (New && Object->isFileVarDecl() && Object->getIdentifier() &&
      !Object->getDeclContext()->getRedeclContext()->isTranslationUnit() &&
      Index.hasFunctionNamed(Object->getName()))
    It->second = Index.function(qualifiedName(Object));
  return It->second;
}

const FunctionModel *Models::function(const Expr *Call) {
  const FunctionDecl *FD = calleeOf(Call);
  if (!FD)
    return nullptr;
  if (const FunctionModel *M = lookUp(FD))
    return M;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
      Op && Op->getOperator() == OO_Call) {
    const auto *Object = dyn_cast_or_null<VarDecl>(namedBy(Op->getArg(0)));
    return Object ? lookUp(Object) : nullptr;
  }
  // std::future::wait may be a member of a base class that only the
  // implementation knows: look for the name that the object's class gives it.
  const auto *MD = dyn_cast<CXXMethodDecl>(FD);
  if (!MD || MD->isStatic() || isa<CXXConstructorDecl>(MD) ||
      !MD->getIdentifier() || !Index.hasFunctionNamed(MD->getName()))
    return nullptr;
  const Expr *Object = objectOf(Call);
  const CXXRecordDecl *RD =
      Object ? recordOf(stripImplicit(Object)->getType()) : nullptr;
  if (!RD || RD->getCanonicalDecl() == MD->getParent()->getCanonicalDecl())
    return nullptr;
  auto [It, New] = Inherited.try_emplace({MD->getCanonicalDecl(), RD}, nullptr);
  if (!New)
    return It->second;
  const FunctionModel *Found = nullptr;
  auto Try = [&](const CXXRecordDecl *Class) {
    if (!Found)
      Found = Index.function(qualifiedName(Class) + "::" + MD->getName().str());
  };
  Try(RD);
  if (const CXXRecordDecl *Def = definitionOf(RD); Def && !Found)
    Def->forallBases([&](const CXXRecordDecl *Base) {
      // Bases beyond the one that declares the function don't matter.
      if (Base->getCanonicalDecl() != MD->getParent()->getCanonicalDecl())
        Try(Base);
      return true;
    });
  return Inherited[{MD->getCanonicalDecl(), RD}] = Found;
}

const TypeModel *Models::lookUp(const CXXRecordDecl *RD) {
  RD = RD->getCanonicalDecl();
  auto [It, New] = Types.try_emplace(RD, nullptr);
  if (!New)
    return It->second;
  const TypeModel *Found = nullptr;
  if (RD->getIdentifier() && Index.hasTypeNamed(RD->getName()))
    Found = Index.type(qualifiedName(RD));
  if (!Found)
    if (const CXXRecordDecl *Def = definitionOf(RD))
      for (const CXXBaseSpecifier &Base : Def->bases())
        if (const CXXRecordDecl *BaseRD = recordOf(Base.getType()))
          if ((Found = lookUp(BaseRD)))
            break;
  return Types[RD] = Found;
}

const TypeModel *Models::type(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return nullptr;
  const CXXRecordDecl *RD = recordOf(T);
  return RD ? lookUp(RD) : nullptr;
}

const ModelRef<BlockingModel> *Models::blocking(const Expr *Call) {
  const FunctionModel *M = function(Call);
  if (!M)
    return nullptr;
  for (const ModelRef<BlockingModel> &Ref : M->Blocking)
    if (matches(*Ref.Model, Ref.Library, Call, Ctx))
      return &Ref;
  return nullptr;
}

bool Models::isLibraryCode(const Decl *D) {
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(D->getLocation());
  if (Loc.isInvalid() || SM.isInSystemHeader(Loc))
    return true;
  if (SM.isInMainFile(Loc))
    return false;
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent())
    if (const auto *NS = dyn_cast<NamespaceDecl>(C)) {
      auto [It, New] = LibraryContexts.try_emplace(NS, false);
      if (New)
        It->second = bool(Index.libraryOf(qualifiedName(NS)));
      if (It->second)
        return true;
    }
  return false;
}
