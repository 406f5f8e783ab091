//===-- WrongTimeoutError.cpp - async-wrong-timeout-error -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Timeouts.h"
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

/// Finds handlers for an exception that says that something took too long,
/// where what is awaited says so by another one; and the same for the values of
/// error codes.
class WrongTimeoutErrorCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void tryStatement(Unit &U, const CXXTryStmt *Try);
  void errorCodes(Unit &U, const FunctionSummary &F);
};

const Register<WrongTimeoutErrorCheck> R({
    .Name = "async-wrong-timeout-error",
    .Group = "cancellation",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a handler for timeouts is for another one than what is awaited "
               "throws, and never runs",
});

/// The classes of exceptions that a timeout throws, as far as the file has
/// them.
llvm::SmallVector<const CXXRecordDecl *, 2>
thrownBy(const ModelRef<TimeoutModel> &Known, ASTContext &Ctx) {
  llvm::SmallVector<const CXXRecordDecl *, 2> Found;
  for (const std::string &Name : Known.Model->Throws)
    if (const auto *RD = dyn_cast_or_null<CXXRecordDecl>(
            findDeclaration(Known.Library.qualify(Name), Ctx)))
      Found.push_back(RD);
  return Found;
}

/// Looks for what may throw an exception of one class, or one that is known as
/// that. Whatever is not seen may.
class Search {
public:
  Search(const CXXRecordDecl *Wanted, Unit &U)
      : Wanted(Wanted), Library(U.M.libraryAround(Wanted)), U(U) {
    for (const LibraryModel *L : U.M.index().libraries())
      for (const TimeoutModel &T : L->Timeouts)
        for (const std::string &Namespace : L->Namespaces)
          for (const std::string &Name : T.Throws)
            IsModelled |=
                LibraryRef{L, Namespace}.qualify(Name) == qualifiedName(Wanted);
  }

  /// The timeouts that were met, each with the await that throws.
  llvm::SmallVector<std::pair<TimeoutCall, const Expr *>, 2> Timeouts;

  bool mayThrow(const Stmt *Body, unsigned Depth = 0) {
    bool May = false;
    walkBody(Body, [&](const Stmt *S) {
      if (May)
        return false;
      if (const auto *Throw = dyn_cast<CXXThrowExpr>(S))
        May |= !Throw->getSubExpr() || isRelated(Throw->getSubExpr());
      if (const auto *Construct = dyn_cast<CXXConstructExpr>(S))
        May |= isRelated(Construct);
      if (isa<DependentCoawaitExpr, UnresolvedLookupExpr>(S))
        May = true;
      if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) {
        const auto *Plain = dyn_cast<CoawaitExpr>(Await);
        if (!Plain || !Plain->isImplicit())
          May |= awaited(Await->getOperand(), Await, Depth);
        return false;
      }
      if (const auto *Call = dyn_cast<CallExpr>(S)) {
        if (U.C.taskType(Call->getType()))
          May |= awaited(Call, nullptr, Depth);
        else if (const FunctionDecl *Callee = Call->getDirectCallee())
          May |= !U.M.isLibraryCode(Callee) && !Callee->isInStdNamespace() &&
                 !Callee->isExternC() && plainCall(Callee, Depth);
      }
      return !May;
    });
    return May;
  }

