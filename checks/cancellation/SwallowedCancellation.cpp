//===-- SwallowedCancellation.cpp - async-swallowed-cancellation ----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds exception handlers that catch a library's cancellation exception and
/// go on as if nothing had happened.
class SwallowedCancellationCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void tryStatement(Unit &U, const FunctionSummary &F, const CXXTryStmt *Try);
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
  for (const FunctionSummary &F : U.functions()) {
    // What nobody awaits, nobody cancels.
    if (!F.Coro || F.Coro->Kind == CoroutineKind::FireAndForget ||
        !F.Coro->Library || !F.Coro->Library.Library->Cancellation ||
        F.Coro->Library.Library->Cancellation->Exceptions.empty())
      continue;
    walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
      if (const auto *Try = dyn_cast<CXXTryStmt>(S))
        tryStatement(U, F, Try);
      return true;
    });
  }
}

/// Whether \p Handler catches the exceptions called \p Names.
static bool catches(const CXXCatchStmt *Handler,
                    llvm::ArrayRef<std::string> Names, LibraryRef Library,
                    ASTContext &Ctx) {
  QualType Caught = Handler->getCaughtType();
  if (Caught.isNull())
    return true; // catch (...)
  const CXXRecordDecl *RD = recordOf(Caught);
  if (!RD)
    return false;
  for (const std::string &Name : Names) {
    const auto *Exception = dyn_cast_or_null<CXXRecordDecl>(
        findDeclaration(Library.qualify(Name), Ctx));
    if (!Exception)
      continue;
    Exception = definitionOf(Exception);
    if (Exception && (Exception->getCanonicalDecl() == RD->getCanonicalDecl() ||
                      (RD->getDefinition() &&
                       Exception->isDerivedFrom(RD->getDefinition()))))
      return true;
  }
  return false;
}

/// The handler of \p Try that a cancellation reaches first.
static const CXXCatchStmt *cancellationHandler(const CXXTryStmt *Try,
                                               const CancellationModel &Model,
                                               LibraryRef Library,
                                               ASTContext &Ctx) {
  for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
    if (catches(Try->getHandler(I), Model.Exceptions, Library, Ctx))
      return Try->getHandler(I);
  return nullptr;
}

/// Whether \p Handler is for nothing but cancellation: nobody writes the name
/// of a library's own exception for that by accident.
static bool namesCancellation(const CXXCatchStmt *Handler,
                              const CancellationModel &Model,
                              LibraryRef Library) {
  const CXXRecordDecl *RD = recordOf(Handler->getCaughtType());
  return RD && llvm::any_of(Model.Exceptions, [&](StringRef Name) {
           return !Name.starts_with("::") &&
                  qualifiedName(RD) == Library.qualify(Name);
         });
}

/// Whether what \p Body awaits can be cancelled: where a token has to be
/// passed, only what is given one.
static bool mayBeCancelled(const Stmt *Body, const CancellationModel &Model,
                           Unit &U) {
  if (Model.How != Travels::Parameter || Model.Tokens.empty())
    return true;
  bool Found = false;
  walkBody(Body, [&](const Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S))
      if (const TypeModel *Known = U.M.type(E->getType()))
        Found |= bool(Known->CancellationToken);
    return !Found;
  });
  return Found;
}

void SwallowedCancellationCheck::tryStatement(Unit &U, const FunctionSummary &F,
                                              const CXXTryStmt *Try) {
  const LibraryRef &L = F.Coro->Library;
  const CancellationModel &Model = *L.Library->Cancellation;
  const CXXCatchStmt *Handler = cancellationHandler(Try, Model, L, U.Ctx);
  if (!Handler || namesCancellation(Handler, Model, L))
    return;

  // Where a cancellation can be thrown that this handler gets to see.
  llvm::SmallPtrSet<const Stmt *, 8> Awaits, ErrorAsValue;
  const Expr *First = nullptr;
  walkBody(Try->getTryBlock(), [&](const Stmt *S) {
    if (const auto *Inner = dyn_cast<CXXTryStmt>(S))
      return !cancellationHandler(Inner, Model, L, U.Ctx);
    if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S) &&
        U.C.maySuspend(cast<Expr>(S))) {
      if (llvm::any_of(Model.ErrorAsValue, [&](const std::string &Name) {
            return mentions(S, Name, U.Ctx);
          }))
        ErrorAsValue.insert(S);
      Awaits.insert(S);
      if (!First)
        First = cast<Expr>(S);
    }
    return true;
  });
  if (Awaits.empty() || !mayBeCancelled(Try->getTryBlock(), Model, U))
    return;

  // A handler that asks what it caught, or throws, knows what it does.
  bool Decides = false;
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    Decides |= isa<CXXThrowExpr, CoreturnStmt, ReturnStmt>(S);
    return !Decides;
  });
  for (const std::string &Name : Model.Mentions)
    Decides = Decides || mentions(Handler->getHandlerBlock(), Name, U.Ctx);
  for (const std::string &Name : Model.ChangedBy)
    Decides = Decides || mentions(coroutineBody(F.Function), Name, U.Ctx);
  if (Decides)
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

  bool BackToTry = false, Leaves = false, AwaitsLater = false;
  llvm::SmallPtrSet<const CFGBlock *, 16> Seen{Start};
  llvm::SmallVector<const CFGBlock *, 16> Work{Start};
  while (!Work.empty()) {
    const CFGBlock *Block = Work.pop_back_val();
    if (Block == &Flow->graph().getExit()) {
      Leaves = true;
      continue;
    }
    bool Stopped = false;
    for (const CFGElement &Element : *Block) {
      std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
      const auto *E = S ? dyn_cast<Expr>(S->getStmt()) : nullptr;
      if (!E)
        continue;
      if (Awaits.contains(E)) {
        // Where the first cancelled await only returns an error, the code
        // behind it may be what leaves the loop.
        BackToTry = true;
        Stopped = !ErrorAsValue.contains(E);
      } else if (isa<CXXThrowExpr>(E)) {
        Leaves = Stopped = true;
      } else if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(E) &&
                 U.C.maySuspend(E)) {
        // Where cancellation repeats, this await throws and ends the
        // coroutine, or reaches an outer handler: not this one's fault.
        (Model.Repeats ? Leaves : AwaitsLater) = true;
        Stopped = true;
      }
      if (Stopped)
        break;
    }
    if (Stopped)
      continue;
    unsigned Successor = 0;
    for (const CFGBlock *Next : Block->succs())
      if (!FunctionFlow::isExceptional(*Block, Successor++) && Next &&
          Seen.insert(Next).second)
        Work.push_back(Next);
  }
  if (Model.Repeats ? !BackToTry || Leaves : !BackToTry && !AwaitsLater)
    return;

  std::string Caught = Handler->getCaughtType().isNull()
                           ? "..."
                           : displayType(Handler->getCaughtType(), U.Ctx);
  Finding Found;
  Found.Loc = Handler->getCatchLoc();
  Found.Message = "'catch (" + Caught + ")' swallows cancellation";
  Found.Message +=
      Model.Repeats
          ? ": every await of this loop throws it again, so the loop spins "
            "for ever"
          : ", and the coroutine goes on";
  Found.Message += "; " + L.expand(Model.Instead);
  Found.Notes.push_back(
      {First->getExprLoc(), "a cancelled operation throws here"});
  report(Found);
}
