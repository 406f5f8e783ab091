//===-- ThreadLocalAcrossSuspend.cpp - async-thread-local-... ---*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Flow.h"
#include "core/Names.h"
#include "core/Walk.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds pointers and references to variables of a thread that are used after
/// the coroutine may have moved to another one.
class ThreadLocalAcrossSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void function(Unit &U, const FunctionSummary &F);
};

const Register<ThreadLocalAcrossSuspendCheck> R({
    .Name = "async-thread-local-across-suspend",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a pointer or reference to a thread_local variable, used after "
               "a suspension point, may be that of another thread",
});

} // namespace

static const VarDecl *threadLocalReturnedBy(const FunctionDecl *FD,
                                            unsigned Depth);

/// The thread_local variable that \p E refers to: as its name, its address, or
/// by a function that returns either.
static const VarDecl *threadLocalBehind(const Expr *E, unsigned Depth = 0) {
  E = stripImplicit(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf
               ? threadLocalBehind(Unary->getSubExpr(), Depth)
               : nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return threadLocalReturnedBy(Call->getDirectCallee(), Depth + 1);
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Member = dyn_cast<MemberExpr>(E);
  if (Member && isa<FieldDecl>(Member->getMemberDecl()))
    return Member->isArrow() ? nullptr
                             : threadLocalBehind(Member->getBase(), Depth);
  const auto *Var = dyn_cast_or_null<VarDecl>(Ref      ? Ref->getDecl()
                                              : Member ? Member->getMemberDecl()
                                                       : nullptr);
  return Var && Var->getTLSKind() != VarDecl::TLS_None ? Var : nullptr;
}

static const VarDecl *threadLocalReturnedBy(const FunctionDecl *FD,
                                            unsigned Depth) {
  const FunctionDecl *Def = nullptr;
  if (!FD || Depth > 4 || !FD->hasBody(Def) || coroutineBody(Def) ||
      !(FD->getReturnType()->isReferenceType() ||
        FD->getReturnType()->isPointerType()))
    return nullptr;
  const VarDecl *Found = nullptr;
  walkBody(Def->getBody(), [&](const Stmt *S) {
    if (const auto *Return = dyn_cast<ReturnStmt>(S))
      if (const Expr *Value = Return->getRetValue(); Value && !Found) {
        const Expr *Plain = stripImplicit(Value);
        // A pointer that is kept in such a variable may be anybody's.
        if (FD->getReturnType()->isReferenceType() ||
            isa<UnaryOperator, CallExpr>(Plain))
          Found = threadLocalBehind(Value, Depth);
      }
    return !Found;
  });
  return Found;
}

namespace {

/// Per variable two facts: it refers to what its thread had when it was last
/// set, and it has been suspended since then.
class Stale final : public FlowProblem {
public:
  explicit Stale(const FunctionFlow &Flow) : Flow(Flow) {}

  struct Reference {
    const VarDecl *Var, *Of;
  };

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (Flow.suspensionAt(Element)) {
      for (unsigned I = 0; I < Variables.size(); ++I)
        if (Facts.test(2 * I))
          Facts.set(2 * I + 1);
      return;
    }
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt())) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit())
          set(Var, Var->getInit(), Facts);
    } else if (const auto *Assign = dyn_cast<BinaryOperator>(S->getStmt())) {
      if (Assign->getOpcode() == BO_Assign)
        if (const auto *Ref =
                dyn_cast<DeclRefExpr>(stripImplicit(Assign->getLHS())))
          if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
              Var && !Var->getType()->isReferenceType())
            set(Var, Assign->getRHS(), Facts);
    }
  }

  std::optional<unsigned> indexOf(const ValueDecl *D) const {
    for (unsigned I = 0; I < Variables.size(); ++I)
      if (Variables[I].Var == D)
        return I;
    return std::nullopt;
  }

  std::vector<Reference> Variables;

private:
  void set(const VarDecl *Var, const Expr *Value, llvm::BitVector &Facts) {
    std::optional<unsigned> Index = indexOf(Var);
    if (!Index)
      return;
    Facts.reset(2 * *Index + 1);
    Facts[2 * *Index] = threadLocalBehind(Value) != nullptr;
  }

  const FunctionFlow &Flow;
};

} // namespace

void ThreadLocalAcrossSuspendCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    // Where coroutines keep to their thread, its variables stay theirs.
    if (F.Coro && F.Suspends && F.Coro->Kind != CoroutineKind::Generator &&
        !(F.Coro->Library && F.Coro->Library.Library->SingleThreaded))
      function(U, F);
}

void ThreadLocalAcrossSuspendCheck::function(Unit &U,
                                             const FunctionSummary &F) {
  std::vector<Stale::Reference> Variables;
  llvm::SmallPtrSet<const Expr *, 8> Overwritten;
  auto Add = [&](const ValueDecl *D, const Expr *Value) {
    const auto *Var = dyn_cast<VarDecl>(D);
    if (Var && Var->hasLocalStorage() &&
        (Var->getType()->isReferenceType() || Var->getType()->isPointerType()))
      if (const VarDecl *Of = threadLocalBehind(Value))
        // A pointer that is kept in such a variable may be anybody's.
        if (Var->getType()->isReferenceType() ||
            !isa<DeclRefExpr>(stripImplicit(Value)))
          Variables.push_back({Var, Of});
  };
  walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit())
          Add(Var, Var->getInit());
    } else if (const auto *Assign = dyn_cast<BinaryOperator>(S)) {
      if (Assign->getOpcode() == BO_Assign)
        if (const auto *Ref =
                dyn_cast<DeclRefExpr>(stripImplicit(Assign->getLHS()))) {
          Add(Ref->getDecl(), Assign->getRHS());
          if (!Ref->getDecl()->getType()->isReferenceType())
            Overwritten.insert(Ref);
        }
    }
    return true;
  });
  if (Variables.empty())
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  Stale Problem(*Flow);
  Problem.Variables = std::move(Variables);
  llvm::SmallPtrSet<const ValueDecl *, 4> Reported;
  Flow->solve(Problem, llvm::BitVector(2 * Problem.Variables.size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        const auto *Ref = S ? dyn_cast<DeclRefExpr>(S->getStmt()) : nullptr;
        std::optional<unsigned> Index =
            Ref ? Problem.indexOf(Ref->getDecl()) : std::nullopt;
        if (!Index || !Facts.test(2 * *Index + 1) ||
            Overwritten.contains(Ref) ||
            !Reported.insert(Ref->getDecl()).second)
          return;
        const Stale::Reference &Known = Problem.Variables[*Index];
        Finding Result;
        Result.Loc = Ref->getBeginLoc();
        Result.Message =
            "'" + Known.Var->getNameAsString() + "' refers to thread_local '" +
            Known.Of->getNameAsString() +
            "' of the thread that the coroutine was on before it was "
            "suspended; it may be on another one now; ask for it again";
        Result.Ranges.push_back(Ref->getSourceRange());
        Result.Notes.push_back({Known.Var->getLocation(), "set here"});
        report(std::move(Result));
      });
}
