//===-- SwallowedCancellation.cpp - async-swallowed-cancellation ----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Tokens.h"
#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Handlers.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds exception handlers that catch a library's cancellation exception and
/// go on as if nothing had happened, and loops that do not look at an error
/// which is a value.
class SwallowedCancellationCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void tryStatement(Unit &U, const FunctionSummary &F, const CXXTryStmt *Try);
  void errorAsValue(Unit &U, const FunctionSummary &F, const Expr *Await);
  llvm::SmallPtrSet<const Stmt *, 4> Reported;
};

/// What may come after a place in a coroutine that has been cancelled.
struct Afterwards {
  bool GoesBack = false; ///< to one of the awaits that were asked about
  bool Leaves = false;   ///< the function, or an await throws
  bool Awaits = false;   ///< something else, and that may go on
  bool Waits = false;    ///< for what nobody can cancel
};

const Register<SwallowedCancellationCheck> R({
    .Name = "async-swallowed-cancellation",
    .Group = "cancellation",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a handler that catches cancellation with everything else keeps "
               "the coroutine running, or spinning",
});

} // namespace

void SwallowedCancellationCheck::analyze(Unit &U) {
  Reported.clear();
  for (const FunctionSummary &F : U.functions()) {
    // What nobody awaits, nobody cancels.
    if (!F.Coro || F.Coro->Kind == CoroutineKind::FireAndForget ||
        !F.Coro->Library || !F.Coro->Library.Library->Cancellation ||
        F.Coro->Library.Library->Cancellation->Exceptions.empty())
      continue;
    // Nobody can cancel one that goes on when its task is dropped.
    if (llvm::any_of(F.Function->parameters(), [&](const ParmVarDecl *P) {
          const TypeModel *Known = U.M.type(P->getType());
          return Known && Known->KeepsWork;
        }))
      continue;
    walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
      if (const auto *Try = dyn_cast<CXXTryStmt>(S))
        tryStatement(U, F, Try);
      else if (isa<CoroutineSuspendExpr>(S) && U.C.maySuspend(cast<Expr>(S)))
        errorAsValue(U, F, cast<Expr>(S));
      return true;
    });
  }
}

/// The handler of \p Try that a cancellation reaches first.
static const CXXCatchStmt *cancellationHandler(const CXXTryStmt *Try,
                                               const CancellationModel &Model,
                                               LibraryRef Library,
                                               ASTContext &Ctx) {
  for (const CXXCatchStmt *Handler : handlersOf(Try))
    if (catchesAll(Handler) ||
        catchesAny(Handler, Model.Exceptions, Library, Ctx))
      return Handler;
  return nullptr;
}

/// Whether what \p Body awaits can be cancelled: where a token has to be
/// passed, only what is given one.
static bool mayBeCancelled(const Stmt *Body, const CancellationModel &Model,
                           Unit &U) {
  return Model.How != Travels::Parameter || Model.Tokens.empty() ||
         mentionsToken(Body, U.M);
}

/// Whether a \p T holds an error code, as a tuple does.
static bool holdsErrorCode(QualType T, Unit &U, unsigned Depth = 0) {
  if (const TypeModel *Known = U.M.type(T); Known && Known->ErrorCode)
    return true;
  const auto *Spec =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(T));
  if (!Spec || Depth > 1)
    return false;
  auto Any = [&](auto &&Self,
                 llvm::ArrayRef<TemplateArgument> Arguments) -> bool {
    return llvm::any_of(Arguments, [&](const TemplateArgument &A) {
      return A.getKind() == TemplateArgument::Pack
                 ? Self(Self, A.getPackAsArray())
                 : A.getKind() == TemplateArgument::Type &&
                       holdsErrorCode(A.getAsType(), U, Depth + 1);
    });
  };
  return Any(Any, Spec->getTemplateArgs().asArray());
}

/// The object that \p Call works on.
static const Expr *workedOn(const CallExpr *Call) {
  if (const Expr *Object = objectOf(Call))
    return Object;
  const auto Arguments = writtenArguments(Call);
  return Arguments.empty() ? nullptr : Arguments.front();
}

/// Whether \p Await returns its error instead of throwing it.
static bool returnsError(const Expr *Await, const CancellationModel &Model,
                         Unit &U) {
  // A token may be an object's default.
  return holdsErrorCode(Await->getType(), U) ||
         mentionsAny(Await, Model.ErrorAsValue, U.Ctx);
}

