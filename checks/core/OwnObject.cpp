//===-- OwnObject.cpp - Coroutines and the object they belong to ----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/OwnObject.h"
#include "core/AccessPath.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

Counted async_tidy::countedBy(const CXXRecordDecl *RD, Models &M) {
  Counted Found;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    if (Class->getCanonicalDecl() != RD->getCanonicalDecl())
      if (const TypeModel *Known =
              M.type(Class->getASTContext().getCanonicalTagType(Class));
          Known && Known->ReferenceCounted.Model) {
        Found.Model = Known->ReferenceCounted;
        Found.Base = Class;
      }
    return bool(Found);
  });
  return Found;
}

static bool areRelated(const CXXRecordDecl *A, const CXXRecordDecl *B) {
  A = definitionOf(A);
  B = definitionOf(B);
  return A && B &&
         (A->getCanonicalDecl() == B->getCanonicalDecl() ||
          (A->hasDefinition() && A->isDerivedFrom(B)) ||
          (B->hasDefinition() && B->isDerivedFrom(A)));
}

static bool refersTo(QualType T, const CXXRecordDecl *RD, unsigned Depth) {
  const CXXRecordDecl *Holder =
      T.isNull() ? nullptr : T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Holder || Depth > 3)
    return false;
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Holder))
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type) {
        const CXXRecordDecl *Argument = A.getAsType()->getAsCXXRecordDecl();
        if ((Argument && areRelated(Argument, RD)) ||
            refersTo(A.getAsType(), RD, Depth + 1))
          return true;
      }
  // Or one that derives from such a pointer.
  if (const CXXRecordDecl *Def = Holder->getDefinition();
      Def && !Holder->isLambda())
    for (const CXXBaseSpecifier &Base : Def->bases())
      if (refersTo(Base.getType(), RD, Depth + 1))
        return true;
  return false;
}

bool async_tidy::refersTo(QualType T, const CXXRecordDecl *RD) {
  return ::refersTo(T, RD, 0);
}

bool async_tidy::mentionsReference(const Stmt *E, const CXXRecordDecl *RD) {
  bool Found = false;
  walkBody(E, [&](const Stmt *S) {
    if (const auto *Part = dyn_cast<Expr>(S))
      Found |= refersTo(Part->getType(), RD);
    return !Found;
  });
  return Found;
}

/// Whether \p E is 'this' or '*this'.
static bool isOwnObject(const Expr *E) {
  E = stripImplicit(E);
  if (const auto *Deref = dyn_cast<UnaryOperator>(E);
      Deref && Deref->getOpcode() == UO_Deref)
    E = stripImplicit(Deref->getSubExpr());
  return isa<CXXThisExpr>(E);
}

/// Whether the object itself is an argument in \p E.
static bool handsOverObject(const Stmt *E) {
  bool Found = false;
  walkBody(E, [&](const Stmt *S) {
    if (isa<CallExpr, CXXConstructExpr>(S))
      for (const Expr *Argument : writtenArguments(cast<Expr>(S)))
        Found |= isOwnObject(Argument);
    return !Found;
  });
  return Found;
}

//===----------------------------------------------------------------------===//
// What the frame holds
//===----------------------------------------------------------------------===//

namespace {

/// Which variables of a coroutine keep its object, or know of it.
class Guards {
public:
  Guards(Unit &U, const FunctionDecl *FD, const CXXRecordDecl *RD)
      : U(U), RD(RD) {
    for (const ParmVarDecl *P : FD->parameters())
      IsParameter |= refersTo(P->getType(), RD) || isHolder(P->getType());
    if (IsParameter)
      return;
    llvm::SmallPtrSet<const ValueDecl *, 16> Mentioned;
    llvm::SmallVector<const VarDecl *, 8> Candidates;
    walkBody(coroutineBody(FD), [&](const Stmt *S) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
        Mentioned.insert(Ref->getDecl());
      if (const auto *Declares = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declares->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D);
              Var && Var->hasLocalStorage() && Var->getInit())
            Candidates.push_back(Var);
      return true;
    });
    for (const VarDecl *Var : Candidates)
      if (guards(Var, Mentioned.contains(Var)))
        Variables.push_back(Var);
  }

  /// It was given one, and has it until it ends.
  bool IsParameter = false;
  llvm::SmallVector<const VarDecl *, 2> Variables;

