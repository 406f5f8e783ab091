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
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "an error that only a handler sets is none where nothing failed",
});

/// Whether the variable has no error in it: it has been declared, and neither
/// set nor asked since.
class Untested final : public FlowProblem {
public:
  Untested(const VarDecl *Var,
           const llvm::SmallPtrSetImpl<const ValueDecl *> &Tells)
      : Var(Var), Tells(Tells) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt())) {
      if (llvm::is_contained(Declares->decls(), Var))
        Facts.set(0);
      return;
    }
    const Expr *Set = nullptr;
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S->getStmt());
        Assign && Assign->getOperator() == OO_Equal)
      Set = Assign->getArg(0);
    else if (const auto *Assign = dyn_cast<BinaryOperator>(S->getStmt());
             Assign && Assign->isAssignmentOp())
      Set = Assign->getLHS();
    if (Set && namedBy(Set) == Var)
      Facts.reset(0);
  }

  void assume(const Expr *Condition, bool, llvm::BitVector &Facts) override {
    walkBody(Condition, [&](const Stmt *S) {
      if (const auto *E = dyn_cast<Expr>(S))
        if (const ValueDecl *Named = namedBy(E); Named && Tells.contains(Named))
          Facts.reset(0);
      return true;
    });
  }

private:
  const VarDecl *Var;
  const llvm::SmallPtrSetImpl<const ValueDecl *> &Tells;
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

void UntestedErrorCheck::variable(Unit &U, const FunctionSummary &F,
                                  const VarDecl *Var,
                                  llvm::ArrayRef<const Expr *> Needs) {
  // Set in handlers, and only there; what else these set tells of it.
  llvm::SmallPtrSet<const ValueDecl *, 4> Tells{Var};
  bool IsSetInHandler = false;
  unsigned Sets = 0, SetInHandlers = 0;
  auto CountSets = [&](const Stmt *Root, unsigned &Count) {
    bool Any = false;
    walkBody(Root, [&](const Stmt *S) {
      if (const Expr *Left = leftOf(S); Left && namedBy(Left) == Var)
        ++Count, Any = true;
      return true;
    });
    return Any;
  };
  bool MayBeSetElsewhere = false;
  walkFunction(F.Function, [&](const Stmt *S) {
    if (const Expr *Left = leftOf(S); Left && namedBy(Left) == Var)
      ++Sets;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &C : Lambda->captures())
        MayBeSetElsewhere |= C.capturesVariable() &&
                             C.getCapturedVar() == Var &&
                             C.getCaptureKind() == LCK_ByRef;
    if (const auto *Address = dyn_cast<UnaryOperator>(S);
        Address && Address->getOpcode() == UO_AddrOf)
      MayBeSetElsewhere |= namedBy(Address->getSubExpr()) == Var;
    if (const auto *Handler = dyn_cast<CXXCatchStmt>(S))
      if (CountSets(Handler->getHandlerBlock(), SetInHandlers)) {
        IsSetInHandler = true;
        walkBody(Handler->getHandlerBlock(), [&](const Stmt *Inner) {
          if (const Expr *Left = leftOf(Inner))
            if (const ValueDecl *Named = namedBy(Left))
              Tells.insert(Named);
          return true;
        });
      }
    return true;
  });
  if (!IsSetInHandler || MayBeSetElsewhere || Sets != SetInHandlers)
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  Untested Problem(Var, Tells);
  auto Solution = Flow->solve(Problem, llvm::BitVector(1));
  Solution.forEach(
      [&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        if (!S || !Facts.test(0) || !llvm::is_contained(Needs, S->getStmt()))
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
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (!Known || !Known->NeedsError || Call->getNumArgs() == 0)
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
      if (const auto *Move = dyn_cast<CallExpr>(Error);
          Move && Move->isCallToStdMove())
        Error = stripImplicit(Move->getArg(0));
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
