//===-- Arguments.cpp - What coroutines are given to refer to -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifetime/Arguments.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

bool async_tidy::isEmpty(QualType T) {
  const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl());
  return T->isNullPtrType() || (RD && !RD->isDependentType() && RD->isEmpty());
}

Guard BoundArgument::guard(Unit &U, const Escape &How) const {
  Guard G;
  G.Functions.push_back(U.key(Site->Callee));
  G.Parameter = Number;
  G.IsStarted = How.IsStarted;
  return G;
}

std::string BoundArgument::callee() const {
  return displayCallee(Site->Call, Site->Callee);
}

void async_tidy::forEachBoundArgument(
    Unit &U, const CallSite &Site,
    llvm::function_ref<void(const BoundArgument &)> Visit) {
  const auto *Call = dyn_cast<CallExpr>(Site.Call);
  if (!Call || Site.IsVirtual)
    return;
  auto Give = [&](unsigned Number, const Expr *Argument, Origin From) {
    if (From)
      Visit({&Site, Number, Argument, From});
  };
  const auto *MD = dyn_cast<CXXMethodDecl>(Site.Callee);
  const bool HasObject = MD && MD->isImplicitObjectMemberFunction();
  // What a lambda captured is another story.
  if (HasObject && !MD->getParent()->isLambda())
    if (const Expr *Object = objectOf(Call))
      Give(ObjectParameter, Object,
           Object->getType()->isPointerType() ? targetOf(Object, U.M)
                                              : objectBehind(Object, U.M));
  const unsigned Skip = MD && isa<CXXOperatorCallExpr>(Call) &&
                        !MD->isExplicitObjectMemberFunction();
  for (unsigned I = 0; I != Site.Callee->getNumParams(); ++I)
    if (I + Skip < Call->getNumArgs())
      Give(I + 1, Call->getArg(I + Skip),
           originOf(Site.Callee->getParamDecl(I)->getType(),
                    Call->getArg(I + Skip), U.M));
}

void async_tidy::forEachBoundArgument(
    Unit &U, const FunctionSummary &F,
    llvm::function_ref<void(const BoundArgument &)> Visit) {
  for (const CallSite &Site : F.Calls) {
    const QualType Result = Site.Callee->getReturnType();
    if (!isa<CXXConstructorDecl>(Site.Callee) &&
        (U.C.taskType(Result).Kind == TaskType::Task ||
         U.C.isFireAndForget(Result)))
      forEachBoundArgument(U, Site, Visit);
  }
}

//===----------------------------------------------------------------------===//
// Variables behind arguments
//===----------------------------------------------------------------------===//

/// What \p E is part of, past parentheses and conversions.
static const Stmt *userOf(const Expr *E, const Escapes &Tasks,
                          const Expr *&Used) {
  Used = E;
  for (;;) {
    const Stmt *Parent = Tasks.parent(Used);
    if (!isa_and_nonnull<ParenExpr, ImplicitCastExpr, FullExpr>(Parent))
      return Parent;
    Used = cast<Expr>(Parent);
  }
}

/// Whether \p Var, a pointer or a view, may get to refer to something else.
static bool isReassigned(const VarDecl *Var, const Escapes &Tasks) {
  for (const DeclRefExpr *Ref : Tasks.mentions(Var)) {
    const Expr *Used;
    const Stmt *User = userOf(Ref, Tasks, Used);
    if (const auto *Op = dyn_cast_or_null<BinaryOperator>(User);
        Op && Op->isAssignmentOp() && Op->getLHS() == Used)
      return true;
    if (const auto *Op = dyn_cast_or_null<UnaryOperator>(User);
        Op && (Op->isIncrementDecrementOp() || Op->getOpcode() == UO_AddrOf))
      return true;
    if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(User);
        Op && Op->isAssignmentOp() && Op->getArg(0) == Used)
      return true;
  }
  return false;
}

/// Whether something else gets what \p Var owns, other than by \p Except: it
/// is moved from somewhere, or told to release it.
static bool isMovedFrom(const VarDecl *Var, const Expr *Except,
                        const Escapes &Tasks) {
  for (const DeclRefExpr *Ref : Tasks.mentions(Var)) {
    if (Ref == Except)
      continue;
    const Expr *Used;
    const Stmt *User = userOf(Ref, Tasks, Used);
    // std::move, kj::mv and all that do the same.
    if (const auto *Call = dyn_cast_or_null<CallExpr>(User);
        Call && Call->isXValue() && llvm::is_contained(Call->arguments(), Used))
      return true;
    if (const auto *Cast = dyn_cast_or_null<ExplicitCastExpr>(User);
        Cast && Cast->isXValue())
      return true;
    if (const auto *Member = dyn_cast_or_null<MemberExpr>(User))
      if (const auto *II = Member->getMemberDecl()->getIdentifier();
          II && II->isStr("release"))
        return true;
  }
  return false;
}

