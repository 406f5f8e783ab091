//===-- SerialAwait.cpp - async-serial-await ------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds loops that await one element's work after the other's, although none
/// needs another one's result.
class SerialAwaitCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void loop(Unit &U, const FunctionSummary &F, const CXXForRangeStmt *Loop);
  void variables(Unit &U, const FunctionSummary &F);
};

const Register<SerialAwaitCheck> R({
    .Name = "async-serial-await",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // the order may be meant
    .Since = "0.1",
    .Summary =
        "work that does not depend on each other takes as long as all of "
        "it together when it is awaited one by one",
});

} // namespace

/// What library \p L of a coroutine waits for several tasks with, to complete a
/// message.
static std::string combinator(LibraryRef L) {
  return L && !L.Library->Combines.empty()
             ? "await all of it with '" +
                   L.qualify(L.Library->Combines.front()) + "'"
             : "start all of it, and await it together";
}

/// The awaited call, if \p S does nothing but to await one.
static const CallExpr *awaitedBy(const Stmt *S, const Expr *&Await) {
  if (const auto *Block = dyn_cast<CompoundStmt>(S))
    S = Block->size() == 1 ? Block->body_front() : nullptr;
  const auto *E = dyn_cast_or_null<Expr>(S);
  const auto *Suspend = E ? dyn_cast<CoawaitExpr>(stripImplicit(E)) : nullptr;
  if (!Suspend)
    return nullptr;
  Await = Suspend;
  return awaitedCall(Suspend);
}

void SerialAwaitCheck::loop(Unit &U, const FunctionSummary &F,
                            const CXXForRangeStmt *Loop) {
  const Expr *Await = nullptr;
  const CallExpr *Call = awaitedBy(Loop->getBody(), Await);
  const VarDecl *Element = Loop->getLoopVariable();
  if (!Call || !Element || Loop->getBeginLoc().isMacroID() ||
      !U.C.taskType(Call->getType()) || !U.C.maySuspend(Await))
    return;
  // The work is the element's own: of an object that it is, or points to. A
  // list of functions is in the order in which they are to be called.
  if (!isa<CXXMemberCallExpr>(Call))
    return;
  const Expr *Object = objectOf(Call);
  const Expr *Of = Object;
  while (Of) {
    Of = stripImplicit(Of);
    if (const auto *Member = dyn_cast<MemberExpr>(Of))
      Of = Member->getBase();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Of))
      Of = Op->getNumArgs() == 1 ? Op->getArg(0) : nullptr;
    else if (const auto *Unary = dyn_cast<UnaryOperator>(Of))
      Of = Unary->getSubExpr();
    else
      break;
  }
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Of);
  if (!Ref)
    return;
  const ValueDecl *Named = Ref->getDecl();
  if (const auto *Binding = dyn_cast<BindingDecl>(Named))
    Named = cast_or_null<ValueDecl>(Binding->getDecomposedDecl());
  if (Named != Element)
    return;
  // What all of them are given may be where the order matters: a stream, a
  // connection, a transaction.
  for (const Expr *A : writtenArguments(Call)) {
    const QualType T = A->getType();
    if ((A->isGLValue() && !T.isConstQualified() && T->isRecordType()) ||
        (T->isPointerType() && !T->getPointeeType().isConstQualified()))
      return;
  }
  Finding Found;
  Found.Loc = Await->getExprLoc();
  Found.Ranges.push_back(Await->getSourceRange());
  Found.Message = "each round of this loop waits for the one before, which it "
                  "does not depend on; " +
                  combinator(F.Coro->Library);
  report(std::move(Found));
}

/// Lazy tasks that are made together, and then awaited one by one.
void SerialAwaitCheck::variables(Unit &U, const FunctionSummary &F) {
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Block = dyn_cast<CompoundStmt>(S);
    if (!Block)
      return true;
    llvm::SmallVector<const VarDecl *, 4> Lazy;
    llvm::SmallPtrSet<const VarDecl *, 4> Awaited;
    for (const Stmt *Each : Block->body()) {
      if (const auto *Declares = dyn_cast<DeclStmt>(Each)) {
        const auto *Var = Declares->isSingleDecl()
                              ? dyn_cast<VarDecl>(Declares->getSingleDecl())
                              : nullptr;
        const TaskType Type = Var ? U.C.taskType(Var->getType()) : TaskType();
        if (Type.Kind == TaskType::Task && Type.When == Start::Lazy &&
            Awaited.empty()) {
          Lazy.push_back(Var);
          continue;
        }
      }
      // co_await std::move(task), alone or for its value.
      const Expr *Await = nullptr;
      const VarDecl *Which = nullptr;
      walkBody(Each, [&](const Stmt *Part) {
        const auto *Suspend = dyn_cast<CoawaitExpr>(Part);
        if (!Suspend || Await)
          return !isa<LambdaExpr>(Part);
        Await = Suspend;
        if (const auto *Ref =
                dyn_cast<DeclRefExpr>(withoutForwarding(Suspend->getOperand())))
          Which = dyn_cast<VarDecl>(Ref->getDecl());
        return true;
      });
      if (!Which || !llvm::is_contained(Lazy, Which)) {
        // Something else happens in between.
        if (Await || isLoop(Each) || isa<IfStmt, SwitchStmt, CXXTryStmt>(Each))
          Lazy.clear(), Awaited.clear();
        continue;
      }
      Awaited.insert(Which);
      if (Awaited.size() != 2)
        continue;
      Finding Found;
      Found.Loc = Await->getExprLoc();
      Found.Ranges.push_back(Await->getSourceRange());
      Found.Message = "'" + Which->getNameAsString() +
                      "' starts here, when what was awaited before has ended: "
                      "making the task has not started it; " +
                      combinator(F.Coro->Library);
      Found.Notes.push_back({Which->getLocation(), "made here"});
      report(std::move(Found));
    }
    return true;
  });
}

void SerialAwaitCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Coro->Kind != CoroutineKind::Task)
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S))
        loop(U, F, Loop);
      return true;
    });
    variables(U, F);
  }
}
