//===-- UntestedError.cpp - async-untested-error -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds errors that are taken for granted where there may be none: variables
/// that only a handler sets, used where no handler has run.
class UntestedErrorCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void variable(Unit &U, const FunctionSummary &F, const VarDecl *Var,
                llvm::ArrayRef<const Expr *> Needs);
};

const Register<UntestedErrorCheck> R({
    .Name = "async-untested-error",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an error that only a handler sets is none where nothing failed",
});

/// A variable, and the blocks whose handlers set it.
struct Handled {
  const VarDecl *Var;
  llvm::SmallPtrSet<const Stmt *, 32> InBlock;
  llvm::SmallPtrSet<const Stmt *, 32> InHandler;
};

/// Whether the variable has no error in it because a block ended without one.
///
/// Whoever asks anything after the block may know by the answer how it ended: a
/// flag, a result, the number of the round. So the fact ends with any branch;
/// what is left has nothing between the block and the use to tell them apart.
class Untested final : public FlowProblem {
public:
  enum Fact { Declared, BlockEnded, NumFacts };

  explicit Untested(const Handled &H) : H(H) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> Part = Element.getAs<CFGStmt>();
    if (!Part)
      return;
    const Stmt *S = Part->getStmt();
    if (const auto *Declares = dyn_cast<DeclStmt>(S);
        Declares && llvm::is_contained(Declares->decls(), H.Var)) {
      Facts.reset();
      Facts.set(Declared);
    } else if (H.InHandler.contains(S)) {
      Facts.reset();
    } else if (H.InBlock.contains(S) && Facts.test(Declared)) {
      Facts.reset();
      Facts.set(BlockEnded);
    }
  }

  void assume(const Expr *Condition, bool, llvm::BitVector &Facts) override {
    if (!H.InBlock.contains(Condition))
      Facts.reset();
  }

private:
  const Handled &H;
};

} // namespace

/// What \p S sets, if it is an assignment.
static const Expr *leftOf(const Stmt *S) {
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S);
      Assign && Assign->getOperator() == OO_Equal)
    return Assign->getArg(0);
  const auto *Assign = dyn_cast<BinaryOperator>(S);
  return Assign && Assign->isAssignmentOp() ? Assign->getLHS() : nullptr;
}

/// Whether \p Ref can't change its variable.
static bool isOnlyRead(const DeclRefExpr *Ref, const BodyMap &Body) {
  const Stmt *Parent = Body.parent(Ref);
  while (isa_and_nonnull<ParenExpr>(Parent))
    Parent = Body.parent(Parent);
  if (const auto *Cast = dyn_cast_or_null<ImplicitCastExpr>(Parent))
    return Cast->getCastKind() == CK_LValueToRValue ||
           Cast->getType().isConstQualified();
  if (const auto *Move = dyn_cast_or_null<CallExpr>(Parent))
    return Move->isCallToStdMove();
  return false;
}

void UntestedErrorCheck::variable(Unit &U, const FunctionSummary &F,
                                  const VarDecl *Var,
                                  llvm::ArrayRef<const Expr *> Needs) {
  const BodyMap &Body = U.body(F.Function);
  llvm::SmallPtrSet<const Expr *, 4> Sets;
  Handled H{Var, {}, {}};
  bool BranchesOtherwise = false;
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Try = dyn_cast<CXXTryStmt>(S);
    BranchesOtherwise |= isa<SwitchStmt, LabelStmt>(S);
    if (!Try)
      return true;
    bool IsSet = false;
    for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
      walkBody(Try->getHandler(I)->getHandlerBlock(), [&](const Stmt *Inner) {
        if (const Expr *Left = leftOf(Inner); Left && namedBy(Left) == Var) {
          Sets.insert(stripImplicit(Left));
          IsSet = true;
        }
        return true;
      });
    if (!IsSet)
      return true;
    auto AddTo = [](auto &Set) {
      return [&Set](const Stmt *Inner) {
        Set.insert(Inner);
        return true;
      };
    };
    walkBody(Try->getTryBlock(), AddTo(H.InBlock));
    for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
      walkBody(Try->getHandler(I)->getHandlerBlock(), AddTo(H.InHandler));
    return true;
  });
  if (Sets.empty() || BranchesOtherwise)
    return;
  // Set in handlers, and only there.
  for (const DeclRefExpr *Ref : Body.mentions(Var))
    if (!Sets.contains(Ref) && !isOnlyRead(Ref, Body))
      return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  Untested Problem(H);
  auto Solution = Flow->solve(Problem, llvm::BitVector(Untested::NumFacts));
  Solution.forEach(
      [&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        if (!S || !Facts.test(Untested::BlockEnded) ||
            !llvm::is_contained(Needs, S->getStmt()) ||
            H.InBlock.contains(S->getStmt()))
          return;
        const auto *Call = cast<Expr>(S->getStmt());
        Finding Found;
        Found.Loc = Call->getExprLoc();
        Found.Message = "'" + Var->getNameAsString() +
                        "' holds no error where nothing has failed, and '" +
                        displayCallee(Call, calleeOf(Call)) +
                        "' needs one; look whether there is one first";
        Found.Ranges.push_back(Call->getSourceRange());
        Found.Notes.push_back(
            {Var->getLocation(), "declared here; only a handler sets it"});
        report(std::move(Found));
      });
}

void UntestedErrorCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro)
      continue;
    llvm::MapVector<const VarDecl *, llvm::SmallVector<const Expr *, 2>> Needs;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (!isa<CallExpr, CXXConstructExpr>(S))
        return true;
      const auto *Call = cast<Expr>(S);
      const FunctionModel *Known = U.M.function(Call);
      if (!Known || !Known->NeedsError)
        return true;
      const auto Arguments = writtenArguments(Call);
      if (Arguments.empty())
        return true;
      const Expr *Error = stripImplicit(Arguments.front());
      while (const auto *Construct = dyn_cast<CXXConstructExpr>(Error)) {
        if (Construct->getNumArgs() != 1)
          break;
        Error = stripImplicit(Construct->getArg(0));
      }
      const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(Error));
      const auto *Empty =
          Var && Var->getInit()
              ? dyn_cast<CXXConstructExpr>(stripImplicit(Var->getInit()))
              : nullptr;
      // Declared with nothing in it.
      if (Var && Var->isLocalVarDecl() && Var->hasLocalStorage() &&
          (!Var->getInit() ||
           (Empty && (Empty->getNumArgs() == 0 ||
                      isa<CXXNullPtrLiteralExpr, CXXDefaultArgExpr>(
                          stripImplicit(Empty->getArg(0)))))))
        Needs[Var].push_back(Call);
      return true;
    });
    for (const auto &[Var, Calls] : Needs)
      variable(U, F, Var, Calls);
  }
}
