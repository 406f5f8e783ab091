//===-- GeneratorLifetime.cpp - async-generator-lifetime -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "lifetime/Arguments.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds generators that refer to arguments which are gone when they run.
class GeneratorLifetimeCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void argument(Unit &U, const Escapes &Uses, const BoundArgument &A);
};

const Register<GeneratorLifetimeCheck> R({
    .Name = "async-generator-lifetime",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a generator begins to run when it is iterated, and its "
               "arguments may be gone by then",
});

/// What becomes of a generator.
struct Destiny {
  const VarDecl *Var = nullptr; ///< that it initializes
  bool IsReturned = false;
};

} // namespace

/// Follows the generator that \p Call returns to what holds it.
static Destiny fateOf(const Expr *Call, const Escapes &Uses) {
  const Stmt *S = Call;
  for (;;) {
    const Stmt *Parent = Uses.parent(S);
    if (isa_and_nonnull<ParenExpr, FullExpr, MaterializeTemporaryExpr,
                        CXXBindTemporaryExpr, ImplicitCastExpr>(Parent)) {
      S = Parent;
      continue;
    }
    const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(Parent);
    if (Construct && Construct->getConstructor()->isCopyOrMoveConstructor()) {
      S = Parent;
      continue;
    }
    if (isa_and_nonnull<ReturnStmt>(Parent))
      return {nullptr, true};
    if (const auto *Declares = dyn_cast_or_null<DeclStmt>(Parent))
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit() == S)
          return {Var, false};
    return {};
  }
}

void GeneratorLifetimeCheck::analyze(Unit &U) {
  llvm::DenseSet<const FunctionDecl *> Generators;
  for (const FunctionSummary &F : U.functions())
    if (F.Coro && (F.Coro->Kind == CoroutineKind::Generator ||
                   F.Coro->Kind == CoroutineKind::AsyncGenerator))
      Generators.insert(F.Function->getCanonicalDecl());
  if (Generators.empty())
    return;
  for (const FunctionSummary &F : U.functions()) {
    std::optional<Escapes> Uses;
    for (const CallSite &Site : F.Calls)
      if (Generators.contains(Site.Callee->getCanonicalDecl()))
        forEachBoundArgument(U, Site, [&](const BoundArgument &A) {
          if (!Uses)
            Uses.emplace(U, F.Function);
          argument(U, *Uses, A);
        });
  }
}

void GeneratorLifetimeCheck::argument(Unit &U, const Escapes &Uses,
                                      const BoundArgument &A) {
  const Destiny Becomes = fateOf(A.Site->Call, Uses);
  const MaterializeTemporaryExpr *Temporary = A.From.temporary();
  std::string Gone, Why, Remedy;
  if (Temporary && !isEmpty(Temporary->getSubExpr()->getType())) {
    Gone = A.Number == ObjectParameter ? "the temporary object"
                                       : "a temporary argument";
    if (Becomes.IsReturned) {
      Why = "the generator is returned, and the temporary dies with this "
            "statement";
    } else if (!Becomes.Var) {
      return;
    } else if (Becomes.Var->isImplicit()) {
      // From C++23 on, it lives as long as the loop, and is no such temporary.
      Why = "the loop runs the generator, and before C++23 the temporary dies "
            "when it begins";
    } else {
      Why = "the generator is stored, and the temporary dies at the end of "
            "this statement";
    }
    Remedy = "keep it in a variable that outlives the generator";
  } else if (const VarDecl *Owner = Becomes.IsReturned
                                        ? ownerBehind(A.From, Uses, U.M)
                                        : nullptr) {
    Gone = "'" + Owner->getNameAsString() + "'";
    Why = "the generator is returned, and the variable dies with this function";
    Remedy = "let the generator have it by value";
  } else {
    return;
  }
  Guard G = A.guard(U, Escape());
  G.Message = Gone + " is gone when '" + A.callee() + "' uses it: " + Why +
              "; " + Remedy;
  Finding Found;
  const bool IsDefault = isa<CXXDefaultArgExpr>(A.Argument);
  Found.Loc = IsDefault ? A.Site->Call->getExprLoc() : A.Argument->getExprLoc();
  Found.Ranges.push_back(A.Site->Call->getSourceRange());
  reportIf(std::move(G), std::move(Found));
}
