//===-- IncompleteCancellationTest.cpp - async-incomplete-... ---*- C++ -*-===//
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

/// Finds code that tells cancellation from other errors, and does not know all
/// the ways in which the library reports it.
class IncompleteCancellationTestCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void classifier(Unit &U, const FunctionSummary &F, const CXXTryStmt *Try);
  void operation(Unit &U, const FunctionSummary &F, const Expr *Await);
  void test(Unit &U, const Expr *Await, const Stmt *Handler,
            const ModelRef<OwnErrorsModel> &Known);
  /// Per class of exceptions, a call which is the reason that they are thrown.
  llvm::DenseMap<const CXXRecordDecl *, const Expr *> Causes;
  /// Per coroutine of the unit, the calls that await it.
  llvm::DenseMap<
      const FunctionDecl *,
      llvm::SmallVector<std::pair<const FunctionDecl *, const Expr *>, 2>>
      AwaitedIn;
};

const Register<IncompleteCancellationTestCheck> R({
    .Name = "async-incomplete-cancellation-test",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "code that tells cancellation from errors does not know all "
               "forms of it, and takes some for a failure",
});

} // namespace

/// What \p Handler does, if that is to return a constant.
static std::optional<bool> returned(const CXXCatchStmt *Handler) {
  const auto *Block = dyn_cast<CompoundStmt>(Handler->getHandlerBlock());
  const auto *Return = Block && Block->size() == 1
                           ? dyn_cast<ReturnStmt>(Block->body_front())
                           : nullptr;
  const auto *Value =
      Return && Return->getRetValue()
          ? dyn_cast<CXXBoolLiteralExpr>(stripImplicit(Return->getRetValue()))
          : nullptr;
  return Value ? std::optional<bool>(Value->getValue()) : std::nullopt;
}

/// Whether \p S does nothing but throw an exception that was caught before.
static bool onlyRethrows(const CompoundStmt *S) {
  const auto *E = S->size() == 1 ? dyn_cast<Expr>(S->body_front()) : nullptr;
  const auto *Call = E ? dyn_cast<CallExpr>(stripImplicit(E)) : nullptr;
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
         Callee->getName() == "rethrow_exception";
}

void IncompleteCancellationTestCheck::classifier(Unit &U,
                                                 const FunctionSummary &F,
                                                 const CXXTryStmt *Try) {
  if (!onlyRethrows(Try->getTryBlock()))
    return;
  for (const LibraryModel *L : U.M.index().libraries()) {
    if (!L->Cancellation)
      continue;
    for (const std::string &Namespace : L->Namespaces) {
      const LibraryRef Library{L, Namespace};
      llvm::SmallVector<const CXXRecordDecl *, 4> All;
      for (StringRef Name : L->Cancellation->Exceptions)
        // One that is in nobody's namespace says other things, too.
        if (!Name.starts_with("::"))
          if (const auto *RD = dyn_cast_or_null<CXXRecordDecl>(
                  findDeclaration(Library.qualify(Name), U.Ctx)))
            All.push_back(RD);
      unsigned NumKnown = 0;
      std::optional<bool> Yes;
      const CXXCatchStmt *Else = nullptr;
      llvm::SmallPtrSet<const CXXRecordDecl *, 4> Known;
      for (const CXXCatchStmt *Handler : handlersOf(Try)) {
        if (Else)
          break;
        const std::optional<bool> Value = returned(Handler);
        const CXXRecordDecl *Caught = recordOf(Handler->getCaughtType());
        unsigned NumCaught = 0;
        for (const CXXRecordDecl *RD : All)
          if (!Caught || isCaughtAs(Caught, RD)) {
            ++NumCaught;
            if (Value && (!Yes || *Yes == *Value))
              Known.insert(RD);
          }
        const bool IsOwn = llvm::any_of(All, [&](const CXXRecordDecl *RD) {
          return Caught && declaresSameEntity(RD, Caught);
        });
        if (IsOwn) {
          if (!Value || (Yes && *Yes != *Value))
            return; // some are told from others
          Yes = Value;
          ++NumKnown;
        } else if (NumCaught && Value && Yes && *Value != *Yes) {
          Else = Handler;
        } else if (NumCaught) {
          return;
        }
      }
      if (NumKnown < 2 || !Else)
        continue;
      // Only what the code around it makes happen: nobody has to know the
      // rest.
      std::string Missing;
      const Expr *Cause = nullptr;
      for (const CXXRecordDecl *RD : All)
        if (const Expr *Call = Causes.lookup(RD->getCanonicalDecl());
            Call && !Known.contains(RD)) {
          Cause = Cause ? Cause : Call;
          Missing += (Missing.empty() ? "'" : ", '") + qualifiedName(RD) + "'";
        }
      if (Missing.empty())
        continue;
      Finding Found;
      Found.Loc = Else->getCatchLoc();
      Found.Message = "'" + displayName(F.Function) +
                      "' tells cancellation from failures, and takes " +
                      Missing +
                      " for a failure: that says that something was stopped, "
                      "too; add a handler for it";
      Found.Notes.push_back({Cause->getExprLoc(), "this makes it happen"});
      report(std::move(Found));
      return;
    }
  }
}

