//===-- Coroutines.cpp - Coroutines and what they return -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Coroutines.h"
#include "core/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;
using namespace async_tidy;

const Stmt *async_tidy::coroutineBody(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD->hasBody(Def))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CoroutineBodyStmt>(Def->getBody());
  return Body ? Body->getBody() : nullptr;
}

const CallExpr *async_tidy::awaitedCall(const Expr *Await) {
  if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(Await))
    return dyn_cast<CallExpr>(stripImplicit(Suspend->getOperand()));
  if (const auto *Dependent = dyn_cast<DependentCoawaitExpr>(Await))
    return dyn_cast<CallExpr>(stripImplicit(Dependent->getOperand()));
  return nullptr;
}

static bool isHandleClass(const CXXRecordDecl *RD) {
  return RD && RD->isInStdNamespace() && RD->getIdentifier() &&
         RD->getName() == "coroutine_handle";
}

bool async_tidy::isCoroutineHandle(QualType T) {
  return isHandleClass(T.getNonReferenceType()->getAsCXXRecordDecl());
}

/// The member of std::coroutine_handle that \p E calls.
static const CXXMethodDecl *calledOnHandle(const Expr *E) {
  const auto *Method =
      isa<CallExpr>(E) ? dyn_cast_or_null<CXXMethodDecl>(calleeOf(E)) : nullptr;
  return Method && isHandleClass(Method->getParent()) ? Method : nullptr;
}

const Expr *async_tidy::resumedHandle(const Expr *E) {
  const CXXMethodDecl *Method = calledOnHandle(E);
  if (!Method)
    return nullptr;
  if (Method->getOverloadedOperator() == OO_Call)
    return cast<CallExpr>(E)->getArg(0);
  return Method->getIdentifier() && Method->getName() == "resume" ? objectOf(E)
                                                                  : nullptr;
}

const Expr *async_tidy::destroyedHandle(const Expr *E) {
  const CXXMethodDecl *Method = calledOnHandle(E);
  return Method && Method->getIdentifier() && Method->getName() == "destroy"
             ? objectOf(E)
             : nullptr;
}

/// The members called \p Name of \p RD and, where it has none, of its bases.
static llvm::SmallVector<const NamedDecl *, 4> members(const CXXRecordDecl *RD,
                                                       DeclarationName Name) {
  llvm::SmallVector<const NamedDecl *, 4> Found;
  RD = definitionOf(RD);
  if (!RD)
    return Found;
  for (const NamedDecl *D : RD->lookup(Name))
    Found.push_back(isa<UsingShadowDecl>(D)
                        ? cast<UsingShadowDecl>(D)->getTargetDecl()
                        : D);
  if (Found.empty())
    for (const CXXBaseSpecifier &Base : RD->bases())
      if (const CXXRecordDecl *BaseRD = recordOf(Base.getType()))
        Found.append(members(BaseRD, Name));
  return Found;
}

/// The template that \p RD is a specialization or the pattern of; \p RD itself
/// when it is no template's.
static const Decl *templateOf(const CXXRecordDecl *RD) {
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD))
    return Spec->getSpecializedTemplate()->getCanonicalDecl();
  if (const ClassTemplateDecl *CTD = RD->getDescribedClassTemplate())
    return CTD->getCanonicalDecl();
  return RD->getCanonicalDecl();
}

static llvm::SmallVector<const NamedDecl *, 4>
members(const CXXRecordDecl *RD, StringRef Name, ASTContext &Ctx) {
  return members(RD, DeclarationName(&Ctx.Idents.get(Name)));
}

static const FunctionDecl *asFunction(const NamedDecl *D) {
  if (const auto *FTD = dyn_cast<FunctionTemplateDecl>(D))
    return FTD->getTemplatedDecl();
  return dyn_cast<FunctionDecl>(D);
}

bool Coroutines::isPromise(const CXXRecordDecl *RD) {
  return !members(RD, "initial_suspend", Ctx).empty() &&
         !members(RD, "get_return_object", Ctx).empty();
}

