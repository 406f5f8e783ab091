//===-- Escapes.cpp - Tasks that outlive an expression -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Escapes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/Analyses/LifetimeSafety/LifetimeAnnotations.h"

using namespace clang;
using namespace async_tidy;

ParentMap async_tidy::parentsIn(const FunctionDecl *FD) {
  ParentMap Parents;
  walkFunction(FD, [&](const Stmt *S) {
    forEachChild(S, [&](const Stmt *Child) { Parents.try_emplace(Child, S); });
    return true;
  });
  return Parents;
}

namespace {

/// Follows what a call of a coroutine returns through its full-expression.
class Follower {
public:
  Follower(Unit &U, const ParentMap &Parents) : U(U), Parents(Parents) {}

  /// Nothing when the work is awaited in the full-expression, or what becomes
  /// of it is not known.
  std::optional<Escape> follow(const Expr *Call);

private:
  enum class Step { Goes, Ends };
  Step expression(const Expr *Parent);
  Step given(const Expr *To, const Expr *Call);
  Step statement(const Stmt *Parent);
  Step dropped();
  Step escapes(std::string How, bool IsReturned = false) {
    Found = Escape{std::move(How), IsStarted, IsReturned};
    return Step::Ends;
  }
  Step detaches() {
    Found = Escape{"nobody waits for the task", IsStarted, false, true, true};
    return Step::Ends;
  }
  /// Goes on with \p E, which stands for the work from now on.
  Step becomes(const Expr *E) {
    Now = E;
    Type = E->getType();
    return Step::Goes;
  }
  /// The work is put into an object that exists already.
  Step assigned(const Expr *By);
  bool holdsTask(QualType T, unsigned Depth = 0);
  bool stands(QualType T) { return IsHandle || holdsTask(T); }

  Unit &U;
  const ParentMap &Parents;
  const Stmt *Now = nullptr;
  QualType Type;
  /// What there is of the task now is of a type of its own.
  bool IsHandle = false;
  bool IsStarted = false;
  std::optional<Escape> Found;
};

} // namespace

std::optional<Escape> Follower::follow(const Expr *Call) {
  becomes(Call);
  if (U.C.isFireAndForget(Type))
    return detaches(), Found;
  for (;;) {
    const Stmt *Parent = Parents.lookup(Now);
    if (!Parent)
      // A member's initializer, where there is nothing around it.
      return holdsTask(Type) ? (escapes("the task is stored"), Found)
                             : std::nullopt;
    const auto *E = dyn_cast<Expr>(Parent);
    if ((E ? expression(E) : statement(Parent)) == Step::Ends)
      return Found;
  }
}

/// Whether the object that \p E is a part of is known not to be local.
static bool isElsewhere(const Expr *E) {
  while (E) {
    E = stripImplicit(E);
    if (isa<CXXThisExpr>(E))
      return true;
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      E = Member->getBase();
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      E = Subscript->getBase();
    } else if (isa<CXXMemberCallExpr>(E)) {
      E = objectOf(E);
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      E = Op->getNumArgs() ? Op->getArg(0) : nullptr;
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      return Var && Var->hasGlobalStorage() && !Var->isStaticLocal();
    }
  }
  return false;
}

Follower::Step Follower::assigned(const Expr *By) {
  for (const Stmt *S = By; isa_and_nonnull<Expr>(S); S = Parents.lookup(S))
    if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S))
      return Step::Ends; // and awaited from there
  escapes("the task is stored");
  const auto *Assign = dyn_cast<BinaryOperator>(By);
  Found->OutlivesFunction =
      isElsewhere(Assign ? Assign->getLHS() : objectOf(By));
  return Step::Ends;
}

/// Whether a \p T is a task, or holds one as the standard library's types hold
/// what their template arguments say.
bool Follower::holdsTask(QualType T, unsigned Depth) {
  if (T.isNull() || Depth > 3)
    return false;
  T = T.getNonReferenceType();
  if (const ArrayType *Array = T->getAsArrayTypeUnsafe())
    T = Array->getElementType();
  if (U.C.taskType(T.getUnqualifiedType()))
    return true;
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!Spec || !lifetimes::isInStlNamespace(Spec))
    return false;
  auto Holds = [&](auto &&Self,
                   llvm::ArrayRef<TemplateArgument> Arguments) -> bool {
    for (const TemplateArgument &A : Arguments)
      if (A.getKind() == TemplateArgument::Pack
              ? Self(Self, A.getPackAsArray())
              : A.getKind() == TemplateArgument::Type &&
                    holdsTask(A.getAsType(), Depth + 1))
        return true;
    return false;
  };
  return Holds(Holds, Spec->getTemplateArgs().asArray());
}

