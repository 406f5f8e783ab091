//===-- ContinuationCapture.cpp - async-continuation-capture -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/BodyMap.h"
#include "core/Check.h"
#include "core/Escapes.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/OwnObject.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds callbacks that refer to local variables of a function which does not
/// wait for them, and those that refer to an object which other callbacks keep.
class ContinuationCaptureCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void given(Unit &U, const FunctionSummary &F, const Expr *Call,
             ModelRef<CallableModel> Ref, const LambdaExpr *Lambda);
  void givenThis(Unit &U, const FunctionSummary &F, const Expr *Call,
                 ModelRef<CallableModel> Ref, const LambdaExpr *Lambda);

  /// A callback that keeps its object, or one that should.
  struct WithThis {
    const CXXRecordDecl *Class;
    const LambdaExpr *Lambda;
    const CXXThisExpr *Use;
    ModelRef<CallableModel> Ref;
    Counted By;
    bool IsKept;
  };
  std::vector<WithThis> WithObject;
};

const Register<ContinuationCaptureCheck> R({
    .Name = "async-continuation-capture",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a callback that refers to a local variable runs when that is "
               "gone",
});

} // namespace

void ContinuationCaptureCheck::analyze(Unit &U) {
  WithObject.clear();
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      if (!Known)
        return true;
      for (const ModelRef<CallableModel> &Ref : Known->Callables) {
        if (Ref.Model->How == Runs::Here)
          continue;
        unsigned Number = 0;
        for (const Expr *Argument : writtenArguments(Call))
          if (++Number; Ref.Model->Arguments.empty() ||
                        llvm::is_contained(Ref.Model->Arguments, Number))
            if (const LambdaExpr *Lambda = lambdaIn(Argument, U.M)) {
              given(U, F, Call, Ref, Lambda);
              givenThis(U, F, Call, Ref, Lambda);
            }
      }
      return true;
    });

  // That others keep the object shows that nothing else does.
  for (const WithThis &Raw : WithObject) {
    auto Kept = llvm::find_if(WithObject, [&](const WithThis &Other) {
      return Other.IsKept && Other.Class == Raw.Class;
    });
    if (Raw.IsKept || Kept == WithObject.end())
      continue;
    Finding Report;
    Report.Loc = Raw.Use->getLocation();
    Report.Message =
        "the object may be gone when this " + Raw.Ref.Model->As +
        " uses it: other callbacks of '" + Raw.Class->getNameAsString() +
        "' keep it, and this one does not; capture " + Raw.By.Model.Model->Self;
    Report.Notes.push_back(
        {Kept->Lambda->getBeginLoc(), "this one keeps the object"});
    report(std::move(Report));
  }
}

/// Whether \p Var may get another value than the one it is made with.
static bool mayBeAssigned(const VarDecl *Var, const BodyMap &Body) {
  return llvm::any_of(Body.mentions(Var), [&](const DeclRefExpr *Ref) {
    const Stmt *Parent = Body.parent(Ref);
    if (const auto *Op = dyn_cast_or_null<BinaryOperator>(Parent))
      return Op->isAssignmentOp() && Op->getLHS() == Ref;
    if (const auto *Op = dyn_cast_or_null<UnaryOperator>(Parent))
      return Op->isIncrementDecrementOp() || Op->getOpcode() == UO_AddrOf;
    const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(Parent);
    return Call && Call->isAssignmentOp() && Call->getArg(0) == Ref;
  });
}

/// Whether what \p Var owns may get another owner, who keeps it.
static bool mayBeHandedOn(const VarDecl *Var, const BodyMap &Body) {
  if (!Var->getType()->isRecordType())
    return false;
  return llvm::any_of(Body.mentions(Var), [&](const DeclRefExpr *Ref) {
    const Stmt *Parent = Body.parent(Ref);
    while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(Parent))
      Parent = Body.parent(Parent);
    if (const auto *Call = dyn_cast_or_null<CallExpr>(Parent);
        Call && !isa<CXXMemberCallExpr, CXXOperatorCallExpr>(Call)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      return Callee && Callee->isInStdNamespace();
    }
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Parent);
    return Made && Made->getConstructor()->isCopyOrMoveConstructor();
  });
}

/// The variable of \p F that an object of type \p T, made of \p Init, refers
/// to; null when it refers to something else, or that is not known.
static const VarDecl *ownReferent(QualType T, const Expr *Init,
                                  const FunctionSummary &F, Unit &U) {
  const BodyMap &Body = U.body(F.Function);
  for (unsigned Depth = 0; Init && Depth != 4; ++Depth) {
    const Origin From = originOf(T, Init, U.M);
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(From.E);
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Var || !Var->hasLocalStorage() || Var->isInitCapture() ||
        Var->getDeclContext() != F.Function)
      return nullptr;
    T = Var->getType();
    if (!From.ByValue && !T->isReferenceType())
      return mayBeHandedOn(Var, Body) ? nullptr : Var;
    // Another name, or a view: what it was made of.
    if (isa<ParmVarDecl>(Var) || mayBeAssigned(Var, Body))
      return nullptr;
    Init = Var->getInit();
  }
  return nullptr;
}