private:
  /// Whether \p T is a class that belongs to a scope, as seastar::gate::holder.
  bool isHolder(QualType T) {
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    const auto *Outer =
        Class ? dyn_cast<CXXRecordDecl>(Class->getDeclContext()) : nullptr;
    const TypeModel *Known =
        Outer ? U.M.type(U.Ctx.getCanonicalTagType(Outer)) : nullptr;
    return Known && Known->Scope.Model;
  }

  bool guards(const VarDecl *Var, bool IsMentioned) {
    const QualType T = Var->getType();
    if (refersTo(T, RD) || isHolder(T))
      return true;
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    if (!Class || Class->isLambda())
      return false;
    if (handsOverObject(Var->getInit()))
      return true;
    // What is never used is there for its destructor: it lets go of something
    // of the object's, which may well wait for that.
    bool OfObject = false;
    walkBody(Var->getInit(), [&](const Stmt *S) {
      OfObject |= isa<CXXThisExpr>(S);
      return !OfObject;
    });
    return OfObject && !IsMentioned && T.isDestructedType();
  }

  Unit &U;
  const CXXRecordDecl *RD;
};

/// Where a coroutine has been suspended with nothing that guards its object:
/// a fact for each suspension. Behind these, one for each guard: it may not be
/// there.
class SuspendedUnguarded final : public FlowProblem {
public:
  SuspendedUnguarded(const FunctionFlow &Flow, const Guards &G,
                     const CXXRecordDecl *RD,
                     llvm::function_ref<bool(const Expr *)> Counts)
      : Flow(Flow), G(G), RD(RD), Counts(Counts) {
    for (const Expr *E : Flow.suspensions())
      Numbers.try_emplace(E, Numbers.size());
  }

  llvm::BitVector atEntry() const {
    llvm::BitVector Facts(Numbers.size() + G.Variables.size());
    Facts.set(Numbers.size(), Facts.size());
    return Facts;
  }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    const unsigned First = Numbers.size();
    if (const Expr *E = Flow.suspensionAt(Element)) {
      const bool Unguarded =
          Facts.find_first_unset_in(First, Facts.size()) == -1;
      // What is awaited may hold a reference.
      if (Unguarded && (!Counts || Counts(E)) && !mentionsReference(E, RD))
        Facts.set(Numbers.lookup(E));
      return;
    }
    const VarDecl *Begins = nullptr, *Ends = nullptr;
    if (std::optional<CFGAutomaticObjDtor> Dtor =
            Element.getAs<CFGAutomaticObjDtor>())
      Ends = Dtor->getVarDecl();
    else if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
      if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt());
          Declares && Declares->isSingleDecl())
        Begins = dyn_cast<VarDecl>(Declares->getSingleDecl());
    for (unsigned I = 0; I != G.Variables.size(); ++I) {
      if (G.Variables[I] == Begins)
        Facts.reset(First + I);
      else if (G.Variables[I] == Ends)
        Facts.set(First + I);
    }
  }

  const Expr *suspendedAt(const llvm::BitVector &Facts) const {
    const int Number = Facts.find_first_in(0, Numbers.size());
    return Number < 0 ? nullptr : Flow.suspensions()[Number];
  }

private:
  const FunctionFlow &Flow;
  const Guards &G;
  const CXXRecordDecl *RD;
  llvm::function_ref<bool(const Expr *)> Counts;
  llvm::DenseMap<const Expr *, unsigned> Numbers;
};

} // namespace

