//===-- CoroutineWithoutCo.cpp - async-coroutine-without-co ---------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "results/Loss.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds functions that return a task, look as if they were meant to be
/// coroutines, and are none.
class CoroutineWithoutCoCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void returnsNothing(Unit &U, const FunctionDecl *FD, const Stmt *Body);
  void emptyTask(Unit &U, const FunctionDecl *FD, const Expr *Value);
};

const Register<CoroutineWithoutCoCheck> R({
    .Name = "async-coroutine-without-co",
    .Group = "results",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a function without co_await and co_return is no coroutine: it "
               "makes no task, and runs when it is called",
});

} // namespace

//===----------------------------------------------------------------------===//
// Tasks of nothing
//===----------------------------------------------------------------------===//

/// Whether an object of class \p RD that was made of nothing holds nothing: all
/// that it consists of are handles, pointers and flags. One that has a result
/// has to keep it somewhere.
static bool holdsOnlyHandles(const CXXRecordDecl *RD, bool &Any,
                             unsigned Depth = 0) {
  RD = RD ? RD->getDefinition() : nullptr;
  if (!RD || RD->isDependentType() || Depth > 4)
    return false;
  if (RD->isInStdNamespace()) {
    const StringRef Name = RD->getIdentifier() ? RD->getName() : "";
    const bool IsHandle = Name == "coroutine_handle" || Name == "unique_ptr" ||
                          Name == "shared_ptr";
    Any |= IsHandle;
    return IsHandle || RD->isEmpty();
  }
  for (const CXXBaseSpecifier &Base : RD->bases())
    if (!holdsOnlyHandles(Base.getType()->getAsCXXRecordDecl(), Any, Depth + 1))
      return false;
  for (const FieldDecl *Field : RD->fields()) {
    const QualType T = Field->getType();
    if (T->isPointerType())
      Any = true;
    else if (!T->isArithmeticType() && !T->isEnumeralType() &&
             !holdsOnlyHandles(T->getAsCXXRecordDecl(), Any, Depth + 1))
      return false;
  }
  return true;
}

/// What awaits a \p RD: itself, or what its operator co_await returns.
static const CXXRecordDecl *awaiterOf(const CXXRecordDecl *RD,
                                      ASTContext &Ctx) {
  const CXXRecordDecl *Awaiter = RD;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    if (!Def)
      return false;
    for (const NamedDecl *D :
         Def->lookup(Ctx.DeclarationNames.getCXXOperatorName(OO_Coawait)))
      if (const auto *Op = dyn_cast<FunctionDecl>(D))
        if (const CXXRecordDecl *Returned = recordOf(Op->getReturnType())) {
          Awaiter = Returned;
          return true;
        }
    return false;
  });
  return Awaiter;
}

/// Whether the project's class \p RD shows that a task of nothing can't be
/// awaited: what fetches the result does so whatever the task holds.
static bool failsWhenEmpty(const CXXRecordDecl *RD, ASTContext &Ctx) {
  bool Fails = false;
  anyOfClasses(awaiterOf(RD, Ctx), [&](const CXXRecordDecl *Class) {
    const CXXRecordDecl *Def = definitionOf(Class);
    if (!Def)
      return false;
    for (const NamedDecl *D : Def->lookup(&Ctx.Idents.get("await_resume"))) {
      const auto *FD = dyn_cast<FunctionDecl>(D);
      if (FD && !FD->hasBody())
        if (const FunctionDecl *Pattern = FD->getTemplateInstantiationPattern())
          FD = Pattern;
      const Stmt *Body = FD ? FD->getBody() : nullptr;
      if (!Body)
        return true;
      bool Asks = false, Fetches = false;
      walkBody(Body, [&](const Stmt *S) {
        const auto *Op = dyn_cast<BinaryOperator>(S);
        Asks |= isa<IfStmt, AbstractConditionalOperator, SwitchStmt>(S) ||
                (Op && Op->isLogicalOp());
        Fetches |= isa<CallExpr>(S);
        return true;
      });
      Fails = Fetches && !Asks;
      return true;
    }
    return false;
  });
  return Fails;
}

/// Whether \p E makes a task of type \p T that stands for no work.
static bool isEmptyTask(const Expr *E, QualType T, Unit &U) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  const auto *Construct = dyn_cast<CXXConstructExpr>(stripImplicit(E));
  if (!Construct || !RD ||
      Construct->getConstructor()->getParent()->getCanonicalDecl() !=
          RD->getCanonicalDecl())
    return false;
  const CXXConstructorDecl *Ctor = Construct->getConstructor();
  // A template may be there for a task that has ended, with a value of its own.
  if (Ctor->getPrimaryTemplate())
    return false;
  const auto Arguments = writtenArguments(Construct);
  if (!Arguments.empty() &&
      (Arguments.size() != 1 ||
       !Ctor->getParamDecl(0)->getType()->isNullPtrType()))
    return false;
  bool Any = false;
  return holdsOnlyHandles(RD, Any) && Any &&
         (U.C.taskType(T).Model.Model || failsWhenEmpty(RD, U.Ctx));
}

/// The initializer of local variable \p E that \p FD does nothing with but to
/// return it; null when there is none.
static const Expr *untouched(const Expr *E, const FunctionDecl *FD) {
  const auto *Ref = dyn_cast<DeclRefExpr>(withoutForwarding(E));
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || !Var->hasLocalStorage() || isa<ParmVarDecl>(Var))
    return nullptr;
  unsigned Uses = 0;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *Other = dyn_cast<DeclRefExpr>(S);
    Uses += Other && Other->getDecl() == Var;
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &C : Lambda->captures())
        Uses += C.capturesVariable() && C.getCapturedVar() == Var;
    return true;
  });
  return Uses == 1 ? Var->getInit() : nullptr;
}