static bool hasFriend(const CXXRecordDecl *RD, StringRef Name) {
  return llvm::any_of(RD->friends(), [&](const FriendDecl *Friend) {
    const NamedDecl *D = Friend->getFriendDecl();
    return D && D->getDeclName().isIdentifier() && D->getName() == Name;
  });
}

/// The library whose coroutines make an awaiter of \p RD with something that
/// it has; null when there is none.
static const LibraryModel *awaitedByName(const CXXRecordDecl *RD, Models &M,
                                         ASTContext &Ctx) {
  const CXXRecordDecl *Def = definitionOf(RD);
  if (!Def || !M.libraryAround(Def))
    return nullptr;
  for (const LibraryModel *Library : M.index().libraries())
    for (const std::string &Name : Library->AwaitedBy)
      if (!members(Def, Name, Ctx).empty() ||
          anyOfClasses(Def, [&](const CXXRecordDecl *Class) {
            return definitionOf(Class) && hasFriend(definitionOf(Class), Name);
          }))
        return Library;
  return nullptr;
}

bool Coroutines::isAwaitable(const CXXRecordDecl *RD) {
  RD = RD->getCanonicalDecl();
  auto [It, New] = Awaitables.try_emplace(RD, false);
  if (!New)
    return It->second;
  bool Yes = !members(RD, "await_ready", Ctx).empty() &&
             !members(RD, "await_resume", Ctx).empty();
  DeclarationName Coawait = Ctx.DeclarationNames.getCXXOperatorName(OO_Coawait);
  Yes = Yes || !members(RD, Coawait).empty();
  if (!Yes) {
    // A free operator co_await lives in the type's own namespace.
    for (const NamedDecl *D :
         RD->getEnclosingNamespaceContext()->getRedeclContext()->lookup(
             Coawait))
      if (const FunctionDecl *FD = asFunction(D); FD && FD->getNumParams() == 1)
        if (const CXXRecordDecl *Param =
                recordOf(FD->getParamDecl(0)->getType());
            Param && anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
              return qualifiedName(Class) == qualifiedName(Param);
            }))
          Yes = true;
  }
  if (!Yes)
    if (const LibraryModel *Library = awaitedByName(RD, M, Ctx)) {
      AwaitedByName[RD] = Library;
      Yes = true;
    }
  return Awaitables[RD] = Yes;
}

/// The class that member promise_type of \p RD is.
static const CXXRecordDecl *nestedPromise(const CXXRecordDecl *RD,
                                          ASTContext &Ctx) {
  for (const NamedDecl *D : members(RD, "promise_type", Ctx)) {
    if (const auto *Nested = dyn_cast<CXXRecordDecl>(D))
      return Nested;
    if (const auto *Alias = dyn_cast<TypedefNameDecl>(D))
      return recordOf(Alias->getUnderlyingType());
  }
  return nullptr;
}

const CXXRecordDecl *Coroutines::promiseOf(const CXXRecordDecl *RD) {
  if (const CXXRecordDecl *Nested = nestedPromise(RD, Ctx))
    return Nested;
  // A library may say it in a specialization of std::coroutine_traits.
  if (!Traits)
    Traits = dyn_cast_or_null<ClassTemplateDecl>(
        findDeclaration("std::coroutine_traits", Ctx));
  if (!*Traits)
    return nullptr;
  auto IsFor = [&](const TemplateArgument &Argument) {
    const CXXRecordDecl *For = Argument.getKind() == TemplateArgument::Type
                                   ? recordOf(Argument.getAsType())
                                   : nullptr;
    return For && (For->getCanonicalDecl() == RD->getCanonicalDecl() ||
                   templateOf(For) == templateOf(RD));
  };
  llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 8> Partial;
  (*Traits)->getPartialSpecializations(Partial);
  for (const auto *Spec : Partial)
    if (Spec->getTemplateArgs().size() && IsFor(Spec->getTemplateArgs()[0]))
      return nestedPromise(Spec, Ctx);
  for (const ClassTemplateSpecializationDecl *Spec :
       (*Traits)->specializations())
    if (Spec->getSpecializationKind() == TSK_ExplicitSpecialization &&
        Spec->getTemplateArgs().size() && IsFor(Spec->getTemplateArgs()[0]))
      return nestedPromise(Spec, Ctx);
  return nullptr;
}