Follower::Step Follower::expression(const Expr *Parent) {
  if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(Parent))
    return Step::Ends; // awaited while the temporary is there
  if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
          OpaqueValueExpr, CXXStdInitializerListExpr, CastExpr>(Parent))
    return becomes(Parent);
  if (isa<InitListExpr, CXXParenListInitExpr, CXXNewExpr>(Parent)) {
    // A part of what is initialized.
    IsHandle = true;
    return becomes(Parent);
  }
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(Parent))
    return Choice->getCond() == Now ? Step::Ends : becomes(Parent);
  if (const auto *Op = dyn_cast<BinaryOperator>(Parent)) {
    if (Op->getOpcode() == BO_Comma)
      return Op->getRHS() == Now ? becomes(Parent) : dropped();
    return Op->getOpcode() == BO_Assign && Op->getRHS() == Now && stands(Type)
               ? assigned(Op)
               : Step::Ends;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
    const Stmt *Outer = Parents.lookup(Member);
    while (isa_and_nonnull<ParenExpr>(Outer))
      Outer = Parents.lookup(Outer);
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Outer);
    return Call && Call->getCallee()->IgnoreParens() == Member
               ? given(Call, cast<Expr>(Now))
               : Step::Ends;
  }
  if (isa<CallExpr, CXXConstructExpr>(Parent))
    return given(Parent, cast<Expr>(Now));
  return Step::Ends;
}

/// The number of argument \p E of \p Call, counted from 1; 0 for the object.
static unsigned numberOf(const Expr *E, const Expr *Call) {
  auto Arguments = writtenArguments(Call);
  for (unsigned I = 0; I != Arguments.size(); ++I)
    if (Arguments[I] == E)
      return I + 1;
  return 0;
}

/// The work is given to call \p To.
Follower::Step Follower::given(const Expr *To, const Expr *E) {
  const FunctionDecl *Callee = calleeOf(To);
  if (!Callee)
    return Step::Ends;
  const unsigned Number = numberOf(E, To);
  const bool ReturnsNothing = To->getType()->isVoidType();
  if (const FunctionModel *Known = U.M.function(To)) {
    for (const ModelRef<BlockingModel> &Ref : Known->Blocking)
      if (Ref.Model->Why == Category::Wait ||
          Ref.Model->Why == Category::EventLoop)
        return Step::Ends; // it waits until the task has ended
    for (const ModelRef<CallableModel> &Ref : Known->Callables) {
      const CallableModel &Runner = *Ref.Model;
      if (Number != 0 && !Runner.Arguments.empty() &&
          !llvm::is_contained(Runner.Arguments, Number))
        continue;
      const bool IsHere = Runner.How == Runs::Here;
      if (Runner.Of == Work::Unsaid && IsHere)
        continue;
      IsStarted |= IsHere;
      if (Runner.Of == Work::Detached || Runner.Of == Work::Scoped ||
          ReturnsNothing) {
        escapes("the task is handed to '" + displayCallee(To, Callee) + "'");
        Found->OutlivesFunction =
            Runner.Of != Work::Scoped || isElsewhere(objectOf(To));
        return Step::Ends;
      }
      IsHandle = true;
      return becomes(To);
    }
  }
  // What the standard library is given to keep, it keeps.
  const auto *MD = dyn_cast<CXXMethodDecl>(Callee);
  if (MD && MD->getOverloadedOperator() == OO_Equal) {
    const Expr *Left = objectOf(To);
    return Number == 1 && Left && holdsTask(Left->getType()) && stands(Type)
               ? assigned(To)
               : Step::Ends;
  }
  if (MD && Number != 0 && MD->isInstance() && !MD->isConst() &&
      !isa<CXXConstructorDecl>(MD) &&
      lifetimes::isInStlNamespace(MD->getParent()) && stands(Type) &&
      holdsTask(U.Ctx.getCanonicalTagType(MD->getParent())))
    return assigned(To);
  // What returns a task may wrap this one.
  if (!holdsTask(To->getType()))
    return Step::Ends;
  if (!isa<CXXConstructExpr>(To) && !Callee->isInStdNamespace()) {
    const TaskType Before = U.C.taskType(Type.getNonReferenceType());
    const TaskType After = U.C.taskType(To->getType().getNonReferenceType());
    // An awaiter that is no task begins when it is awaited.
    IsStarted |= Before.When == Start::Lazy && After.When != Start::Lazy &&
                 (After.When == Start::Eager || After.Kind == TaskType::Task);
  }
  IsHandle = false;
  return becomes(To);
}

