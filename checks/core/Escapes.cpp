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

namespace {

/// Follows what stands for the work of a coroutine through a full-expression.
class Follower {
public:
  Follower(Unit &U, const BodyMap &Body) : U(U), Body(Body) {}

  /// Nothing when the work is awaited in the full-expression, or what becomes
  /// of it is not known.
  std::optional<Escape> follow(const Expr *Call);

private:
  enum class Step { Goes, Ends };
  Step expression(const Expr *Parent);
  Step given(const Expr *To, const Expr *Call);
  Step statement(const Stmt *Parent);
  Step dropped();
  Step escapes(Escape::Way How, std::string Text) {
    Found = Escape{How, std::move(Text), IsStarted};
    return Step::Ends;
  }
  Step detaches() {
    escapes(Escape::Dropped, "nobody waits for the task");
    Found->OutlivesFunction = true;
    return Step::Ends;
  }
  /// Goes on with \p E, which stands for the work from now on.
  Step becomes(const Expr *E) {
    Now = E;
    Type = E->getType();
    return Step::Goes;
  }
  /// The work is put into \p Place, an object that exists already.
  Step assigned(const Expr *By, const Expr *Place);
  bool holds(QualType T) { return holdsTask(T, U.C); }
  bool stands(QualType T) { return IsHandle || holds(T); }

  Unit &U;
  const BodyMap &Body;
  const Stmt *Now = nullptr;
  QualType Type;
  /// What there is of the task now is of a type of its own.
  bool IsHandle = false;
  bool IsStarted = false;
  std::optional<Escape> Found;
};

} // namespace

bool async_tidy::holdsTask(QualType T, Coroutines &C, unsigned Depth) {
  if (T.isNull() || Depth > 3)
    return false;
  T = T.getNonReferenceType();
  if (const ArrayType *Array = T->getAsArrayTypeUnsafe())
    T = Array->getElementType();
  if (C.taskType(T.getUnqualifiedType()))
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
                    holdsTask(A.getAsType(), C, Depth + 1))
        return true;
    return false;
  };
  return Holds(Holds, Spec->getTemplateArgs().asArray());
}

//===----------------------------------------------------------------------===//
// What becomes of a task
//===----------------------------------------------------------------------===//

std::optional<Escape> Follower::follow(const Expr *Call) {
  becomes(Call);
  if (isa<CallExpr>(Call) && U.C.isFireAndForget(Type))
    return detaches(), Found;
  for (;;) {
    const Stmt *Parent = Body.parent(Now);
    if (!Parent)
      // A member's initializer, where there is nothing around it.
      return holds(Type)
                 ? (escapes(Escape::Stored, "the task is stored"), Found)
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

Follower::Step Follower::assigned(const Expr *By, const Expr *Place) {
  for (const Stmt *S = By; isa_and_nonnull<Expr>(S); S = Body.parent(S))
    if (isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S))
      return Step::Ends; // and awaited from there
  escapes(Escape::Stored, "the task is stored");
  Found->Place = Place;
  Found->By = By;
  Found->OutlivesFunction = isElsewhere(Place);
  return Step::Ends;
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
               ? assigned(Op, Op->getLHS())
               : Step::Ends;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
    const Stmt *Outer = Body.parent(Member);
    while (isa_and_nonnull<ParenExpr>(Outer))
      Outer = Body.parent(Outer);
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Outer);
    return Call && Call->getCallee()->IgnoreParens() == Member
               ? given(Call, cast<Expr>(Now))
               : Step::Ends;
  }
  if (isa<CallExpr, CXXConstructExpr>(Parent))
    return given(Parent, cast<Expr>(Now));
  return Step::Ends;
}

