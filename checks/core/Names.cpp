//===-- Names.cpp - How declarations and types are called -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace async_tidy;

std::string async_tidy::qualifiedName(const NamedDecl *D) {
  llvm::SmallVector<const NamedDecl *, 8> Parts{D};
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent()) {
    if (const auto *NS = dyn_cast<NamespaceDecl>(C)) {
      if (!NS->isInline() && !NS->isAnonymousNamespace())
        Parts.push_back(NS);
    } else if (const auto *RD = dyn_cast<RecordDecl>(C)) {
      if (RD->getIdentifier())
        Parts.push_back(RD);
    } else if (isa<FunctionDecl>(C)) {
      break; // a local name has no longer form
    }
  }
  std::string Name;
  llvm::raw_string_ostream OS(Name);
  for (const NamedDecl *Part : llvm::reverse(Parts)) {
    if (Part != Parts.back())
      OS << "::";
    // Not printName: a constructor's would carry template arguments.
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Part))
      OS << Ctor->getParent()->getName();
    else if (const auto *Dtor = dyn_cast<CXXDestructorDecl>(Part))
      OS << '~' << Dtor->getParent()->getName();
    else
      OS << Part->getDeclName();
  }
  return Name;
}

std::string async_tidy::displayName(const FunctionDecl *FD) {
  if (const auto *MD = dyn_cast<CXXMethodDecl>(FD))
    if (MD->getParent()->isLambda()) {
      const SourceManager &SM = FD->getASTContext().getSourceManager();
      PresumedLoc Loc = SM.getPresumedLoc(MD->getParent()->getLocation());
      if (Loc.isInvalid())
        return "lambda";
      return ("lambda at " + llvm::sys::path::filename(Loc.getFilename()) +
              ":" + llvm::Twine(Loc.getLine()))
          .str();
    }
  return qualifiedName(FD);
}

/// \p T without the typedefs that only serve an implementation, such as that
/// of std::enable_if.
static QualType writtenType(QualType T) {
  while (T->getAs<DecltypeType>())
    T = T->getAs<DecltypeType>()->desugar();
  while (const auto *TT = T->getAs<TypedefType>()) {
    const DeclContext *Scope = TT->getDecl()->getDeclContext();
    if (!TT->getDecl()->getName().starts_with("_") &&
        !Scope->isFunctionOrMethod() &&
        !isa<ClassTemplateSpecializationDecl>(Scope) &&
        !Scope->isDependentContext())
      return T;
    T = TT->desugar();
  }
  return T;
}

std::string async_tidy::displayType(QualType T, const ASTContext &Ctx) {
  PrintingPolicy Policy = Ctx.getPrintingPolicy();
  Policy.SuppressTagKeyword = true;
  Policy.SuppressUnwrittenScope = true;
  Policy.SuppressDefaultTemplateArgs = true;
  Policy.SuppressInlineNamespace =
      llvm::to_underlying(PrintingPolicy::SuppressInlineNamespaceMode::All);
  Policy.FullyQualifiedName = true;
  return writtenType(T).getUnqualifiedType().getAsString(Policy);
}

/// The name that the code gives to the class of \p T: its typedef's, as in
/// std::ifstream, or its own.
static std::string className(QualType T) {
  T = writtenType(T.getNonReferenceType());
  if (const auto *TT = T->getAs<TypedefType>())
    return qualifiedName(TT->getDecl());
  const CXXRecordDecl *RD = recordOf(T);
  return RD ? qualifiedName(RD) : "";
}

/// \p Name without the namespaces that only an implementation has a use for,
/// as in library::cpo__::function.
static std::string withoutReservedNames(StringRef Name) {
  llvm::SmallVector<StringRef, 4> Parts;
  Name.split(Parts, "::");
  llvm::erase_if(Parts, [](StringRef Part) { return Part.contains("__"); });
  return llvm::join(Parts, "::");
}

std::string async_tidy::displayCallee(const Expr *Call,
                                      const FunctionDecl *Callee) {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Callee)) {
    std::string Name = className(Call->getType());
    return (Name.empty() ? qualifiedName(Ctor->getParent()) : Name) +
           " constructor";
  }
  if (isa<CXXMethodDecl>(Callee) && !Callee->isStatic() &&
      !cast<CXXMethodDecl>(Callee)->getParent()->isLambda())
    if (const Expr *Object = objectOf(Call)) {
      // A function object is called by its own name.
      if (const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(Object));
          Var && Var->isFileVarDecl() &&
          Callee->getOverloadedOperator() == OO_Call)
        return withoutReservedNames(qualifiedName(Var));
      std::string Name = className(stripImplicit(Object)->getType());
      if (!Name.empty())
        return Name + "::" + Callee->getDeclName().getAsString();
    }
  return displayName(Callee);
}