/// What \p FD returns, if all that it does is to return true or false.
static std::optional<bool> constantOf(const FunctionDecl *FD) {
  const auto *Body =
      FD ? dyn_cast_or_null<CompoundStmt>(FD->getBody()) : nullptr;
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  const auto *Value =
      Return && Return->getRetValue()
          ? dyn_cast<CXXBoolLiteralExpr>(stripImplicit(Return->getRetValue()))
          : nullptr;
  return Value ? std::optional(Value->getValue()) : std::nullopt;
}

/// Whether awaiting a value of type \p T suspends at once, as far as the type
/// and the body of its await_ready say.
static Start startOfInitialAwaiter(QualType T, ASTContext &Ctx) {
  const CXXRecordDecl *RD = recordOf(T);
  if (!RD)
    return Start::Unknown;
  std::string Name = qualifiedName(RD);
  if (Name == "std::suspend_always")
    return Start::Lazy;
  if (Name == "std::suspend_never")
    return Start::Eager;
  for (const NamedDecl *D : members(RD, "await_ready", Ctx))
    if (std::optional<bool> Ready = constantOf(asFunction(D)))
      return *Ready ? Start::Eager : Start::Lazy;
  // A class of its own that derives from a standard awaiter.
  if (const CXXRecordDecl *Def = definitionOf(RD))
    for (const CXXBaseSpecifier &Base : Def->bases())
      if (Start S = startOfInitialAwaiter(Base.getType(), Ctx);
          S != Start::Unknown)
        return S;
  return Start::Unknown;
}

/// The type that initial_suspend of \p Promise returns; null when it is not
/// known.
static QualType initialAwaiter(const CXXRecordDecl *Promise, ASTContext &Ctx) {
  for (const NamedDecl *D : members(Promise, "initial_suspend", Ctx)) {
    const FunctionDecl *FD = asFunction(D);
    if (!FD)
      continue;
    QualType T = FD->getReturnType();
    if (T->isUndeducedType() || T->getContainedAutoType()) {
      // 'auto initial_suspend()': the one return statement tells.
      const auto *Body = dyn_cast_or_null<CompoundStmt>(FD->getBody());
      if (!Body)
        continue;
      for (const Stmt *S : Body->body())
        if (const auto *Return = dyn_cast<ReturnStmt>(S);
            Return && Return->getRetValue())
          T = Return->getRetValue()->getType();
    }
    return T;
  }
  return QualType();
}

Start Coroutines::startOf(const CXXRecordDecl *Promise) {
  return startOfInitialAwaiter(initialAwaiter(Promise, Ctx), Ctx);
}

/// Whether a coroutine with promise \p Promise begins where somebody calls or
/// awaits it. One whose initial awaiter does something with the handle may
/// have handed it to an executor.
static bool startsInPlace(const CXXRecordDecl *Promise, ASTContext &Ctx) {
  const CXXRecordDecl *RD = recordOf(initialAwaiter(Promise, Ctx));
  if (!RD)
    return true;
  for (const NamedDecl *D : members(RD, "await_suspend", Ctx)) {
    const FunctionDecl *FD = asFunction(D);
    if (!FD || FD->isInStdNamespace())
      continue;
    const auto *Body = dyn_cast_or_null<CompoundStmt>(FD->getBody());
    if (!Body || !Body->body_empty())
      return false;
  }
  return true;
}

