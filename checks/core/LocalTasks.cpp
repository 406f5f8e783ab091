//===-- LocalTasks.cpp - Tasks in local variables ---------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/LocalTasks.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

//===----------------------------------------------------------------------===//
// What mentions do
//===----------------------------------------------------------------------===//

/// Whether \p Call does nothing but make an rvalue of its argument, as
/// std::move and its like in other libraries do.
static bool isMove(const CallExpr *Call, QualType T) {
  if (Call->getNumArgs() != 1 || isa<CXXMemberCallExpr>(Call) ||
      isa<CXXOperatorCallExpr>(Call))
    return false;
  const CXXRecordDecl *RD = recordOf(T), *Result = recordOf(Call->getType());
  return Call->isXValue() && RD && Result &&
         RD->getCanonicalDecl() == Result->getCanonicalDecl();
}

static bool isConsumedBy(const FunctionDecl *Callee,
                         ModelRef<TaskModel> Model) {
  if (!Callee || !Model.Model || Model.Model->ConsumedBy.empty())
    return false;
  const std::string Name = qualifiedName(Callee);
  return llvm::any_of(Model.Model->ConsumedBy, [&](const std::string &Member) {
    return Model.Library.qualify(Member) == Name;
  });
}

Mention async_tidy::classify(const DeclRefExpr *Ref, const BodyMap &Body,
                             ModelRef<TaskModel> Model) {
  const QualType T = Ref->getType();
  const Stmt *Child = Ref;
  bool Moved = false;
  for (const Stmt *S = Body.parent(Ref); S; Child = S, S = Body.parent(S)) {
    if (isa<CoawaitExpr, DependentCoawaitExpr>(S))
      return {Ref, Moved ? Use::Taken : Use::Awaited, S};
    if (isa<ReturnStmt, CoreturnStmt>(S))
      return {Ref, Use::Taken, S};
    if (isa<ParenExpr, ExprWithCleanups, MaterializeTemporaryExpr,
            CXXBindTemporaryExpr>(S))
      continue;
    if (const auto *Cast = dyn_cast<CastExpr>(S)) {
      if (Cast->getType()->isVoidType())
        return {Ref, Use::Silenced, S};
      if (isa<ImplicitCastExpr>(Cast) && !Cast->getType()->isRecordType() &&
          Cast->getCastKind() == CK_UserDefinedConversion)
        continue;
      if (recordOf(Cast->getType()) != recordOf(T) ||
          Cast->getType()->isPointerType())
        break;
      Moved |= isa<ExplicitCastExpr>(Cast) && Cast->isXValue();
      continue;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(S)) {
      if (Construct->getConstructor()->isMoveConstructor() && Moved)
        return {Ref, Use::Taken, S};
      break;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(S)) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
      const Stmt *Call = Body.parent(Member);
      if (!Method || !isa_and_nonnull<CXXMemberCallExpr>(Call))
        break;
      if (isConsumedBy(Method, Model) ||
          (Moved && Method->getRefQualifier() == RQ_RValue))
        return {Ref, Use::Taken, Call};
      if (Method->isConst() && Method->getNumParams() == 0 &&
          Method->getReturnType()->isBooleanType())
        return {Ref, Use::Asked, Call};
      break;
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
      if (Op->getOperator() == OO_Equal && Op->getNumArgs() == 2 &&
          Op->getArg(0) == Child && !Moved)
        return {Ref, Use::Set, S, Op->getArg(1)};
      // Taken over by another object of its class.
      if (Op->getOperator() == OO_Equal && Moved &&
          recordOf(Op->getArg(0)->getType()) == recordOf(T))
        return {Ref, Use::Taken, S};
      break;
    }
    if (const auto *Assign = dyn_cast<BinaryOperator>(S)) {
      if (Assign->getOpcode() == BO_Assign && Assign->getLHS() == Child)
        return {Ref, Use::Set, S, Assign->getRHS()};
      break;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      if (!isMove(Call, T))
        break;
      Moved = true;
      continue;
    }
    break;
  }
  return {Ref, Use::Other, Ref};
}

bool LocalTask::has(Use How) const {
  return llvm::any_of(Mentions, [&](const Mention &M) { return M.How == How; });
}

bool LocalTask::isMarkedUnused() const {
  return has(Use::Silenced) || Var->hasAttr<UnusedAttr>() ||
         Var->getName() == "_";
}

/// The type of the task that \p Var holds; null when it is a reference to
/// another object.
static QualType heldType(const VarDecl *Var) {
  const QualType T = Var->getType();
  if (!T->isReferenceType())
    return T;
  // A reference prolongs the life of what it is initialized with.
  const Expr *Init = Var->getInit();
  return Init && !isa<ParmVarDecl>(Var) && stripImplicit(Init)->isPRValue()
             ? T.getNonReferenceType()
             : QualType();
}

