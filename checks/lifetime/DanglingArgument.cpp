//===-- DanglingArgument.cpp - async-dangling-argument -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "lifetime/Arguments.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds calls of coroutines that are given a temporary to refer to, and go on
/// when it is gone.
class DanglingArgumentCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void argument(Unit &U, const FunctionSummary &F, const BoundArgument &A);
  void variable(Unit &U, const BoundArgument &A);

  /// Of the function at hand, once something has asked.
  std::optional<Escapes> Tasks;
};

const Register<DanglingArgumentCheck> R({
    .Name = "async-dangling-argument",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a temporary that is gone when the coroutine uses it is memory "
               "of something else by then",
});

} // namespace

void DanglingArgumentCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    Tasks.reset();
    forEachBoundArgument(U, F,
                         [&](const BoundArgument &A) { argument(U, F, A); });
  }
  Tasks.reset();
}

/// What the message calls the temporary that a parameter of type \p Wanted
/// refers to.
static std::string nameOf(const MaterializeTemporaryExpr *Temporary,
                          QualType Wanted, const ASTContext &Ctx) {
  const QualType T = Temporary->getSubExpr()->getType();
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (RD && RD->isLambda())
    return "temporary lambda";
  if (T->isArrayType())
    return "temporary array";
  // The shortest is what people call it: std::string, and not the template.
  llvm::SmallVector<QualType, 2> Same{T.getCanonicalType()};
  if (!Wanted.isNull() &&
      Ctx.hasSameUnqualifiedType(T, Wanted.getNonReferenceType()))
    Same.push_back(Wanted.getNonReferenceType());
  std::string Name = displayType(T, Ctx);
  for (QualType Alias : Same)
    if (std::string Other = displayType(Alias, Ctx); Other.size() < Name.size())
      Name = std::move(Other);
  return "temporary '" + Name + "'";
}

void DanglingArgumentCheck::argument(Unit &U, const FunctionSummary &F,
                                     const BoundArgument &A) {
  if (!Tasks)
    Tasks.emplace(U, F.Function);
  if (isa<DeclRefExpr>(A.From.E))
    return variable(U, A);
  const MaterializeTemporaryExpr *Temporary = A.From.temporary();
  if (!Temporary || isEmpty(Temporary->getSubExpr()->getType()))
    return;
  std::optional<Escape> How = Tasks->of(A.Site->Call);
  if (!How)
    return;
  const bool IsObject = A.Number == ObjectParameter;
  const bool IsDefault = isa<CXXDefaultArgExpr>(A.Argument);
  const QualType Wanted =
      IsObject ? QualType()
               : A.Site->Callee->getParamDecl(A.Number - 1)->getType();
  Guard G = A.guard(U, *How);
  G.Message = nameOf(Temporary, Wanted, U.Ctx) +
              (IsDefault ? ", a default argument," : "") + " is gone when '" +
              A.callee() + "' uses it: " + How->Text +
              ", and the temporary dies at the end of this statement; keep " +
              (IsObject ? "the object" : "the argument") +
              " in a variable that outlives the task, or await the call at "
              "once";
  Finding Found;
  Found.Loc = IsDefault ? A.Site->Call->getExprLoc() : A.Argument->getExprLoc();
  Found.Ranges.push_back(IsDefault ? A.Site->Call->getSourceRange()
                                   : A.Argument->getSourceRange());
  reportIf(std::move(G), std::move(Found));
}

/// A variable of a block that ends while the task is in one of a block around
/// that.
void DanglingArgumentCheck::variable(Unit &U, const BoundArgument &A) {
  const VarDecl *Owner = ownerBehind(A.From, *Tasks, U.M);
  const Stmt *Block = Owner ? Tasks->scope(Owner) : nullptr;
  std::optional<Escape> How =
      Block ? Tasks->of(A.Site->Call) : std::optional<Escape>();
  const auto *Holder = How && How->Place
                           ? dyn_cast_or_null<VarDecl>(namedBy(How->Place))
                           : nullptr;
  const Stmt *Outer = Holder && !Holder->getType()->isReferenceType() &&
                              !Holder->getType()->isPointerType()
                          ? Tasks->scope(Holder)
                          : nullptr;
  if (!Outer || Outer == Block || !Tasks->body().isWithin(Block, Outer))
    return;
  // Within the block it may be awaited, or taken out again.
  const SourceManager &SM = U.Ctx.getSourceManager();
  bool IsUsedLater = false;
  for (const DeclRefExpr *Ref : Tasks->mentions(Holder)) {
    if (!Tasks->body().isWithin(Ref, Block))
      IsUsedLater |=
          SM.isBeforeInTranslationUnit(Block->getEndLoc(), Ref->getBeginLoc());
    else if (!Tasks->body().isWithin(Ref, How->By))
      return;
  }
  if (!IsUsedLater)
    return;
  Guard G = A.guard(U, *How);
  G.Message = "'" + Owner->getNameAsString() + "' is gone when '" + A.callee() +
              "' uses it: the task is stored in '" + Holder->getNameAsString() +
              "', and the variable dies at the end of this block; let it live "
              "as long as the task, or let the task own the argument";
  Finding Found;
  Found.Loc = A.Argument->getExprLoc();
  Found.Ranges.push_back(A.Argument->getSourceRange());
  reportIf(std::move(G), std::move(Found));
}