/// Whether \p F shows somewhere that it knows how it is cancelled.
static bool isAwareOf(const FunctionSummary &F,
                      llvm::ArrayRef<std::string> Names, Unit &U) {
  return mentionsAny(coroutineBody(F.Function), Names, U.Ctx) ||
         llvm::any_of(F.Function->parameters(), [&](const ParmVarDecl *P) {
           const CXXRecordDecl *RD = recordOf(P->getType());
           return RD && RD->getIdentifier() &&
                  llvm::is_contained(Names, RD->getName());
         });
}

/// Whether \p Await waits for something of the library that no token reaches.
static bool isUncancellable(const Expr *Await, const CancellationModel &Model,
                            Unit &U) {
  const CallExpr *Call = awaitedCall(Await);
  if (!Call || mayBeCancelled(Await, Model, U))
    return false;
  if (const FunctionModel *Known = U.M.function(Call);
      Known && Known->Uncancellable.Model)
    return true;
  const FunctionDecl *Callee = Call->getDirectCallee();
  return Callee && !isa<CXXMethodDecl>(Callee) && U.M.isLibraryCode(Callee);
}

/// Whether \p Await is given the error that was caught: it throws again what it
/// can't help.
static bool handsErrorOn(const Expr *Await, Unit &U) {
  const CallExpr *Call = awaitedCall(Await);
  const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
  return Known && Known->NeedsError;
}

/// The edge of \p Block that an error takes whose variable is \p Error, where
/// its end asks for just that: the number of the successor.
static std::optional<unsigned> errorEdge(const CFGBlock &Block,
                                         const ValueDecl *Error) {
  const auto *Condition =
      dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
  if (!Error || !Condition || Block.succ_size() != 2)
    return std::nullopt;
  bool Value = true;
  const Expr *E = stripImplicit(Condition);
  while (const auto *Not = dyn_cast<UnaryOperator>(E)) {
    if (Not->getOpcode() != UO_LNot)
      break;
    Value = !Value;
    E = stripImplicit(Not->getSubExpr());
  }
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E))
    if (isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()) &&
        Call->getType()->isBooleanType())
      E = stripImplicit(Call->getImplicitObjectArgument());
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && Ref->getDecl() == Error ? std::optional<unsigned>(Value ? 0 : 1)
                                        : std::nullopt;
}

/// Whether \p Await waits for an operation of \p Object.
static bool worksOn(const Expr *Await, const Expr *Object) {
  const CallExpr *Call = awaitedCall(Await);
  const Expr *Other = Call ? workedOn(Call) : nullptr;
  const std::optional<AccessPath> Path =
      Other ? accessPath(Other) : std::nullopt;
  return Path && Path == accessPath(Object);
}

/// What may come after element \p From of \p Start, where the coroutine has
/// been cancelled, and \p Error, if there is one, says so; or where \p Closed
/// has been closed.
static Afterwards afterwards(const FunctionFlow &Flow, const CFGBlock *Start,
                             unsigned From,
                             const llvm::SmallPtrSetImpl<const Stmt *> &Awaits,
                             const llvm::SmallPtrSetImpl<const Stmt *> &AsValue,
                             const ValueDecl *Error, const Expr *Closed,
                             const CancellationModel &Model, Unit &U) {
  Afterwards Found;
  llvm::SmallPtrSet<const CFGBlock *, 16> Seen;
  llvm::SmallVector<std::pair<const CFGBlock *, unsigned>, 16> Work{
      {Start, From}};
  while (!Work.empty()) {
    const auto [Block, First] = Work.pop_back_val();
    if (Block == &Flow.graph().getExit()) {
      Found.Leaves = true;
      continue;
    }
    bool Stopped = false;
    for (unsigned I = First; I < Block->size() && !Stopped; ++I) {
      std::optional<CFGStmt> S = (*Block)[I].getAs<CFGStmt>();
      const auto *E = S ? dyn_cast<Expr>(S->getStmt()) : nullptr;
      if (!E)
        continue;
      if (Awaits.contains(E)) {
        // Where the first cancelled await only returns an error, the code
        // behind it may be what leaves the loop.
        Found.GoesBack = true;
        Stopped = !AsValue.contains(E) || Error;
      } else if (isa<CXXThrowExpr>(E)) {
        Found.Leaves = Stopped = true;
      } else if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(E) &&
                 U.C.maySuspend(E)) {
        if (handsErrorOn(E, U)) {
          Found.Leaves = Stopped = true;
        } else if (Closed && returnsError(E, Model, U) && worksOn(E, Closed)) {
          // It fails in the same way.
        } else if (Model.Repeats && isUncancellable(E, Model, U)) {
          Found.Waits = true;
        } else {
          // Where cancellation repeats, this await throws and ends the
          // coroutine, or reaches an outer handler: not this one's fault.
          (Model.Repeats ? Found.Leaves : Found.Awaits) = true;
          Stopped = true;
        }
      }
    }
    if (Stopped)
      continue;
    const std::optional<unsigned> Only = errorEdge(*Block, Error);
    unsigned Number = 0;
    for (const CFGBlock *Next : Block->succs()) {
      const unsigned Successor = Number++;
      if (!FunctionFlow::isExceptional(*Block, Successor) &&
          !Flow.isNeverTaken(*Block, Successor) &&
          (!Only || *Only == Successor) && Next && Seen.insert(Next).second)
        Work.push_back({Next, 0});
    }
  }
  return Found;
}