private:
  /// Whether who catches the one may get the other.
  bool isRelated(const Expr *E) {
    const CXXRecordDecl *RD = recordOf(E->getType());
    return E->isTypeDependent() || isCaughtAs(Wanted, RD);
  }

  /// What gives a value, asks for one, and does not throw that.
  bool plainCall(const FunctionDecl *Callee, unsigned Depth) {
    const FunctionDecl *Def = nullptr;
    if (!Callee->hasBody(Def))
      return Callee->getReturnType()->isVoidType();
    return Depth < 4 && Seen.insert(Def).second &&
           mayThrow(Def->getBody(), Depth + 1);
  }

  /// Whether the work that \p E stands for may fail so.
  bool awaited(const Expr *E, const Expr *Await, unsigned Depth) {
    bool May = false;
    forEachTask(E, U.M, [&](const Expr *Task) {
      May = May || task(stripImplicit(Task), Await, Depth);
    });
    return May;
  }

  bool task(const Expr *E, const Expr *Await, unsigned Depth) {
    if (!isa<CallExpr, CXXConstructExpr>(E)) {
      // An object of a library is what its class says.
      const CXXRecordDecl *RD = recordOf(E->getType());
      return !RD || isRelated(E) ||
             U.C.taskType(E->getType()).Kind == TaskType::Task ||
             !U.M.libraryAround(RD);
    }
    const FunctionDecl *Callee = calleeOf(E);
    const Expr *Object = objectOf(E);
    if (!Callee || (Object && isFunctionHolder(Object->getType())))
      return true;
    // It throws what it is told to.
    bool IsTold = false;
    for (const Expr *Argument : writtenArguments(E))
      if (isAnyStdException(recordOf(Argument->getType()))) {
        IsTold = true;
        if (isRelated(Argument))
          return true;
      }
    for (const TimeoutCall &Timeout : timeoutCalls(E, U)) {
      if (IsTold)
        break;
      if (Await)
        Timeouts.push_back({Timeout, Await});
      for (const CXXRecordDecl *RD : thrownBy(Timeout.Known, U.Ctx))
        if (isCaughtAs(Wanted, RD))
          return true;
    }
    const FunctionModel *Known = U.M.function(E);
    const bool IsKnown = Known && (!Known->Timeouts.empty() || Known->Delays);
    if (!IsKnown && !U.M.isLibraryCode(Callee)) {
      const FunctionDecl *Def = nullptr;
      const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
      if (!Callee->hasBody(Def) || (Method && Method->isVirtual()) ||
          Depth >= 4)
        return true;
      const Stmt *Body = coroutineBody(Def);
      if (!Seen.insert(Def).second)
        return false;
      if (mayThrow(Body ? Body : Def->getBody(), Depth + 1))
        return true;
    } else if (!IsKnown && Library.Library && !IsModelled &&
               U.M.libraryAround(Callee).Library == Library.Library) {
      return true; // perhaps that is what its exception is for
    }
    // What it is given, it may run or wait for.
    auto Given = [&](const Expr *Argument) {
      const Expr *Bare = stripImplicit(Argument);
      if (const auto *Move = dyn_cast<CallExpr>(Bare);
          Move && Move->isCallToStdMove())
        Bare = stripImplicit(Move->getArg(0));
      if (U.C.taskType(Bare->getType()).Kind == TaskType::Task)
        return awaited(Argument, nullptr, Depth);
      if (const FunctionDecl *FD = callableOf(Argument)) {
        const FunctionDecl *Def = nullptr;
        const Stmt *Body = FD->hasBody(Def) ? coroutineBody(Def) : nullptr;
        return !Def || (Depth < 4 && Seen.insert(Def).second &&
                        mayThrow(Body ? Body : Def->getBody(), Depth + 1));
      }
      return isFunctionHolder(Bare->getType()) ||
             Bare->getType()->isFunctionPointerType();
    };
    for (const Expr *Argument : writtenArguments(E))
      if (Given(Argument))
        return true;
    return Object && U.C.taskType(Object->getType()) && Given(Object);
  }

  const CXXRecordDecl *Wanted;
  const LibraryRef Library;
  Unit &U;
  /// Some model says what throws it.
  bool IsModelled = false;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
};

} // namespace

void WrongTimeoutErrorCheck::tryStatement(Unit &U, const CXXTryStmt *Try) {
  for (const CXXCatchStmt *Handler : handlersOf(Try)) {
    const CXXRecordDecl *Caught = recordOf(Handler->getCaughtType());
    if (!Caught || !Caught->getIdentifier() ||
        !U.M.index().isTimeoutName(Caught->getName()))
      continue;
    Search Looking(Caught, U);
    if (Looking.mayThrow(Try->getTryBlock()))
      continue;
    for (const auto &[Timeout, Await] : Looking.Timeouts) {
      const auto Thrown = thrownBy(Timeout.Known, U.Ctx);
      // Who knows the right one, too, takes no chances.
      if (Thrown.empty() ||
          llvm::any_of(handlersOf(Try), [&](const CXXCatchStmt *Other) {
            return !catchesExceptions(Other) &&
                   llvm::any_of(Thrown, [&](const CXXRecordDecl *RD) {
                     return isCaughtAs(recordOf(Other->getCaughtType()), RD);
                   });
          }))
        continue;
      const std::string Right = qualifiedName(Thrown.front());
      Finding Found;
      Found.Loc = Handler->getCatchLoc();
      Found.Message = "nothing here throws '" + qualifiedName(Caught) +
                      "': when it takes too long, '" +
                      displayCallee(Timeout.Call, calleeOf(Timeout.Call)) +
                      "' throws '" + Right +
                      "', which this handler does not catch; catch that";
      Found.Notes.push_back({Await->getExprLoc(), "thrown here"});
      report(std::move(Found));
      break;
    }
  }
}

