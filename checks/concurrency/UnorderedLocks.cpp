//===-- UnorderedLocks.cpp - async-unordered-locks ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds locks that several tasks of one call acquire at the same time, and
/// that are kept when these have ended: two such calls may each get some of
/// them, and wait for the others.
class UnorderedLocksCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<UnorderedLocksCheck> R({
    .Name = "async-unordered-locks",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "locks that are acquired all at once, in no order, and kept: "
               "two such calls wait for each other forever",
});

} // namespace

/// Whether \p Call runs a callable for several objects at once.
static bool fansOut(const Expr *Call, Unit &U) {
  const FunctionDecl *Callee = calleeOf(Call);
  const FunctionModel *Known = Callee ? U.M.function(Call) : nullptr;
  if (!Known || Known->Callables.empty())
    return false;
  const std::string Name = qualifiedName(Callee);
  return llvm::any_of(Known->Callables, [&](const ModelRef<CallableModel> &M) {
    return llvm::any_of(M.Library.Library->Combines,
                        [&](const std::string &Combines) {
                          return M.Library.qualify(Combines) == Name;
                        });
  });
}

/// Whether \p Await waits for a lock, and its value is what gives it back.
static bool locks(const CoawaitExpr *Await, Unit &U) {
  const QualType T = Await->getType();
  const TypeModel *Known = T->isRecordType() ? U.M.type(T) : nullptr;
  return Known && Known->Guard.Model;
}

static bool mentionsAny(const Stmt *S, llvm::ArrayRef<ParmVarDecl *> Params) {
  bool Result = false;
  walkBody(S, [&](const Stmt *Part) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Part);
    Result |= Ref && llvm::is_contained(Params, Ref->getDecl());
    return !Result;
  });
  return Result;
}

/// Whether \p E, an object, is not one of the lambda's own: a capture, a member
/// of one.
static bool isCaptured(const Expr *E, const CXXMethodDecl *Lambda) {
  for (E = stripImplicit(E);;) {
    if (isa<CXXThisExpr>(E))
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->refersToEnclosingVariableOrCapture() ||
             (isa<VarDecl>(Ref->getDecl()) &&
              cast<VarDecl>(Ref->getDecl())->hasGlobalStorage());
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      E = stripImplicit(Member->getBase());
    else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
      E = stripImplicit(Subscript->getBase());
    else if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = stripImplicit(Unary->getSubExpr());
    else if (const auto *Call = dyn_cast<CallExpr>(E); Call && objectOf(Call))
      E = stripImplicit(objectOf(Call));
    else
      return false;
  }
}

/// Whether \p E, a lock that is held, is put somewhere outside of \p Lambda.
static bool isKept(const Expr *E, const CXXMethodDecl *Lambda,
                   const BodyMap &Body) {
  const Stmt *Now = E;
  for (const Stmt *Parent = Body.parent(Now); Parent;
       Now = Parent, Parent = Body.parent(Parent)) {
    if (const auto *Call = dyn_cast<CallExpr>(Parent)) {
      if (Call->isCallToStdMove())
        continue;
      const Expr *Object = objectOf(Call);
      return Object && Object != Now && isCaptured(Object, Lambda);
    }
    if (isa<CoreturnStmt, ReturnStmt>(Parent))
      return true;
    if (!isa<ImplicitCastExpr, ExprWithCleanups, MaterializeTemporaryExpr,
             CXXBindTemporaryExpr, CXXConstructExpr, ParenExpr,
             ExplicitCastExpr>(Parent))
      return false;
  }
  return false;
}

/// Where \p L acquires a lock that it keeps; null when it does not.
static const CoawaitExpr *lockKept(const LambdaExpr *L, Unit &U) {
  const CXXMethodDecl *Operator = L->getCallOperator();
  if (!coroutineBody(Operator) || Operator->param_empty())
    return nullptr;
  const BodyMap &Body = U.body(Operator);
  const CoawaitExpr *Result = nullptr;
  llvm::DenseMap<const VarDecl *, const CoawaitExpr *> Held;
  walkFunction(Operator, [&](const Stmt *S) {
    if (Result)
      return false;
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit())
          if (const auto *Await =
                  dyn_cast<CoawaitExpr>(stripImplicit(Var->getInit()));
              Await && locks(Await, U))
            Held[Var] = Await;
    } else if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
      // One lock for all is no order of locks.
      if (locks(Await, U) &&
          mentionsAny(Await->getOperand(), Operator->parameters()) &&
          isKept(Await, Operator, Body))
        Result = Await;
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      const CoawaitExpr *Await = Var ? Held.lookup(Var) : nullptr;
      if (Await && mentionsAny(Await->getOperand(), Operator->parameters()) &&
          isKept(Ref, Operator, Body))
        Result = Await;
    }
    return true;
  });
  return Result;
}

/// Whether \p FD, or a function around it, waits for a lock itself: it may
/// admit one call at a time.
static bool isSerialized(const FunctionDecl *FD, Unit &U) {
  for (; FD;) {
    bool Locks = false;
    walkFunction(FD, [&](const Stmt *S) {
      const auto *E = dyn_cast<Expr>(S);
      if (const auto *Await = dyn_cast<CoawaitExpr>(S))
        Locks |= locks(Await, U);
      if (E && calleeOf(E))
        if (const FunctionModel *Known = U.M.function(E))
          Locks |= bool(Known->AwaitedLock.Model);
      return !Locks;
    });
    if (Locks)
      return true;
    const auto *MD = dyn_cast<CXXMethodDecl>(FD);
    if (!MD || !MD->getParent()->isLambda())
      return false;
    const DeclContext *DC = MD->getParent()->getDeclContext();
    while (DC && !isa<FunctionDecl>(DC))
      DC = DC->getParent();
    FD = cast_or_null<FunctionDecl>(DC);
  }
  return false;
}

void UnorderedLocksCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<Expr>(S);
      if (!Call || !isa<CallExpr, CXXConstructExpr>(Call) || !fansOut(Call, U))
        return true;
      for (const Expr *A : writtenArguments(Call)) {
        const LambdaExpr *L = lambdaIn(A, U.M);
        const CoawaitExpr *Await = L ? lockKept(L, U) : nullptr;
        if (!Await || isSerialized(F.Function, U))
          continue;
        Finding Found;
        Found.Loc = Await->getKeywordLoc();
        Found.Ranges.push_back(Await->getSourceRange());
        Found.Message =
            "this lock is kept, and '" + displayCallee(Call, calleeOf(Call)) +
            "' acquires those of all at once: another call may hold some of "
            "them and wait for the others; acquire them one after the other, "
            "or a first one before all others";
        Found.Notes.push_back({Call->getExprLoc(), "acquired at once here"});
        report(std::move(Found));
      }
      return true;
    });
}