TaskType Coroutines::taskType(QualType T) {
  if (T.isNull() || T->isPointerType() || T->isReferenceType())
    return {};
  const CXXRecordDecl *RD = recordOf(T);
  if (!RD || RD->isLambda())
    return {};
  RD = RD->getCanonicalDecl();
  auto [It, New] = Types.try_emplace(RD);
  if (!New)
    return It->second;
  TaskType Type;
  if (const TypeModel *Known = M.type(T); Known && Known->Task.Model) {
    Type.Kind = TaskType::Task;
    Type.Model = Known->Task;
    Type.When = Known->Task.Model->Lazy ? Start::Lazy : Start::Eager;
  } else if (const CXXRecordDecl *Promise = promiseOf(RD)) {
    // Some tasks can only be awaited by coroutines of their own kind.
    if (isAwaitable(RD) || canAwait(Promise, T)) {
      Type.Kind = TaskType::Task;
      Type.When = startOf(Promise);
    }
  } else if (isAwaitable(RD)) {
    Type.Kind = TaskType::Awaiter;
  }
  return Types[RD] = Type;
}

bool Coroutines::isFireAndForget(QualType T) {
  if (T.isNull() || T->isPointerType() || T->isReferenceType() || taskType(T))
    return false;
  const CXXRecordDecl *RD = definitionOf(recordOf(T));
  if (!RD || RD->isLambda() || RD->isDependentType() ||
      !RD->hasTrivialDestructor())
    return false;
  const CXXRecordDecl *Promise = promiseOf(RD);
  return Promise && members(Promise, "yield_value", Ctx).empty() &&
         startOf(Promise) == Start::Eager;
}

bool Coroutines::goesOnByParameter(const Expr *Call) {
  const FunctionDecl *Callee = calleeOf(Call);
  return Callee &&
         llvm::any_of(Callee->parameters(), [&](const ParmVarDecl *P) {
           const TypeModel *Known = M.type(P->getType());
           return Known && Known->KeepsWork;
         });
}

bool async_tidy::awaits(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *Await = dyn_cast<CoawaitExpr>(S))
    return !Await->isImplicit();
  if (isa<DependentCoawaitExpr>(S))
    return true;
  // What a co_yield awaits is the generator's own.
  if (const auto *Yield = dyn_cast<CoyieldExpr>(S))
    return awaits(Yield->getOperand());
  return llvm::any_of(S->children(), awaits);
}

bool Coroutines::isAwaitedPerValue(const CXXRecordDecl *RD) {
  if (!RD)
    return false;
  for (StringRef Name : {"begin", "next"})
    for (const NamedDecl *D : members(RD, Name, Ctx)) {
      const FunctionDecl *FD = asFunction(D);
      const CXXRecordDecl *Result =
          FD && !FD->getReturnType()->isUndeducedType()
              ? recordOf(FD->getReturnType())
              : nullptr;
      if (Result && isAwaitable(Result))
        return true;
    }
  return false;
}

std::optional<Coroutine> Coroutines::coroutine(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD->hasBody(Def))
    return std::nullopt;
  const auto *Body = dyn_cast_or_null<CoroutineBodyStmt>(Def->getBody());
  if (!Body)
    return std::nullopt;
  const VarDecl *PromiseVar = Body->getPromiseDecl();
  const CXXRecordDecl *Promise =
      PromiseVar ? recordOf(PromiseVar->getType()) : nullptr;

  Coroutine C{CoroutineKind::Task, Start::Unknown, true, {}, Promise};
  QualType Result = Def->getReturnType();
  TaskType Type = taskType(Result);
  if (Type.Model.Model) {
    C.Library = Type.Model.Library;
    C.When = Type.When;
    // An eager one may have been handed to an executor right away; the initial
    // awaiter of a lazy one is for whoever awaits it.
    if (Promise && Type.When == Start::Eager)
      C.StartsInPlace = startsInPlace(Promise, Ctx);
  } else if (Promise) {
    C.When = startOf(Promise);
    C.StartsInPlace = startsInPlace(Promise, Ctx);
  }
  if (!Promise) {
    // The pattern of a template: nothing but its result is known.
    if (!Type)
      return std::nullopt;
    return C;
  }
  // Its promise may be in a specialization of std::coroutine_traits.
  if (!C.Library)
    if (const CXXRecordDecl *RD = recordOf(Result))
      C.Library = M.libraryAround(RD);
  if (!C.Library) {
    // A project's own task that is built on a library's promise.
    for (const CXXRecordDecl *RD = definitionOf(Promise); RD;) {
      C.Library = M.libraryAround(RD);
      if (C.Library || RD->bases().empty())
        break;
      RD = definitionOf(recordOf(RD->bases_begin()->getType()));
    }
  }
  // A task may have yield_value for something else, such as an error.
  if (Type)
    C.Kind = CoroutineKind::Task;
  else if (!members(Promise, "yield_value", Ctx).empty())
    C.Kind = awaits(Body->getBody()) || isAwaitedPerValue(recordOf(Result))
                 ? CoroutineKind::AsyncGenerator
                 : CoroutineKind::Generator;
  else
    C.Kind = recordOf(Result) && isAwaitable(recordOf(Result))
                 ? CoroutineKind::Task
                 : CoroutineKind::FireAndForget;
  return C;
}

