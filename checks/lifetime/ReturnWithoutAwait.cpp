//===-- ReturnWithoutAwait.cpp - async-return-without-await -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "lifetime/ReturnFix.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds tasks that are returned out of a block which is meant to be around
/// their work.
class ReturnWithoutAwaitCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void function(Unit &U, const FunctionSummary &F);
  void outOfTry(Unit &U, const FunctionSummary &F, const CXXTryStmt *Try,
                const ReturnStmt *Return);
  void outOfScope(Unit &U, const FunctionSummary &F, const CompoundStmt *Block,
                  const Stmt *Within, const ReturnStmt *Return);
  void found(Unit &U, const FunctionSummary &F, const Expr *Call,
             std::string Message, SourceLocation Around, std::string Note,
             bool CanFix);

  std::optional<Escapes> Tasks;
};

const Register<ReturnWithoutAwaitCheck> R({
    .Name = "async-return-without-await",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a task that is returned out of a block runs without its "
               "handlers, and when its guards are gone",
});

} // namespace

void ReturnWithoutAwaitCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    // What is right in one instance of a template may be wrong in another.
    if (!coroutineBody(F.Function) && !F.Function->isTemplateInstantiation() &&
        U.C.taskType(F.Function->getReturnType()).Kind == TaskType::Task)
      function(U, F);
}

void ReturnWithoutAwaitCheck::function(Unit &U, const FunctionSummary &F) {
  Tasks.emplace(U, F.Function);
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Return = dyn_cast<ReturnStmt>(S);
    if (!Return || !Return->getRetValue())
      return true;
    const Stmt *Within = Return;
    while (const Stmt *Outer = Tasks->parent(Within)) {
      if (isa<CXXCatchStmt>(Outer))
        break; // it has been tried already
      if (const auto *Try = dyn_cast<CXXTryStmt>(Outer);
          Try && Try->getTryBlock() == Within)
        outOfTry(U, F, Try, Return);
      if (const auto *Block = dyn_cast<CompoundStmt>(Outer))
        outOfScope(U, F, Block, Within, Return);
      Within = Outer;
    }
    return true;
  });
  Tasks.reset();
}

void ReturnWithoutAwaitCheck::found(Unit &U, const FunctionSummary &F,
                                    const Expr *Call, std::string Message,
                                    SourceLocation Around, std::string Note,
                                    bool CanFix) {
  Finding Found;
  Found.Loc = Call->getExprLoc();
  Found.Message = std::move(Message);
  Found.Ranges.push_back(Call->getSourceRange());
  Found.Notes.push_back({Around, std::move(Note)});
  if (CanFix)
    Found.Fixes = awaitReturns(U, F);
  report(std::move(Found));
}

/// The call whose result \p Return returns, if that is a task.
static const CallExpr *returnedCall(const ReturnStmt *Return, Coroutines &C) {
  const auto *Call = dyn_cast<CallExpr>(stripImplicit(Return->getRetValue()));
  return Call && Call->getDirectCallee() && Call->isPRValue() &&
                 C.taskType(Call->getType()).Kind == TaskType::Task
             ? Call
             : nullptr;
}

/// Whether \p Call does nothing of its work, and throws nothing, before what it
/// returns is awaited: it is a coroutine and, if \p IsLazy, waits for that.
static bool makesTaskOnly(const CallExpr *Call, bool IsLazy, Unit &U) {
  const TaskType Type = U.C.taskType(Call->getType());
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || Type.Kind != TaskType::Task ||
      (IsLazy && Type.When != Start::Lazy))
    return false;
  const FunctionDecl *Def = nullptr;
  if (Callee->hasBody(Def))
    return coroutineBody(Def);
  // What returns lazy tasks of the project is hardly ever anything else.
  return Type.When == Start::Lazy && !U.M.isLibraryCode(Callee);
}

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