std::vector<LocalTask> async_tidy::localTasks(Unit &U, const FunctionSummary &F,
                                              const BodyMap &Body) {
  std::vector<LocalTask> Tasks;
  llvm::DenseMap<const VarDecl *, size_t> Numbers;
  auto Add = [&](const VarDecl *Var) {
    if (!Var->hasLocalStorage() || isa<DecompositionDecl>(Var) ||
        Var->isImplicit() || Var->isInvalidDecl())
      return;
    const QualType T = heldType(Var);
    if (T.isNull() || T->isDependentType())
      return;
    if (const TaskType Type = U.C.taskType(T))
      if (Numbers.try_emplace(Var, Tasks.size()).second)
        Tasks.push_back({Var, T, Type, {}});
  };
  for (const ParmVarDecl *P : F.Function->parameters())
    Add(P);
  for (const VarDecl *Var : Body.variables())
    Add(Var);
  if (Tasks.empty())
    return Tasks;
  for (const DeclRefExpr *Ref : Body.mentions())
    if (auto It = Numbers.find(cast<VarDecl>(Ref->getDecl()));
        It != Numbers.end())
      Tasks[It->second].Mentions.push_back(
          classify(Ref, Body, Tasks[It->second].Type.Model));
  return Tasks;
}

//===----------------------------------------------------------------------===//
// What tasks stand for
//===----------------------------------------------------------------------===//

const Expr *async_tidy::maker(const Expr *E, const TaskType &Type) {
  if (!E)
    return nullptr;
  E = stripImplicit(E);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    const Expr *True = maker(Choice->getTrueExpr(), Type);
    return True ? True : maker(Choice->getFalseExpr(), Type);
  }
  // A copy of a constant that stands for something to await.
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(E);
      Copy && Copy->getConstructor()->isCopyConstructor())
    if (const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(Copy->getArg(0))))
      if (const auto *Constant = dyn_cast<VarDecl>(Ref->getDecl());
          Constant && Constant->hasGlobalStorage() &&
          Constant->getType().isConstQualified() &&
          Type.Kind == TaskType::Awaiter)
        return E;
  if (!E->isPRValue() || !isa<CallExpr>(E))
    return nullptr;
  if (const FunctionDecl *Callee = calleeOf(E); Callee && Type.Model.Model) {
    const std::string Name = qualifiedName(Callee);
    if (llvm::any_of(Type.Model.Model->ReadyFrom,
                     [&](const std::string &Ready) {
                       return Type.Model.Library.qualify(Ready) == Name;
                     }))
      return nullptr;
  }
  return E;
}

const Expr *async_tidy::workOf(const LocalTask &Task) {
  if (const Expr *Made = maker(Task.Var->getInit(), Task.Type))
    return Made;
  for (const Mention &M : Task.Mentions)
    if (const Expr *Made =
            M.How == Use::Set ? maker(M.Source, Task.Type) : nullptr)
      return Made;
  return nullptr;
}

/// The method called \p Name of \p RD or of one of its bases.
static const CXXMethodDecl *method(const CXXRecordDecl *RD,
                                   DeclarationName Name) {
  const CXXMethodDecl *Found = nullptr;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    if (const CXXRecordDecl *Def = Class->getDefinition())
      for (const NamedDecl *D : Def->lookup(Name))
        if (!Found)
          Found = dyn_cast<CXXMethodDecl>(D);
    return Found != nullptr;
  });
  return Found;
}

QualType async_tidy::awaitedType(QualType T, const TaskType &Type, Unit &U) {
  const CXXRecordDecl *RD = recordOf(T);
  if (!RD)
    return QualType();
  const DeclarationName Resume(&U.Ctx.Idents.get("await_resume"));
  const CXXMethodDecl *MD = method(RD, Resume);
  if (!MD)
    if (const CXXMethodDecl *Coawait =
            method(RD, U.Ctx.DeclarationNames.getCXXOperatorName(OO_Coawait)))
      if (const CXXRecordDecl *Awaiter = recordOf(Coawait->getReturnType()))
        MD = method(Awaiter, Resume);
  if (MD && !MD->getReturnType()->isUndeducedType())
    return MD->getReturnType();
  // A template of tasks is one of their results.
  const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD);
  if (Type.Kind == TaskType::Task && Spec && Spec->getTemplateArgs().size() &&
      Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
    return Spec->getTemplateArgs()[0].getAsType();
  return QualType();
}

/// Whether an object of type \p T owns a lock or a permit: its model says so,
/// it says so in the words of the standard library, or it is a class around
/// such an object.
static bool isGuard(QualType T, Unit &U, unsigned Depth = 0) {
  if (T.isNull() || T->isReferenceType() || T->isPointerType())
    return false;
  if (const TypeModel *Known = U.M.type(T); Known && Known->Guard.Model)
    return true;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  // Nobody may have needed this instance of a template yet.
  const CXXRecordDecl *Def = RD ? definitionOf(RD) : nullptr;
  if (!Def)
    return false;
  if (!Def->hasTrivialDestructor() &&
      !Def->lookup(&U.Ctx.Idents.get("mutex_type")).empty())
    return true;
  if (Depth > 1 || Def->isInStdNamespace() || Def->isDependentType())
    return false;
  for (const CXXBaseSpecifier &Base : Def->bases())
    if (isGuard(Base.getType(), U, Depth + 1))
      return true;
  // Around a guard and what it guards.
  if (std::distance(Def->field_begin(), Def->field_end()) > 3)
    return false;
  return llvm::any_of(Def->fields(), [&](const FieldDecl *Field) {
    return isGuard(Field->getType(), U, Depth + 1);
  });
}