/// The value that \p E names, which may become an error code.
static const EnumConstantDecl *valueOf(const Expr *E) {
  E = E ? stripImplicit(E) : nullptr;
  if (const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(E);
      Construct && writtenArguments(Construct).size() == 1)
    E = stripImplicit(writtenArguments(Construct).front());
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref ? dyn_cast<EnumConstantDecl>(Ref->getDecl()) : nullptr;
}

/// What code calls \p Value.
static std::string nameOf(const EnumConstantDecl *Value) {
  const auto *Enum = cast<EnumDecl>(Value->getDeclContext());
  return Enum->isScoped()
             ? qualifiedName(Enum) + "::" + Value->getNameAsString()
             : qualifiedName(Value);
}

/// Whether \p Value is one of \p Names, values of \p Library.
static bool isOneOf(const EnumConstantDecl *Value,
                    llvm::ArrayRef<std::string> Names, LibraryRef Library) {
  return Value && llvm::any_of(Names, [&](const std::string &Name) {
           return StringRef(Name).ends_with(Value->getName()) &&
                  Library.qualify(Name) == nameOf(Value);
         });
}

/// The place in \p Body that asks whether an error is one of \p Names.
static const Expr *askedFor(const Stmt *Body, llvm::ArrayRef<std::string> Names,
                            LibraryRef Library) {
  const Expr *Found = nullptr;
  auto Look = [&](const Expr *Side) {
    if (isOneOf(valueOf(Side), Names, Library))
      Found = stripImplicit(Side);
  };
  walkBody(Body, [&](const Stmt *S) {
    if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(S)) {
      Look(Rewritten->getLHS());
      Look(Rewritten->getRHS());
      return false;
    }
    if (const auto *Op = dyn_cast<BinaryOperator>(S);
        Op && Op->isEqualityOp()) {
      Look(Op->getLHS());
      Look(Op->getRHS());
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
               Op && Op->getNumArgs() == 2 &&
               (Op->getOperator() == OO_EqualEqual ||
                Op->getOperator() == OO_ExclaimEqual)) {
      Look(Op->getArg(0));
      Look(Op->getArg(1));
    } else if (const auto *Case = dyn_cast<CaseStmt>(S)) {
      Look(Case->getLHS());
    }
    return !Found;
  });
  return Found;
}

void WrongTimeoutErrorCheck::errorCodes(Unit &U, const FunctionSummary &F) {
  std::optional<TimeoutCall> Timeout;
  const Stmt *Body = coroutineBody(F.Function);
  walkBody(Body, [&](const Stmt *S) {
    if (!Timeout && isa<CallExpr>(S))
      for (const TimeoutCall &One : timeoutCalls(cast<Expr>(S), U))
        if (!One.Known.Model->Mistaken.empty())
          Timeout = One;
    return !Timeout;
  });
  if (!Timeout)
    return;
  const LibraryRef Library = Timeout->Known.Library;
  const TimeoutModel &Model = *Timeout->Known.Model;
  const Expr *Asked = askedFor(Body, Model.Mistaken, Library);
  if (!Asked)
    return;
  // Who knows the right one may be asked, too.
  bool Knows = false;
  walkBody(Body, [&](const Stmt *S) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Knows |= isOneOf(dyn_cast<EnumConstantDecl>(Ref->getDecl()), Model.Errors,
                       Library);
    return !Knows;
  });
  if (Knows)
    return;
  const std::string Right = Library.qualify(Model.Errors.front());
  Finding Found;
  Found.Loc = Asked->getExprLoc();
  Found.Ranges.push_back(Asked->getSourceRange());
  Found.Message =
      "when it takes too long, '" +
      displayCallee(Timeout->Call, calleeOf(Timeout->Call)) +
      "' makes the operation fail with '" + Right + "', and not with '" +
      nameOf(valueOf(Asked)) +
      "', which is what the system says of a connection; ask for '" + Right +
      "'";
  Found.Notes.push_back({Timeout->Call->getExprLoc(), "limited here"});
  report(std::move(Found));
}

void WrongTimeoutErrorCheck::analyze(Unit &U) {
  if (!U.Ctx.getLangOpts().CXXExceptions)
    return;
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || F.Function->isDependentContext())
      continue;
    walkBody(coroutineBody(F.Function), [&](const Stmt *S) {
      if (const auto *Try = dyn_cast<CXXTryStmt>(S))
        tryStatement(U, Try);
      return true;
    });
    errorCodes(U, F);
  }
}