//===----------------------------------------------------------------------===//
// What a promise can await
//===----------------------------------------------------------------------===//

/// Whether a parameter of type \p Pattern, with template parameters in it,
/// accepts an argument of type \p Actual by deduction. Handles what
/// await_transform is declared with; says no to everything else.
static bool deduces(QualType Pattern, QualType Actual, ASTContext &Ctx) {
  Pattern = Pattern.getNonReferenceType().getUnqualifiedType();
  Actual = Actual.getNonReferenceType().getUnqualifiedType();
  if (!Pattern->isDependentType())
    return Ctx.hasSameType(Pattern, Actual);
  const auto *TST = Pattern->getAs<TemplateSpecializationType>();
  if (!TST)
    return false;
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Actual->getAsCXXRecordDecl());
  const TemplateDecl *Template = TST->getTemplateName().getAsTemplateDecl();
  if (!Spec || !Template ||
      Spec->getSpecializedTemplate()->getCanonicalDecl() !=
          Template->getCanonicalDecl())
    return false;
  llvm::ArrayRef<TemplateArgument> Patterns = TST->template_arguments();
  const TemplateArgumentList &Actuals = Spec->getTemplateArgs();
  for (unsigned I = 0; I != Patterns.size() && I != Actuals.size(); ++I) {
    if (Patterns[I].getKind() != TemplateArgument::Type ||
        Actuals[I].getKind() != TemplateArgument::Type)
      return false;
    QualType P = Patterns[I].getAsType();
    if (!P->isTemplateTypeParmType() &&
        !deduces(P, Actuals[I].getAsType(), Ctx))
      return false;
  }
  return true;
}

/// The condition of the enable_if that the last parameter of \p FTD is, in a
/// form to compare, and whether it is negated. Nothing when there is none.
static std::optional<std::pair<llvm::FoldingSetNodeID, bool>>
enabledIf(const FunctionTemplateDecl *FTD, const ASTContext &Ctx) {
  const auto *Last = dyn_cast<NonTypeTemplateParmDecl>(
      FTD->getTemplateParameters()->asArray().back());
  const auto *Enable =
      Last ? Last->getType()->getAs<TemplateSpecializationType>() : nullptr;
  if (!Enable || Enable->template_arguments().empty() ||
      Enable->template_arguments()[0].getKind() != TemplateArgument::Expression)
    return std::nullopt;
  const Expr *Condition =
      Enable->template_arguments()[0].getAsExpr()->IgnoreParenImpCasts();
  const auto *Not = dyn_cast<UnaryOperator>(Condition);
  const bool IsNegated = Not && Not->getOpcode() == UO_LNot;
  if (IsNegated)
    Condition = Not->getSubExpr()->IgnoreParenImpCasts();
  llvm::FoldingSetNodeID ID;
  Condition->Profile(ID, Ctx, /*Canonical=*/true);
  return std::pair(ID, IsNegated);
}

