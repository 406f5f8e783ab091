//===-- EscapingCancellation.cpp - async-escaping-cancellation ------------===//
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
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds loops in the background that end by an exception when they are told to
/// stop, although their condition asks for just that.
class EscapingCancellationCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void start(Unit &U, const FunctionSummary &F, const Expr *E);
  void loops(Unit &U, const FunctionDecl *FD, const Expr *Started,
             llvm::StringRef Then);
  /// Members that a function makes fail for those who wait for them.
  llvm::DenseMap<const FieldDecl *, const Expr *> Broken;
};

const Register<EscapingCancellationCheck> R({
    .Name = "async-escaping-cancellation",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a loop in the background ends by an exception, and not by its "
               "condition, when it is told to stop",
});

} // namespace

/// Whether a handler of \p FD around \p S may catch cancellation.
static bool isCaught(const Stmt *S, const FunctionDecl *FD,
                     const LibraryModel &L, Unit &U) {
  return llvm::any_of(
      handlersAround(S, U.body(FD)), [&](const CXXCatchStmt *Handler) {
        return catchesAll(Handler) ||
               llvm::any_of(L.Namespaces, [&](StringRef Namespace) {
                 return catchesAny(Handler, L.Cancellation->Exceptions,
                                   LibraryRef{&L, Namespace}, U.Ctx);
               });
      });
}

/// Reports the loops of \p FD, which \p Started starts, and \p Then says what
/// becomes of its exceptions.
void EscapingCancellationCheck::loops(Unit &U, const FunctionDecl *FD,
                                      const Expr *Started,
                                      llvm::StringRef Then) {
  const FunctionDecl *Def = nullptr;
  if (!FD || !FD->hasBody(Def) || Def->isDependentContext())
    return;
  const Stmt *Body = coroutineBody(Def);
  const std::optional<Coroutine> Coro = U.C.coroutine(Def);
  if (!Body || !Coro || !Coro->Library)
    return;
  const LibraryModel &L = *Coro->Library.Library;
  if (!L.Cancellation || L.Cancellation->Exceptions.empty())
    return;
  const CancellationModel &Model = *L.Cancellation;
  walkBody(Body, [&](const Stmt *S) {
    const Expr *Condition = loopParts(S).Condition;
    if (constantCondition(Condition, U.Ctx))
      return true;
    llvm::SmallVector<AccessPath, 1> Asked;
    for (const Expr *Token : askedIn(Condition, U.M))
      if (std::optional<AccessPath> Path = accessPath(Token))
        Asked.push_back(*Path);
    walkBody(S, [&](const Stmt *In) {
      const auto *Await = dyn_cast<CoroutineSuspendExpr>(In);
      const CallExpr *Call = Await ? awaitedCall(Await) : nullptr;
      if (!Call || !U.C.maySuspend(Await))
        return true;
      const Expr *Token = nullptr;
      for (const Expr *Argument : writtenArguments(Call))
        if (std::optional<AccessPath> Path = accessPath(Argument);
            Path && llvm::is_contained(Asked, *Path) &&
            tokenType(Argument->getType(), U.M).Library == &L)
          Token = Argument;
      // Somebody else sees to it that the operation fails.
      const Expr *Object = objectOf(Call);
      const auto *Field =
          Object ? dyn_cast_or_null<FieldDecl>(namedBy(Object)) : nullptr;
      const auto Cause = Broken.find(Field);
      if (!Field || Cause == Broken.end() || Cause->second == Call)
        Field = nullptr;
      // What the project's own functions do with it, they know best.
      if ((!Token && !Field) || !U.M.isLibraryCode(Call->getDirectCallee()) ||
          isCaught(Await, Def, L, U) ||
          mentionsAny(Await, Model.ErrorAsValue, U.Ctx))
        return true;
      Finding Found;
      Found.Loc = Await->getExprLoc();
      Found.Ranges.push_back(Await->getSourceRange());
      Found.Message = "'" + displayCallee(Call, Call->getDirectCallee()) +
                      "' throws when '" +
                      (Token ? accessPath(Token)->name() + "' is told to stop"
                             : Field->getNameAsString() + "' is broken") +
                      ", and the loop never gets to ask: the exception " +
                      Then.str() + "; catch it here, and leave the loop";
      if (Field)
        Found.Notes.push_back({Cause->second->getExprLoc(), "broken here"});
      Found.Notes.push_back({Started->getExprLoc(), "started here"});
      report(std::move(Found));
      return true;
    });
    return true;
  });
}