/// Whether the value of \p E decides nothing but what \p Parent uses: a member
/// of an object is used when it is read, called or assigned to, and by then
/// the arguments, or the right-hand side, have been awaited.
static bool isUsedIn(const Stmt *E, const Stmt *Parent) {
  if (isa<MemberExpr, ImplicitCastExpr, ParenExpr>(Parent))
    return true;
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Parent))
    return Call->getOperator() == OO_Equal && Call->getArg(0) == E;
  if (const auto *Call = dyn_cast<CallExpr>(Parent))
    return Call->getCallee() == E;
  if (const auto *Assign = dyn_cast<BinaryOperator>(Parent))
    return Assign->isAssignmentOp() && Assign->getLHS() == E;
  return false;
}

/// Whether \p This is there because a member of the object is changed.
static bool isChanged(const CXXThisExpr *This, const BodyMap &Body) {
  // The member, or a part of it.
  const Stmt *Part = This;
  for (const Stmt *Parent = Body.parent(Part);;
       Part = Parent, Parent = Body.parent(Part)) {
    if (!Parent)
      return false;
    if (isa<ImplicitCastExpr, ParenExpr>(Parent))
      continue;
    const auto *Member = dyn_cast<MemberExpr>(Parent);
    if (!Member || !isa<FieldDecl>(Member->getMemberDecl()))
      break;
    if (Member->getMemberDecl()->getType()->isReferenceType() ||
        (Member->isArrow() && Part != This))
      return false;
  }
  if (Part == This)
    return false;
  const Stmt *Parent = Body.parent(Part);
  if (const auto *Assign = dyn_cast<BinaryOperator>(Parent))
    return Assign->isAssignmentOp() && Assign->getLHS() == Part;
  if (const auto *Step = dyn_cast<UnaryOperator>(Parent))
    return Step->isIncrementDecrementOp();
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Parent))
    return Call->isAssignmentOp() && Call->getArg(0) == Part;
  if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
    const auto *MD = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
    return MD && !MD->isConst() && !MD->isStatic() && !Member->isArrow();
  }
  return false;
}

UnguardedUse
async_tidy::unguardedUse(Unit &U, const FunctionSummary &F,
                         llvm::function_ref<bool(const Expr *)> Counts,
                         bool OnlyChanges) {
  const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
  if (!F.Coro || !F.Suspends || !MD || !MD->isImplicitObjectMemberFunction() ||
      MD->getParent()->isLambda() || MD->isDependentContext())
    return {};
  llvm::SmallVector<const CXXThisExpr *, 8> Mentions;
  walkBody(coroutineBody(MD), [&](const Stmt *S) {
    if (const auto *This = dyn_cast<CXXThisExpr>(S))
      Mentions.push_back(This);
    return true;
  });
  if (Mentions.empty())
    return {};
  Guards G(U, MD, MD->getParent());
  const FunctionFlow *Flow = G.IsParameter ? nullptr : U.flow(MD);
  if (!Flow)
    return {};
  SuspendedUnguarded Problem(*Flow, G, MD->getParent(), Counts);
  llvm::DenseMap<const Stmt *, const Expr *> Late;
  Flow->solve(Problem, Problem.atEntry())
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
          if (const Expr *Suspension = Problem.suspendedAt(Facts))
            Late.try_emplace(S->getStmt(), Suspension);
      });
  const BodyMap &Body = U.body(MD);
  for (const CXXThisExpr *This : Mentions) {
    // A static member needs no object.
    if (const auto *Member = dyn_cast_or_null<MemberExpr>(Body.parent(This));
        Member && !Member->getMemberDecl()->isCXXInstanceMember())
      continue;
    if (OnlyChanges && !isChanged(This, Body))
      continue;
    for (const Stmt *S = This;;) {
      if (const Expr *Suspension = Late.lookup(S))
        return {This, Suspension};
      const Stmt *Parent = Body.parent(S);
      if (!Parent || !isUsedIn(S, Parent) || isa<CallExpr>(S))
        break;
      S = Parent;
    }
  }
  return {};
}

//===----------------------------------------------------------------------===//
// What callers do
//===----------------------------------------------------------------------===//

