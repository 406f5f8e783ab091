//===-- LostCancelSource.cpp - async-lost-cancel-source -------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Sources.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds sources of cancellation whose tokens somebody listens to, and that
/// nobody can ever tell to cancel anything: no function of their object does,
/// or they die before the work does.
class LostCancelSourceCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void members(Unit &U);
};

const Register<LostCancelSourceCheck> R({
    .Name = "async-lost-cancel-source",
    .Group = "cancellation",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "work listens to a source of cancellation that is never told to "
               "cancel it, or is gone",
});

} // namespace

/// Whether the file has the body of every function that can name a private
/// member of \p RD.
static bool isAllSeen(const CXXRecordDecl *RD) {
  if (RD->hasFriends() || RD->isDependentContext() ||
      isa<ClassTemplateSpecializationDecl>(RD))
    return false;
  for (const Decl *D : RD->decls()) {
    if (isa<FunctionTemplateDecl, ClassTemplateDecl>(D))
      return false;
    if (const auto *Inner = dyn_cast<CXXRecordDecl>(D))
      if (Inner != RD && !Inner->isInjectedClassName() &&
          Inner->isThisDeclarationADefinition() && !isAllSeen(Inner))
        return false;
    const auto *Method = dyn_cast<CXXMethodDecl>(D);
    if (Method && !Method->isImplicit() && !Method->isDefaulted() &&
        !Method->isDeleted() && !Method->isPureVirtual() && !Method->hasBody())
      return false;
  }
  return true;
}

void LostCancelSourceCheck::members(Unit &U) {
  struct Uses {
    bool IsOther = false;
    const CallExpr *Token = nullptr;
  };
  llvm::MapVector<const FieldDecl *, Uses> Found;
  for (const FunctionSummary &F : U.functions()) {
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F.Function))
      for (const CXXCtorInitializer *Init : Ctor->inits())
        if (Init->isAnyMemberInitializer() && !isNewSource(Init->getInit()))
          Found[Init->getAnyMember()].IsOther = true;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Member = dyn_cast<MemberExpr>(S);
      const auto *Field =
          Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
      if (!Field || !sourceLibrary(Field->getType(), U.M))
        return true;
      const CallExpr *Token = nullptr;
      Uses &Known = Found[Field];
      Known.IsOther |=
          useOf(Member, U.body(F.Function), U.M, Token) == SourceUse::Other;
      if (Token && !Known.Token)
        Known.Token = Token;
      return true;
    });
  }
  for (const auto &[Field, Known] : Found) {
    const auto *RD = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (Known.IsOther || !Known.Token || Field->getAccess() != AS_private ||
        !isNewSource(Field->getInClassInitializer()) || !RD || !isAllSeen(RD))
      continue;
    Finding F;
    F.Loc = Field->getLocation();
    F.Message = "no member function tells '" + Field->getNameAsString() +
                "' to cancel anything, and nobody else can: what listens to "
                "it is never cancelled; tell it where the object is told to "
                "stop, or leave it out";
    F.Notes.push_back({Known.Token->getExprLoc(), "listened to here"});
    report(std::move(F));
  }
}

void LostCancelSourceCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    for (const LocalSource &Source : localSources(U, F)) {
      const CallExpr *Token = nullptr;
      const CallExpr *Start = outlivingWork(Source, F, U, Token);
      if (!Start)
        continue;
      Finding Found;
      Found.Loc = Token->getExprLoc();
      Found.Ranges.push_back(Start->getSourceRange());
      Found.Message =
          "what '" + displayCallee(Start, Start->getDirectCallee()) +
          "' starts goes on when '" + Source.Var->getNameAsString() +
          "' is gone, to which it refers until it has ended; keep "
          "the source where the work is kept";
      Found.Notes.push_back({Source.Var->getLocation(), "declared here"});
      report(std::move(Found));
    }
  members(U);
}