/// Whether \p S, a part of a try block, may throw, other than by making and
/// copying the arguments of \p Work.
static bool mayThrow(const Stmt *S, const CallExpr *Work, Unit &U) {
  bool Found = false;
  auto Visit = [&](auto &&Self, const Stmt *S) -> void {
    if (isa<CXXThrowExpr, CXXNewExpr, CXXDynamicCastExpr>(S))
      Found = true;
    if (const auto *Call = dyn_cast<CallExpr>(S); Call && Call != Work) {
      const auto *Type =
          Call->getDirectCallee()
              ? Call->getDirectCallee()->getType()->getAs<FunctionProtoType>()
              : nullptr;
      Found |= !Type ||
               isUnresolvedExceptionSpec(Type->getExceptionSpecType()) ||
               Type->canThrow() != CT_Cannot;
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(S)) {
      // A copy, a move, or a conversion that nobody writes a handler for.
      Found |= Construct->getNumArgs() > 1 &&
               !Construct->getConstructor()->getParent()->isInStdNamespace();
    }
    forEachChild(S, [&](const Stmt *Child) { Self(Self, Child); });
  };
  Visit(Visit, S);
  return Found;
}

/// Whether all that \p Handler does is to make a failed task of the exception.
static bool handsOn(const CXXCatchStmt *Handler) {
  bool Found = false;
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    Found |= Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
             Callee->getName() == "current_exception";
    const auto *Throw = dyn_cast<CXXThrowExpr>(S);
    Found |= Throw && !Throw->getSubExpr();
    return true;
  });
  return Found;
}

void ReturnWithoutAwaitCheck::outOfTry(Unit &U, const FunctionSummary &F,
                                       const CXXTryStmt *Try,
                                       const ReturnStmt *Return) {
  const CallExpr *Call = returnedCall(Return, U.C);
  if (!Call || !makesTaskOnly(Call, /*IsLazy=*/false, U) ||
      mayThrow(Try->getTryBlock(), Call, U))
    return;
  for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
    if (handsOn(Try->getHandler(I)))
      return;
  const bool IsLazy = U.C.taskType(Call->getType()).When == Start::Lazy;
  found(U, F, Call,
        "no exception of '" + displayCallee(Call, Call->getDirectCallee()) +
            "' reaches the handlers of this block: the task is returned, and " +
            (IsLazy ? "runs" : "fails") +
            " when the block has been left; make this a coroutine that awaits "
            "the task in the block",
        Try->getHandler(0)->getBeginLoc(), "this handler is never reached",
        /*CanFix=*/true);
}

//===----------------------------------------------------------------------===//
// Guards
//===----------------------------------------------------------------------===//

/// Whether \p Var has a destructor that somebody wrote for what it does.
static bool hasEffectAtEnd(const VarDecl *Var) {
  const CXXRecordDecl *RD = definitionOf(Var->getType()->getAsCXXRecordDecl());
  const CXXDestructorDecl *End =
      RD && !RD->isDependentType() ? RD->getDestructor() : nullptr;
  return End && End->isUserProvided();
}

/// Whether \p Var is made of something that it can unlock.
static bool isLock(const VarDecl *Var) {
  const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(
      Var->getInit() ? Var->getInit()->IgnoreImplicit() : nullptr);
  if (!Construct || Construct->getNumArgs() == 0)
    return false;
  const CXXRecordDecl *Of =
      definitionOf(recordOf(Construct->getArg(0)->getType()));
  return Of && llvm::any_of(Of->methods(), [](const CXXMethodDecl *MD) {
           return MD->getIdentifier() && MD->getName() == "unlock";
         });
}

/// Whether all that happens to \p Var is that it is asked for its state.
static bool isLeftAlone(const VarDecl *Var, const Escapes &Tasks) {
  for (const DeclRefExpr *Ref : Tasks.mentions(Var)) {
    const Stmt *S = Ref;
    do
      S = Tasks.parent(S);
    while (isa_and_nonnull<ParenExpr, ImplicitCastExpr>(S) &&
           !cast<Expr>(S)->getType()->isBooleanType());
    const auto *Member = dyn_cast_or_null<MemberExpr>(S);
    const auto *Asked =
        Member ? dyn_cast<CXXMethodDecl>(Member->getMemberDecl()) : nullptr;
    if (!Asked || !Asked->isConst())
      return false;
  }
  return true;
}