void SwallowedCancellationCheck::tryStatement(Unit &U, const FunctionSummary &F,
                                              const CXXTryStmt *Try) {
  const LibraryRef &L = F.Coro->Library;
  const CancellationModel &Model = *L.Library->Cancellation;
  const CXXCatchStmt *Handler = cancellationHandler(Try, Model, L, U.Ctx);
  if (!Handler || isForAny(Handler, Model.Exceptions, L))
    return;

  // Where a cancellation can be thrown that this handler gets to see.
  llvm::SmallPtrSet<const Stmt *, 8> Awaits, ErrorAsValue;
  const Expr *First = nullptr;
  walkBody(Try->getTryBlock(), [&](const Stmt *S) {
    if (const auto *Inner = dyn_cast<CXXTryStmt>(S))
      return !cancellationHandler(Inner, Model, L, U.Ctx);
    if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S) &&
        U.C.maySuspend(cast<Expr>(S))) {
      if (returnsError(cast<Expr>(S), Model, U))
        ErrorAsValue.insert(S);
      Awaits.insert(S);
      if (!First)
        First = cast<Expr>(S);
    }
    return true;
  });
  if (Awaits.empty() || !mayBeCancelled(Try->getTryBlock(), Model, U))
    return;

  // A handler that asks what it caught, or throws, knows what it does. So does
  // one that keeps what it caught for somebody who asks later.
  bool Decides = false, Stores = false;
  const VarDecl *Caught = Handler->getExceptionDecl();
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    Decides |= isa<CXXThrowExpr, CoreturnStmt, ReturnStmt>(S);
    const Expr *Value = nullptr;
    if (const auto *Assign = dyn_cast<BinaryOperator>(S);
        Assign && Assign->isAssignmentOp())
      Value = Assign->getRHS();
    else if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S);
             Assign && Assign->isAssignmentOp())
      Value = Assign->getArg(1);
    Stores |= Caught && Value && namedBy(Value) == Caught;
    return !Decides;
  });
  if (Decides ||
      mentionsAny(Handler->getHandlerBlock(), Model.Mentions, U.Ctx) ||
      isAwareOf(F, Model.ChangedBy, U) ||
      (Stores && isAwareOf(F, Model.Mentions, U)))
    return;

  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  const CFGBlock *Start = nullptr;
  for (const CFGBlock *Block : Flow->graph())
    if (Block->getLabel() == Handler)
      Start = Block;
  if (!Start)
    return;
  const Afterwards Then = afterwards(*Flow, Start, 0, Awaits, ErrorAsValue,
                                     nullptr, nullptr, Model, U);
  // A loop that ends some day, but waits before it tries again.
  const bool Retries = Then.Leaves && Then.GoesBack && Then.Waits &&
                       !isAwareOf(F, Model.Mentions, U);
  if ((Then.Leaves && !Retries) ||
      (!Then.GoesBack && (Model.Repeats || !Then.Awaits)))
    return;

  std::string Type = Handler->getCaughtType().isNull()
                         ? "..."
                         : displayType(Handler->getCaughtType(), U.Ctx);
  Finding Found;
  Found.Loc = Handler->getCatchLoc();
  Found.Message = "'catch (" + Type + ")' swallows cancellation";
  Found.Message +=
      !Model.Repeats ? ", and the coroutine goes on"
      : Retries      ? ": the loop waits, and tries again what was cancelled"
      : Then.Waits
          ? ": no other await of this loop is told to stop, so the loop never "
            "ends"
          : ": every await of this loop throws it again, so the loop spins "
            "for ever";
  Found.Message += "; " + L.expand(Model.Instead);
  Found.Notes.push_back(
      {First->getExprLoc(), "a cancelled operation throws here"});
  report(Found);
}

