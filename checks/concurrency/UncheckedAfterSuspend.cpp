//===-- UncheckedAfterSuspend.cpp - async-unchecked-after-suspend -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Names.h"
#include "core/Presence.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds pointers and optionals that a coroutine follows after a suspension,
/// because it has tested them before.
class UncheckedAfterSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<UncheckedAfterSuspendCheck> R({
    .Name = "async-unchecked-after-suspend",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a pointer or optional that was tested before a suspension may "
               "be empty after it",
});

/// A pointer or optional that is tested.
struct Tested : TestedObject {
  /// Who may leave it empty while the coroutine is suspended.
  llvm::SmallVector<ContainerChange, 2> Emptied;
  /// The functions of which it is given the results.
  llvm::SmallPtrSet<const FunctionDecl *, 2> Sources;
};

/// The facts about one object.
enum Fact : unsigned {
  Known,   ///< something was in it when it was tested
  Stale,   ///< and the coroutine has been suspended since
  Renewed, ///< it was given a newer value of the same origin since
  NumFacts
};

class Tests final : public FlowProblem {
public:
  Tests(const FunctionFlow &Flow, llvm::ArrayRef<Tested> Objects,
        const ContainerChanges &Changes)
      : Flow(Flow), Objects(Objects), Changes(Changes) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override;
  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override;

private:
  const FunctionFlow &Flow;
  const llvm::ArrayRef<Tested> Objects;
  const ContainerChanges &Changes;
};

} // namespace

/// The object that \p S assigns to, and the value; null when it does not.
static std::pair<const Expr *, const Expr *> assignment(const Stmt *S) {
  if (const auto *Assign = dyn_cast<BinaryOperator>(S))
    if (Assign->getOpcode() == BO_Assign)
      return {Assign->getLHS(), Assign->getRHS()};
  if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S))
    if (Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2)
      return {Assign->getArg(0), Assign->getArg(1)};
  return {};
}

/// The function whose result \p Value is.
static const FunctionDecl *sourceOf(const Expr *Value) {
  const Expr *E = stripImplicit(Value);
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && !Callee->isInStdNamespace() ? Callee->getCanonicalDecl()
                                               : nullptr;
}

void Tests::transfer(const CFGElement &Element, llvm::BitVector &Facts) {
  if (Flow.suspensionAt(Element))
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Facts.test(NumFacts * I + Known))
        Facts.set(NumFacts * I + Stale);
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  if (!S)
    return;
  auto Set = [&](unsigned Number, const Expr *Value) {
    const unsigned First = NumFacts * Number;
    const bool IsRenewed = Value && Facts.test(First + Stale) &&
                           Objects[Number].Sources.contains(sourceOf(Value));
    Facts.reset(First, First + NumFacts);
    Facts[First + Renewed] = IsRenewed;
  };
  const auto [Left, Right] = assignment(S->getStmt());
  if (std::optional<unsigned> Number = numberOf(Left, Objects))
    return Set(*Number, Right);
  if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt())) {
    for (const Decl *D : Declares->decls())
      for (unsigned I = 0; I != Objects.size(); ++I)
        if (Objects[I].Path.Base == D)
          Facts.reset(NumFacts * I, NumFacts * (I + 1));
    return;
  }
  // Any other call on the object or with it may fill it.
  const auto *Call = dyn_cast<CallExpr>(S->getStmt());
  if (!Call || isa<CXXOperatorCallExpr>(Call))
    return;
  for (const Expr *A : Call->arguments())
    if (A->isGLValue() && !A->getType().isConstQualified())
      if (std::optional<unsigned> Number = numberOf(A, Objects))
        Set(*Number, nullptr);
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Call)) {
    const CXXMethodDecl *MD = Method->getMethodDecl();
    const Expr *Object = Method->getImplicitObjectArgument();
    if (MD && !MD->isConst() && !isa<CXXConversionDecl>(MD) && Object &&
        !Object->getType()->isPointerType())
      if (std::optional<unsigned> Number = numberOf(Object, Objects);
          Number && changesObject(MD))
        Set(*Number, nullptr);
  }
}

