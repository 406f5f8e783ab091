//===-- IgnoredStop.cpp - async-ignored-stop ------------------------------===//
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

/// Finds functions that notice that they have been told to stop, tell those who
/// wait for them, and then go on and tell them again.
class IgnoredStopCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<IgnoredStopCheck> R({
    .Name = "async-ignored-stop",
    .Group = "cancellation",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a function reports that it was cancelled, and goes on as if it "
               "were not",
});

/// A call that ends what somebody waits for.
struct Completion {
  const CXXMemberCallExpr *Call;
  AccessPath Of;
};

} // namespace

/// Whether somebody can wait for an \p RD: it can be awaited, or has a member
/// that returns what can.
static bool isWaitedFor(const CXXRecordDecl *RD, Unit &U) {
  return U.C.isAwaitable(RD) ||
         anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
           const CXXRecordDecl *Def = definitionOf(Class);
           return Def &&
                  llvm::any_of(Def->methods(), [&](const CXXMethodDecl *M) {
                    return !M->isStatic() && M->getIdentifier() &&
                           U.C.taskType(M->getReturnType());
                  });
         });
}

/// Whether \p Call is given an exception, for those who wait.
static bool givesError(const CXXMemberCallExpr *Call) {
  const CXXMethodDecl *Method = Call->getMethodDecl();
  if (Method->getNumParams() != 1)
    return false;
  const CXXRecordDecl *RD = recordOf(Method->getParamDecl(0)->getType());
  return RD && RD->getIdentifier() &&
         (RD->getName() == "exception_ptr" || isAnyStdException(RD));
}

/// Whether both calls end what somebody waits for: by the same member, or one
/// with an error and one without.
static bool isSecondEnd(const CXXMemberCallExpr *First,
                        const CXXMemberCallExpr *Second) {
  return First->getMethodDecl() == Second->getMethodDecl()
             ? First->getNumArgs() == 0 || givesError(First)
             : givesError(First) && Second->getNumArgs() <= 1;
}

/// The completions in \p S, and in functions of the same object that it calls.
static void completions(const Stmt *S, Unit &U,
                        llvm::SmallVectorImpl<Completion> &Found,
                        unsigned Depth = 0) {
  walkBody(S, [&](const Stmt *In) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(In);
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    if (!Method || !Method->getIdentifier())
      return true;
    const Expr *Object = Call->getImplicitObjectArgument();
    if (isa<CXXThisExpr>(stripImplicit(Object))) {
      const FunctionDecl *Def = nullptr;
      if (Depth == 0 && Method->hasBody(Def) && !coroutineBody(Def))
        completions(Def->getBody(), U, Found, 1);
      return true;
    }
    if (Method->isConst() || !Method->getReturnType()->isVoidType())
      return true;
    const CXXRecordDecl *RD = recordOf(Object->getType());
    if (!RD || tokenType(Object->getType(), U.M))
      return true;
    if (!isWaitedFor(RD, U))
      return true;
    std::optional<AccessPath> Path = accessPath(Object);
    // What a function that is called names is its own, but for its object.
    if (Path && (Depth == 0 || !Path->Base))
      Found.push_back({Call, *Path});
    return true;
  });
}

/// Whether control may leave \p S otherwise than by its end.
static bool mayLeave(const Stmt *S) {
  bool May = false;
  walkBody(S, [&](const Stmt *In) {
    May |= isa<ReturnStmt, CoreturnStmt, BreakStmt, ContinueStmt, GotoStmt,
               CXXThrowExpr>(In);
    if (const auto *Call = dyn_cast<CallExpr>(In))
      May |= Call->getDirectCallee() && Call->getDirectCallee()->isNoReturn();
    return !May;
  });
  return May;
}

void IgnoredStopCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Block = dyn_cast<CompoundStmt>(S);
      if (!Block)
        return true;
      for (auto It = Block->body_begin(); It != Block->body_end(); ++It) {
        const auto *If = dyn_cast<IfStmt>(*It);
        const Expr *Asked =
            If && !If->getElse() ? askedToken(If->getCond(), U.M) : nullptr;
        if (!Asked || mayLeave(If->getThen()))
          continue;
        llvm::SmallVector<Completion, 2> First;
        completions(If->getThen(), U, First);
        if (First.empty())
          continue;
        for (auto Next = std::next(It); Next != Block->body_end(); ++Next) {
          const auto *E = dyn_cast<Expr>(*Next);
          llvm::SmallVector<Completion, 2> Second;
          if (E)
            completions(E, U, Second);
          else if (mayLeave(*Next))
            break; // perhaps it looks at what happened
          for (const Completion &One : First)
            for (const Completion &Other : Second) {
              if (!(One.Of == Other.Of) || !isSecondEnd(One.Call, Other.Call))
                continue;
              Finding Found;
              Found.Loc = If->getIfLoc();
              Found.Message = "this function goes on when it has been told to "
                              "stop, and ends '" +
                              One.Of.name() +
                              "' a second time; return behind the first";
              Found.Notes.push_back(
                  {One.Call->getExprLoc(), "ended here, when told to stop"});
              Found.Notes.push_back(
                  {Other.Call->getExprLoc(), "and here again"});
              report(std::move(Found));
              return true;
            }
        }
      }
      return true;
    });
  }
}