/// The variable that gets the error of \p Await: one that a completion token
/// names, or the first part of what the await returns.
static const ValueDecl *errorOf(const Expr *Await, const FunctionSummary &F,
                                Unit &U) {
  const ValueDecl *Found = nullptr;
  walkBody(Await, [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const TypeModel *Known = U.M.type(Ref->getType());
          Known && Known->ErrorCode && isa<VarDecl>(Ref->getDecl()))
        Found = Ref->getDecl();
    return !Found;
  });
  if (Found)
    return Found;
  for (const VarDecl *Var : U.body(F.Function).variables())
    if (const auto *Parts = dyn_cast<DecompositionDecl>(Var);
        Parts && Parts->getInit() && stripImplicit(Parts->getInit()) == Await &&
        !Parts->bindings().empty())
      return Parts->bindings().front();
    else if (Var->getInit() && stripImplicit(Var->getInit()) == Await)
      return Var;
  return nullptr;
}

/// Whether \p Object can be closed: from then on, each operation fails at once.
/// Of a local variable the file shows whether anybody does.
static bool mayBeClosed(const Expr *Object, Unit &U) {
  if (!Object || !hasMember(recordOf(Object->getType()), "close"))
    return false;
  const std::optional<AccessPath> Path = accessPath(Object);
  const auto *Var = Path ? dyn_cast_or_null<VarDecl>(Path->Base) : nullptr;
  if (!Var || isa<ParmVarDecl>(Var) || !Var->hasLocalStorage())
    return true;
  bool Closes = false;
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
      if (Method && Method->getIdentifier() && Method->getName() == "close")
        if (std::optional<AccessPath> Closed =
                accessPath(Call->getImplicitObjectArgument()))
          Closes |= Closed->Base == Var;
      return !Closes;
    });
  return Closes;
}

void SwallowedCancellationCheck::errorAsValue(Unit &U, const FunctionSummary &F,
                                              const Expr *Await) {
  const LibraryRef &L = F.Coro->Library;
  const CancellationModel &Model = *L.Library->Cancellation;
  // What is asked below takes a while: a loop there must be, and not the one
  // that macros put around a statement.
  const BodyMap &Body = U.body(F.Function);
  const Stmt *Loop = Await;
  while (Loop && (!isa<WhileStmt, DoStmt, ForStmt>(Loop) ||
                  Loop->getBeginLoc().isMacroID()))
    Loop = Body.parent(Loop);
  if (!Loop)
    return;
  const CallExpr *Call = awaitedCall(Await);
  if (!Call || !Model.Repeats || F.Function->isDependentContext() ||
      !returnsError(Await, Model, U) || !mayBeCancelled(Await, Model, U))
    return;
  // A cancelled coroutine of Asio gets an exception from its next await,
  // whatever that was told to return. A socket that was closed fails again and
  // again; a timer waits anew.
  const ValueDecl *Error = errorOf(Await, F, U);
  const bool IsCode = holdsErrorCode(Await->getType(), U) ||
                      (Error && holdsErrorCode(Error->getType(), U));
  if (IsCode && !mayBeClosed(workedOn(Call), U))
    return;
  if (isAwareOf(F, Model.ChangedBy, U) || isAwareOf(F, Model.Mentions, U))
    return;
  const FunctionFlow *Flow = U.flow(F.Function);
  if (!Flow)
    return;
  for (const CFGBlock *Block : Flow->graph())
    for (unsigned I = 0; I != Block->size(); ++I) {
      std::optional<CFGStmt> S = (*Block)[I].getAs<CFGStmt>();
      if (!S || S->getStmt() != Await)
        continue;
      llvm::SmallPtrSet<const Stmt *, 8> Awaits{Await}, None;
      const Afterwards Then =
          afterwards(*Flow, Block, I + 1, Awaits, None, Error,
                     IsCode ? workedOn(Call) : nullptr, Model, U);
      if (!Then.GoesBack || Then.Leaves || Then.Waits)
        return;
      // One finding per loop.
      if (!Reported.insert(Loop).second)
        return;
      Finding Found;
      Found.Loc = Await->getExprLoc();
      Found.Ranges.push_back(Await->getSourceRange());
      Found.Message =
          "this loop goes on whatever '" +
          displayCallee(Call, Call->getDirectCallee()) + "' returns: once it " +
          (IsCode ? "is closed" : "has been cancelled") +
          ", every round fails at once, so the loop spins for ever; " +
          (IsCode ? std::string("leave the loop on an error that lasts")
                  : L.expand(Model.Instead));
      report(std::move(Found));
      return;
    }
}