/// Whether work of type \p T goes on when its object is dropped.
static bool goesOn(QualType T, Coroutines &C) {
  const TaskType Known = C.taskType(T);
  if (Known.When != Start::Eager)
    return C.isFireAndForget(T);
  if (Known.Model.Model)
    return Known.Model.Model->WhenDropped == Dropped::Detaches;
  const CXXRecordDecl *RD = definitionOf(T->getAsCXXRecordDecl());
  return RD && RD->hasTrivialDestructor();
}

/// Whether \p To, which is given the work in argument \p Number, starts it for
/// nobody to wait for.
static bool detaches(Unit &U, const Expr *To, unsigned Number) {
  const FunctionModel *Known = U.M.function(To);
  if (!Known)
    return false;
  for (const ModelRef<CallableModel> &Ref : Known->Callables) {
    const CallableModel &Runner = *Ref.Model;
    if (Number != 0 && !Runner.Arguments.empty() &&
        !llvm::is_contained(Runner.Arguments, Number))
      continue;
    if (Runner.Of == Work::Detached)
      return true;
    for (const Expr *Argument : writtenArguments(To))
      if (const CXXRecordDecl *RD = recordOf(Argument->getType()))
        for (const std::string &Token : Runner.DetachedBy)
          if (Ref.Library.qualify(Token) == qualifiedName(RD))
            return true;
  }
  return false;
}

static TaskUse useOf(Unit &U, const FunctionSummary &Caller, const Expr *Call,
                     const CXXRecordDecl *RD, const BodyMap &Body) {
  const bool OnOwnObject = objectOf(Call) && isOwnObject(objectOf(Call));
  // Whoever goes on with a reference of its own may see to it that the object
  // stays; and so may who waits until all work is done.
  const auto *CallerMethod = dyn_cast<CXXMethodDecl>(Caller.Function);
  bool MayDetach =
      OnOwnObject && CallerMethod && !CallerMethod->getParent()->isLambda() &&
      (!Caller.Coro || Caller.Coro->Kind == CoroutineKind::FireAndForget);
  for (const BlockingSite &Site : Caller.Blocks)
    MayDetach &= Site.Model->Model->Why != Category::EventLoop &&
                 Site.Model->Model->Why != Category::Wait;
  const Stmt *Now = Call;
  QualType Type = Call->getType();
  for (;;) {
    const Stmt *Parent = Body.parent(Now);
    if (!Parent)
      return TaskUse::Other;
    if (isa<CoroutineSuspendExpr>(Parent))
      return TaskUse::Awaits;
    if (isa<ReturnStmt>(Parent)) {
      // The reference is a variable of the function that returns.
      if (Caller.Coro || OnOwnObject || !objectOf(Call))
        return TaskUse::Other;
      std::optional<AccessPath> Path = accessPath(objectOf(Call));
      const auto *Holder =
          Path ? dyn_cast_or_null<VarDecl>(Path->Base) : nullptr;
      return Holder && Path->Members.empty() && Holder->hasLocalStorage() &&
                     !Holder->isInitCapture() &&
                     Holder->getDeclContext() == Caller.Function &&
                     !Holder->getType()->isReferenceType() &&
                     refersTo(Holder->getType(), RD)
                 ? TaskUse::OutlivesHold
                 : TaskUse::Other;
    }
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Parent);
        Cast && Cast->getType()->isVoidType())
      return MayDetach && goesOn(Type, U.C) ? TaskUse::Detaches
                                            : TaskUse::Other;
    if (isa<CompoundStmt, IfStmt, ForStmt, WhileStmt, DoStmt, CXXForRangeStmt,
            SwitchCase, LabelStmt>(Parent))
      return MayDetach && goesOn(Type, U.C) ? TaskUse::Detaches
                                            : TaskUse::Other;
    if (isa<ParenExpr, FullExpr, MaterializeTemporaryExpr, CXXBindTemporaryExpr,
            ImplicitCastExpr>(Parent)) {
      Now = Parent;
      continue;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(Parent)) {
      // A continuation, as in run().finally(...), may hold a reference.
      const auto *Outer =
          dyn_cast_or_null<CXXMemberCallExpr>(Body.parent(Member));
      if (!Outer || Outer->getCallee()->IgnoreParens() != Member)
        return TaskUse::Other;
      if (mentionsReference(Outer, RD) || handsOverObject(Outer))
        return TaskUse::Other;
      if (detaches(U, Outer, 0))
        return MayDetach ? TaskUse::Detaches : TaskUse::Other;
      const FunctionModel *Known = U.M.function(Outer);
      if (!Known || Known->Callables.empty() || !U.C.taskType(Outer->getType()))
        return TaskUse::Other;
      Type = Outer->getType();
      Now = Outer;
      continue;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Parent);
        Construct && Construct->getNumArgs() == 1 &&
        Construct->getConstructor()->isCopyOrMoveConstructor()) {
      Now = Parent;
      continue;
    }
    if (const auto *Outer = dyn_cast<CallExpr>(Parent)) {
      if (Outer->isCallToStdMove()) {
        Now = Parent;
        continue;
      }
      unsigned Number = 0;
      const auto Arguments = writtenArguments(Outer);
      for (unsigned I = 0; I != Arguments.size(); ++I)
        if (Arguments[I] == Now)
          Number = I + 1;
      return MayDetach && Number && detaches(U, Outer, Number) &&
                     !mentionsReference(Outer, RD)
                 ? TaskUse::Detaches
                 : TaskUse::Other;
    }
    return TaskUse::Other;
  }
}