const CXXRecordDecl *async_tidy::recordOf(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  if (const auto *PT = T->getAs<PointerType>())
    T = PT->getPointeeType();
  if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl())
    return RD;
  // A dependent specialization is known by its template.
  if (const auto *TST = T->getAs<TemplateSpecializationType>())
    if (const auto *CTD = dyn_cast_or_null<ClassTemplateDecl>(
            TST->getTemplateName().getAsTemplateDecl()))
      return CTD->getTemplatedDecl();
  return nullptr;
}

const CXXRecordDecl *async_tidy::definitionOf(const CXXRecordDecl *RD) {
  if (!RD)
    return nullptr;
  if (const CXXRecordDecl *Def = RD->getDefinition())
    return Def;
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD))
    return Spec->getSpecializedTemplate()->getTemplatedDecl()->getDefinition();
  if (const CXXRecordDecl *Pattern = RD->getTemplateInstantiationPattern())
    return Pattern->getDefinition();
  return nullptr;
}

bool async_tidy::anyOfClasses(
    const CXXRecordDecl *RD,
    llvm::function_ref<bool(const CXXRecordDecl *)> Test) {
  if (!RD)
    return false;
  if (Test(RD))
    return true;
  const CXXRecordDecl *Def = definitionOf(RD);
  bool Found = false;
  if (Def)
    Def->forallBases([&](const CXXRecordDecl *Base) {
      Found |= Test(Base);
      return !Found;
    });
  return Found;
}

bool async_tidy::hasMember(const CXXRecordDecl *RD, StringRef Name) {
  return anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    return Def && !Def->lookup(&Def->getASTContext().Idents.get(Name)).empty();
  });
}

const Expr *async_tidy::stripImplicit(const Expr *E) {
  while (E) {
    const Expr *Next = E->IgnoreParens();
    if (const auto *X = dyn_cast<FullExpr>(Next))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<ImplicitCastExpr>(Next))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<MaterializeTemporaryExpr>(Next))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<CXXBindTemporaryExpr>(Next))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<OpaqueValueExpr>(Next))
      Next = X->getSourceExpr() ? X->getSourceExpr() : Next;
    else if (const auto *X = dyn_cast<CXXConstructExpr>(Next)) {
      // A copy or move that the conversion needs, and nobody wrote.
      if (X->getNumArgs() == 1 &&
          X->getConstructor()->isCopyOrMoveConstructor() &&
          !isa<CXXTemporaryObjectExpr>(X))
        Next = X->getArg(0);
    }
    if (Next == E)
      return E;
    E = Next;
  }
  return E;
}

const FunctionDecl *async_tidy::calleeOf(const Expr *E) {
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return Call->getDirectCallee();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getConstructor();
  return nullptr;
}

llvm::SmallVector<const Expr *, 4> async_tidy::writtenArguments(const Expr *E) {
  llvm::SmallVector<const Expr *, 4> Arguments;
  auto Add = [&](auto Range) {
    for (const Expr *A : Range)
      if (!isa<CXXDefaultArgExpr>(A))
        Arguments.push_back(A);
  };
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    Add(Call->arguments());
    if (isa<CXXOperatorCallExpr>(Call) && !Arguments.empty())
      if (const auto *MD =
              dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
          MD && MD->isInstance())
        Arguments.erase(Arguments.begin());
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    Add(Construct->arguments());
  }
  return Arguments;
}

bool async_tidy::isCopyable(const CXXRecordDecl *RD) {
  const CXXRecordDecl *Def = definitionOf(RD);
  if (!Def)
    return true;
  if (Def->needsImplicitCopyConstructor())
    return !Def->defaultedCopyConstructorIsDeleted();
  return llvm::any_of(Def->ctors(), [](const CXXConstructorDecl *Ctor) {
    return Ctor->isCopyConstructor() && !Ctor->isDeleted() &&
           Ctor->getAccess() == AS_public;
  });
}