void Tests::assume(const Expr *Condition, bool Value, llvm::BitVector &Facts) {
  if (std::optional<PresenceTest> Test = presenceTest(Condition))
    for (unsigned I = 0; I != Objects.size(); ++I)
      if (Objects[I].Path == Test->Of) {
        Facts.reset(NumFacts * I, NumFacts * (I + 1));
        Facts[NumFacts * I + Known] = Test->IsPresent == Value;
      }
  // A condition that looks at the object in another way, or at the mark that
  // all who empty it leave, tells as much.
  llvm::SmallPtrSet<const ValueDecl *, 4> Members;
  llvm::SmallVector<unsigned, 2> Seen;
  walkBody(Condition, [&](const Stmt *S) {
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      Members.insert(Member->getMemberDecl());
    if (const auto *E = dyn_cast<Expr>(S))
      if (std::optional<unsigned> Number = numberOf(E, Objects))
        Seen.push_back(*Number);
    return true;
  });
  for (unsigned I = 0; I != Objects.size(); ++I) {
    const Tested &Object = Objects[I];
    if (llvm::is_contained(Seen, I) ||
        (!Object.Emptied.empty() &&
         llvm::any_of(Members, [&](const ValueDecl *D) {
           return llvm::all_of(Object.Emptied, [&](const ContainerChange &C) {
             return Changes.mentions(C.In, D);
           });
         }))) {
      Facts.reset(NumFacts * I + Stale);
      Facts.reset(NumFacts * I + Renewed);
    }
  }
}

/// The pointers and optionals that conditions of \p FD test.
static std::vector<Tested> nullableObjects(const FunctionDecl *FD) {
  std::vector<Tested> Objects;
  for (const TestedObject &Object : testedObjects(FD)) {
    const AccessPath &Path = Object.Path;
    const ValueDecl *Last =
        Path.Members.empty() ? Path.Base : Path.Members.back();
    if (Last && isNullable(Last->getType()))
      Objects.push_back({Object, {}, {}});
  }
  // Where a variable gets its values from.
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D); Var && Var->getInit())
          for (Tested &Object : Objects)
            if (Object.Path.Base == Var && Object.Path.Members.empty())
              if (const FunctionDecl *Source = sourceOf(Var->getInit()))
                Object.Sources.insert(Source);
    }
    return true;
  });
  return Objects;
}

void UncheckedAfterSuspendCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Coro->Kind == CoroutineKind::Generator)
      continue;
    std::vector<Tested> Objects = nullableObjects(F.Function);
    if (Objects.empty())
      continue;
    for (Tested &Object : Objects)
      if (!Object.Path.isLocal() && !Object.Path.Members.empty())
        Object.Emptied =
            U.changes().during(F.Function, Object.Path.Members.back());
    llvm::erase_if(Objects, [](const Tested &Object) {
      return Object.Emptied.empty() && Object.Sources.empty();
    });
    const FunctionFlow *Flow = Objects.empty() ? nullptr : U.flow(F.Function);
    if (!Flow)
      continue;

    Tests Problem(*Flow, Objects, U.changes());
    llvm::MapVector<unsigned, const Expr *> Stales, Renewals;
    Flow->solve(Problem, llvm::BitVector(NumFacts * Objects.size()))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const auto *E = S ? dyn_cast<Expr>(S->getStmt()) : nullptr;
          std::optional<unsigned> Number =
              E ? numberOf(followedBy(E), Objects) : std::nullopt;
          if (!Number)
            return;
          if (Facts.test(NumFacts * *Number + Renewed))
            Renewals.insert({*Number, E});
          else if (Facts.test(NumFacts * *Number + Stale) &&
                   !Objects[*Number].Emptied.empty())
            Stales.insert({*Number, E});
        });
    auto Report = [&](unsigned Number, const Expr *At, std::string Message) {
      const Tested &Object = Objects[Number];
      Finding Found;
      Found.Loc = followedBy(At)->getExprLoc();
      Found.Ranges.push_back(At->getSourceRange());
      Found.Message = std::move(Message);
      Found.Notes.push_back({Object.At->getExprLoc(), "tested here"});
      if (!Object.Emptied.empty())
        Found.Notes.push_back(
            {Object.Emptied.front().At->getExprLoc(), "emptied here"});
      report(std::move(Found));
    };
    for (const auto &[Number, At] : Renewals)
      Report(Number, At,
             "'" + Objects[Number].Path.name() +
                 "' was tested before a suspension, and not since it was read "
                 "again; it may be empty by now; test it again");
    for (const auto &[Number, At] : Stales)
      Report(Number, At,
             "'" + Objects[Number].Path.name() +
                 "' was tested before a suspension in which '" +
                 displayName(Objects[Number].Emptied.front().In) +
                 "' may have emptied it; test it again");
  }
}