/// What the handler \p FD of exceptions does with a cancellation.
enum class Handles { None, Reports, Knows };
static Handles handles(const FunctionDecl *FD, const CancellationModel &Model,
                       Unit &U) {
  if (FD->getNumParams() != 1)
    return Handles::None;
  const ParmVarDecl *P = FD->getParamDecl(0);
  const QualType T = P->getType().getNonReferenceType();
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  // The future itself; an exception of a class that it names.
  if (U.C.taskType(T) || T->isUndeducedAutoType() || !RD)
    return Handles::Knows;
  if (!StringRef(qualifiedName(RD)).starts_with("std::") ||
      RD->getName() != "exception_ptr")
    return isAnyStdException(RD) ? Handles::Knows : Handles::None;
  bool Uses = false, Asks = false;
  walkFunction(FD, [&](const Stmt *S) {
    Asks |= isa<IfStmt, SwitchStmt, AbstractConditionalOperator, CXXTryStmt>(S);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Uses |= Ref->getDecl() == P;
    // It is logged where only developers look: somebody expects it.
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      Asks |= isa<CXXMethodDecl>(Member->getMemberDecl()) &&
              Member->getMemberDecl()->getIdentifier() &&
              U.M.index().isQuietName(Member->getMemberDecl()->getName());
    return true;
  });
  return Uses && !Asks && !mentionsAny(FD->getBody(), Model.Mentions, U.Ctx)
             ? Handles::Reports
             : Handles::Knows;
}

/// Whether \p FD does nothing but start \p Call, so that its exceptions are its
/// own.
static llvm::SmallVector<const FunctionDecl *, 1>
startedBy(const FunctionDecl *FD) {
  llvm::SmallVector<const FunctionDecl *, 1> Found;
  const FunctionDecl *Def = nullptr;
  if (!FD || !FD->hasBody(Def))
    return Found;
  Found.push_back(Def);
  walkFunction(Def, [&](const Stmt *S) {
    const Expr *E = nullptr;
    if (const auto *Return = dyn_cast<ReturnStmt>(S))
      E = Return->getRetValue();
    else if (const auto *Await = dyn_cast<CoawaitExpr>(S))
      E = Await->getOperand();
    const auto *Call = E ? dyn_cast<CallExpr>(stripImplicit(E)) : nullptr;
    if (Call && Call->getDirectCallee())
      Found.push_back(Call->getDirectCallee());
    return !isa<CXXTryStmt>(S);
  });
  return Found;
}

/// \p E is a statement of \p F whose value nobody uses.
void EscapingCancellationCheck::start(Unit &U, const FunctionSummary &F,
                                      const Expr *E) {
  E = stripImplicit(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E);
      Cast && Cast->getType()->isVoidType())
    E = stripImplicit(Cast->getSubExpr());
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return;
  // A function of a library that starts work which nobody can get at.
  if (const FunctionModel *Known = U.M.function(Call))
    for (const ModelRef<CallableModel> &Ref : Known->Callables)
      if (Ref.Model->Exceptions == Fate::Terminates)
        for (const Expr *Argument : writtenArguments(Call)) {
          const auto *Task = dyn_cast<CallExpr>(stripImplicit(Argument));
          if (const FunctionDecl *FD =
                  Task ? Task->getDirectCallee() : callableOf(Argument))
            for (const FunctionDecl *Work : startedBy(FD))
              loops(U, Work, Call, "ends the program");
        }
  // A future that is dropped, and what was done to it before.
  const TaskType Type = U.C.taskType(E->getType());
  if (!Type.Model.Model || Type.Model.Model->WhenDropped != Dropped::Detaches ||
      Type.Model.Model->Discardable ||
      !Type.Model.Library.Library->Cancellation)
    return;
  const CancellationModel &Model = *Type.Model.Library.Library->Cancellation;
  bool Reports = false;
  while (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
    const Expr *Object = Member->getImplicitObjectArgument();
    if (!U.C.taskType(Object->getType()))
      break;
    for (const Expr *Argument : writtenArguments(Member))
      if (const FunctionDecl *FD = callableOf(Argument))
        switch (handles(FD, Model, U)) {
        case Handles::None:
          break;
        case Handles::Reports:
          Reports = true;
          break;
        case Handles::Knows:
          return;
        }
      else
        return;
    Call = dyn_cast<CallExpr>(stripImplicit(Object));
    if (!Call)
      return;
  }
  const llvm::StringRef Then = Reports ? "is handled as an error"
                                       : "leaves a future that nobody looks at";
  if (const FunctionDecl *Callee = Call->getDirectCallee();
      Callee && U.M.isLibraryCode(Callee)) {
    for (const Expr *Argument : writtenArguments(Call))
      if (const FunctionDecl *FD = callableOf(Argument))
        for (const FunctionDecl *Work : startedBy(FD))
          loops(U, Work, Call, Then);
  } else {
    loops(U, Callee, Call, Then);
  }
}

void EscapingCancellationCheck::analyze(Unit &U) {
  if (!U.Ctx.getLangOpts().CXXExceptions)
    return;
  Broken.clear();
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (Known && Known->OwnErrors.Model && Call->getType()->isVoidType())
        if (const auto *Field =
                dyn_cast_or_null<FieldDecl>(namedBy(objectOf(Call))))
          Broken.try_emplace(Field, Call);
      return true;
    });
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      forEachStatement(S, [&](const Expr *E) { start(U, F, E); });
      return true;
    });
}