namespace {

/// Looks in a constraint, and in the concepts that it names, for what makes an
/// object awaitable.
class AwaitableConstraint : public RecursiveASTVisitor<AwaitableConstraint> {
public:
  bool VisitConceptSpecializationExpr(ConceptSpecializationExpr *E) {
    if (const ConceptDecl *Concept = E->getNamedConcept();
        Concept && Seen.insert(Concept).second)
      TraverseStmt(const_cast<Expr *>(Concept->getConstraintExpr()));
    return !Found;
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    Found |= E->getMember().getAsString() == "await_ready" ||
             E->getMember().getCXXOverloadedOperator() == OO_Coawait;
    return !Found;
  }
  bool VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
    Found |= E->getName().getCXXOverloadedOperator() == OO_Coawait;
    return !Found;
  }

  bool Found = false;

private:
  llvm::SmallPtrSet<const ConceptDecl *, 4> Seen;
};

} // namespace

/// Whether all that \p FTD asks of its argument is to be awaitable.
static bool takesAllAwaitables(const FunctionTemplateDecl *FTD) {
  llvm::SmallVector<AssociatedConstraint, 2> Constraints;
  FTD->getAssociatedConstraints(Constraints);
  return llvm::all_of(Constraints, [](const AssociatedConstraint &Constraint) {
    AwaitableConstraint Looks;
    Looks.TraverseStmt(const_cast<Expr *>(Constraint.ConstraintExpr));
    return Looks.Found;
  });
}

/// Whether \p FD takes one argument, of any type as far as its others tell:
/// these have defaults, such as the location of the call.
static bool takesOneArgument(const FunctionDecl *FD) {
  return FD->getNumParams() > 0 && FD->getMinRequiredArguments() <= 1 &&
         llvm::none_of(FD->parameters().drop_front(), [](const ParmVarDecl *P) {
           return P->getType()->isDependentType();
         });
}

bool Coroutines::canAwait(const CXXRecordDecl *Promise, QualType T) {
  if (!Promise || T->isDependentType())
    return false;
  const CXXRecordDecl *RD = recordOf(T);
  // What only a library's coroutines know how to await, others can't.
  if (RD && isAwaitable(RD))
    if (const LibraryModel *Library =
            AwaitedByName.lookup(RD->getCanonicalDecl());
        Library && M.libraryAround(Promise).Library != Library)
      return false;
  auto Transforms = members(Promise, "await_transform", Ctx);
  if (Transforms.empty())
    return RD && isAwaitable(RD);
  // Overloads that only differ in their constraints divide among them what can
  // be awaited.
  unsigned Constrained = 0;
  bool Selective = false, Complete = false;
  llvm::SmallVector<std::pair<llvm::FoldingSetNodeID, bool>, 2> Conditions;
  for (const NamedDecl *D : Transforms) {
    const FunctionDecl *FD = asFunction(D);
    const FunctionTemplateDecl *FTD =
        FD ? FD->getDescribedFunctionTemplate() : nullptr;
    if (!FTD || !takesOneArgument(FD) ||
        !FD->getParamDecl(0)
             ->getType()
             .getNonReferenceType()
             ->isTemplateTypeParmType())
      continue;
    Constrained += FTD->hasAssociatedConstraints();
    // The older way is a second template parameter.
    Selective |= FTD->hasAssociatedConstraints() ||
                 FTD->getTemplateParameters()->size() > 1;
    if (auto Condition = enabledIf(FTD, Ctx)) {
      Complete |= llvm::any_of(Conditions, [&](const auto &Other) {
        return Other.first == Condition->first &&
               Other.second != Condition->second;
      });
      Conditions.push_back(std::move(*Condition));
    }
  }
  if (Complete || (Constrained > 1 && Constrained == Transforms.size()))
    return RD && (isAwaitable(RD) ||
                  llvm::any_of(Transforms, [&](const NamedDecl *D) {
                    const auto *FD = dyn_cast<FunctionDecl>(D);
                    return FD && FD->getNumParams() == 1 &&
                           recordOf(FD->getParamDecl(0)->getType()) == RD;
                  }));
  // A library that constrains what its coroutines await means its own tasks.
  if (const TypeModel *Known = M.type(T);
      Selective && Known && Known->Task.Model)
    if (M.libraryAround(Promise).Library == Known->Task.Library.Library)
      return true;
  for (const NamedDecl *D : Transforms) {
    const FunctionDecl *FD = asFunction(D);
    if (!FD || FD->isDeleted() || FD->getNumParams() == 0 ||
        FD->getMinRequiredArguments() > 1)
      continue;
    QualType Param = FD->getParamDecl(0)->getType();
    if (deduces(Param, T, Ctx))
      return true;
    // 'template <class A> auto await_transform(A &&)' takes what can be
    // awaited anyway, unless a constraint says otherwise.
    const FunctionTemplateDecl *FTD = FD->getDescribedFunctionTemplate();
    if (FTD && takesOneArgument(FD) &&
        Param.getNonReferenceType()->isTemplateTypeParmType() &&
        FTD->getTemplateParameters()->size() == 1 && RD && isAwaitable(RD) &&
        takesAllAwaitables(FTD))
      return true;
  }
  return false;
}

