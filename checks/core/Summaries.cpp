//===-- Summaries.cpp - What each function of a file does -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Summaries.h"
#include "core/Handlers.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

static bool isAnnotated(const FunctionDecl *FD, StringRef Text) {
  for (const auto *A : FD->getMostRecentDecl()->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == Text)
      return true;
  return false;
}

static bool hasEffect(const FunctionDecl *FD, FunctionEffect::Kind Wanted) {
  for (const FunctionEffectWithCondition &E :
       FD->getMostRecentDecl()->getFunctionEffects())
    if (E.Effect.kind() == Wanted && !E.Cond.getCondition())
      return true;
  return false;
}

bool async_tidy::isTrusted(const FunctionDecl *FD) {
  return isAnnotated(FD, "async::nonblocking") ||
         isAnnotated(FD, "async::offload") ||
         hasEffect(FD, FunctionEffect::Kind::NonBlocking);
}

/// Whether the owner of \p FD says that it blocks.
static bool isDeclaredToBlock(const FunctionDecl *FD) {
  return isAnnotated(FD, "async::blocking") ||
         hasEffect(FD, FunctionEffect::Kind::Blocking);
}

/// Whether which function \p Call runs is decided at run time.
static bool isDynamic(const Expr *Call, const FunctionDecl *Callee) {
  const auto *MD = dyn_cast<CXXMethodDecl>(Callee);
  if (!MD || !MD->isVirtual() || MD->hasAttr<FinalAttr>() ||
      MD->getParent()->isEffectivelyFinal())
    return false;
  const auto *MemberCall = dyn_cast<CXXMemberCallExpr>(Call);
  if (!MemberCall)
    return false;
  const auto *Member =
      dyn_cast<MemberExpr>(MemberCall->getCallee()->IgnoreParenImpCasts());
  if (Member && Member->hasQualifier())
    return false;
  // A variable that is an object, not a reference, has its static type.
  const Expr *Object = stripImplicit(MemberCall->getImplicitObjectArgument());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Object))
    return Ref->getDecl()->getType()->isReferenceType() ||
           Object->getType()->isPointerType();
  return true;
}

namespace {

class Summarizer {
public:
  Summarizer(ASTContext &Ctx, Models &M, Coroutines &C) : M(M), C(C), X(M) {
    for (const FunctionDecl *FD : userFunctions(Ctx, M)) {
      Result.Functions.push_back({FD, C.coroutine(FD), false, {}, {}});
      walkFunction(FD, [&](const Stmt *S) {
        // On the way out of the program nobody waits any more.
        if (const auto *Block = dyn_cast<CompoundStmt>(S);
            Block && Block != FD->getBody() && Block != coroutineBody(FD) &&
            neverReturns(Block))
          return false;
        if (const auto *If = dyn_cast<IfStmt>(S);
            If && !Rare.contains(If) && asksState(If->getCond()))
          for (const Stmt *Branch : {If->getThen(), If->getElse()})
            markRare(Branch);
        if (const auto *Declares = dyn_cast<DeclStmt>(S))
          for (const Decl *D : Declares->decls())
            if (const auto *Var = dyn_cast<VarDecl>(D);
                Var && Var->isStaticLocal())
              markRare(Var->getInit());
        if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
          await(Await);
        // What is returned is made where the caller wants it.
        if (const auto *Return = dyn_cast<ReturnStmt>(S);
            Return && Return->getNRVOCandidate())
          return false;
        forEachStatement(S, [&](const Expr *E) {
          E = stripImplicit(E);
          if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
            E = stripImplicit(Cast->getSubExpr());
          Discarded.insert(E);
        });
        if (isa<CallExpr, CXXConstructExpr>(S))
          call(cast<Expr>(S));
        return true;
      });
      dropWaitsOfOtherThreads();
      dropLastResorts();
    }
    dropNonblocking();
  }

  Summaries Result;
  /// Expressions of the function whose value nobody uses.
  llvm::SmallPtrSet<const Expr *, 16> Discarded;

private:
  FunctionSummary &current() { return Result.Functions.back(); }