/// Whether the statement of \p Ref mentions \p Var again, as in
/// owner->work().attach(owner->addRef()).
static bool isMentionedBeside(const DeclRefExpr *Ref, const VarDecl *Var,
                              const Escapes &Tasks) {
  auto StatementOf = [&](const Stmt *S) {
    while (const Stmt *Parent = Tasks.parent(S)) {
      S = Parent;
      if (!isa<Expr>(S))
        break;
    }
    return S;
  };
  const Stmt *Here = StatementOf(Ref);
  return llvm::any_of(Tasks.mentions(Var), [&](const DeclRefExpr *Other) {
    return Other != Ref && StatementOf(Other) == Here;
  });
}

const VarDecl *async_tidy::ownerBehind(Origin From, const Escapes &Tasks,
                                       Models &M) {
  for (unsigned Steps = 0; Steps != 8; ++Steps) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(From.E);
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Var || !Var->hasLocalStorage() ||
        Ref->refersToEnclosingVariableOrCapture())
      return nullptr;
    const bool IsReference = Var->getType()->isReferenceType();
    if (!From.ByValue && !IsReference) {
      const TypeModel *Known = M.type(Var->getType());
      const bool Owns = Known && Known->Owner;
      const bool IsKept =
          Owns ? isMentionedBeside(Ref, Var, Tasks) : isEmpty(Var->getType());
      return IsKept || isMovedFrom(Var, Ref, Tasks) ? nullptr : Var;
    }
    // What a parameter refers to is the caller's.
    if (isa<ParmVarDecl>(Var) || !Var->getInit() ||
        (From.ByValue && (IsReference || isReassigned(Var, Tasks))))
      return nullptr;
    From = From.ByValue ? targetOf(Var->getInit(), M)
                        : objectBehind(Var->getInit(), M);
    // A temporary that lives as long as the reference to it.
    if (const auto *Made = dyn_cast_or_null<MaterializeTemporaryExpr>(From.E);
        Made && !From.ByValue && Made->getExtendingDecl() == Var &&
        Made->getStorageDuration() == SD_Automatic)
      return isEmpty(Made->getType()) ? nullptr : Var;
  }
  return nullptr;
}

bool async_tidy::isForwarding(const FunctionDecl *FD, const ParmVarDecl *P) {
  const FunctionDecl *Pattern = FD->getTemplateInstantiationPattern();
  if (!Pattern)
    Pattern = FD;
  const unsigned Index = P->getFunctionScopeIndex();
  if (Index >= Pattern->getNumParams())
    return true; // of a pack
  QualType T = Pattern->getParamDecl(Index)->getType();
  if (const auto *Pack = T->getAs<PackExpansionType>())
    T = Pack->getPattern();
  const auto *Reference = T->getAs<RValueReferenceType>();
  return Reference &&
         Reference->getPointeeTypeAsWritten()->isTemplateTypeParmType();
}

bool async_tidy::couldBeCopied(QualType T) {
  const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl());
  if (!RD)
    return !T->isArrayType() && !T->isFunctionType();
  if (RD->isDependentType() || RD->isAbstract() || !RD->hasDefinition())
    return false;
  return isCopyable(RD);
}

bool async_tidy::areCallsAwaited(Unit &U, const FunctionDecl *Callee) {
  bool Some = false, All = true;
  for (const FunctionSummary &F : U.functions())
    for (const CallSite &Site : F.Calls)
      if (Site.Callee->getCanonicalDecl() == Callee->getCanonicalDecl()) {
        Some = true;
        All &= !escapeOf(Site.Call, U, F.Function);
      }
  return Some && All;
}

Finding async_tidy::lateParameter(const LateUse &Use, const FunctionDecl *FD,
                                  llvm::StringRef Why, Models &M) {
  const ParmVarDecl *P = Use.Parameter;
  const QualType T = P->getType();
  Finding Found;
  Found.Loc = P->getLocation();
  Found.Ranges.push_back(P->getSourceRange());
  Found.Message =
      "parameter '" + P->getNameAsString() + "' " +
      (T->isReferenceType() ? "is a reference" : "refers to its argument") +
      ", and '" + displayName(FD) +
      "' uses it after a suspension: " + Why.str() + "; " +
      (isView(T, M) ? "take a type that owns its data" : "take it by value");
  Found.Notes.push_back({Use.At->getExprLoc(), "used here"});
  return Found;
}
