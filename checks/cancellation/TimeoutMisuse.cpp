//===-- TimeoutMisuse.cpp - async-timeout-misuse --------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Timeouts.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds timeouts that can't end what they are given, that lose what it gives,
/// and whose end of time is fixed when the program is written or starts.
class TimeoutMisuseCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void limit(Unit &U, const TimeoutCall &Timeout);
  void work(Unit &U, const TimeoutCall &Timeout);
};

const Register<TimeoutMisuseCheck> R({
    .Name = "async-timeout-misuse",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a timeout that can't end what it is given, loses what that "
               "gives, or ends at a fixed time",
});

} // namespace

//===----------------------------------------------------------------------===//
// Until when
//===----------------------------------------------------------------------===//

/// The seconds that the constant \p E, a point in time, is behind the start of
/// its clock; nothing when it is none, or the end of time.
static std::optional<double> constantTime(const Expr *E, ASTContext &Ctx) {
  const auto *Point =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(E->getType()));
  if (!Point || qualifiedName(Point) != "std::chrono::time_point" ||
      Point->getTemplateArgs().size() != 2 || E->isValueDependent())
    return std::nullopt;
  // A clock that somebody can advance begins when a test does.
  if (hasMember(recordOf(Point->getTemplateArgs()[0].getAsType()), "advance"))
    return std::nullopt;
  const auto *Duration = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      recordOf(Point->getTemplateArgs()[1].getAsType()));
  const auto *Ratio =
      Duration && Duration->getTemplateArgs().size() == 2
          ? dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                recordOf(Duration->getTemplateArgs()[1].getAsType()))
          : nullptr;
  if (!Ratio || Ratio->getTemplateArgs().size() != 2)
    return std::nullopt;
  Expr::EvalResult Result;
  const bool IsConstant = E->isGLValue()
                              ? E->EvaluateAsLValue(Result, Ctx)
                              : E->EvaluateAsConstantExpr(Result, Ctx);
  const APValue *V = IsConstant ? &Result.Val : nullptr;
  if (const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(E)))
    V = Var->isConstexpr() ? Var->evaluateValue() : nullptr;
  while (V && V->isStruct() && V->getStructNumFields() == 1)
    V = &V->getStructField(0);
  if (!V || !V->isInt())
    return std::nullopt;
  const TemplateArgument &Num = Ratio->getTemplateArgs()[0],
                         &Den = Ratio->getTemplateArgs()[1];
  return double(V->getInt().getExtValue()) *
         double(Num.getAsIntegral().getExtValue()) /
         double(Den.getAsIntegral().getExtValue());
}

/// The variable that \p E names, if it gets its value once in the life of the
/// program, from a clock.
static const VarDecl *setOnce(const Expr *E) {
  const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(E));
  if (!Var || !Var->hasGlobalStorage() || Var->getTLSKind() ||
      !Var->getType().isConstQualified() || !Var->getInit())
    return nullptr;
  bool Asks = false;
  walkBody(Var->getInit(), [&](const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const auto *Method =
              dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee()))
        Asks |= Method->isStatic() && Method->getIdentifier() &&
                Method->getName() == "now";
    return !Asks;
  });
  return Asks ? Var : nullptr;
}

void TimeoutMisuseCheck::limit(Unit &U, const TimeoutCall &Timeout) {
  const Expr *Limit = stripImplicit(Timeout.Limit);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Limit);
      Construct && Construct->getNumArgs() == 1 &&
      Construct->getConstructor()->isCopyOrMoveConstructor())
    Limit = stripImplicit(Construct->getArg(0));
  Finding Found;
  Found.Loc = Limit->getExprLoc();
  Found.Ranges.push_back(Limit->getSourceRange());
  const std::string Name =
      "'" + displayCallee(Timeout.Call, calleeOf(Timeout.Call)) + "'";
  constexpr double TenYears = 10 * 365.25 * 24 * 3600;
  if (const VarDecl *Var = setOnce(Limit)) {
    Found.Message = "'" + Var->getNameAsString() +
                    "' gets its value once in the life of the program, and " +
                    Name + " waits no more from then on; ask the clock here";
    Found.Notes.push_back({Var->getLocation(), "declared here"});
  } else if (std::optional<double> Time = constantTime(Limit, U.Ctx);
             Time && *Time > 0 && *Time < TenYears) {
    Found.Message = Name +
                    " takes a point in time, and this one is always the same: "
                    "it has mostly passed; add the time to what the clock says "
                    "now";
  } else {
    return;
  }
  report(std::move(Found));
}

//===----------------------------------------------------------------------===//
// What it waits for
//===----------------------------------------------------------------------===//

namespace {

/// What may become of work that is to be ended.
struct Kind {
  enum {
    Other, ///< it can be ended, or nobody knows
    Done,  ///< it does not suspend
    Deaf,  ///< it waits for something that does not listen
  } How = Other;
  /// What it is about: a function that works for long, or what it waits for.
  std::string Name = {};
  SourceLocation At = {};
};

/// Tells the kind of work.
class Judge {
public:
  Judge(const TimeoutCall &Timeout, Unit &U) : Timeout(Timeout), U(U) {}