bool Coroutines::isAwaitedName(const CXXRecordDecl *Promise, QualType T) {
  const CXXRecordDecl *RD = definitionOf(recordOf(T));
  return RD && !RD->isLambda() && !RD->isDependentType() && RD->isEmpty() &&
         !taskType(T) && canAwait(Promise, T.getUnqualifiedType());
}

bool Coroutines::endsCoroutine(const Expr *E) {
  const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(E);
  if (!Suspend)
    return false;
  const Expr *Operand = Suspend->getOperand();
  // A yield's operand is what the promise makes of the value.
  while (Operand) {
    Operand = stripImplicit(Operand);
    if (const FunctionModel *Known = M.function(Operand);
        Known && Known->EndsCoroutine)
      return true;
    const auto *Call = dyn_cast<CXXMemberCallExpr>(Operand);
    const auto *Make = dyn_cast<CXXConstructExpr>(Operand);
    const auto *Cast = dyn_cast<ExplicitCastExpr>(Operand);
    Operand = Call && Call->getNumArgs() == 1   ? Call->getArg(0)
              : Make && Make->getNumArgs() == 1 ? Make->getArg(0)
              : Cast                            ? Cast->getSubExpr()
                                                : nullptr;
  }
  return false;
}

bool Coroutines::maySuspend(const Expr *E) {
  const Expr *Operand = nullptr;
  if (const auto *Await = dyn_cast<CoawaitExpr>(E)) {
    if (Await->isImplicit())
      return false;
    // An awaiter that is always ready. What is awaited in a template has none
    // yet.
    if (const Expr *Ready = Await->getReadyExpr())
      if (const auto *Call = dyn_cast<CallExpr>(stripImplicit(Ready));
          Call && constantOf(Call->getDirectCallee()) == true)
        return false;
    Operand = Await->getOperand();
  } else if (const auto *Await = dyn_cast<DependentCoawaitExpr>(E)) {
    Operand = Await->getOperand();
  } else {
    return isa<CoyieldExpr>(E);
  }
  QualType T = stripImplicit(Operand)->getType();
  if (const TypeModel *Known = M.type(T); Known && Known->NeverSuspends)
    return false;
  const CXXRecordDecl *RD = recordOf(T);
  return !RD || qualifiedName(RD) != "std::suspend_never";
}

bool Coroutines::resumesOnOwnExecutor(const Expr *E) {
  const auto *Await = dyn_cast<CoawaitExpr>(E);
  if (!Await)
    return false;
  const FunctionDecl *Callee = calleeOf(stripImplicit(Await->getOperand()));
  return Callee && M.isLibraryCode(Callee);
}
