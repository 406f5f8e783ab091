//===-- UseAfterMove.cpp - async-use-after-move -----------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds variables that are moved into awaited work and used when that has
/// ended, or has failed.
class UseAfterMoveCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<UseAfterMoveCheck> R({
    .Name = "async-use-after-move",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "what was moved into awaited work is gone when that has ended",
});

/// What a mention of a variable that may have been moved from means.
enum class Touch {
  None,   ///< nothing of the old value is used
  Renews, ///< it has a new value, or may have
  Uses,
};

struct Move {
  const VarDecl *Var;
  const DeclRefExpr *Ref;
  const Expr *Await;
  /// Where the function that is called moves from its parameter; null when the
  /// mention itself moves.
  const DeclRefExpr *Within = nullptr;
};

struct MovedBefore final : FlowProblem {
  std::vector<Move> Moves;
  llvm::DenseMap<const Stmt *, llvm::SmallVector<unsigned, 1>> At;
  llvm::DenseMap<const Stmt *, std::pair<const DeclRefExpr *, Touch>> Touches;

  void add(const Stmt *By, Move M) {
    At[By].push_back(Moves.size());
    Moves.push_back(M);
  }
  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt()))
      for (const Decl *D : Declares->decls())
        forget(D, Facts);
    if (auto It = Touches.find(S->getStmt());
        It != Touches.end() && It->second.second == Touch::Renews)
      forget(It->second.first->getDecl(), Facts);
    if (auto It = At.find(S->getStmt()); It != At.end())
      for (unsigned Number : It->second)
        Facts.set(Number);
  }
  const VarDecl *owner(unsigned Fact) override { return Moves[Fact].Var; }

private:
  void forget(const Decl *Var, llvm::BitVector &Facts) {
    for (unsigned Number = 0; Number < Moves.size(); ++Number)
      if (Moves[Number].Var == Var)
        Facts.reset(Number);
  }
};

} // namespace

/// Whether nothing is lost when an object of this type is moved: it is null
/// afterwards, and can be asked. What counts is who follows it.
static bool isPointerLike(const CXXRecordDecl *RD, ASTContext &Ctx) {
  return !RD->lookup(Ctx.DeclarationNames.getCXXOperatorName(OO_Arrow)).empty();
}

static bool losesValue(QualType T) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  const CXXRecordDecl *Def = RD ? RD->getDefinition() : nullptr;
  return Def && !Def->isDependentType() && !Def->isLambda() &&
         Def->hasNonTrivialMoveConstructor();
}

/// The parameter that argument \p E of \p S is for; null when it is variadic,
/// or \p E is no argument.
static const ParmVarDecl *parameterFor(const Stmt *S, const Stmt *E) {
  const auto *Call = dyn_cast<Expr>(S);
  const FunctionDecl *Callee = Call ? calleeOf(Call) : nullptr;
  if (!Callee)
    return nullptr;
  auto Arguments = writtenArguments(Call);
  for (unsigned I = 0; I < Arguments.size() && I < Callee->getNumParams(); ++I)
    if (Arguments[I] == E)
      return Callee->getParamDecl(I);
  return nullptr;
}

static bool isUsed(const Stmt *S, const BodyMap &Body) {
  do
    S = Body.parent(S);
  while (S && isa<ExprWithCleanups, ParenExpr, CXXBindTemporaryExpr,
                  MaterializeTemporaryExpr>(S));
  return isa_and_nonnull<Expr>(S) || isa_and_nonnull<ReturnStmt>(S) ||
         isa_and_nonnull<DeclStmt>(S) || isa_and_nonnull<CoreturnStmt>(S);
}

/// What a method that is called on the variable does.
static Touch touchBy(const CXXMethodDecl *Method, const Stmt *Call,
                     const BodyMap &Body) {
  if (Method->isConst())
    return Method->getNumParams() == 0 &&
                   Method->getReturnType()->isBooleanType()
               ? Touch::None
               : Touch::Uses;
  // clear(), push_back(): begins anew.
  return isUsed(Call, Body) ? Touch::Uses : Touch::Renews;
}

