//===-- MissingCoReturn.cpp - async-missing-co-return ---------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Presence.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds pointers, optionals and iterators that a coroutine follows where it
/// has just found that nothing is there.
class MissingCoReturnCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<MissingCoReturnCheck> R({
    .Name = "async-missing-co-return",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine that goes on where it has found nothing follows a "
               "null pointer or an empty optional",
});

/// What a condition tells of an object.
struct Test {
  AccessPath Of;
  bool IsPresent;
};

/// An object that branches are about, and where it is tested.
struct Tested {
  AccessPath Path;
  llvm::SmallVector<const Expr *, 2> At;
};

} // namespace

/// The iterator that \p Condition compares with the end of something.
static std::optional<Test> iteratorTest(const Expr *Condition) {
  const Expr *E = stripImplicit(Condition);
  const Expr *Left = nullptr, *Right = nullptr;
  bool IsEqual = false;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      Op && Op->getNumArgs() == 2 &&
      (Op->getOperator() == OO_EqualEqual ||
       Op->getOperator() == OO_ExclaimEqual)) {
    Left = Op->getArg(0), Right = Op->getArg(1);
    IsEqual = Op->getOperator() == OO_EqualEqual;
  } else if (const auto *Op = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    const auto Form = Op->getDecomposedForm();
    if (Form.Opcode != BO_EQ && Form.Opcode != BO_NE)
      return std::nullopt;
    Left = Form.LHS, Right = Form.RHS;
    IsEqual = Form.Opcode == BO_EQ;
  } else {
    return std::nullopt;
  }
  auto IsEnd = [](const Expr *Side) {
    const FunctionDecl *Callee = calleeOf(stripImplicit(Side));
    return Callee && Callee->getIdentifier() &&
           (Callee->getName() == "end" || Callee->getName() == "cend");
  };
  if (IsEnd(Left))
    std::swap(Left, Right);
  if (!IsEnd(Right) || !isa<DeclRefExpr>(stripImplicit(Left)))
    return std::nullopt;
  if (std::optional<AccessPath> Path = accessPath(Left))
    return Test{*Path, !IsEqual};
  return std::nullopt;
}

static std::optional<Test> testOf(const Expr *Condition) {
  if (std::optional<PresenceTest> Known = presenceTest(Condition))
    return Test{Known->Of, Known->IsPresent};
  return iteratorTest(Condition);
}

/// The object that \p E follows, an iterator included.
static const Expr *objectFollowedBy(const Expr *E) {
  if (const Expr *Pointer = followedBy(E))
    return Pointer;
  const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
  return Op && Op->getNumArgs() == 1 &&
                 (Op->getOperator() == OO_Star ||
                  Op->getOperator() == OO_Arrow) &&
                 isa<DeclRefExpr>(stripImplicit(Op->getArg(0)))
             ? stripImplicit(Op->getArg(0))
             : nullptr;
}

namespace {

class FoundEmpty final : public FlowProblem {
public:
  FoundEmpty(const FunctionFlow &Flow, llvm::ArrayRef<Tested> Objects)
      : Flow(Flow), Objects(Objects) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (Facts.none())
      return;
    if (Flow.suspensionAt(Element))
      resetOthers(Facts);
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt())) {
      for (const Decl *D : Declares->decls())
        for (unsigned I = 0; I != Objects.size(); ++I)
          if (Objects[I].Path.Base == D)
            Facts.reset(I);
      return;
    }
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S->getStmt())) {
      for (const LambdaCapture &C : Lambda->captures())
        if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
          resetPartsOf(C.getCapturedVar(), Facts);
      return;
    }
    if (const auto *Assign = dyn_cast<BinaryOperator>(S->getStmt());
        Assign && Assign->isAssignmentOp())
      return given(Assign->getLHS(), Facts);
    if (const auto *Unary = dyn_cast<UnaryOperator>(S->getStmt());
        Unary &&
        (Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf))
      return given(Unary->getSubExpr(), Facts);
    if (const auto *E = dyn_cast<Expr>(S->getStmt());
        E && isa<CallExpr, CXXConstructExpr>(E))
      called(E, Facts);
  }

  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override {
    // Another condition may know of the first one's outcome.
    Facts.reset();
    std::optional<Test> Known = testOf(Condition);
    if (!Known || Known->IsPresent == Value ||
        Condition->getExprLoc().isMacroID())
      return;
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Objects[I].Path == Known->Of)
        Facts.set(I);
  }