  Kind of(const Expr *E) {
    std::optional<Kind> Found;
    forEachTask(E, U.M, [&](const Expr *Task) {
      const Kind One = single(stripImplicit(Task));
      Found = !Found || Found->How == One.How ? One : Kind();
    });
    return Found.value_or(Kind());
  }

private:
  bool isDeaf(StringRef Name) const {
    return llvm::any_of(Timeout.Known.Model->Deaf, [&](StringRef Known) {
      return Timeout.Known.Library.qualify(Known) == Name;
    });
  }

  Kind single(const Expr *E) {
    if (const CXXRecordDecl *RD = recordOf(E->getType());
        RD && isDeaf(qualifiedName(RD)))
      return {Kind::Deaf, qualifiedName(RD), E->getExprLoc()};
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee)
      return {};
    if (isDeaf(qualifiedName(Callee)))
      return {Kind::Deaf, qualifiedName(Callee), E->getExprLoc()};
    const FunctionModel *Known = U.M.function(E);
    if (Known && Known->PassesExceptions && !writtenArguments(E).empty())
      Callee = callableOf(writtenArguments(E).front());
    else if (U.M.isLibraryCode(Callee))
      return {};
    return Callee ? body(Callee) : Kind();
  }

  Kind body(const FunctionDecl *FD) {
    const FunctionDecl *Def = nullptr;
    const auto *Method = dyn_cast<CXXMethodDecl>(FD);
    if (!FD->hasBody(Def) || Def->isDependentContext() ||
        (Method && Method->isVirtual()) || Depth > 3)
      return {};
    const Stmt *Body = coroutineBody(Def);
    if (!Body)
      return {};
    ++Depth;
    Kind Result{Kind::Done};
    bool Works = false;
    walkBody(Body, [&](const Stmt *S) {
      Works |= isa<WhileStmt, ForStmt, DoStmt>(S);
      if (const auto *Call = dyn_cast<CallExpr>(S))
        Works |= U.M.blocking(Call) != nullptr;
      if (!isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S) ||
          !U.C.maySuspend(cast<Expr>(S)))
        return Result.How != Kind::Other;
      const auto *Await = dyn_cast<CoawaitExpr>(S);
      const Kind One = Await ? of(Await->getOperand()) : Kind();
      if (One.How == Kind::Other)
        Result = Kind();
      else if (One.How == Kind::Deaf)
        Result = One;
      else
        Works |= !One.Name.empty();
      return false;
    });
    --Depth;
    if (Result.How == Kind::Done && Works) {
      Result.Name = displayName(Def);
      Result.At = Def->getLocation();
    }
    return Result;
  }

  const TimeoutCall &Timeout;
  Unit &U;
  unsigned Depth = 0;
};

} // namespace

void TimeoutMisuseCheck::work(Unit &U, const TimeoutCall &Timeout) {
  const TimeoutModel &Model = *Timeout.Known.Model;
  const LibraryRef Library = Timeout.Known.Library;
  const std::string Name =
      "'" + displayCallee(Timeout.Call, calleeOf(Timeout.Call)) + "'";
  Finding Found;
  Found.Loc = Timeout.Call->getExprLoc();
  Found.Ranges.push_back(Timeout.Work->getSourceRange());
  const Expr *Lost = nullptr;
  forEachTask(Timeout.Work, U.M, [&](const Expr *Task) {
    const FunctionDecl *Callee = calleeOf(stripImplicit(Task));
    if (Callee && llvm::any_of(Model.Loses, [&](StringRef Known) {
          return Library.qualify(Known) == qualifiedName(Callee);
        }))
      Lost = stripImplicit(Task);
  });
  if (Lost) {
    Found.Message =
        "when '" + displayCallee(Lost, calleeOf(Lost)) +
        "' succeeds too late, " + Name +
        " drops what it has taken, and nobody gets that any more; " +
        Library.expand(Model.Instead);
    report(std::move(Found));
    return;
  }
  const Kind What = Judge(Timeout, U).of(Timeout.Work);
  if (What.How == Kind::Done && !What.Name.empty()) {
    Found.Message = Name + " can't end '" + What.Name +
                    "', which never suspends: it has done all its work before "
                    "anybody looks at the clock; let it suspend in its loops, "
                    "or limit what it waits for";
    Found.Notes.push_back({What.At, "declared here"});
  } else if (What.How == Kind::Deaf && !Model.Deaf.empty()) {
    Found.Message = Name +
                    " tells its work to stop, and waits until it has: '" +
                    What.Name +
                    "' does not listen, so this waits for it, "
                    "however long that takes; " +
                    Library.expand(Model.Instead);
    if (What.At != Timeout.Work->getExprLoc())
      Found.Notes.push_back({What.At, "awaited here"});
  } else {
    return;
  }
  report(std::move(Found));
}

void TimeoutMisuseCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (F.Function->isDependentContext())
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (!isa<CallExpr>(S))
        return true;
      bool First = true;
      for (const TimeoutCall &Timeout : timeoutCalls(cast<Expr>(S), U)) {
        if (First)
          limit(U, Timeout);
        First = false;
        if (Timeout.Work)
          work(U, Timeout);
      }
      return true;
    });
  }
}