static Touch touchOf(const DeclRefExpr *Ref, const BodyMap &Body,
                     bool IsPointer) {
  const Mention M = classify(Ref, Body, {});
  if (M.How == Use::Set)
    return Touch::Renews;
  if (M.How == Use::Asked || M.How == Use::Silenced)
    return Touch::None;
  const Stmt *Child = Ref, *S = Body.parent(Ref);
  bool IsMoved = false;
  for (; S; Child = S, S = Body.parent(S)) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (Call && Call->isCallToStdMove())
      IsMoved = true;
    else if (!isa<ParenExpr, ImplicitCastExpr, MaterializeTemporaryExpr,
                  CXXBindTemporaryExpr, ExprWithCleanups>(S))
      break;
  }
  if (!S)
    return Touch::None;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      Op && Op->getNumArgs() && Op->getArg(0) == Child &&
      isa_and_nonnull<CXXMethodDecl>(Op->getCalleeDecl())) {
    if (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star)
      return Touch::Uses;
    return IsPointer
               ? Touch::None
               : touchBy(cast<CXXMethodDecl>(Op->getCalleeDecl()), Op, Body);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(S)) {
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl())) {
      const Touch How = touchBy(Method, Body.parent(Member), Body);
      return IsPointer && How == Touch::Uses ? Touch::None : How;
    }
    // What is copied by a move is still there.
    if (IsPointer || !losesValue(Member->getType()))
      return Touch::None;
    const Stmt *Outer = Body.parent(Member);
    return isa_and_nonnull<ImplicitCastExpr>(Outer) ? Touch::Uses : Touch::None;
  }
  if (IsPointer)
    // It may be set by who gets a reference to it.
    return IsMoved ? Touch::None : Touch::Renews;
  if (const ParmVarDecl *P = parameterFor(S, Child)) {
    const QualType T = P->getType();
    if (T->isLValueReferenceType() && !T->getPointeeType().isConstQualified())
      return Touch::Renews;
    return Touch::Uses;
  }
  if (isa<LambdaExpr>(S))
    return Touch::Uses;
  return Touch::Renews;
}

namespace {

/// Which functions move from a parameter that is a reference.
class Takers {
public:
  explicit Takers(Unit &U) : U(U) {}

  /// Where \p FD moves from parameter \p P; null when it does not, or may put
  /// something else in its place.
  const DeclRefExpr *moveFrom(const FunctionDecl *FD, const ParmVarDecl *P) {
    auto [It, New] = Known.try_emplace(P, nullptr);
    if (!New)
      return It->second;
    const FunctionDecl *Def = nullptr;
    if (!FD->hasBody(Def) || !Def->getBody())
      return nullptr;
    const ParmVarDecl *Defined = Def->getParamDecl(P->getFunctionScopeIndex());
    const BodyMap &Body = U.body(Def);
    const DeclRefExpr *Found = nullptr;
    for (const DeclRefExpr *Ref : Body.mentions()) {
      if (Ref->getDecl() != Defined)
        continue;
      const Mention M = classify(Ref, Body, {});
      if (M.How == Use::Set)
        return nullptr;
      if (!Found && M.How == Use::Taken && isa<CXXConstructExpr>(M.By))
        Found = Ref;
    }
    return Known[P] = Found;
  }

private:
  Unit &U;
  llvm::DenseMap<const ParmVarDecl *, const DeclRefExpr *> Known;
};

} // namespace

/// Whether \p S stands in a handler of the try block that \p Within is in.
static bool isInHandlerOf(const Stmt *S, const Stmt *Within,
                          const BodyMap &Body) {
  for (; S; S = Body.parent(S)) {
    const auto *Try = dyn_cast_or_null<CXXTryStmt>(
        isa<CXXCatchStmt>(S) ? Body.parent(S) : nullptr);
    if (!Try)
      continue;
    for (const Stmt *W = Within; W; W = Body.parent(W))
      if (W == Try->getTryBlock())
        return true;
  }
  return false;
}

