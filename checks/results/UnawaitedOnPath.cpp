//===-- UnawaitedOnPath.cpp - async-unawaited-on-path ---------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Flow.h"
#include "core/LocalTasks.h"
#include "core/Names.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds work that has been started, and that a path leaves without anybody
/// who waits for it, although others do.
class UnawaitedOnPathCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void leftBehind(Unit &U, const FunctionSummary &F, const LocalTask &Task,
                  const Stmt *Last);
};

const Register<UnawaitedOnPathCheck> R({
    .Name = "async-unawaited-on-path",
    .Group = "results",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a task that runs is awaited on some paths, and on another "
               "nobody learns how it ends",
});

/// Which tasks nobody has done anything with since they were started.
struct NotYetUsed final : FlowProblem {
  std::vector<const LocalTask *> Tasks;
  llvm::DenseMap<const Stmt *, unsigned> Uses;

  void add(const LocalTask &Task) {
    for (const Mention &M : Task.Mentions) {
      Uses[M.By] = Tasks.size();
      Uses[M.Ref] = Tasks.size();
    }
    Tasks.push_back(&Task);
  }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt()))
      for (unsigned I = 0; I != Tasks.size(); ++I)
        if (llvm::is_contained(Declares->decls(), Tasks[I]->Var))
          Facts.set(I);
    if (auto It = Uses.find(S->getStmt()); It != Uses.end())
      Facts.reset(It->second);
  }

  const VarDecl *owner(unsigned Fact) override { return Tasks[Fact]->Var; }
};

} // namespace

/// Whether \p Made, which makes a task, says by an argument, too, what is to
/// become of it: "handle(packet, handled)".
static bool tellsOtherwise(const Expr *Made) {
  const FunctionDecl *Callee = calleeOf(Made);
  if (!Callee)
    return false;
  const llvm::ArrayRef<const Expr *> Arguments = writtenArguments(Made);
  for (unsigned I = 0;
       I != std::min<size_t>(Arguments.size(), Callee->getNumParams()); ++I) {
    const QualType T = Callee->getParamDecl(I)->getType();
    if (!T->isReferenceType() && !T->isPointerType())
      continue;
    const QualType Out = T->getPointeeType();
    if (Out->isScalarType() && !Out.isConstQualified() &&
        !T->isRValueReferenceType())
      return true;
  }
  return false;
}

/// Whether \p Task holds work that goes on without it, from its declaration to
/// its end, and some path deals with it.
static bool isDealtWith(const LocalTask &Task, const FunctionSummary &F,
                        const BodyMap &Body, Unit &U) {
  if (Task.Type.When != Start::Eager || isa<ParmVarDecl>(Task.Var) ||
      Task.Mentions.empty() || Task.has(Use::Set) || Task.isMarkedUnused() ||
      isUnawaitedGuard(Task, U))
    return false;
  const Expr *Made = maker(Task.Var->getInit(), Task.Type);
  if (!Made || tellsOtherwise(Made) ||
      lossOf(F, Task.T, Task.Type, Made, U).empty())
    return false;
  // What a macro does with its argument, in a branch of it or in all of them,
  // is its own.
  if (llvm::any_of(Task.Mentions, [](const Mention &M) {
        return M.Ref->getBeginLoc().isMacroID();
      }))
    return false;
  // Conditions that belong together say what runs, better than paths do.
  for (const Mention &First : Task.Mentions)
    for (const Mention &Second : Task.Mentions)
      if (&First != &Second && Body.mayExclude(First.Ref, Second.Ref))
        return false;
  return true;
}

void UnawaitedOnPathCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    const BodyMap &Body = U.body(F.Function);
    NotYetUsed Problem;
    const llvm::ArrayRef<LocalTask> Tasks = U.tasks(F);
    for (const LocalTask &Task : Tasks)
      if (isDealtWith(Task, F, Body, U))
        Problem.add(Task);
    const FunctionFlow *Flow =
        Problem.Tasks.empty() ? nullptr : U.flow(F.Function);
    if (!Flow)
      continue;
    llvm::BitVector Reported(Problem.Tasks.size());
    auto Leave = [&](unsigned I, const Stmt *Last) {
      if (!Reported.test(I))
        leftBehind(U, F, *Problem.Tasks[I], Last);
      Reported.set(I);
    };
    FunctionFlow::Solution Solved =
        Flow->solve(Problem, llvm::BitVector(Problem.Tasks.size()));
    // The ends of blocks, and of the rounds of loops.
    Solved.forEach(
        [&](const CFGElement &Element, const llvm::BitVector &Facts) {
          for (unsigned I : Facts.set_bits())
            if (const VarDecl *Var = Problem.Tasks[I]->Var;
                !Body.isOutermost(Var) && endsLifetime(Element, Var))
              Leave(I, nullptr);
        });
    Solved.forEachExit([&](const Stmt *Last, bool IsExceptional,
                           const llvm::BitVector &Facts) {
      if (!IsExceptional)
        for (unsigned I : Facts.set_bits())
          Leave(I, Last);
    });
  }
}

void UnawaitedOnPathCheck::leftBehind(Unit &U, const FunctionSummary &F,
                                      const LocalTask &Task, const Stmt *Last) {
  const Expr *Made = maker(Task.Var->getInit(), Task.Type);
  Finding Found;
  Found.Loc = Task.Var->getLocation();
  Found.Message = "the task in '" + Task.Var->getNameAsString() +
                  "' is awaited on some paths, and on another it is dropped: " +
                  lossOf(F, Task.T, Task.Type, Made, U) +
                  "; start it where it is awaited, or await it on each path";
  Found.Ranges.push_back(Made->getSourceRange());
  if (Last)
    Found.Notes.push_back(
        {Last->getBeginLoc(), "the function is left here without it"});
  report(std::move(Found));
}
