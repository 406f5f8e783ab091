//===-- EscapingException.cpp - Exceptions that nobody gets -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "results/EscapingException.h"
#include "core/Names.h"
#include "core/Throws.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

/// What becomes of the exception, as the end of "an exception of 'f' ...".
static std::string describe(Fate What) {
  return What == Fate::Terminates ? "ends the program" : "is lost";
}

/// The name of the completion token in argument \p E that says that nobody
/// waits; empty when there is none.
static std::string detachedBy(const Expr *E, const CallableModel &Model,
                              LibraryRef Library) {
  std::string Found;
  walkBody(E, [&](const Stmt *S) {
    const auto *Part = dyn_cast<Expr>(S);
    const CXXRecordDecl *RD = Part ? recordOf(Part->getType()) : nullptr;
    if (RD && Found.empty() &&
        llvm::any_of(Model.DetachedBy,
                     [&, Name = qualifiedName(RD)](StringRef Wanted) {
                       return Library.qualify(Wanted) == Name;
                     })) {
      if (const ValueDecl *Named = namedBy(Part))
        Found = Named->getDeclName().getAsString();
      else if (!isa<CallExpr>(Part))
        Found = RD->getName().str();
    }
    return Found.empty();
  });
  return Found;
}

/// Adds to \p G the functions of which argument \p E of a function that starts
/// work is a task, or which make one. \returns whether there are any.
bool EscapingExceptionCheck::work(Unit &U, const FunctionSummary &F,
                                  const Expr *E, Guard &G, std::string &Name) {
  bool Any = false;
  forEachTask(E, U.M, [&](const Expr *Task) {
    if (const FunctionModel *Known = U.M.function(Task);
        Known && Known->Wraps) {
      for (const Expr *Argument : writtenArguments(Task))
        Any |= work(U, F, Argument, G, Name);
      return;
    }
    const FunctionDecl *FD = nullptr;
    bool IsVirtual = false;
    if (isa<CallExpr>(Task) && U.C.taskType(Task->getType())) {
      FD = calleeOf(Task);
      for (const CallSite &Site : F.Calls)
        IsVirtual |= Site.Call == Task && Site.IsVirtual;
    } else if ((FD = callableOf(Task)) && !U.C.taskType(FD->getReturnType())) {
      FD = nullptr; // it makes no task
    }
    if (!FD || U.M.isLibraryCode(FD))
      return;
    Any = true;
    G.Functions.push_back(IsVirtual ? U.key(FD).dispatch() : U.key(FD));
    if (Name.empty())
      Name = displayName(FD);
  });
  return Any;
}

void EscapingExceptionCheck::spawned(Unit &U, const FunctionSummary &F,
                                     const Expr *Call,
                                     const ModelRef<CallableModel> &Ref) {
  const CallableModel &Model = *Ref.Model;
  Guard G;
  G.Kind = Effect::Throw;
  std::string Name, Token;
  bool HasCallback = false;
  unsigned Number = 0;
  for (const Expr *Argument : writtenArguments(Call)) {
    if (++Number; !Model.Arguments.empty() &&
                  !llvm::is_contained(Model.Arguments, Number))
      continue;
    if (work(U, F, Argument, G, Name))
      continue;
    if (Token.empty())
      Token = detachedBy(Argument, Model, Ref.Library);
    HasCallback |= callableOf(Argument) != nullptr;
  }
  // task().start(): the object is the work, and a callback gets its result.
  if (const Expr *Object = objectOf(Call);
      Object && G.Functions.empty() && U.C.taskType(Object->getType()))
    work(U, F, Object, G, Name);
  if (G.Functions.empty())
    return;
  // What the function returns may stand for the work.
  const bool NobodyWaits =
      !Model.DetachedBy.empty()
          ? !Token.empty()
          : !HasCallback && (Model.Of == Work::Detached ||
                             U.body(F.Function).isDiscarded(Call));
  if (!NobodyWaits)
    return;

  const FunctionDecl *Callee = calleeOf(Call);
  G.Message = "an exception of '" + Name + "' " + describe(Model.Exceptions) +
              ": nobody waits for what '" + displayCallee(Call, Callee) +
              "' starts";
  if (!Token.empty())
    G.Message += " with '" + Token + "'";
  const auto &Exceptions = Ref.Library.Library->Exceptions;
  G.Message += "; " + (Exceptions && !Exceptions->Instead.empty()
                           ? Ref.Library.expand(Exceptions->Instead)
                           : std::string("catch it in the coroutine"));
  Finding Found;
  Found.Loc = Call->getExprLoc();
  Found.Ranges.push_back(Call->getSourceRange());
  reportIf(std::move(G), std::move(Found));
}

void EscapingExceptionCheck::fireAndForget(Unit &U, const FunctionSummary &F) {
  Fate What = Fate::Unsaid;
  QualType Result = F.Function->getReturnType();
  const Expr *Site = nullptr;
  if (const TypeModel *Known = U.M.type(Result); Known && Known->Fatal) {
    What = Fate::Terminates;
    if (const ThrowSummary &Own = U.throws(F); !Own.Throws.empty())
      Site = Own.Throws.front().At;
  } else if (Known && Known->Task.Model) {
    What = Known->Task.Model->Exceptions;
  } else if (F.Coro->Kind == CoroutineKind::FireAndForget && F.Coro->Promise) {
    switch (unhandledException(F.Coro->Promise, U.Ctx)) {
    case Unhandled::Unknown:
      break;
    case Unhandled::Lost:
      What = Fate::Lost;
      break;
    case Unhandled::Terminates:
      What = Fate::Terminates;
      break;
    }
  }
  if (What != reported())
    return;
  Guard G;
  G.Kind = Effect::Throw;
  G.Functions.push_back(U.key(F.Function));
  G.Message = "an exception of '" + displayName(F.Function) + "' " +
              describe(What) + ": nobody can await a '" +
              displayType(Result, U.Ctx) + "'; catch it in the coroutine";
  Finding Found;
  Found.Loc = Site ? Site->getExprLoc() : F.Function->getLocation();
  reportIf(std::move(G), std::move(Found));
}

void EscapingExceptionCheck::analyze(Unit &U) {
  if (!U.Ctx.getLangOpts().CXXExceptions)
    return;
  for (const FunctionSummary &F : U.functions()) {
    if (U.isExpectedToThrow(F))
      continue;
    if (F.Coro)
      fireAndForget(U, F);
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      if (const FunctionModel *Known = Call ? U.M.function(Call) : nullptr)
        for (const ModelRef<CallableModel> &Ref : Known->Callables)
          if (Ref.Model->Exceptions == reported())
            spawned(U, F, Call, Ref);
      return true;
    });
  }
}
