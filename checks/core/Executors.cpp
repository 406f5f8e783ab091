//===-- Executors.cpp - What executors are for ----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Executors.h"
#include "core/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

/// How deep an executor is wrapped, at most.
static constexpr unsigned MaxDepth = 8;

static Place placeOf(BlockingAllowed Allowed) {
  switch (Allowed) {
  case BlockingAllowed::Yes:
    return Place::BlockingAllowed;
  case BlockingAllowed::No:
  case BlockingAllowed::WithoutIO:
    return Place::Loop;
  case BlockingAllowed::Depends:
    break;
  }
  return Place::Unknown;
}

/// What is known of executors of type \p T: what its model says or, where that
/// depends, the model of an executor among its template arguments, as a
/// strand's or a smart pointer's. Null when nothing is.
const ExecutorModel *Executors::modelOf(QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const TypeModel *Known = M.type(T);
  const ExecutorModel *Model = Known ? Known->Executor.Model : nullptr;
  if (Model && Model->Allowed != BlockingAllowed::Depends)
    return Model;
  const auto *Spec =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(T));
  if (Spec && M.isLibraryCode(Spec))
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type)
        if (const ExecutorModel *Inner = modelOf(A.getAsType()))
          return Inner;
  return nullptr;
}

bool Executors::mayBeWithoutIO(QualType T) {
  const ExecutorModel *Model = modelOf(T);
  return Model && Model->Allowed == BlockingAllowed::WithoutIO;
}

/// What an executor or a context, \p E, is made from or behind: the pool in
/// *pointer, &pool, a cast or a conversion of it. Null for calls and names.
static const Expr *wrapped(const Expr *E) {
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star
               ? Op->getArg(0)
               : nullptr;
  if (const auto *Op = dyn_cast<UnaryOperator>(E))
    return Op->getSubExpr();
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return Cast->getSubExpr();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() ? Construct->getArg(0) : nullptr;
  return nullptr;
}

Place Executors::placeOf(const Expr *E) { return placeOf(E, 0); }

Place Executors::placeOf(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth)
    return Place::Unknown;
  E = stripImplicit(E);
  const FunctionModel *Function = isa<CallExpr>(E) ? M.function(E) : nullptr;
  if (Function && Function->Executor.Model)
    return ::placeOf(Function->Executor.Model->Allowed);
  if (const ExecutorModel *Model = modelOf(E->getType()))
    return ::placeOf(Model->Allowed);
  if (const Expr *Inner = wrapped(E))
    return placeOf(Inner, Depth + 1);
  if (const Expr *Object = objectOf(E))
    // pool.get_executor(), pool.executor(): the executor of such a context.
    return modelOf(stripImplicit(Object)->getType())
               ? placeOf(Object, Depth + 1)
               : Place::Unknown;
  if (const auto *Call = dyn_cast<CallExpr>(E))
    // std::ref(pool), std::move(executor)
    return Call->isCallToStdMove() ||
                   (Call->getNumArgs() == 1 && Function && Function->Wraps)
               ? placeOf(Call->getArg(0), Depth + 1)
               : Place::Unknown;
  // What was put into the variable?
  const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(E));
  return Var && !isa<ParmVarDecl>(Var) ? placeOf(Var->getInit(), Depth + 1)
                                       : Place::Unknown;
}

const ValueDecl *Executors::variableOf(const Expr *E) {
  for (unsigned Depth = 0; E && Depth != MaxDepth; ++Depth) {
    E = stripImplicit(E);
    if (const ValueDecl *D = namedBy(E))
      return mayBeWithoutIO(D->getType()) ? patternOf(D) : nullptr;
    const Expr *Inner = wrapped(E);
    if (!Inner)
      Inner = objectOf(E);
    if (const auto *Call = dyn_cast<CallExpr>(E);
        Call && !Inner && Call->getNumArgs())
      Inner = Call->getArg(0);
    E = Inner;
  }
  return nullptr;
}
