//===-- ThrowingFiber.cpp - async-throwing-fiber --------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Handlers.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds stackful coroutines of which exceptions get out of the event loop.
class ThrowingFiberCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<ThrowingFiberCheck> R({
    .Name = "async-throwing-fiber",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an exception that leaves a stackful coroutine stops the event "
               "loop",
});

/// A place that throws when somebody else's code, or an operation, fails.
struct Failing {
  const Expr *At = nullptr;
  std::string Text; ///< to complete a message
};

} // namespace

/// Whether the handlers of \p Try catch whatever goes wrong, or what the
/// operations of \p Library throw.
static bool catches(const CXXTryStmt *Try, LibraryRef Library,
                    ASTContext &Ctx) {
  const auto &Model = Library.Library->Exceptions;
  return llvm::any_of(handlersOf(Try), [&](const CXXCatchStmt *Handler) {
    return catchesExceptions(Handler) ||
           (Model && catchesAny(Handler, Model->Classes, Library, Ctx));
  });
}

/// The parameter of \p FD with which operations wait: the library's own.
static const ParmVarDecl *tokenOf(const FunctionDecl *FD, LibraryRef Library,
                                  Models &M) {
  for (const ParmVarDecl *P : FD->parameters())
    if (const CXXRecordDecl *RD = recordOf(P->getType());
        RD && M.libraryAround(RD).Library == Library.Library)
      return P;
  return nullptr;
}

static bool isNamed(const Expr *E, const ValueDecl *D) {
  E = withoutForwarding(E);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
      Construct && Construct->getNumArgs() == 1)
    E = stripImplicit(Construct->getArg(0));
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && Ref->getDecl() == D;
}

/// Where \p FD, which waits with \p Token, throws when something fails.
static Failing failing(Unit &U, const FunctionDecl *FD, const ValueDecl *Token,
                       LibraryRef Library, unsigned Depth) {
  Failing Found;
  walkFunction(FD, [&](const Stmt *S) {
    if (Found.At)
      return false;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      return !catches(Try, Library, U.Ctx);
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || llvm::none_of(Call->arguments(), [&](const Expr *A) {
          return isNamed(A, Token);
        }))
      return true;
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee)
      return true;
    const auto *MD = dyn_cast<CXXMethodDecl>(Callee);
    const FunctionModel *Known = U.M.function(Call);
    if (MD && MD->getOverloadedOperator() == OO_Call &&
        MD->getParent()->isInStdNamespace()) {
      Found = {Call, "it calls somebody else's function here"};
    } else if (Known && Known->Fails.Library == Library.Library) {
      Found = {Call, "'" + displayCallee(Call, Callee) +
                         "' throws here when it fails"};
    } else if (const FunctionDecl *Def = nullptr; Depth < 3 &&
                                                  Callee->hasBody(Def) &&
                                                  !U.M.isLibraryCode(Callee)) {
      // What it is given, it waits with.
      unsigned Number = 0;
      for (const Expr *A : writtenArguments(Call)) {
        if (Number < Def->getNumParams() && isNamed(A, Token))
          Found =
              failing(U, Def, Def->getParamDecl(Number), Library, Depth + 1);
        ++Number;
      }
    }
    return !Found.At;
  });
  return Found;
}

void ThrowingFiberCheck::analyze(Unit &U) {
  if (!U.Ctx.getLangOpts().CXXExceptions)
    return;
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (!Known)
        return true;
      for (const ModelRef<CallableModel> &Ref : Known->Callables) {
        if (Ref.Model->Exceptions != Fate::Terminates)
          continue;
        // A completion handler behind the function gets the exception.
        const auto Arguments = writtenArguments(Call);
        const FunctionDecl *Body = nullptr;
        bool HasMore = false;
        for (const Expr *A : Arguments) {
          HasMore |= Body != nullptr;
          if (const FunctionDecl *FD = Body ? nullptr : callableOf(A))
            Body = FD;
        }
        const FunctionDecl *Def = nullptr;
        if (HasMore || !Body || !Body->hasBody(Def) || coroutineBody(Def) ||
            U.C.taskType(Def->getReturnType()) || U.M.isLibraryCode(Def))
          continue;
        const ParmVarDecl *Token = tokenOf(Def, Ref.Library, U.M);
        const Failing Why =
            Token ? failing(U, Def, Token, Ref.Library, 0) : Failing();
        if (!Why.At)
          continue;
        Finding Found;
        Found.Loc = Call->getExprLoc();
        Found.Ranges.push_back(Call->getSourceRange());
        Found.Message =
            "an exception of this " + Ref.Model->As +
            " leaves the event loop, and mostly ends the program: nobody waits "
            "for what '" +
            displayCallee(Call, Call->getDirectCallee()) +
            "' starts; catch it there";
        Found.Notes.push_back({Why.At->getExprLoc(), Why.Text});
        report(std::move(Found));
      }
      return true;
    });
}