/// The variable of \p F that is gone with the function, and that \p Capture
/// refers to; null when there is none.
static const VarDecl *capturedReferent(const LambdaCapture &Capture,
                                       const FunctionSummary &F, Unit &U) {
  const auto *Var = dyn_cast<VarDecl>(Capture.getCapturedVar());
  if (!Var || !Var->hasLocalStorage())
    return nullptr;
  if (Var->isInitCapture())
    return Var->getInit() ? ownReferent(Var->getType(), Var->getInit(), F, U)
                          : nullptr;
  if (Var->getDeclContext() != F.Function)
    return nullptr;
  const QualType T = Var->getType();
  if (Capture.getCaptureKind() == LCK_ByRef && !T->isReferenceType())
    return Var;
  if (isa<ParmVarDecl>(Var) || !Var->getInit() ||
      mayBeAssigned(Var, U.body(F.Function)))
    return nullptr;
  return ownReferent(T, Var->getInit(), F, U);
}

/// Whether \p E is part of a local variable, which the callback may depend on:
/// when that is destroyed, the callback has run, or never will.
static bool isOfLocal(const Expr *E) {
  while (E) {
    E = stripImplicit(E);
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      E = Member->getBase();
    else if (isa<CXXMemberCallExpr>(E))
      E = objectOf(E);
    else if (const auto *Op = dyn_cast<UnaryOperator>(E))
      E = Op->getSubExpr();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      E = Op->getNumArgs() ? Op->getArg(0) : nullptr;
    else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      return Var && Var->hasLocalStorage() &&
             !Var->getType()->isReferenceType() &&
             !Var->getType()->isPointerType();
    }
  }
  return false;
}

/// Whether \p FD has a variable, other than \p Captured, whose destructor may
/// wait for something.
static bool
mayWaitAtEnd(const FunctionDecl *FD,
             const llvm::SmallPtrSetImpl<const VarDecl *> &Captured) {
  bool May = false;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *Declares = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D);
            Var && !Captured.contains(Var))
          if (const CXXRecordDecl *RD =
                  definitionOf(Var->getType()->getAsCXXRecordDecl()))
            May |= !RD->isLambda() && RD->hasNonTrivialDestructor() &&
                   (!RD->isInStdNamespace() || RD->getName() == "jthread" ||
                    RD->getName() == "future");
    return !May;
  });
  return May;
}

/// Whether \p FD does something with what is not its own after \p Call: it may
/// wait there for what is stored in it.
static bool usesOthersAfter(const FunctionDecl *FD, const Expr *Call,
                            const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  const SourceLocation End = SM.getExpansionLoc(Call->getEndLoc());
  bool Uses = false;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if ((isa<CXXThisExpr>(S) || (Var && !Var->hasLocalStorage())) &&
        SM.isBeforeInTranslationUnit(End, SM.getExpansionLoc(S->getBeginLoc())))
      Uses = true;
    return !Uses;
  });
  return Uses;
}

/// The member function that \p FD is, or is a lambda of; null for others.
static const CXXMethodDecl *memberAround(const FunctionDecl *FD) {
  const auto *MD = dyn_cast_or_null<CXXMethodDecl>(FD);
  while (MD && MD->getParent()->isLambda())
    MD = dyn_cast<CXXMethodDecl>(MD->getParent()->getDeclContext());
  return MD;
}

static const CXXThisExpr *firstThis(const Stmt *S) {
  const CXXThisExpr *First = nullptr;
  walkBody(S, [&](const Stmt *Part) {
    if (!First)
      First = dyn_cast<CXXThisExpr>(Part);
    return !First;
  });
  return First;
}

/// Whether something in the statement around \p E refers to an object of
/// \p RD by a pointer that keeps it.
static bool isKeptAround(const Expr *E, const CXXRecordDecl *RD,
                         const BodyMap &Body) {
  const Stmt *Whole = E;
  while (const auto *Parent = dyn_cast_or_null<Expr>(Body.parent(Whole)))
    Whole = Parent;
  return mentionsReference(Whole, RD);
}

/// Whether \p Lambda captures a pointer to its own object that it has instead
/// of \c this, as in <tt>[self = shared_from_this()]</tt>.
static bool capturesSelf(const LambdaExpr *Lambda, const CXXRecordDecl *RD) {
  return llvm::any_of(Lambda->captures(), [&](const LambdaCapture &Capture) {
    const auto *Var = Capture.capturesVariable()
                          ? dyn_cast<VarDecl>(Capture.getCapturedVar())
                          : nullptr;
    return Var && Var->getInit() && refersTo(Var->getType(), RD) &&
           firstThis(Var->getInit());
  });
}