  void await(const CoroutineSuspendExpr *Await) {
    FunctionSummary &F = current();
    F.Suspends |= C.maySuspend(Await);
    if (std::optional<Hop> Found = hop(Await))
      Result.Hops[F.Function].try_emplace(Await, *Found);
  }

  /// Where the coroutine goes on after \p Await, if not where it was.
  std::optional<Hop> hop(const CoroutineSuspendExpr *Await) {
    const FunctionSummary &F = current();
    const Expr *Operand = stripImplicit(Await->getOperand());
    if (const FunctionModel *Known =
            isa<CallExpr>(Operand) ? M.function(Operand) : nullptr)
      for (const ModelRef<HopModel> &Ref : Known->Hops)
        if (std::optional<Hop> Found = hop(Operand, *Ref.Model))
          return Found;
    // Two libraries may give the same standard type another meaning.
    if (const TypeModel *Known = M.type(Operand->getType());
        Known && Known->Hop.Model &&
        (!F.Coro || !F.Coro->Library ||
         F.Coro->Library.Library == Known->Hop.Library.Library))
      return hop(Operand, *Known->Hop.Model);
    // What an awaiter that no model knows resumes the coroutine on is unknown:
    // it may be a timer, and it may be a switch to a thread pool.
    if (F.Coro && !F.Coro->Library && isa<CoawaitExpr>(Await) &&
        Await->getType()->isVoidType() &&
        C.taskType(Operand->getType()).Kind == TaskType::Awaiter)
      return Hop{Place::Unknown, false};
    return std::nullopt;
  }

  std::optional<Hop> hop(const Expr *Operand, const HopModel &Model) {
    Hop Found{Place::Unknown, Model.UntilSuspension};
    switch (Model.To) {
    case HopTo::Blocking:
      Found.To = Place::BlockingAllowed;
      return Found;
    case HopTo::Loop:
      Found.To = Place::Loop;
      return Found;
    case HopTo::Unknown:
      return Found;
    case HopTo::Executor:
      break;
    }
    if (Model.BoundBy.empty()) {
      Found.To = X.placeOf(argumentOf(Operand, Model.ExecutorArgument));
      return Found;
    }
    for (const Expr *Argument : writtenArguments(Operand)) {
      const Expr *Token = stripImplicit(Argument);
      if (const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(Token));
          Var && Var->getInit())
        Token = stripImplicit(Var->getInit());
      const FunctionModel *Bind =
          isa<CallExpr>(Token) ? M.function(Token) : nullptr;
      if (Bind && Bind->BindsExecutor) {
        Found.To = X.placeOf(argumentOf(Token, 1));
        return Found;
      }
    }
    return std::nullopt;
  }

  void call(const Expr *Call) {
    const FunctionDecl *Callee = calleeOf(Call);
    // What the owner says in the code counts for more than any model.
    if (Callee && isAnnotated(Callee, "async::offload")) {
      static const CallableModel Offloads = [] {
        CallableModel M;
        M.How = Runs::Thread;
        return M;
      }();
      return callables(Call, {{}, &Offloads});
    }
    if (Callee && isTrusted(Callee))
      return;
    if (Callee && isDeclaredToBlock(Callee)) {
      static const BlockingModel Blocks = [] {
        BlockingModel M;
        M.Why = Category::Computation;
        M.Does = "it is declared to block";
        return M;
      }();
      static const ModelRef<BlockingModel> Ref{{}, &Blocks};
      current().Blocks.push_back({Call, Callee, &Ref, isRare(Call)});
      return;
    }
    if (const FunctionModel *Known = M.function(Call)) {
      if (Known->MakesNonblocking)
        if (const ValueDecl *D = subjectOf(Call))
          Nonblocking.insert({D, Callee->getDeclName().getAsString()});
      for (const ModelRef<CallableModel> &Ref : Known->Callables)
        // What a wrapper stores, the one that it is given to runs.
        if (!Known->Wraps || Ref.Model->How != Runs::Stored)
          callables(Call, Ref);
      if (!Known->Blocking.empty()) {
        const auto *Ref = M.blocking(Call);
        if (Ref && Ref->Model->WhenDiscarded && !Discarded.contains(Call))
          Ref = nullptr;
        if (Ref)
          current().Blocks.push_back({Call, Callee, Ref, isRare(Call)});
        // One that only a pattern fits may be another function altogether.
        if (Ref || !Known->ByPattern)
          return;
      }
    }
    if (!Callee)
      return;
    expectsException(Call, Callee);
    usesExecutor(Call, Callee);
    auto Offload = Offloaded.find(Call);
    started(Callee, {Result.Functions.size() - 1,
                     Call,
                     Offload == Offloaded.end() ? Place::Here : Offload->second,
                     {}});
    if (!M.isLibraryCode(Callee))
      current().Calls.push_back(
          {Call, Callee, isRare(Call), isDynamic(Call, Callee)});
  }