/// Whether a model says that awaiting what \p Call returns takes a lock.
static bool isAcquire(const Expr *Call, Unit &U) {
  const FunctionDecl *Callee = calleeOf(Call);
  const LibraryRef Library = Callee ? U.M.libraryAround(Callee) : LibraryRef();
  if (!Library)
    return false;
  const std::string Name = qualifiedName(Callee);
  for (const LockModel &Lock : Library.Library->Locks)
    for (const std::string &Acquire : Lock.Acquire)
      if (Library.qualify(Acquire) == Name)
        return true;
  return false;
}

bool async_tidy::isUnawaitedGuard(const LocalTask &Task, Unit &U) {
  if (isa<ParmVarDecl>(Task.Var) ||
      (Task.Type.Model.Model && Task.Type.Model.Model->AwaitedAgain))
    return false;
  for (const Mention &M : Task.Mentions)
    if (M.How != Use::Set && M.How != Use::Silenced)
      return false;
  const Expr *Made = workOf(Task);
  return Made &&
         (isAcquire(Made, U) || isGuard(awaitedType(Task.T, Task.Type, U), U));
}

bool async_tidy::givesToCallback(const Expr *E, Unit &U) {
  const FunctionModel *Known = U.M.function(E);
  return Known && !Known->Callables.empty() &&
         llvm::any_of(writtenArguments(E), [](const Expr *Argument) {
           return callableOf(Argument) != nullptr;
         });
}

bool async_tidy::isNodiscardCall(const Expr *E) {
  const FunctionDecl *Callee = calleeOf(E);
  return Callee && Callee->hasAttr<WarnUnusedResultAttr>();
}

bool async_tidy::isNodiscard(const Expr *E) {
  return isNodiscardCall(E) ||
         anyOfClasses(recordOf(E->getType()), [](const CXXRecordDecl *RD) {
           const CXXRecordDecl *Def = definitionOf(RD);
           return Def && Def->hasAttr<WarnUnusedResultAttr>();
         });
}

/// Whether \p FD is seen to do nothing.
static bool isEmpty(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  const auto *Body = FD->hasBody(Def)
                         ? dyn_cast_or_null<CompoundStmt>(Def->getBody())
                         : nullptr;
  return Body && Body->body_empty();
}

/// Whether a constructor of \p RD, other than to copy or move, changes
/// something that is there already: it may start the work.
static bool doesMoreThanStore(const CXXRecordDecl *RD) {
  auto Changes = [](const FunctionDecl *FD) {
    const auto *Ctor = dyn_cast<CXXConstructorDecl>(FD);
    if (!Ctor || Ctor->isCopyOrMoveConstructor() ||
        !Ctor->doesThisDeclarationHaveABody())
      return false;
    bool Does = false;
    walkBody(Ctor->getBody(), [&](const Stmt *S) {
      const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
      Does |= Method && !Method->isConst();
      return !Does;
    });
    return Does;
  };
  for (const Decl *D : RD->decls()) {
    if (const auto *FTD = dyn_cast<FunctionTemplateDecl>(D)) {
      if (llvm::any_of(FTD->specializations(), Changes))
        return true;
    } else if (const auto *FD = dyn_cast<FunctionDecl>(D); FD && Changes(FD)) {
      return true;
    }
  }
  return false;
}

bool async_tidy::isOnlyForAwaiting(QualType T) {
  const CXXRecordDecl *RD = definitionOf(recordOf(T));
  return RD && !doesMoreThanStore(RD) &&
         !anyOfClasses(RD, [](const CXXRecordDecl *Class) {
           const CXXRecordDecl *Def = definitionOf(Class);
           const CXXDestructorDecl *Dtor = Def ? Def->getDestructor() : nullptr;
           return !Def || (!Def->isEmpty() && Dtor && Dtor->isUserProvided() &&
                           !isEmpty(Dtor));
         });
}

std::string async_tidy::lossOf(const FunctionSummary &F, QualType T,
                               const TaskType &Type, const Expr *Maker,
                               Unit &U) {
  const std::string Name = "'" + displayType(T, U.Ctx) + "'";
  const TaskModel *Model = Type.Model.Model;
  if (Type.Kind == TaskType::Task && Type.When == Start::Lazy)
    return Name + " is lazy, so nothing of it runs";
  const bool CanAwait =
      F.Coro && U.C.canAwait(F.Coro->Promise, T) &&
      (!Model || Type.Model.Library.Library == F.Coro->Library.Library);
  if (Type.Kind == TaskType::Task) {
    // One whose library is not known may join or cancel the work.
    if (!Model || Model->WhenDropped != Dropped::Detaches || Model->Discardable)
      return "";
    if (isNodiscard(Maker) ? false : !CanAwait || givesToCallback(Maker, U))
      return "";
    return "what it returns and what it throws is lost";
  }
  if (!CanAwait || !isOnlyForAwaiting(T))
    return "";
  return Name + " does nothing until it is";
}