std::vector<MemberCall> async_tidy::callsOf(Unit &U, const CXXMethodDecl *FD) {
  std::vector<MemberCall> Found;
  for (const FunctionSummary &Caller : U.functions())
    for (const CallSite &Site : Caller.Calls)
      if (Site.Callee->getCanonicalDecl() == FD->getCanonicalDecl()) {
        const BodyMap &Body = U.body(Caller.Function);
        Found.push_back({&Caller, Site.Call,
                         useOf(U, Caller, Site.Call, FD->getParent(), Body)});
      }
  return Found;
}

//===----------------------------------------------------------------------===//
// What the object has no influence on
//===----------------------------------------------------------------------===//

/// Whether \p E moves the coroutine that awaits it to an event loop.
static bool movesToLoop(const Expr *E, Models &M) {
  const auto *Await = dyn_cast<CoroutineSuspendExpr>(E);
  if (!Await)
    return false;
  const Expr *Operand = stripImplicit(Await->getOperand());
  if (const FunctionModel *Known =
          isa<CallExpr>(Operand) ? M.function(Operand) : nullptr)
    for (const ModelRef<HopModel> &Ref : Known->Hops)
      if (Ref.Model->To == HopTo::Loop)
        return true;
  const TypeModel *Known = M.type(Operand->getType());
  return Known && Known->Hop.Model && Known->Hop.Model->To == HopTo::Loop;
}

/// Whether an object of \p RD is made for an owner to delete it: it can be
/// given one, a \p Base as it is itself. Not one that is there once, and for
/// as long as the program: the class hands that out.
static bool isMadeForOwner(const CXXRecordDecl *RD, const CXXRecordDecl *Base) {
  auto Is = [](QualType T, const CXXRecordDecl *Class) {
    T = T.getNonReferenceType();
    if (T->isPointerType())
      T = T->getPointeeType();
    const CXXRecordDecl *Named = T->getAsCXXRecordDecl();
    return Named && Named->getCanonicalDecl() == Class->getCanonicalDecl();
  };
  for (const CXXMethodDecl *MD : RD->methods())
    if (MD->isStatic() && Is(MD->getReturnType(), RD))
      return false;
  for (const CXXConstructorDecl *Ctor : RD->ctors())
    for (const ParmVarDecl *P : Ctor->parameters())
      if (P->getType()->isPointerType() && Is(P->getType(), Base))
        return true;
  return false;
}

