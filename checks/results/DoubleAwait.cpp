//===-- DoubleAwait.cpp - async-double-await --------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds tasks whose result is asked for when it has been taken.
class DoubleAwaitCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void again(Unit &U, const LocalTask &Task, const Mention &First,
             const Mention &Second);
};

const Register<DoubleAwaitCheck> R({
    .Name = "async-double-await",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a task gives its result once: who awaits it again gets nothing",
});

/// Which mentions of a task may have taken its result.
struct TakenBefore final : FlowProblem {
  struct Event {
    const LocalTask *Task;
    const Mention *At;
    bool Takes;
  };
  std::vector<Event> Events;
  llvm::DenseMap<const Stmt *, llvm::SmallVector<unsigned, 1>> At;

  void add(const LocalTask &Task, const Mention &M, bool Takes) {
    At[M.By].push_back(Events.size());
    Events.push_back({&Task, &M, Takes});
  }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt())) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D))
          forget(Var, Facts);
    }
    auto It = At.find(S->getStmt());
    if (It == At.end())
      return;
    for (unsigned Number : It->second) {
      const Event &E = Events[Number];
      if (E.Takes)
        Facts.set(Number);
      else if (E.At->How != Use::Awaited && E.At->How != Use::Silenced)
        // Somebody who asks knows what may have happened.
        forget(E.Task->Var, Facts);
    }
  }

  const VarDecl *owner(unsigned Fact) override {
    return Events[Fact].Task->Var;
  }

private:
  void forget(const VarDecl *Var, llvm::BitVector &Facts) {
    for (unsigned Number = 0; Number < Events.size(); ++Number)
      if (Events[Number].Task->Var == Var)
        Facts.reset(Number);
  }
};

} // namespace

/// Whether awaiting a variable of this type takes the result out.
static bool isTakenByAwait(const LocalTask &Task) {
  const TaskModel *Model = Task.Type.Model.Model;
  return Model && llvm::any_of(Model->ConsumedBy, [](StringRef Member) {
           return Member.ends_with("operator co_await");
         });
}

/// Whether a task of this type has one result for one who awaits it.
static bool isForOne(const LocalTask &Task) {
  if (Task.Type.Kind != TaskType::Task)
    return false;
  if (const TaskModel *Model = Task.Type.Model.Model)
    return !Model->AwaitedAgain;
  // One that can be copied is shared, or a handle.
  const CXXRecordDecl *RD = recordOf(Task.T);
  const CXXRecordDecl *Def = RD ? RD->getDefinition() : nullptr;
  if (!Def || Def->hasSimpleCopyConstructor())
    return false;
  return llvm::none_of(Def->ctors(), [](const CXXConstructorDecl *Ctor) {
    return Ctor->isCopyConstructor() && !Ctor->isDeleted();
  });
}

void DoubleAwaitCheck::analyze(Unit &U) {
  const SourceManager &SM = U.Ctx.getSourceManager();
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    const BodyMap &Body = U.body(F.Function);
    const llvm::ArrayRef<LocalTask> Tasks = U.tasks(F);
    TakenBefore Problem;
    bool Possible = false;
    for (const LocalTask &Task : Tasks) {
      if (!isForOne(Task))
        continue;
      unsigned Takes = 0;
      for (const Mention &M : Task.Mentions) {
        const bool IsTaking = M.How == Use::Taken ||
                              (M.How == Use::Awaited && isTakenByAwait(Task));
        Problem.add(Task, M, IsTaking);
        Takes += IsTaking;
      }
      Possible |= Takes > 0;
    }
    const FunctionFlow *Flow = Possible ? U.flow(F.Function) : nullptr;
    if (!Flow)
      continue;
    llvm::SmallPtrSet<const Mention *, 4> Done;
    Flow->solve(Problem, llvm::BitVector(Problem.Events.size()))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          auto It = S ? Problem.At.find(S->getStmt()) : Problem.At.end();
          if (It == Problem.At.end())
            return;
          for (unsigned Number : It->second) {
            const TakenBefore::Event &Now = Problem.Events[Number];
            if (!Now.Takes && Now.At->How != Use::Awaited)
              continue;
            for (unsigned Before : Facts.set_bits()) {
              const TakenBefore::Event &Then = Problem.Events[Before];
              if (Then.Task != Now.Task || Done.contains(Now.At))
                continue;
              // A macro may write its argument twice, and run one of them.
              if (Before != Number &&
                  SM.getFileLoc(Then.At->Ref->getLocation()) ==
                      SM.getFileLoc(Now.At->Ref->getLocation()))
                continue;
              if (Before == Number ? Body.isConditionalInLoop(Now.At->By)
                                   : Body.mayExclude(Then.At->By, Now.At->By))
                continue;
              Done.insert(Now.At);
              again(U, *Now.Task, *Then.At, *Now.At);
            }
          }
        });
  }
}

/// What takes the result, in the words of a message: "awaited", "moved away".
static StringRef verbOf(const Mention &M) {
  if (isa<CoawaitExpr, DependentCoawaitExpr>(M.By))
    return "awaited";
  if (isa<CXXMemberCallExpr>(M.By))
    return "taken out";
  return "moved away";
}

void DoubleAwaitCheck::again(Unit &U, const LocalTask &Task,
                             const Mention &First, const Mention &Second) {
  const std::string Name = "'" + Task.Var->getNameAsString() + "'";
  const std::string Type = "'" + displayType(Task.T, U.Ctx) + "'";
  Finding Found;
  Found.Loc = Second.Ref->getLocation();
  if (&First == &Second) {
    Found.Message = "the result of " + Name +
                    " is taken in every iteration, but a " + Type +
                    " gives it once; make the task in the loop, or take the "
                    "result before it";
  } else {
    Found.Message = "the result of " + Name + " has been " +
                    verbOf(First).str() + " before, and a " + Type +
                    " gives it once; keep the result in a variable";
    Found.Notes.push_back(
        {First.Ref->getLocation(), verbOf(First).str() + " here"});
  }
  Found.Ranges.push_back(Second.By->getSourceRange());
  report(Found);
}