void ContinuationCaptureCheck::givenThis(Unit &U, const FunctionSummary &F,
                                         const Expr *Call,
                                         ModelRef<CallableModel> Ref,
                                         const LambdaExpr *Lambda) {
  // A completion handler has parameters: it is told when the object is gone.
  const CXXMethodDecl *Op = Lambda->getCallOperator();
  const CXXMethodDecl *Around = memberAround(F.Function);
  if (!Op || Op->getNumParams() || !Around || coroutineBody(F.Function))
    return;
  // A timer that is a part of the object ends with it.
  if (const FieldDecl *Timer = ownMember(objectOf(Call));
      Timer && Timer->getType()->isRecordType())
    return;
  const CXXRecordDecl *RD = Around->getParent();
  const Counted By = countedBy(RD, U.M);
  if (!By || By.Model.Model->Owned)
    return;
  const CXXThisExpr *Use = firstThis(Lambda->getBody());
  if (Use ? isKeptAround(Call, RD, U.body(F.Function))
          : capturesSelf(Lambda, RD)) {
    WithObject.push_back({RD, Lambda, Use, Ref, By, /*IsKept=*/true});
    return;
  }
  // While it is made or destroyed, an object has nobody yet, or no more, who
  // counts its references.
  if (!Use || isa<CXXConstructorDecl, CXXDestructorDecl>(Around))
    return;
  const std::optional<Escape> Found = escapeOf(Call, U, F.Function);
  if ((Found && Found->How == Escape::Dropped) ||
      (Call->getType()->isVoidType() && isLastCall(F.Function, Call, U.Ctx)))
    WithObject.push_back({RD, Lambda, Use, Ref, By, /*IsKept=*/false});
}

void ContinuationCaptureCheck::given(Unit &U, const FunctionSummary &F,
                                     const Expr *Call,
                                     ModelRef<CallableModel> Ref,
                                     const LambdaExpr *Lambda) {
  // What a coroutine reads from a lambda that is gone is another check's.
  if (const CXXMethodDecl *Op = Lambda->getCallOperator();
      Op && coroutineBody(Op) && Ref.Model->Closure == Callable::Dropped)
    return;
  llvm::SmallVector<std::pair<const LambdaCapture *, const VarDecl *>, 4> Bad;
  llvm::SmallPtrSet<const VarDecl *, 4> Captured;
  for (const LambdaCapture &Capture : Lambda->captures()) {
    if (!Capture.capturesVariable())
      continue;
    const auto *Var = dyn_cast<VarDecl>(Capture.getCapturedVar());
    if (Var && !Var->isInitCapture())
      Captured.insert(Var);
    if (const VarDecl *Referent = capturedReferent(Capture, F, U))
      Bad.push_back({&Capture, Referent});
  }
  if (Bad.empty())
    return;

  const bool IsCoroutine = coroutineBody(F.Function);
  const std::optional<Escape> Found = escapeOf(Call, U, F.Function);
  std::string How;
  if (Found && Found->How == Escape::Returned) {
    if (IsCoroutine)
      return;
    How = "the task is returned";
  } else if (Found && Found->OutlivesFunction &&
             Found->How != Escape::Dropped) {
    if (IsCoroutine ? usesOthersAfter(F.Function, Call, U.Ctx)
                    : !isLastCall(F.Function, Call, U.Ctx))
      return;
    How = "'" + displayName(F.Function) + "' does not wait for it";
  } else if (!IsCoroutine && ((Found && Found->How == Escape::Dropped) ||
                              Call->getType()->isVoidType())) {
    auto IsLocal = [&](const Expr *E) {
      return !lambdaIn(E, U.M) && isOfLocal(E);
    };
    if (!isLastCall(F.Function, Call, U.Ctx) ||
        (objectOf(Call) && IsLocal(objectOf(Call))) ||
        llvm::any_of(writtenArguments(Call), IsLocal) ||
        mayWaitAtEnd(F.Function, Captured))
      return;
    How = "'" + displayName(F.Function) + "' does not wait for it";
  } else {
    return;
  }

  for (auto [Capture, Referent] : Bad) {
    Finding Report;
    Report.Loc = Capture->getLocation();
    if (Report.Loc.isInvalid())
      Report.Loc = Lambda->getBeginLoc();
    const std::string Name = Referent->getNameAsString();
    if (Capture->getCapturedVar() == Referent)
      Report.Message = "'" + Name + "' is gone when this " + Ref.Model->As +
                       " refers to it: " + How;
    else
      Report.Message = "'" + Name + "' is gone when this " + Ref.Model->As +
                       " refers to it through '" +
                       Capture->getCapturedVar()->getNameAsString() +
                       "': " + How;
    Report.Message += "; capture a copy, or move it into the lambda";
    Report.Notes.push_back(
        {Referent->getLocation(),
         "it dies when '" + displayName(F.Function) + "' returns"});
    report(std::move(Report));
  }
}
