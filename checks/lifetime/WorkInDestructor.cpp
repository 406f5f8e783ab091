//===-- WorkInDestructor.cpp - async-work-in-destructor -------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Names.h"
#include "core/OwnObject.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds destructors that start work which uses the object when that is gone.
class WorkInDestructorCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<WorkInDestructorCheck> R({
    .Name = "async-work-in-destructor",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "work that a destructor starts uses an object that is gone",
});

} // namespace

void WorkInDestructorCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *Dtor = dyn_cast<CXXDestructorDecl>(F.Function);
    if (!Dtor)
      continue;
    walkFunction(Dtor, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      const CXXMethodDecl *MD = Call ? Call->getMethodDecl() : nullptr;
      const FunctionDecl *Def = nullptr;
      if (!MD ||
          !isa<CXXThisExpr>(stripImplicit(Call->getImplicitObjectArgument())) ||
          !MD->hasBody(Def) || !coroutineBody(Def))
        return true;
      const std::optional<Escape> Escapes = escapeOf(Call, U, Dtor);
      const bool GoesOn = Escapes && Escapes->OutlivesFunction &&
                          (Escapes->How == Escape::HandedOver ||
                           (Escapes->How == Escape::Dropped &&
                            goesOnWhenDropped(Call->getType(), U.C)));
      if (!GoesOn)
        return true;
      const FunctionSummary *Work = U.summary(Def);
      const UnguardedUse Late = Work ? unguardedUse(U, *Work) : UnguardedUse();
      if (!Late)
        return true;
      Finding Found;
      Found.Loc = Call->getExprLoc();
      Found.Ranges.push_back(Call->getSourceRange());
      Found.Message =
          "'" + displayName(MD) +
          "' uses this object when it has been suspended, and that "
          "is gone when its destructor returns; let the owner await "
          "the work before it destroys the object";
      Found.Notes.push_back({Late.At->getExprLoc(), "used here"});
      if (Late.Suspension)
        Found.Notes.push_back(
            {Late.Suspension->getExprLoc(), "suspended here"});
      report(std::move(Found));
      return true;
    });
  }
}