void CoroutineWithoutCoCheck::emptyTask(Unit &U, const FunctionDecl *FD,
                                        const Expr *Value) {
  Value = Value->IgnoreParens();
  if (const auto *Choice =
          dyn_cast<AbstractConditionalOperator>(stripImplicit(Value))) {
    emptyTask(U, FD, Choice->getTrueExpr());
    emptyTask(U, FD, Choice->getFalseExpr());
    return;
  }
  const QualType T = FD->getReturnType().getUnqualifiedType();
  const Expr *Made = Value;
  if (const Expr *Init = untouched(Value, FD))
    Made = Init;
  if (!isEmptyTask(Made, T, U))
    return;
  Finding Found;
  Found.Loc = Value->getBeginLoc();
  Found.Ranges.push_back(Value->getSourceRange());
  Found.Message = "this '" + displayType(T, U.Ctx) +
                  "' stands for no work, and nobody can await it: '" +
                  displayName(FD) +
                  "' is no coroutine; write co_return, or return a task";
  report(Found);
}

//===----------------------------------------------------------------------===//
// Functions that don't return
//===----------------------------------------------------------------------===//

/// Whether \p Loop is left only by an exception, as far as it shows.
static const Stmt *endlessLoop(const Stmt *S, const ASTContext &Ctx) {
  const LoopParts Loop = loopParts(S);
  if (!Loop || !isAlwaysTrue(Loop.Condition, Ctx))
    return nullptr;
  bool Leaves = false;
  walkBody(Loop.Body, [&](const Stmt *Inner) {
    Leaves |= isa<BreakStmt, GotoStmt>(Inner);
    return !Leaves;
  });
  return Leaves ? nullptr : S;
}

/// Whether what \p Throw throws tells of a mistake in the program, such as a
/// function that nobody has written yet.
static bool tellsOfMistake(const CXXThrowExpr *Throw, const ModelIndex &Index) {
  const Expr *Thrown = Throw->getSubExpr();
  if (!Thrown)
    return true;
  bool Found =
      anyOfClasses(recordOf(Thrown->getType()), [](const CXXRecordDecl *RD) {
        return RD->isInStdNamespace() && RD->getIdentifier() &&
               RD->getName() == "logic_error";
      });
  walkBody(Thrown, [&](const Stmt *S) {
    if (const auto *Text = dyn_cast<clang::StringLiteral>(S);
        Text && Text->getCharByteWidth() == 1)
      Found |= Index.saysUnwritten(Text->getString());
    return !Found;
  });
  return Found;
}

void CoroutineWithoutCoCheck::returnsNothing(Unit &U, const FunctionDecl *FD,
                                             const Stmt *Body) {
  const auto *Block = dyn_cast<CompoundStmt>(Body);
  if (!Block || Block->body_empty())
    return;
  const Stmt *Last = Block->body_back();
  if (const auto *E = dyn_cast<Expr>(Last))
    Last = stripImplicit(E);
  Finding Found;
  const std::string Name = "'" + displayName(FD) + "'";
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(Last)) {
    // An eager task comes from libraries whose functions may throw or return
    // a failed one; an override may be one of several that do the same.
    const auto *MD = dyn_cast<CXXMethodDecl>(FD);
    if (tellsOfMistake(Throw, U.M.index()) ||
        Throw->getBeginLoc().isMacroID() ||
        U.C.taskType(FD->getReturnType()).When != Start::Lazy ||
        (MD && (MD->isVirtual() || MD->getParent()->isLambda())))
      return;
    Found.Loc = Throw->getThrowLoc();
    Found.Message = Name + " throws when it is called, and not when its task "
                           "is awaited: without co_await and co_return it is "
                           "no coroutine; add a co_return";
  } else if (const Stmt *Loop = endlessLoop(Last, U.Ctx);
             Loop && !Loop->getBeginLoc().isMacroID()) {
    Found.Loc = Loop->getBeginLoc();
    Found.Message = Name + " never makes a task, and keeps its caller in this "
                           "loop: without co_await it is no coroutine; "
                           "co_await something in the loop";
  } else {
    return; // clang warns where it can get to the end
  }
  report(Found);
}

void CoroutineWithoutCoCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    const FunctionDecl *FD = F.Function;
    const QualType T = FD->getReturnType().getUnqualifiedType();
    const Stmt *Body = FD->getBody();
    if (F.Coro || !Body || coroutineBody(FD) || T->isDependentType() ||
        U.C.taskType(T).Kind != TaskType::Task || U.isExpectedToThrow(F))
      continue;
    // Whoever writes a task type knows what it may be made of.
    const auto *MD = dyn_cast<CXXMethodDecl>(FD);
    const CXXRecordDecl *In = MD ? MD->getParent() : nullptr;
    if (In && (In->getCanonicalDecl() ==
                   T->getAsCXXRecordDecl()->getCanonicalDecl() ||
               U.C.isPromise(In)))
      continue;
    bool Returns = false;
    walkFunction(FD, [&](const Stmt *S) {
      if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
        Returns = true;
        if (Return->getRetValue())
          emptyTask(U, FD, Return->getRetValue());
      }
      return true;
    });
    if (!Returns)
      returnsNothing(U, FD, Body);
  }
}
