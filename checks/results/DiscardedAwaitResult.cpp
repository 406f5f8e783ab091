//===-- DiscardedAwaitResult.cpp - async-discarded-await-result -*- C++ -*-===//
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
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds awaits whose result says whether the work has failed, and is dropped.
class DiscardedAwaitResultCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void discarded(Unit &U, const CoawaitExpr *Await);
};

const Register<DiscardedAwaitResultCheck> R({
    .Name = "async-discarded-await-result",
    .Group = "results",
    .Level = Severity::Warning,
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "an error that an await gives as a value is lost when the value "
               "is dropped",
});

} // namespace

/// Whether objects of class \p RD can be asked whether there is an error, and
/// which: an error code, a result or the error.
static bool mayBeError(const CXXRecordDecl *RD, const Models &M) {
  const bool IsTestable = anyOfClasses(RD, [](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    return Def && llvm::any_of(Def->methods(), [](const CXXMethodDecl *Method) {
             return Method->isConst() && Method->getNumParams() == 0 &&
                    Method->getReturnType()->isBooleanType();
           });
  });
  return IsTestable &&
         llvm::any_of(M.index().errorMembers(), [&](const std::string &Name) {
           return hasMember(RD, Name);
         });
}

static bool isExceptionPointer(const CXXRecordDecl *RD) {
  // The standard library's has a namespace of its own.
  return RD->getIdentifier() && RD->getName() == "exception_ptr" &&
         StringRef(qualifiedName(RD)).starts_with("std::");
}

/// Whether a \p T holds an error, alone or beside something else.
static bool holdsError(QualType T, const Models &M, unsigned Depth = 0) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (!RD || T->isReferenceType() || Depth > 1)
    return false;
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD);
  if (!RD->isInStdNamespace() || !RD->getIdentifier() || !Spec)
    return isExceptionPointer(RD) || mayBeError(RD, M);
  if (RD->getName() != "tuple" && RD->getName() != "pair")
    return mayBeError(RD, M);
  auto Holds = [&](const TemplateArgument &A) {
    return A.getKind() == TemplateArgument::Type &&
           holdsError(A.getAsType(), M, Depth + 1);
  };
  return llvm::any_of(Spec->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &A) {
                        return A.getKind() == TemplateArgument::Pack
                                   ? llvm::any_of(A.pack_elements(), Holds)
                                   : Holds(A);
                      });
}

/// Whether \p T, which holds an error, holds nothing beside it.
static bool holdsOnlyError(QualType T) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!Spec || !Spec->isInStdNamespace())
    return true;
  unsigned Number = 0;
  for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
    Number += A.getKind() == TemplateArgument::Pack ? A.pack_size() : 1;
  return Number < 2;
}

void DiscardedAwaitResultCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || U.isExpectedToThrow(F))
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      forEachStatement(S, [&](const Expr *E) {
        if (const auto *Await = dyn_cast<CoawaitExpr>(stripImplicit(E)))
          discarded(U, Await);
      });
      return true;
    });
  }
}

void DiscardedAwaitResultCheck::discarded(Unit &U, const CoawaitExpr *Await) {
  if (!holdsError(Await->getType(), U.M))
    return;
  const Expr *Operand = stripImplicit(Await->getOperand());
  const FunctionDecl *Callee = calleeOf(Operand);
  if (Callee && Callee->getIdentifier() &&
      U.M.index().isFarewellName(Callee->getName()))
    return;
  // A library that says which of its operations fail says that others don't:
  // nobody but who cancels it makes a timer fail. What gives more than an error
  // does more than wait.
  const LibraryRef Library = Callee ? U.M.libraryAround(Callee) : LibraryRef();
  if (Library && Library.Library->Exceptions &&
      !Library.Library->Exceptions->ThrownBy.empty() && !U.M.failing(Operand) &&
      holdsOnlyError(Await->getType()))
    return;
  Finding Found;
  Found.Loc = Await->getExprLoc();
  Found.Message = "the '" + displayType(Await->getType(), U.Ctx) + "' that " +
                  (Callee ? "'" + displayCallee(Operand, Callee) + "'"
                          : std::string("this co_await")) +
                  " gives is dropped, and with it the error that it may hold: "
                  "nobody learns of it; test it, or write (void) if it does "
                  "not matter";
  Found.Ranges.push_back(Await->getSourceRange());
  report(std::move(Found));
}