/// The work is given to call \p To.
Follower::Step Follower::given(const Expr *To, const Expr *E) {
  const FunctionDecl *Callee = calleeOf(To);
  if (!Callee)
    return Step::Ends;
  const unsigned Number = argumentNumber(E, To);
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
        escapes(Escape::HandedOver,
                "the task is handed to '" + displayCallee(To, Callee) + "'");
        Found->By = To;
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
    return Number == 1 && Left && holds(Left->getType()) && stands(Type)
               ? assigned(To, Left)
               : Step::Ends;
  }
  if (MD && Number != 0 && MD->isInstance() && !MD->isConst() &&
      !isa<CXXConstructorDecl>(MD) &&
      lifetimes::isInStlNamespace(MD->getParent()) && stands(Type) &&
      holds(U.Ctx.getCanonicalTagType(MD->getParent())))
    return assigned(To, objectOf(To));
  // What returns a task may wrap this one.
  if (!holds(To->getType()))
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
    return stands(Type) ? escapes(Escape::Returned, "the task is returned")
                        : Step::Ends;
  if (const auto *Declares = dyn_cast<DeclStmt>(Parent)) {
    for (const Decl *D : Declares->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D);
          Var && Var->getInit() == Now && stands(Var->getType())) {
        escapes(Escape::Stored, "the task is stored");
        Found->Into = Var;
        return Step::Ends;
      }
    return Step::Ends;
  }
  // The value of a statement expression is its last statement's.
  if (const auto *Block = dyn_cast<CompoundStmt>(Parent);
      Block && isa_and_nonnull<StmtExpr>(Body.parent(Block)) &&
      Block->body_back() == Now)
    return Step::Ends;
  return dropped();
}

/// Nothing uses the object that stands for the work.
Follower::Step Follower::dropped() {
  const Expr *E = cast<Expr>(Now)->IgnoreImplicit();
  while (const auto *Cast = dyn_cast<ExplicitCastExpr>(E->IgnoreParens()))
    E = Cast->getSubExpr()->IgnoreImplicit();
  const bool IsMeantToGoOn = U.C.taskType(E->getType()).When == Start::Eager &&
                             U.C.goesOnByParameter(E);
  return IsMeantToGoOn || goesOnWhenDropped(E->getType(), U.C) ? detaches()
                                                               : Step::Ends;
}

bool async_tidy::goesOnWhenDropped(QualType T, Coroutines &C) {
  const TaskType Known = C.taskType(T);
  if (Known.When != Start::Eager)
    return false;
  if (Known.Model.Model)
    return Known.Model.Model->WhenDropped == Dropped::Detaches;
  const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl());
  return RD && RD->hasTrivialDestructor();
}

//===----------------------------------------------------------------------===//
// In a function
//===----------------------------------------------------------------------===//

std::optional<Escape> async_tidy::escapeOf(const Expr *E, Unit &U,
                                           const FunctionDecl *In) {
  return Follower(U, U.body(In)).follow(E);
}

std::vector<Escape> Escapes::all(const Expr *E) const {
  std::vector<Escape> Found;
  llvm::SmallPtrSet<const VarDecl *, 4> Seen;
  auto Follow = [&](auto &&Self, const Expr *E, bool IsStarted) -> void {
    std::optional<Escape> Next = of(E);
    if (!Next)
      return;
    Next->IsStarted |= IsStarted;
    const VarDecl *Var = Next->Into;
    if (!Var && Next->Place)
      Var = dyn_cast_or_null<VarDecl>(namedBy(Next->Place));
    Found.push_back(*Next);
    if (Next->How == Escape::Stored && Var && Var->hasLocalStorage() &&
        !Var->getType()->isReferenceType() && Seen.insert(Var).second)
      for (const DeclRefExpr *Ref : mentions(Var))
        Self(Self, Ref, Next->IsStarted);
  };
  Follow(Follow, E, false);
  return Found;
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
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const auto Arguments = writtenArguments(Construct);
    return Arguments.size() == 1 ? lambdaIn(Arguments.front(), M) : nullptr;
  }
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return lambdaIn(Cast->getSubExpr(), M);
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionModel *Known = M.function(Call);
    const TypeModel *Made = M.type(Call->getType());
    // A function may make the scope guard, so that nobody has to name its type.
    if (Call->isCallToStdMove() || (Known && Known->Wraps) ||
        (Made && Made->Cleanup))
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