bool async_tidy::isFunctionHolder(QualType T) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  return Spec && Spec->getTemplateArgs().size() != 0 &&
         Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         Spec->getTemplateArgs()[0].getAsType()->isFunctionType();
}

unsigned async_tidy::argumentNumber(const Expr *E, const Expr *Call) {
  auto Arguments = writtenArguments(Call);
  const auto *Found = llvm::find(Arguments, E);
  return Found == Arguments.end() ? 0 : Found - Arguments.begin() + 1;
}

const Expr *async_tidy::objectOf(const Expr *E) {
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    return Call->getImplicitObjectArgument();
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E))
    if (isa_and_nonnull<CXXMethodDecl>(Call->getDirectCallee()) &&
        Call->getNumArgs() > 0)
      return Call->getArg(0);
  return nullptr;
}

const Expr *async_tidy::argumentOf(const Expr *E, unsigned Number) {
  if (Number == 0)
    return objectOf(E);
  auto Arguments = writtenArguments(E);
  return Number <= Arguments.size() ? Arguments[Number - 1] : nullptr;
}

const ValueDecl *async_tidy::patternOf(const ValueDecl *D) {
  if (const auto *Var = dyn_cast<VarDecl>(D))
    if (const VarDecl *Pattern = Var->getTemplateInstantiationPattern())
      return Pattern;
  return cast<ValueDecl>(D->getCanonicalDecl());
}

const Expr *async_tidy::withoutForwarding(const Expr *E) {
  for (;;) {
    E = stripImplicit(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call || Call->getNumArgs() != 1 || !Call->getDirectCallee())
      return E;
    const unsigned Builtin = Call->getDirectCallee()->getBuiltinID();
    if (Builtin != Builtin::BImove && Builtin != Builtin::BIforward &&
        Builtin != Builtin::BIas_const)
      return E;
    E = Call->getArg(0);
  }
}

const FieldDecl *async_tidy::ownMember(const Expr *E) {
  const auto *Member = E ? dyn_cast<MemberExpr>(stripImplicit(E)) : nullptr;
  return Member && isa<CXXThisExpr>(stripImplicit(Member->getBase()))
             ? dyn_cast<FieldDecl>(Member->getMemberDecl())
             : nullptr;
}

bool async_tidy::isAtomic(const CXXRecordDecl *RD) {
  return RD && RD->isInStdNamespace() && RD->getIdentifier() &&
         RD->getName().contains("atomic");
}

const ValueDecl *async_tidy::namedBy(const Expr *E) {
  if (!E)
    return nullptr;
  E = stripImplicit(E);
  if (const auto *Deref = dyn_cast<UnaryOperator>(E))
    return Deref->getOpcode() == UO_Deref || Deref->getOpcode() == UO_AddrOf
               ? namedBy(Deref->getSubExpr())
               : nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl();
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->getMemberDecl();
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    // *ptr and ptr-> of a smart pointer stand for the pointer.
    if (Op->getNumArgs() == 1 &&
        (Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow))
      return namedBy(Op->getArg(0));
  if (const auto *Call = dyn_cast<CallExpr>(E))
    if (Call->isCallToStdMove() && Call->getNumArgs() == 1)
      return namedBy(Call->getArg(0));
  return nullptr;
}

const NamedDecl *async_tidy::findDeclaration(StringRef QualifiedName,
                                             ASTContext &Ctx) {
  llvm::SmallVector<StringRef, 4> Parts;
  QualifiedName.split(Parts, "::", -1, /*KeepEmpty=*/false);
  const DeclContext *DC = Ctx.getTranslationUnitDecl();
  const NamedDecl *D = nullptr;
  for (StringRef Part : Parts) {
    if (!DC)
      return nullptr;
    auto Found = DC->lookup(&Ctx.Idents.get(Part));
    if (Found.empty())
      return nullptr;
    D = Found.front()->getUnderlyingDecl();
    if (const auto *Alias = dyn_cast<NamespaceAliasDecl>(D))
      D = Alias->getNamespace();
    else if (const auto *Typedef = dyn_cast<TypedefNameDecl>(D))
      if (const CXXRecordDecl *RD = recordOf(Typedef->getUnderlyingType()))
        D = RD;
    const auto *CTD = dyn_cast<ClassTemplateDecl>(D);
    DC = CTD ? CTD->getTemplatedDecl() : dyn_cast<DeclContext>(D);
  }
  return D;
}