Follower::Step Follower::statement(const Stmt *Parent) {
  if (Type->isVoidType())
    return dropped();
  if (isa<ReturnStmt, CoreturnStmt>(Parent))
    return stands(Type) ? escapes("the task is returned", true) : Step::Ends;
  if (const auto *Declares = dyn_cast<DeclStmt>(Parent)) {
    for (const Decl *D : Declares->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D);
          Var && Var->getInit() == Now && stands(Var->getType()))
        return escapes("the task is stored");
    return Step::Ends;
  }
  // The value of a statement expression is its last statement's.
  if (const auto *Block = dyn_cast<CompoundStmt>(Parent);
      Block && isa_and_nonnull<StmtExpr>(Parents.lookup(Block)) &&
      Block->body_back() == Now)
    return Step::Ends;
  return dropped();
}

/// Nothing uses the object that stands for the work.
Follower::Step Follower::dropped() {
  const Expr *E = cast<Expr>(Now)->IgnoreImplicit();
  while (const auto *Cast = dyn_cast<ExplicitCastExpr>(E->IgnoreParens()))
    E = Cast->getSubExpr()->IgnoreImplicit();
  const QualType T = E->getType();
  const TaskType Known = U.C.taskType(T);
  bool GoesOn = false;
  if (Known.Model.Model)
    GoesOn = Known.When == Start::Eager &&
             (Known.Model.Model->WhenDropped == Dropped::Detaches ||
              U.C.goesOnByParameter(E));
  else if (const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl()))
    GoesOn = Known.When == Start::Eager && RD->hasTrivialDestructor();
  return GoesOn ? detaches() : Step::Ends;
}

std::optional<Escape> async_tidy::escapeOf(const Expr *Call, Unit &U,
                                           const ParentMap &Parents) {
  return Follower(U, Parents).follow(Call);
}

bool async_tidy::isLastCall(const FunctionDecl *FD, const Expr *Call,
                            const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  const SourceLocation End = SM.getExpansionRange(Call->getEndLoc()).getEnd();
  bool IsLast = true;
  walkFunction(FD, [&](const Stmt *S) {
    if (isa<CallExpr, CoroutineSuspendExpr>(S) &&
        SM.isBeforeInTranslationUnit(
            End, SM.getExpansionLoc(cast<Expr>(S)->getEndLoc())))
      // A call around this one ends later, and comes later.
      IsLast = IsLast && SM.getExpansionLoc(S->getBeginLoc()) <=
                             SM.getExpansionLoc(Call->getBeginLoc());
    return IsLast;
  });
  return IsLast;
}

const LambdaExpr *async_tidy::lambdaIn(const Expr *E, Models &M) {
  E = stripImplicit(E);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
    return Lambda;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 1 ? lambdaIn(Construct->getArg(0), M)
                                        : nullptr;
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return lambdaIn(Cast->getSubExpr(), M);
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionModel *Known = M.function(Call);
    if (Call->isCallToStdMove() || (Known && Known->Wraps))
      for (const Expr *Argument : writtenArguments(Call))
        if (const LambdaExpr *Lambda = lambdaIn(Argument, M))
          return Lambda;
    return nullptr;
  }
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->hasLocalStorage() && !isa<ParmVarDecl>(Var) &&
                 Var->getInit() && !Ref->refersToEnclosingVariableOrCapture()
             ? dyn_cast<LambdaExpr>(stripImplicit(Var->getInit()))
             : nullptr;
}
