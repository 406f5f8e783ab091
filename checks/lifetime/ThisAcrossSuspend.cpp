//===-- ThisAcrossSuspend.cpp - async-this-across-suspend -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Names.h"
#include "core/OwnObject.h"
#include "core/Presence.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds member coroutines that use their object when it may be gone: nobody
/// waits for them, so that nobody has a reason to keep it; or who waits for
/// them keeps it in a member that others empty meanwhile.
class ThisAcrossSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void fix(const Counted &Class, const FunctionSummary &F, Finding &Found);
  void stranded(const Counted &Class, const FunctionSummary &F,
                const UnguardedUse &Late);
  void aborted(Unit &U, const FunctionSummary &F);
  void replaced(Unit &U, const FunctionSummary &F);

  /// Who is told to end its work is told so while that goes on.
  ListOption AbortFunctions{*this, "AbortFunctions", "abort"};
};

const Register<ThisAcrossSuspendCheck> R({
    .Name = "async-this-across-suspend",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a coroutine that nobody waits for, and that holds no reference "
               "to its object, uses it when it may be gone",
});

} // namespace

/// Inserts a reference to the object, for the time that the coroutine runs.
void ThisAcrossSuspendCheck::fix(const Counted &Class, const FunctionSummary &F,
                                 Finding &Found) {
  const auto *MD = cast<CXXMethodDecl>(F.Function);
  const auto *Body = dyn_cast<CompoundStmt>(coroutineBody(MD));
  // The body of a lazy coroutine may not even begin in time.
  if (!Body || F.Coro->When != Start::Eager || MD->isConst() ||
      MD->isTemplateInstantiation() ||
      isa<ClassTemplateSpecializationDecl>(MD->getParent()) ||
      Body->getLBracLoc().isMacroID() || Body->body_empty() ||
      Body->body_front()->getBeginLoc().isMacroID())
    return;
  bool IsTaken = llvm::any_of(MD->parameters(), [](const ParmVarDecl *P) {
    return P->getName() == "self";
  });
  walkBody(Body, [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      IsTaken |= Ref->getDecl()->getDeclName().getAsString() == "self";
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      IsTaken |= Member->getMemberDecl()->getDeclName().getAsString() == "self";
    if (const auto *Declares = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declares->decls())
        if (const auto *Named = dyn_cast<NamedDecl>(D))
          IsTaken |= Named->getDeclName().getAsString() == "self";
    return !IsTaken;
  });
  const SourceLocation At = Body->body_front()->getBeginLoc();
  const unsigned Column =
      MD->getASTContext().getSourceManager().getSpellingColumnNumber(At);
  if (!IsTaken)
    Found.Fixes.push_back(FixItHint::CreateInsertion(
        At, "auto self = " + Class.Model.Model->Self + ";\n" +
                std::string(Column - 1, ' ')));
}

void ThisAcrossSuspendCheck::stranded(const Counted &Class,
                                      const FunctionSummary &F,
                                      const UnguardedUse &Late) {
  const auto *MD = cast<CXXMethodDecl>(F.Function);
  const bool IsOwned = Class.Model.Model->Owned;
  Finding Found;
  Found.Loc = Late.At->getExprLoc();
  Found.Message =
      "'" + displayName(MD) + "' changes its object after " +
      (IsOwned ? "an operation that goes on when the object has been deleted: "
                 "nothing in the coroutine knows of that"
               : "it has been moved back to an event loop, which may have "
                 "released the object meanwhile: the coroutine holds no "
                 "reference") +
      "; keep '" + Class.Model.Model->Self +
      "' in a variable from before the suspension on" +
      (IsOwned ? ", and test it" : "");
  Found.Notes.push_back({Late.Suspension->getExprLoc(), "suspended here"});
  if (!IsOwned)
    fix(Class, F, Found);
  report(std::move(Found));
}

void ThisAcrossSuspendCheck::aborted(Unit &U, const FunctionSummary &F) {
  const auto *MD = cast<CXXMethodDecl>(F.Function);
  if (!MD->getIdentifier() || !AbortFunctions.contains(MD->getName()) ||
      !stopsAtOnce(U, F))
    return;
  const LeftBehind Left = leftBehindBy(U, MD);
  if (!Left)
    return;
  Finding Found;
  Found.Loc = MD->getLocation();
  Found.Message = "'" + displayName(MD) + "' waits for nothing, while '" +
                  displayName(Left.Coroutine) +
                  "' may be suspended and change the object later, which may "
                  "be gone by then; hold a gate there, and close it here";
  Found.Notes.push_back({Left.Late.Suspension->getExprLoc(), "suspended here"});
  Found.Notes.push_back({Left.Late.At->getExprLoc(), "changed here"});
  report(std::move(Found));
}

/// The member of its own object in which a function has the object that \p Call
/// is made on, and nobody else has that: what empties the member destroys it.
static const FieldDecl *onlyOwner(const CallExpr *Call) {
  const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(
      objectOf(Call) ? stripImplicit(objectOf(Call)) : nullptr);
  const FieldDecl *Field =
      Op && Op->getNumArgs() == 1 &&
              (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star)
          ? ownMember(Op->getArg(0))
          : nullptr;
  const CXXRecordDecl *RD =
      Field ? Field->getType()->getAsCXXRecordDecl() : nullptr;
  return RD && isNullable(Field->getType()) && !isCopyable(RD) ? Field
                                                               : nullptr;
}

/// Whether \p S asks for members of its object other than \p Field.
static bool asksForOthers(const Stmt *S, const FieldDecl *Field) {
  bool Asks = false;
  walkBody(S, [&](const Stmt *Part) {
    if (const auto *Member = dyn_cast<MemberExpr>(Part))
      Asks |= isa<CXXThisExpr>(stripImplicit(Member->getBase())) &&
              Member->getMemberDecl() != Field;
    return !Asks;
  });
  return Asks;
}

