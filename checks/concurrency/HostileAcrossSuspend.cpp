//===-- HostileAcrossSuspend.cpp - async-hostile-across-suspend -*- C++ -*-===//
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

/// Finds objects whose effect is on the thread, and which exist where a
/// coroutine is suspended.
class HostileAcrossSuspendCheck final : public Check {
public:
  HostileAcrossSuspendCheck(StringRef Name, tidy::ClangTidyContext *Context)
      : Check(Name, Context), Types(*this, "Types", "") {}

  void analyze(Unit &U) override;

private:
  /// Why an object of \p T must not exist at a suspension point; empty when it
  /// may.
  std::string reason(Unit &U, QualType T);
  void function(Unit &U, const FunctionSummary &F);

  ListOption Types;
  llvm::DenseMap<const CXXRecordDecl *, std::string> Reasons;
};

const Register<HostileAcrossSuspendCheck> R({
    .Name = "async-hostile-across-suspend",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an object that changes something of its thread, and lives on "
               "while the coroutine is suspended, changes it for others",
});

/// Which of some variables exist where.
class Alive final : public FlowProblem {
public:
  Alive(std::vector<const VarDecl *> Variables, const ModelIndex &Index)
      : Variables(std::move(Variables)), Index(Index) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (auto Dtor = Element.getAs<CFGAutomaticObjDtor>())
      set(Dtor->getVarDecl(), false, Facts);
    else if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>()) {
      if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt()))
        for (const Decl *D : Declares->decls())
          set(dyn_cast<VarDecl>(D), true, Facts);
      else if (const auto *Call = dyn_cast<CallExpr>(S->getStmt());
               Call && (Call->isCallToStdMove() || endsIt(Call)))
        if (const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(
                Call->isCallToStdMove() ? Call->getArg(0) : objectOf(Call))))
          set(dyn_cast<VarDecl>(Ref->getDecl()), false, Facts);
    }
  }

  const VarDecl *owner(unsigned Fact) override { return Variables[Fact]; }

  const std::vector<const VarDecl *> Variables;

private:
  /// Whether \p Call ends an object's effect before its destructor would.
  bool endsIt(const CallExpr *Call) const {
    const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(Call);
    const CXXMethodDecl *MD =
        MemberCall ? MemberCall->getMethodDecl() : nullptr;
    return MD && MD->getIdentifier() && Index.isEnderName(MD->getName());
  }

  void set(const VarDecl *Var, bool IsAlive, llvm::BitVector &Facts) {
    auto It = llvm::find(Variables, Var);
    if (Var && It != Variables.end())
      Facts[It - Variables.begin()] = IsAlive;
  }

  const ModelIndex &Index;
};

} // namespace

/// The thread_local variable that \p FD gives a new value to, if any.
static const VarDecl *changesThreadLocal(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD || !FD->hasBody(Def))
    return nullptr;
  const VarDecl *Changed = nullptr;
  auto Look = [&](const Expr *E) {
    const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(E));
    const auto *Member = dyn_cast<MemberExpr>(stripImplicit(E));
    const auto *Var =
        dyn_cast_or_null<VarDecl>(Ref      ? Ref->getDecl()
                                  : Member ? Member->getMemberDecl()
                                           : nullptr);
    if (Var && Var->getTLSKind() != VarDecl::TLS_None && !Changed)
      Changed = Var->getCanonicalDecl();
  };
  walkFunction(Def, [&](const Stmt *S) {
    if (const auto *Assign = dyn_cast<BinaryOperator>(S)) {
      if (Assign->isAssignmentOp())
        Look(Assign->getLHS());
    } else if (const auto *Step = dyn_cast<UnaryOperator>(S)) {
      if (Step->isIncrementDecrementOp())
        Look(Step->getSubExpr());
    } else if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(S)) {
      if (Call->getOperator() == OO_Equal)
        Look(Call->getArg(0));
    } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
          (Callee->getName() == "exchange" || Callee->getName() == "swap"))
        for (const Expr *Argument : Call->arguments())
          Look(Argument);
    }
    return true;
  });
  return Changed;
}

std::string HostileAcrossSuspendCheck::reason(Unit &U, QualType T) {
  const CXXRecordDecl *RD =
      T->isPointerType() ? nullptr : recordOf(T.getNonReferenceType());
  if (!RD)
    return "";
  auto [It, New] = Reasons.try_emplace(RD->getCanonicalDecl());
  if (!New)
    return It->second;
  std::string Reason;
  if (const TypeModel *Known = U.M.type(RD); Known && Known->ThreadScope.Model)
    Reason = Known->ThreadScope.Model->Because;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    if (!Reason.empty())
      return true;
    if (Types.contains(Class->getQualifiedNameAsString()))
      Reason = "the project's configuration says that it must not";
    for (const auto *A : Class->specific_attrs<AnnotateAttr>())
      if (A->getAnnotation() == "async::must_not_suspend")
        Reason = "its class says that it must not";
    return !Reason.empty();
  });
  const CXXRecordDecl *Def = definitionOf(RD);
  if (Reason.empty() && Def && !U.M.isLibraryCode(Def) &&
      Def->hasUserDeclaredDestructor())
    if (const VarDecl *Restored = changesThreadLocal(Def->getDestructor()))
      for (const CXXConstructorDecl *Ctor : Def->ctors())
        if (changesThreadLocal(Ctor) == Restored)
          Reason = "it changes thread_local '" + Restored->getNameAsString() +
                   "' until it is destroyed";
  return Reasons[RD->getCanonicalDecl()] = Reason;
}

void HostileAcrossSuspendCheck::analyze(Unit &U) {
  Reasons.clear();
  for (const FunctionSummary &F : U.functions())
    if (F.Coro && F.Suspends)
      function(U, F);
}

void HostileAcrossSuspendCheck::function(Unit &U, const FunctionSummary &F) {
  std::vector<const VarDecl *> Variables;
  walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D))
          if (Var->hasLocalStorage() && !Var->getType()->isReferenceType() &&
              !reason(U, Var->getType()).empty())
            Variables.push_back(Var);
    return true;
  });
  if (Variables.empty())
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  Alive Problem(std::move(Variables), U.M.index());
  std::vector<const Expr *> First(Problem.Variables.size());
  Flow->solve(Problem, llvm::BitVector(Problem.Variables.size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        if (const Expr *Suspension = Flow->suspensionAt(Element))
          for (unsigned Fact : Facts.set_bits())
            if (!First[Fact])
              First[Fact] = Suspension;
      });
  for (const auto &[Var, Suspension] : llvm::zip(Problem.Variables, First)) {
    if (!Suspension)
      continue;
    Finding Result;
    Result.Loc = Suspension->getBeginLoc();
    Result.Message =
        "the coroutine is suspended while '" + Var->getNameAsString() +
        "' exists: " + reason(U, Var->getType()) +
        "; other code runs on this thread meanwhile, and the coroutine may go "
        "on on another one; destroy it before the await";
    Result.Ranges.push_back(Suspension->getSourceRange());
    Result.Notes.push_back({Var->getLocation(), "declared here"});
    report(std::move(Result));
  }
}