void UseAfterMoveCheck::analyze(Unit &U) {
  Takers Calls(U);
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || U.isExpectedToThrow(F))
      continue;
    const BodyMap &Body = U.body(F.Function);
    MovedBefore Problem;
    llvm::SmallPtrSet<const VarDecl *, 4> Shared;
    for (const DeclRefExpr *Ref : Body.mentions()) {
      const auto *Var = cast<VarDecl>(Ref->getDecl());
      const Stmt *Parent = Body.parent(Ref);
      // Whoever has a reference to it can give it a new value.
      if (isa_and_nonnull<LambdaExpr>(Parent) ||
          (isa_and_nonnull<UnaryOperator>(Parent) &&
           cast<UnaryOperator>(Parent)->getOpcode() == UO_AddrOf))
        Shared.insert(Var);
      const Expr *Await = Body.awaitAround(Ref);
      if (!Await || Var->getType()->isReferenceType() ||
          !losesValue(Var->getType()) || U.C.taskType(Var->getType()))
        continue;
      const Mention M = classify(Ref, Body, {});
      if (M.How == Use::Taken && isa<CXXConstructExpr>(M.By)) {
        Problem.add(M.By, {Var, Ref, Await});
        continue;
      }
      if (M.How != Use::Other)
        continue;
      const Stmt *Call = Parent;
      if (const ParmVarDecl *P = Call ? parameterFor(Call, Ref) : nullptr;
          P && P->getType()->isLValueReferenceType() &&
          !P->getType()->getPointeeType().isConstQualified())
        if (const auto *FD = dyn_cast<FunctionDecl>(P->getDeclContext()))
          if (const DeclRefExpr *Within = Calls.moveFrom(FD, P))
            Problem.add(Call, {Var, Ref, Await, Within});
    }
    if (Problem.Moves.empty())
      continue;
    llvm::SmallPtrSet<const ValueDecl *, 4> Moved;
    llvm::SmallPtrSet<const DeclRefExpr *, 4> Moving;
    for (const Move &M : Problem.Moves) {
      Moved.insert(M.Var);
      Moving.insert(M.Ref);
    }
    for (const DeclRefExpr *Ref : Body.mentions())
      if (Moved.contains(Ref->getDecl()) && !Moving.contains(Ref)) {
        const CXXRecordDecl *RD = Ref->getType()->getAsCXXRecordDecl();
        Problem.Touches[Ref] = {
            Ref, touchOf(Ref, Body, isPointerLike(RD->getDefinition(), U.Ctx))};
      }
    const FunctionFlow *Flow = U.flow(F.Function);
    if (!Flow)
      continue;
    llvm::SmallPtrSet<const VarDecl *, 4> Done;
    Flow->solve(Problem, llvm::BitVector(Problem.Moves.size()))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          auto It =
              S ? Problem.Touches.find(S->getStmt()) : Problem.Touches.end();
          if (It == Problem.Touches.end() || It->second.second != Touch::Uses)
            return;
          const DeclRefExpr *Ref = It->second.first;
          for (unsigned Number : Facts.set_bits()) {
            const Move &M = Problem.Moves[Number];
            if (M.Var != Ref->getDecl() || Shared.contains(M.Var) ||
                Done.contains(M.Var) || Body.awaitAround(Ref) == M.Await ||
                Body.mayExclude(M.Ref, Ref))
              continue;
            const bool IsHandler = isInHandlerOf(Ref, M.Ref, Body);
            // Where it has not failed, the function may say what it took.
            if (M.Within && !IsHandler)
              continue;
            Done.insert(M.Var);
            const std::string Name = "'" + M.Var->getNameAsString() + "'";
            Finding Found;
            Found.Loc = Ref->getLocation();
            Found.Message = Name +
                            " has been moved into the work that was awaited" +
                            (IsHandler ? ", and is gone when that fails" : "") +
                            "; use it before, or give the work a copy";
            Found.Ranges.push_back(Ref->getSourceRange());
            Found.Notes.push_back(
                {M.Within ? M.Within->getLocation() : M.Ref->getLocation(),
                 "moved here"});
            if (M.Within)
              Found.Notes.push_back({M.Ref->getLocation(), "passed here"});
            report(Found);
          }
        });
  }
}