UnguardedUse async_tidy::strandedChange(Unit &U, const FunctionSummary &F,
                                        const Counted &Class) {
  const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
  if (!Class || !MD || !F.Coro || !F.Suspends || F.Coro->When != Start::Eager ||
      F.Coro->Kind != CoroutineKind::Task)
    return {};
  const bool IsOwned = Class.Model.Model->Owned;
  if (IsOwned && (!goesOn(MD->getReturnType(), U.C) ||
                  !isMadeForOwner(MD->getParent(), Class.Base)))
    return {};
  auto Counts = [&](const Expr *E) {
    if (!IsOwned)
      return movesToLoop(E, U.M);
    // What the object has made may well end with it.
    bool IsOfObject = false;
    walkBody(E, [&](const Stmt *S) {
      IsOfObject |= isa<CXXThisExpr>(S);
      return !IsOfObject;
    });
    return !IsOfObject;
  };
  const UnguardedUse Late = unguardedUse(U, F, Counts, /*OnlyChanges=*/true);
  if (Late)
    for (const MemberCall &Call : callsOf(U, MD))
      if (!IsOwned || Call.How != TaskUse::Detaches)
        return {};
  return Late;
}

//===----------------------------------------------------------------------===//
// What is told to stop
//===----------------------------------------------------------------------===//

/// Whether all that \p Body does is to return a task that is done.
static bool returnsAtOnce(const Stmt *Body, Unit &U) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(Body);
  if (!Block || Block->size() != 1)
    return false;
  if (const auto *Return = dyn_cast<CoreturnStmt>(Block->body_front()))
    return !Return->getOperand();
  const auto *Return = dyn_cast<ReturnStmt>(Block->body_front());
  const auto *Call =
      Return && Return->getRetValue()
          ? dyn_cast<CallExpr>(stripImplicit(Return->getRetValue()))
          : nullptr;
  const FunctionDecl *Callee = Call ? calleeOf(Call) : nullptr;
  return Callee && !isa<CXXMethodDecl>(Callee) && Call->getNumArgs() == 0 &&
         U.M.isLibraryCode(Callee);
}

bool async_tidy::stopsAtOnce(Unit &U, const FunctionSummary &F) {
  const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
  // Nobody calls the function of an empty interface for the object's sake.
  if (!MD || !MD->getIdentifier() || !MD->param_empty() || MD->isStatic() ||
      MD->getParent()->isLambda())
    return false;
  const TaskType Type = U.C.taskType(MD->getReturnType());
  const LibraryModel *Library =
      Type.Model.Model ? Type.Model.Library.Library : nullptr;
  if (!Library || !llvm::is_contained(Library->ClosedBy, MD->getName()))
    return false;
  const Stmt *Body = coroutineBody(MD) ? coroutineBody(MD) : MD->getBody();
  return returnsAtOnce(Body, U);
}

/// Whether \p A and \p B implement functions of the same class.
static bool shareInterface(const CXXMethodDecl *A, const CXXMethodDecl *B) {
  for (const CXXMethodDecl *OfA : A->overridden_methods())
    for (const CXXMethodDecl *OfB : B->overridden_methods())
      if (OfA->getParent()->getCanonicalDecl() ==
          OfB->getParent()->getCanonicalDecl())
        return true;
  return false;
}

LeftBehind async_tidy::leftBehindBy(Unit &U, const CXXMethodDecl *MD) {
  for (const FunctionSummary &Other : U.functions()) {
    const auto *Coroutine = dyn_cast<CXXMethodDecl>(Other.Function);
    if (!Coroutine || !Other.Coro ||
        Coroutine->getParent()->getCanonicalDecl() !=
            MD->getParent()->getCanonicalDecl() ||
        !shareInterface(MD, Coroutine))
      continue;
    const UnguardedUse Late =
        unguardedUse(U, Other, nullptr, /*OnlyChanges=*/true);
    if (Late && callsOf(U, Coroutine).empty())
      return {Coroutine, Late};
  }
  return {};
}