/// Looks at \p Handler, which gets the errors of \p Await.
void IncompleteCancellationTestCheck::test(
    Unit &U, const Expr *Await, const Stmt *Handler,
    const ModelRef<OwnErrorsModel> &Known) {
  const auto &Model = *Known.Library.Library->Cancellation;
  if (!mentionsAny(Handler, Model.Errors, U.Ctx) ||
      mentionsAny(Handler, Known.Model->Errors, U.Ctx))
    return;
  const CallExpr *Call = awaitedCall(Await);
  Finding Found;
  Found.Loc = Await->getExprLoc();
  Found.Ranges.push_back(Await->getSourceRange());
  Found.Message =
      "when it is cancelled, '" + displayCallee(Call, Call->getDirectCallee()) +
      "' fails with '" + Known.Library.qualify(Known.Model->Errors.front()) +
      "', which the code that asks for '" +
      Known.Library.qualify(Model.Errors.front()) +
      "' takes for a failure; ask for both, or turn one into the other";
  Found.Notes.push_back({Handler->getBeginLoc(), "asked here"});
  report(std::move(Found));
}

void IncompleteCancellationTestCheck::operation(Unit &U,
                                                const FunctionSummary &F,
                                                const Expr *Await) {
  const CallExpr *Call = awaitedCall(Await);
  const FunctionModel *Model = Call ? U.M.function(Call) : nullptr;
  if (!Model || !Model->OwnErrors.Model)
    return;
  const auto Handlers = handlersAround(Await, U.body(F.Function));
  for (const CXXCatchStmt *Handler : Handlers)
    test(U, Await, Handler, Model->OwnErrors);
  if (!Handlers.empty())
    return;
  // Those who await this coroutine get the error.
  for (const auto &[Caller, Place] :
       AwaitedIn.lookup(F.Function->getCanonicalDecl()))
    for (const CXXCatchStmt *Handler : handlersAround(Place, U.body(Caller)))
      test(U, Await, Handler, Model->OwnErrors);
}

void IncompleteCancellationTestCheck::analyze(Unit &U) {
  AwaitedIn.clear();
  Causes.clear();
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (Known && Known->OwnErrors.Model)
        for (const std::string &Name : Known->OwnErrors.Model->Errors)
          if (const auto *RD = dyn_cast_or_null<CXXRecordDecl>(findDeclaration(
                  Known->OwnErrors.Library.qualify(Name), U.Ctx)))
            Causes.try_emplace(RD->getCanonicalDecl(), Call);
      return true;
    });
  for (const FunctionSummary &F : U.functions())
    if (F.Coro)
      walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
        if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
          if (const CallExpr *Call = awaitedCall(Await))
            if (const FunctionDecl *Callee = Call->getDirectCallee())
              AwaitedIn[Callee->getCanonicalDecl()].push_back(
                  {F.Function, Await});
        return true;
      });
  for (const FunctionSummary &F : U.functions()) {
    if (F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Try = dyn_cast<CXXTryStmt>(S))
        classifier(U, F, Try);
      else if (F.Coro && isa<CoroutineSuspendExpr>(S))
        operation(U, F, cast<Expr>(S));
      return true;
    });
  }
}