  /// assert_throws<std::invalid_argument>([&] { ... }) wants what is in the
  /// lambda to throw, and nothing of its result.
  void expectsException(const Expr *Call, const FunctionDecl *Callee) {
    const TemplateArgumentList *Arguments =
        Callee->getTemplateSpecializationArgs();
    if (!Arguments || Arguments->size() == 0 ||
        Arguments->get(0).getKind() != TemplateArgument::Type ||
        !isAnyStdException(recordOf(Arguments->get(0).getAsType())))
      return;
    for (const Expr *Argument : writtenArguments(Call))
      if (const FunctionDecl *FD = callableOf(Argument))
        Result.ExpectedToThrow.insert(FD->getCanonicalDecl());
  }

  void started(const FunctionDecl *FD, StartSite Site) {
    Result.Starts[FD->getCanonicalDecl()].push_back(Site);
  }

  /// Whether \p Condition is about nothing but the state of the object or of
  /// the program: is this the first time, is the log full?
  static bool asksState(const Expr *Condition) {
    bool State = false, Else = false;
    walkBody(Condition, [&](const Stmt *S) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
        const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
        State |= Var && Var->hasGlobalStorage();
        Else |= Var && !Var->hasGlobalStorage();
      }
      if (const auto *Member = dyn_cast<MemberExpr>(S))
        State |= isa<FieldDecl>(Member->getMemberDecl()) &&
                 isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts());
      return true;
    });
    return State && !Else;
  }

  void markRare(const Stmt *S) {
    walkBody(S, [&](const Stmt *Inner) {
      if (isa<CallExpr, CXXConstructExpr, IfStmt>(Inner))
        Rare.insert(Inner);
      return true;
    });
  }
  bool isRare(const Expr *Call) const { return Rare.contains(Call); }

  /// Whether \p Block ends in a call of exit or the like.
  static bool neverReturns(const CompoundStmt *Block) {
    const auto *Last =
        Block->body_empty() ? nullptr : dyn_cast<Expr>(Block->body_back());
    const FunctionDecl *Callee = Last ? calleeOf(stripImplicit(Last)) : nullptr;
    return Callee && Callee->isNoReturn();
  }

  /// A function that waits on one thread and does something else on the loop's
  /// own asks which one it is on.
  void dropWaitsOfOtherThreads() {
    auto Waits = [](const BlockingSite &Site) {
      return Site.Model->Model->Why == Category::Wait;
    };
    FunctionSummary &F = current();
    if (llvm::none_of(F.Blocks, Waits))
      return;
    bool Asks = false;
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *If = dyn_cast<IfStmt>(S))
        Asks = Asks || asksThread(If->getCond());
      if (const auto *Choice = dyn_cast<ConditionalOperator>(S))
        Asks = Asks || asksThread(Choice->getCond());
      return !Asks;
    });
    if (Asks)
      llvm::erase_if(F.Blocks, Waits);
  }

  /// Drops what only happens after something better has been tried.
  void dropLastResorts() {
    FunctionSummary &F = current();
    llvm::erase_if(F.Blocks, [&](const BlockingSite &Site) {
      const auto &Better = Site.Model->Model->LastResortAfter;
      if (Better.empty())
        return false;
      bool Tried = false;
      walkFunction(F.Function, [&](const Stmt *S) {
        const FunctionDecl *Callee =
            isa<CallExpr>(S) ? calleeOf(cast<Expr>(S)) : nullptr;
        Tried = Tried || (Callee && llvm::any_of(Better, [&](StringRef Name) {
                            return qualifiedName(Callee) ==
                                   Site.Model->Library.qualify(Name);
                          }));
        return !Tried;
      });
      return Tried;
    });
  }

  /// Whether \p Condition depends on the thread that it is on: by a function
  /// that tells, or one of the project that calls such a function.
  bool asksThread(const Stmt *Condition, unsigned Depth = 0) {
    bool Found = false;
    walkBody(Condition, [&](const Stmt *S) {
      if (const auto *Call = dyn_cast<CallExpr>(S)) {
        const FunctionModel *Known = M.function(Call);
        const FunctionDecl *Callee = Call->getDirectCallee();
        Found |= Known && Known->AsksThread;
        if (!Found && !Known && Depth < 2 && Callee &&
            Callee->getReturnType()->isBooleanType() && Callee->hasBody() &&
            !M.isLibraryCode(Callee))
          Found = asksThread(Callee->getBody(), Depth + 1);
      }
      return !Found;
    });
    return Found;
  }

  /// The smart pointer whose content \p E is: of p.get(), *p, and p in p->f().
  static const Expr *behindSmartPointer(const Expr *E) {
    E = E ? stripImplicit(E) : nullptr;
    const Expr *Pointer = nullptr;
    if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(E);
        Call && Call->getNumArgs() == 0 && Call->getMethodDecl() &&
        Call->getMethodDecl()->getDeclName().getAsString() == "get")
      Pointer = Call->getImplicitObjectArgument();
    else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E);
             Op && Op->getNumArgs() == 1 &&
             (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star))
      Pointer = Op->getArg(0);
    const CXXRecordDecl *RD =
        Pointer ? recordOf(stripImplicit(Pointer)->getType()) : nullptr;
    return RD && RD->isInStdNamespace() ? Pointer : E;
  }

  /// The variable or member that \p Call is about: its object or, without
  /// one, its first argument.
  static const ValueDecl *subjectOf(const Expr *Call) {
    const Expr *Subject = objectOf(Call);
    auto Arguments = writtenArguments(Call);
    if (!Subject && !Arguments.empty())
      Subject = Arguments.front();
    const ValueDecl *D = namedBy(behindSmartPointer(Subject));
    return D ? patternOf(D) : nullptr;
  }

  /// Takes back what a later part of the file says does not block.
  void dropNonblocking() {
    for (FunctionSummary &F : Result.Functions)
      llvm::erase_if(F.Blocks, [&](const BlockingSite &Site) {
        const ValueDecl *D = subjectOf(Site.Call);
        return D && llvm::any_of(Site.Model->Model->NonblockingAfter,
                                 [&](StringRef Name) {
                                   Name = lastComponent(Name);
                                   return Nonblocking.contains({D, Name.str()});
                                 });
      });
  }

  /// \p Call is given callables, and the model says how it runs them.
  void callables(const Expr *Call, ModelRef<CallableModel> Ref) {
    Place Where = Place::Unknown;
    switch (Ref.Model->How) {
    case Runs::Here:
      Where = Place::Here;
      break;
    case Runs::Thread:
      Where = Place::BlockingAllowed;
      break;
    case Runs::Executor:
      Where = X.placeOf(argumentOf(Call, Ref.Model->ExecutorArgument));
      break;
    case Runs::Loop:
      Where = Place::Loop;
      break;
    case Runs::Fiber:
      Where = Place::Fiber;
      break;
    case Runs::Stored:
      break;
    }
    // task().scheduleOn(pool): the object is what is run.
    if (const Expr *Object = objectOf(Call);
        Object && Ref.Model->How == Runs::Executor &&
        Ref.Model->ExecutorArgument != 0 && Where != Place::Unknown)
      Offloaded.try_emplace(stripImplicit(Object), Where);
    unsigned Number = 0;
    for (const Expr *Argument : writtenArguments(Call))
      if (++Number; Ref.Model->Arguments.empty() ||
                    llvm::is_contained(Ref.Model->Arguments, Number))
        callable(Call, Ref, Argument, Where);
  }

  void handedOver(const Expr *Call, ModelRef<CallableModel> Ref,
                  const FunctionDecl *FD, Place Where) {
    StartSite Site{Result.Functions.size() - 1, Call, Where, Ref};
    if (Ref.Model->How == Runs::Executor && Where == Place::Loop) {
      const Expr *Executor = argumentOf(Call, Ref.Model->ExecutorArgument);
      if (Executor && X.mayBeWithoutIO(stripImplicit(Executor)->getType())) {
        Site.Executor = X.variableOf(Executor);
        // A coroutine is taken to run on a loop; a callback has to be known to.
        if (!Site.Executor && !coroutineBody(FD))
          Site.Where = Place::Unknown;
      }
    }
    started(FD, Site);
  }

  /// An I/O object is made with an executor, or a coroutine is started on it.
  void usesExecutor(const Expr *Call, const FunctionDecl *Callee) {
    auto Arguments = writtenArguments(Call);
    if (Arguments.empty() || !Callee || !M.isLibraryCode(Callee))
      return;
    const bool MakesObject =
        isa<CXXConstructExpr>(Call) && !X.isExecutor(Call->getType());
    const FunctionModel *Known = M.function(Call);
    const bool StartsTask =
        (Known && llvm::any_of(Known->Callables,
                               [](const ModelRef<CallableModel> &Ref) {
                                 return Ref.Model->Of != Work::Unsaid;
                               })) ||
        llvm::any_of(Arguments, [&](const Expr *Argument) {
          const FunctionDecl *FD = callableOf(Argument);
          return C.taskType(stripImplicit(Argument)->getType()) ||
                 (FD && C.taskType(FD->getReturnType()));
        });
    if (MakesObject || StartsTask)
      if (const ValueDecl *D = X.variableOf(Arguments.front()))
        Result.WithIO.insert(D);
  }

  void callable(const Expr *Call, ModelRef<CallableModel> Ref, const Expr *E,
                Place Where) {
    E = stripImplicit(E);
    if (const auto *Inner = dyn_cast<CallExpr>(E)) {
      const FunctionModel *Known = M.function(Inner);
      if (Known && (Known->Wraps || Known->BindsExecutor)) {
        // On the loop it stays, unless it is known to leave it.
        if (Known->BindsExecutor && Where != Place::Here)
          if (Place Bound = X.placeOf(argumentOf(Inner, 1));
              Bound == Place::BlockingAllowed || Where != Place::Loop)
            Where = Bound;
        for (const Expr *Argument : writtenArguments(Inner))
          callable(Call, Ref, Argument, Where);
        return;
      }
      if (Where == Place::BlockingAllowed || Where == Place::Loop)
        Offloaded.try_emplace(E, Where); // co_spawn(pool, work(), ...)
    }
    const FunctionDecl *FD = callableOf(E);
    if (!FD)
      return;
    if (Where == Place::Here)
      current().Calls.push_back({Call, FD, Ref.Model->Once || isRare(Call)});
    else
      handedOver(Call, Ref, FD, Where);
  }

  Models &M;
  Coroutines &C;
  Executors X;
  /// Calls that only happen when some state says so, and conditions there.
  llvm::SmallPtrSet<const Stmt *, 16> Rare;
  /// Calls whose task is given to something that runs it there.
  llvm::DenseMap<const Expr *, Place> Offloaded;
  /// Calls after which an object no longer blocks: object and function.
  std::set<std::pair<const ValueDecl *, std::string>> Nonblocking;
};

} // namespace

Summaries async_tidy::summarize(ASTContext &Ctx, Models &M, Coroutines &C) {
  return std::move(Summarizer(Ctx, M, C).Result);
}
