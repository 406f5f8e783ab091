//===-- TestNotDriven.cpp - async-test-not-driven ---------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds work that is started on an event loop of the function's own, which
/// nobody ever runs.
class TestNotDrivenCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  const CXXMethodDecl *runnerOf(const CXXRecordDecl *RD, Unit &U);

  /// What \c runnerOf has found out.
  llvm::DenseMap<const CXXRecordDecl *, const CXXMethodDecl *> Runners;
};

const Register<TestNotDrivenCheck> R({
    .Name = "async-test-not-driven",
    .Group = "results",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "work is started on an event loop that nobody runs, so that a "
               "test of it tests nothing",
});

} // namespace

static bool runsLoop(const FunctionModel *Known) {
  return Known && llvm::any_of(Known->Blocking, [](const auto &Ref) {
           return Ref.Model->Why == Category::EventLoop;
         });
}

/// The function that runs an event loop of class \p RD: the first that the
/// library says of; null when that is no event loop.
const CXXMethodDecl *TestNotDrivenCheck::runnerOf(const CXXRecordDecl *RD,
                                                  Unit &U) {
  auto [It, New] = Runners.try_emplace(RD->getCanonicalDecl(), nullptr);
  const CXXMethodDecl *&Found = It->second;
  // A promise that turns the loop while it waits is no loop.
  if (!New || !U.M.isLibraryCode(RD) ||
      U.C.taskType(U.Ctx.getCanonicalTagType(RD)))
    return Found;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    if (const CXXRecordDecl *Def = definitionOf(Class))
      for (const CXXMethodDecl *Method : Def->methods())
        if (Method->getIdentifier() &&
            runsLoop(U.M.index().function(qualifiedName(Method)))) {
          Found = Method;
          return true;
        }
    return false;
  });
  return Found;
}

/// What a mention of an event loop does with it.
enum class LoopUse { Nothing, Starts, Other };

/// \param Start set to the call when that starts work.
static LoopUse classify(const DeclRefExpr *Ref, const BodyMap &Body, Unit &U,
                        const CallExpr *&Start) {
  const Stmt *Child = Ref;
  for (const Stmt *S = Body.parent(Ref); S; Child = S, S = Body.parent(S)) {
    if (const auto *AddressOf = dyn_cast<UnaryOperator>(S);
        AddressOf && AddressOf->getOpcode() == UO_AddrOf)
      continue;
    if (isa<ImplicitCastExpr, ParenExpr, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr, ExprWithCleanups>(S))
      continue;
    if (const auto *Member = dyn_cast<MemberExpr>(S)) {
      const auto *Call =
          dyn_cast_or_null<CXXMemberCallExpr>(Body.parent(Member));
      if (!Call || Call->getCallee() != Member)
        return LoopUse::Other;
      if (const FunctionModel *Known = U.M.function(Call);
          Known && !Known->Callables.empty()) {
        Start = Call;
        return LoopUse::Starts;
      }
      // Its executor stands for it.
      if (!Call->getType()->getAsCXXRecordDecl() || !Call->isPRValue())
        return LoopUse::Other;
      Child = Call;
      S = Call;
      continue;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionModel *Known = U.M.function(Call);
      if (!Known || !U.M.isLibraryCode(Call->getDirectCallee()))
        return LoopUse::Other;
      for (const ModelRef<CallableModel> &Ref : Known->Callables)
        if (Ref.Model->How == Runs::Executor &&
            argumentOf(Call, Ref.Model->ExecutorArgument) == Child) {
          Start = Call;
          return LoopUse::Starts;
        }
      return LoopUse::Other;
    }
    // A timer or socket of the library knows its loop, and does not run it. An
    // executor that is made only to be passed on stands for it.
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(S)) {
      if (!U.M.isLibraryCode(Construct->getConstructor()))
        return LoopUse::Other;
      if (isa_and_nonnull<DeclStmt>(Body.parent(S)))
        return LoopUse::Nothing;
      continue;
    }
    return LoopUse::Other;
  }
  return LoopUse::Other;
}

void TestNotDrivenCheck::analyze(Unit &U) {
  Runners.clear();
  for (const FunctionSummary &F : U.functions()) {
    if (F.Function->isDependentContext())
      continue;
    const BodyMap &Body = U.body(F.Function);
    for (const VarDecl *Var : Body.variables()) {
      if (!Var->hasLocalStorage() || Var->getType()->isReferenceType())
        continue;
      const CXXRecordDecl *RD = Var->getType()->getAsCXXRecordDecl();
      const CXXMethodDecl *Runner = RD ? runnerOf(RD, U) : nullptr;
      if (!Runner)
        continue;
      const CallExpr *Start = nullptr;
      bool IsLeftAlone =
          llvm::all_of(Body.mentions(Var), [&](const DeclRefExpr *Ref) {
            const CallExpr *At = nullptr;
            const LoopUse Use = classify(Ref, Body, U, At);
            if (At && !Start)
              Start = At;
            return Use != LoopUse::Other;
          });
      if (!IsLeftAlone || !Start)
        continue;
      walkFunction(F.Function, [&](const Stmt *S) {
        if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
          for (const LambdaCapture &Capture : Lambda->captures())
            if (Capture.capturesVariable() && Capture.getCapturedVar() == Var)
              IsLeftAlone = false;
        return IsLeftAlone;
      });
      if (!IsLeftAlone)
        continue;
      Finding Found;
      Found.Loc = Start->getExprLoc();
      Found.Ranges.push_back(Start->getSourceRange());
      Found.Message = "nobody runs '" + Var->getNameAsString() +
                      "', so nothing of this is done; call '" +
                      Runner->getNameAsString() + "' of it";
      Found.Notes.push_back({Var->getLocation(), "made here"});
      report(std::move(Found));
    }
  }
}