/// Whether \p Change may have been put off until nobody uses the object any
/// more: it is made under a condition of which the object knows, or after the
/// end of something has been awaited.
static bool mayHaveWaited(Unit &U, const ContainerChange &Change,
                          const FieldDecl *Field) {
  const BodyMap &Body = U.body(Change.In);
  for (const Stmt *Child = Change.At, *S; (S = Body.parent(Child)); Child = S)
    if (const Expr *Condition = branchCondition(S);
        Condition && Condition != Child && asksForOthers(Condition, Field))
      return true;
  const SourceManager &SM = U.Ctx.getSourceManager();
  bool Waited = false;
  walkFunction(Change.In, [&](const Stmt *S) {
    const auto *Await = dyn_cast<CoroutineSuspendExpr>(S);
    if (Await && SM.isBeforeInTranslationUnit(Await->getBeginLoc(),
                                              Change.At->getBeginLoc()))
      walkBody(Await->getOperand(), [&](const Stmt *Part) {
        Waited |= isa<CXXThisExpr>(Part);
        return !Waited;
      });
    return !Waited;
  });
  return Waited;
}

/// Reports coroutines of an object that a member of \p F's owns, which \p F
/// awaits while others may destroy it.
void ThisAcrossSuspendCheck::replaced(Unit &U, const FunctionSummary &F) {
  llvm::SmallPtrSet<const FieldDecl *, 2> Reported;
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Await = dyn_cast<CoawaitExpr>(S);
    const CallExpr *Call = Await ? awaitedCall(Await) : nullptr;
    const auto *Method =
        Call ? dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee())
             : nullptr;
    if (!Method || Method->isVirtual() || Method->isStatic() ||
        U.M.isLibraryCode(Method) ||
        U.C.taskType(Call->getType()).Kind != TaskType::Task)
      return true;
    const FieldDecl *Field = onlyOwner(Call);
    if (!Field || Reported.contains(Field))
      return true;
    for (const ContainerChange &Change :
         U.changes().during(F.Function, Field)) {
      if (Change.How != ContainerChange::Removes ||
          mayHaveWaited(U, Change, Field))
        continue;
      Reported.insert(Field);
      Guard G;
      G.Functions.push_back(U.key(Method));
      G.Parameter = ObjectParameter;
      G.IsStarted = true;
      G.Message = "'" + displayName(Change.In) +
                  "' may destroy the object in '" + Field->getNameAsString() +
                  "' while '" + displayCallee(Call, Method) +
                  "' is suspended, which uses it later; keep the object until "
                  "the coroutine has ended";
      Finding Found;
      Found.Loc = Call->getExprLoc();
      Found.Ranges.push_back(Call->getSourceRange());
      Found.Notes.push_back({Change.At->getExprLoc(), "destroyed here"});
      reportIf(std::move(G), std::move(Found));
      break;
    }
    return true;
  });
}

void ThisAcrossSuspendCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
    if (!MD)
      continue;
    aborted(U, F);
    if (!F.Coro || !F.Suspends)
      continue;
    replaced(U, F);
    const Counted Class = countedBy(MD->getParent(), U.M);
    if (!Class)
      continue;
    if (const UnguardedUse Late = strandedChange(U, F, Class)) {
      stranded(Class, F, Late);
      continue;
    }
    if (Class.Model.Model->Owned)
      continue;
    const UnguardedUse Late = unguardedUse(U, F);
    if (!Late)
      continue;
    const std::string Name = "'" + displayName(MD) + "'";
    const std::string Remedy = Class.Model.Model->Self;
    if (U.C.isFireAndForget(MD->getReturnType())) {
      Finding Found;
      Found.Loc = Late.At->getExprLoc();
      Found.Message =
          Name +
          " uses its object after a suspension, when that may be gone: "
          "nobody can wait for a '" +
          displayType(MD->getReturnType(), U.Ctx) +
          "', and it holds no reference; keep '" + Remedy +
          "' in a variable from before the suspension on";
      Found.Notes.push_back({Late.Suspension->getExprLoc(), "suspended here"});
      fix(Class, F, Found);
      report(std::move(Found));
      continue;
    }
    for (const MemberCall &Call : callsOf(U, MD)) {
      if (Call.How == TaskUse::Detaches) {
        Finding Found;
        Found.Loc = Late.At->getExprLoc();
        Found.Message =
            Name +
            " uses its object after a suspension, when that may be "
            "gone: it is started with nobody to wait for it, and it "
            "holds no reference; " +
            (F.Coro->When == Start::Eager
                 ? "keep '" + Remedy +
                       "' in a variable from before the suspension on"
                 : "start it from a callable that holds '" + Remedy + "'");
        Found.Notes.push_back(
            {Late.Suspension->getExprLoc(), "suspended here"});
        Found.Notes.push_back({Call.Call->getExprLoc(), "started here"});
        fix(Class, F, Found);
        report(std::move(Found));
        break;
      }
      if (Call.How == TaskUse::OutlivesHold) {
        Finding Found;
        Found.Loc = Call.Call->getExprLoc();
        Found.Message =
            "the object may be gone when " + Name +
            " uses it after a suspension: the task is returned, and the "
            "reference to the object dies here; keep the reference with the "
            "task, or await the call";
        Found.Ranges.push_back(Call.Call->getSourceRange());
        Found.Notes.push_back({Late.At->getExprLoc(), "used here"});
        report(std::move(Found));
      }
    }
  }
}
