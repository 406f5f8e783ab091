//===-- Summaries.cpp - What each function of a file does -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Summaries.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

/// The declaration that an instance of a member, or a member of an instance of
/// a template, was made from.
static const ValueDecl *patternOf(const ValueDecl *D) {
  if (const auto *Var = dyn_cast<VarDecl>(D))
    if (const VarDecl *Pattern = Var->getTemplateInstantiationPattern())
      return Pattern;
  return cast<ValueDecl>(D->getCanonicalDecl());
}

static bool isAnnotated(const FunctionDecl *FD, StringRef Text) {
  for (const auto *A : FD->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == Text)
      return true;
  return false;
}

bool async_tidy::isTrusted(const FunctionDecl *FD) {
  return isAnnotated(FD, "async::nonblocking") ||
         isAnnotated(FD, "async::offload");
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
  Summarizer(ASTContext &Ctx, Models &M, Coroutines &C) : M(M), C(C) {
    for (const FunctionDecl *FD : userFunctions(Ctx, M)) {
      Result.Functions.push_back({FD, C.coroutine(FD), false, {}, {}});
      walkFunction(FD, [&](const Stmt *S) {
        if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
          await(Await);
        if (isa<CallExpr, CXXConstructExpr>(S))
          call(cast<Expr>(S));
        return true;
      });
    }
    dropNonblocking();
  }

  Summaries Result;

private:
  FunctionSummary &current() { return Result.Functions.back(); }

  void await(const CoroutineSuspendExpr *Await) {
    FunctionSummary &F = current();
    F.Suspends |= C.maySuspend(Await);
    auto Hops = [&] { Result.Hops[F.Function].insert(Await); };
    const Expr *Operand = stripImplicit(Await->getOperand());
    // What an awaiter that no model knows resumes the coroutine on is unknown:
    // it may be a timer, and it may be a switch to a thread pool.
    if (F.Coro && !F.Coro->Library && isa<CoawaitExpr>(Await) &&
        Await->getType()->isVoidType() &&
        C.taskType(Operand->getType()).Kind == TaskType::Awaiter)
      return Hops();
    const FunctionModel *Known =
        isa<CallExpr>(Operand) ? M.function(Operand) : nullptr;
    if (!Known || Known->Hops.empty())
      return;
    for (const Expr *Argument : writtenArguments(Operand)) {
      const Expr *Token = stripImplicit(Argument);
      if (const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(Token));
          Var && Var->getInit())
        Token = stripImplicit(Var->getInit());
      const FunctionModel *Bind =
          isa<CallExpr>(Token) ? M.function(Token) : nullptr;
      if (Bind && Bind->BindsExecutor && placeOf(Token, 1) != Place::Loop)
        Hops();
    }
  }

  /// Whether blocking is fine on executor \p E: a thread pool, its executor,
  /// or a strand on one.
  enum class Place { Unknown, Loop, BlockingAllowed };
  Place placeOf(const Expr *E) {
    E = stripImplicit(E);
    QualType T = E->getType();
    if (isBlockingExecutor(T))
      return Place::BlockingAllowed;
    // pool.get_executor(), pool.executor(): the executor of such a context.
    if (const Expr *Object = objectOf(E);
        Object && isBlockingExecutor(Object->getType()))
      return Place::BlockingAllowed;
    const TypeModel *Known = M.type(T);
    if (!Known || !Known->AnyExecutor)
      return Place::Loop;
    // A type that holds any executor: what was put into the variable?
    const auto *Var = dyn_cast_or_null<VarDecl>(namedBy(E));
    const Expr *Init = Var && !isa<ParmVarDecl>(Var) ? Var->getInit() : nullptr;
    if (const auto *Construct =
            Init ? dyn_cast<CXXConstructExpr>(stripImplicit(Init)) : nullptr;
        Construct && Construct->getNumArgs() >= 1)
      Init = Construct->getArg(0);
    return Init && stripImplicit(Init) != E && placeOf(Init) != Place::Loop
               ? placeOf(Init)
               : Place::Unknown;
  }

  bool isBlockingExecutor(QualType T) {
    if (const TypeModel *Known = M.type(T); Known && Known->BlockingExecutor)
      return true;
    const auto *Spec =
        dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(T));
    return Spec && M.isLibraryCode(Spec) &&
           llvm::any_of(Spec->getTemplateArgs().asArray(),
                        [&](const TemplateArgument &A) {
                          return A.getKind() == TemplateArgument::Type &&
                                 isBlockingExecutor(A.getAsType());
                        });
  }

  Place placeOf(const Expr *Call, unsigned Argument) {
    auto Arguments = writtenArguments(Call);
    return Argument == 0 || Argument > Arguments.size()
               ? Place::Unknown
               : placeOf(Arguments[Argument - 1]);
  }

  void call(const Expr *Call) {
    const FunctionDecl *Callee = calleeOf(Call);
    const FunctionModel *Known = M.function(Call);
    if (Known) {
      if (Known->MakesNonblocking)
        if (const ValueDecl *D = subjectOf(Call))
          Nonblocking.insert({D, Callee->getDeclName().getAsString()});
      for (const ModelRef<CallableModel> &Ref : Known->Callables)
        callables(Call, *Ref.Model);
      if (!Known->Blocking.empty()) {
        if (const auto *Ref = M.blocking(Call))
          current().Blocks.push_back({Call, Callee, Ref});
        return;
      }
    }
    if (Callee && isAnnotated(Callee, "async::offload")) {
      static const CallableModel Offloads{{}, Runs::Thread, 1};
      return callables(Call, Offloads);
    }
    if (!Callee || isTrusted(Callee))
      return;
    started(Callee, Call, Offloaded.contains(Call));
    if (!isDynamic(Call, Callee) && !M.isLibraryCode(Callee))
      current().Calls.push_back({Call, Callee});
  }

  void started(const FunctionDecl *FD, const Expr *Call, bool Elsewhere) {
    Result.Starts[FD->getCanonicalDecl()].push_back(
        {Result.Functions.size() - 1, Call, Elsewhere});
  }

  /// The variable or member that \p Call is about: its object or, without
  /// one, its first argument.
  static const ValueDecl *subjectOf(const Expr *Call) {
    const Expr *Subject = objectOf(Call);
    auto Arguments = writtenArguments(Call);
    if (!Subject && !Arguments.empty())
      Subject = Arguments.front();
    const ValueDecl *D = namedBy(Subject);
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
  void callables(const Expr *Call, const CallableModel &Model) {
    const bool Elsewhere =
        Model.How == Runs::Thread ||
        (Model.How == Runs::Executor &&
         placeOf(Call, Model.ExecutorArgument) == Place::BlockingAllowed);
    for (const Expr *Argument : writtenArguments(Call)) {
      const Expr *E = stripImplicit(Argument);
      if (Elsewhere && isa<CallExpr>(E))
        Offloaded.insert(E); // co_spawn(pool, work(), ...)
      const FunctionDecl *FD = callableOf(E);
      if (!FD)
        continue;
      if (Model.How == Runs::Here)
        current().Calls.push_back({Call, FD});
      else
        started(FD, Call, Elsewhere);
    }
  }

  Models &M;
  Coroutines &C;
  llvm::SmallPtrSet<const Expr *, 4> Offloaded;
  /// Calls after which an object no longer blocks: object and function.
  std::set<std::pair<const ValueDecl *, std::string>> Nonblocking;
};

} // namespace

Summaries async_tidy::summarize(ASTContext &Ctx, Models &M, Coroutines &C) {
  return std::move(Summarizer(Ctx, M, C).Result);
}