private:
  /// Something may have been put into \p E.
  void given(const Expr *E, llvm::BitVector &Facts) {
    std::optional<AccessPath> Path = accessPath(E);
    if (!Path)
      return;
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Objects[I].Path.isWithin(*Path))
        Facts.reset(I);
  }

  void resetPartsOf(const ValueDecl *Var, llvm::BitVector &Facts) {
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Objects[I].Path.Base == Var)
        Facts.reset(I);
  }

  /// What others may have changed.
  void resetOthers(llvm::BitVector &Facts) {
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (!Objects[I].Path.isLocal())
        Facts.reset(I);
  }

  void called(const Expr *Call, llvm::BitVector &Facts) {
    for (const Expr *A : writtenArguments(Call))
      if ((A->isGLValue() && !A->getType().isConstQualified()) ||
          A->getType()->isPointerType())
        given(A, Facts);
    const FunctionDecl *Callee = calleeOf(Call);
    const auto *MD = dyn_cast_or_null<CXXMethodDecl>(Callee);
    const Expr *Object = objectOf(Call);
    if (!Object)
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
          Op && MD && Op->getNumArgs() != 0)
        Object = Op->getArg(0);
    if (Object && !(MD && MD->isConst()))
      given(Object, Facts);
    // Who is only told something changes nothing.
    const bool IsTold = llvm::any_of(writtenArguments(Call), [](const Expr *A) {
      return isa<clang::StringLiteral>(A->IgnoreParenImpCasts());
    });
    if (isa<CXXConstructExpr>(Call) || IsTold || (MD && MD->isConst()) ||
        (Callee && Callee->isOverloadedOperator()))
      return;
    resetOthers(Facts);
    // It may not return, as far as anybody knows.
    if (Callee && Callee->getReturnType()->isVoidType() && !MD)
      Facts.reset();
  }

  const FunctionFlow &Flow;
  const llvm::ArrayRef<Tested> Objects;
};

} // namespace

static std::vector<Tested> branchObjects(const FunctionDecl *FD) {
  std::vector<Tested> Objects;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *If = dyn_cast<IfStmt>(S);
    if (!If || !If->getCond() || If->getBeginLoc().isMacroID())
      return true;
    walkBody(If->getCond(), [&](const Stmt *Part) {
      const auto *E = dyn_cast<Expr>(Part);
      std::optional<Test> Known = E ? testOf(E) : std::nullopt;
      if (!Known)
        return true;
      const ValueDecl *Last =
          Known->Of.Members.empty() ? Known->Of.Base : Known->Of.Members.back();
      if (!Last || Last->getType().getNonReferenceType()->isBooleanType())
        return true;
      auto It = llvm::find_if(Objects, [&](const Tested &Other) {
        return Other.Path == Known->Of;
      });
      if (It == Objects.end())
        It = Objects.insert(It, {Known->Of, {}});
      It->At.push_back(E);
      return false;
    });
    return true;
  });
  return Objects;
}

void MissingCoReturnCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || F.Function->isDependentContext())
      continue;
    const std::vector<Tested> Objects = branchObjects(F.Function);
    const FunctionFlow *Flow = Objects.empty() ? nullptr : U.flow(F.Function);
    if (!Flow)
      continue;
    FoundEmpty Problem(*Flow, Objects);
    llvm::MapVector<unsigned, const Expr *> Followed;
    Flow->solve(Problem, llvm::BitVector(Objects.size()))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const auto *E = S ? dyn_cast<Expr>(S->getStmt()) : nullptr;
          const Expr *Object = E ? objectFollowedBy(E) : nullptr;
          std::optional<unsigned> Number = numberOf(Object, Objects);
          if (Number && Facts.test(*Number) && !E->getExprLoc().isMacroID())
            Followed.insert({*Number, E});
        });
    for (const auto &[Number, E] : Followed) {
      Finding Found;
      Found.Loc = objectFollowedBy(E)->getExprLoc();
      Found.Ranges.push_back(E->getSourceRange());
      Found.Message = "'" + Objects[Number].Path.name() +
                      "' is followed also where the coroutine has found "
                      "nothing in it, and goes on; add a co_return there";
      // The last test before it is the one that the author has forgotten.
      const Expr *Test = Objects[Number].At.front();
      for (const Expr *Other : Objects[Number].At)
        if (U.Ctx.getSourceManager().isBeforeInTranslationUnit(
                Other->getExprLoc(), E->getExprLoc()))
          Test = Other;
      Found.Notes.push_back({Test->getExprLoc(), "tested here"});
      report(std::move(Found));
    }
  }
}