/// Whether the arguments of \p Call are values that no guard is needed for:
/// locals, constants, and the object itself.
static bool takesLocalsOnly(const CallExpr *Call) {
  auto IsLocal = [](const Expr *E) {
    E = stripImplicit(E);
    while (const auto *Move = dyn_cast<CallExpr>(E)) {
      if (!Move->isXValue() || Move->getNumArgs() != 1)
        return false;
      E = stripImplicit(Move->getArg(0));
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      return !Var || Var->hasLocalStorage();
    }
    return isa<CXXThisExpr, CXXDefaultArgExpr>(E) ||
           (E->isPRValue() && isa<IntegerLiteral, CXXBoolLiteralExpr,
                                  StringLiteral, CXXNullPtrLiteralExpr>(E));
  };
  const Expr *Object = objectOf(Call);
  return (!Object || IsLocal(Object)) &&
         llvm::all_of(writtenArguments(Call), IsLocal);
}

/// A call in \p Return, of a function of the project, that makes a task.
static const CallExpr *workOf(const ReturnStmt *Return, Unit &U) {
  const CallExpr *Found = nullptr;
  walkBody(Return, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Found && Callee && !U.M.isLibraryCode(Callee) &&
        !Callee->isInStdNamespace() &&
        U.C.taskType(Call->getType()).Kind == TaskType::Task)
      Found = Call;
    return !Found;
  });
  return Found;
}

void ReturnWithoutAwaitCheck::outOfScope(Unit &U, const FunctionSummary &F,
                                         const CompoundStmt *Block,
                                         const Stmt *Within,
                                         const ReturnStmt *Return) {
  const CallExpr *Work = workOf(Return, U);
  if (!Work)
    return;
  // From the return upwards: what stands directly above it is there for it.
  auto Before = llvm::make_range(
      std::find(Block->body_rbegin(), Block->body_rend(), Within),
      Block->body_rend());
  bool IsDirectlyAbove = Within == Return;
  for (const Stmt *S : llvm::drop_begin(Before)) {
    const auto *Declares = dyn_cast<DeclStmt>(S);
    const auto *Var = Declares && Declares->isSingleDecl()
                          ? dyn_cast<VarDecl>(Declares->getSingleDecl())
                          : nullptr;
    if (!Var || !Var->hasLocalStorage() || !hasEffectAtEnd(Var)) {
      IsDirectlyAbove = false;
      continue;
    }
    const TypeModel *Known = U.M.type(Var->getType());
    const bool IsHeld =
        Known && (Known->Guard.Model || Known->ScopeGuard.Model);
    const bool IsCleanup = Known && Known->Cleanup;
    // Of a lazy task, nothing runs while the guard is there. An eager one may
    // need it for no longer than to begin.
    const bool IsUseless =
        !IsHeld && Work == returnedCall(Return, U.C) &&
        makesTaskOnly(Work, /*IsLazy=*/true, U) && takesLocalsOnly(Work) &&
        (isLock(Var) ||
         !Var->getType()->getAsCXXRecordDecl()->isInStdNamespace());
    if ((IsHeld || (IsDirectlyAbove && (IsCleanup || IsUseless))) &&
        isLeftAlone(Var, *Tasks)) {
      // A mutex must not be held at an await either.
      const bool IsMutex = !IsHeld && isLock(Var);
      found(U, F, Work,
            "'" + Var->getNameAsString() + "' is gone before the work of '" +
                displayCallee(Work, Work->getDirectCallee()) +
                "' is done: the task is returned, and not awaited where the "
                "guard is; " +
                (IsMutex ? "take the lock in the coroutine, around what it is "
                           "for"
                         : "make this a coroutine that awaits the task, or let "
                           "the task own the guard"),
            Var->getLocation(), "the guard is destroyed at the return",
            !IsMutex);
      return;
    }
    IsDirectlyAbove = false;
  }
}
