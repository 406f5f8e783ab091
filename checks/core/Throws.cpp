//===-- Throws.cpp - What leaves a function by exception ------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Throws.h"
#include "core/Handlers.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <deque>

using namespace clang;
using namespace async_tidy;

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

/// Whether \p Handler lets out what it has caught.
static bool rethrows(const CXXCatchStmt *Handler, Models &M, ASTContext &Ctx) {
  bool Again = false;
  walkBody(Handler->getHandlerBlock(), [&](const Stmt *S) {
    const auto *Throw = dyn_cast<CXXThrowExpr>(S);
    Again |= Throw && !Throw->getSubExpr();
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *Callee = Call->getDirectCallee();
          Callee && Callee->isInStdNamespace() && Callee->getIdentifier())
        Again |= Callee->getName() == "rethrow_exception" ||
                 Callee->getName() == "throw_with_nested";
    return !Again && !isa<CXXTryStmt>(S);
  });
  if (!Again)
    return false;
  // One that lets nothing but cancellation out keeps the rest in.
  for (const LibraryModel *L : M.index().libraries())
    if (L->Cancellation)
      if (mentionsAny(Handler->getHandlerBlock(), L->Cancellation->Errors, Ctx))
        return false;
  return true;
}

namespace {

/// The blocks that a statement is in, from the inside out.
struct Protection {
  const CXXTryStmt *Try;
  const Protection *Outer;
};

class Finder {
public:
  Finder(const FunctionDecl *FD, Models &M, Coroutines &C, ASTContext &Ctx)
      : FD(FD), M(M), C(C), Ctx(Ctx), IsCoroutine(coroutineBody(FD)) {
    if (const auto *Type = FD->getType()->getAs<FunctionProtoType>())
      Result.IsNoexcept =
          !isUnresolvedExceptionSpec(Type->getExceptionSpecType()) &&
          Type->canThrow() == CT_Cannot;
    Result.HasHandler = isInHandler();
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(FD))
      for (const CXXCtorInitializer *Init : Ctor->inits())
        if (Init->isWritten() && Init->getInit())
          walk(Init->getInit());
    walk(FD->getBody());
    // Work that nobody here awaits fails where it is awaited.
    for (const Expr *Call : Tasks)
      if (!Result.Awaited.contains(Call))
        Result.Caught.insert(Call);
  }

  ThrowSummary Result;

private:
  /// Whether the whole body is one block whose handler catches everything.
  bool isInHandler() {
    const Stmt *Body = IsCoroutine ? coroutineBody(FD) : FD->getBody();
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Body))
      Body = Block->size() == 1 ? Block->body_front() : nullptr;
    const auto *Try = dyn_cast_or_null<CXXTryStmt>(Body);
    const CXXCatchStmt *Last =
        Try ? Try->getHandler(Try->getNumHandlers() - 1) : nullptr;
    return Last && catchesAll(Last) && !rethrows(Last, M, Ctx);
  }

  void walk(const Stmt *Root) {
    std::deque<Protection> All;
    llvm::SmallVector<std::pair<const Stmt *, const Protection *>, 64> Work;
    if (Root)
      Work.push_back({Root, nullptr});
    while (!Work.empty()) {
      auto [S, In] = Work.pop_back_val();
      if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
        for (unsigned I = Try->getNumHandlers(); I != 0; --I)
          Work.push_back({Try->getHandler(I - 1)->getHandlerBlock(), In});
        Work.push_back(
            {Try->getTryBlock(), &All.emplace_back(Protection{Try, In})});
        continue;
      }
      visit(S, In);
      size_t At = Work.size();
      forEachChild(
          S, [&, In = In](const Stmt *Child) { Work.push_back({Child, In}); });
      std::reverse(Work.begin() + At, Work.end());
    }
  }

  void visit(const Stmt *S, const Protection *In) {
    if (const auto *Throw = dyn_cast<CXXThrowExpr>(S))
      // What 'throw;' lets out is what the block of its handler throws.
      return Throw->getSubExpr() ? thrown(Throw, Throw->getSubExpr(), In)
                                 : void();
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) {
      if (const auto *Plain = dyn_cast<CoawaitExpr>(Await);
          !Plain || !Plain->isImplicit())
        awaited(Await, In);
      return;
    }
    if (const auto *Return = dyn_cast<ReturnStmt>(S);
        Return && Return->getRetValue() && !IsCoroutine) {
      forEachTask(Return->getRetValue(), M, [&](const Expr *Call) {
        if (C.taskType(Call->getType()))
          Result.Awaited.insert(Call);
      });
      return;
    }
    if (isa<CallExpr, CXXConstructExpr>(S)) {
      const auto *Call = cast<Expr>(S);
      if (throwsArgument(Call))
        if (const auto Arguments = writtenArguments(Call); !Arguments.empty())
          return thrown(Call, Arguments.front(), In);
      if (throwsItself(Call) && !isCaught(In))
        Result.Throws.push_back({Call, ""});
      // Between ordinary functions, what one throws is mostly what its caller
      // has to see to that it does not happen. A coroutine that calls one has
      // to expect it.
      if (IsCoroutine ? isCaught(In) : !Result.Awaited.contains(Call))
        Result.Caught.insert(Call);
      if (isa<CallExpr>(Call) && C.taskType(Call->getType()))
        Tasks.push_back(Call);
    }
  }

  /// Whether \p Call does nothing but throw its first argument: it needs an
  /// error, and returns to nobody. What the standard library throws again,
  /// somebody else has thrown.
  bool throwsArgument(const Expr *Call) {
    const FunctionDecl *Callee = calleeOf(Call);
    if (!Callee || !Callee->isNoReturn() || Callee->isInStdNamespace())
      return false;
    const FunctionModel *Known = M.function(Call);
    return Known && Known->NeedsError;
  }

  /// Whether \p Call calls somebody else's code
  /// when the coroutine has been suspended: what was there when it began may be
  /// gone, and says so by an exception.
  bool throwsItself(const Expr *Call) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
    const CXXMethodDecl *MD = Member ? Member->getMethodDecl() : nullptr;
    if (!MD || !Suspended || isa<CXXConversionDecl>(MD) ||
        isa<CXXThisExpr>(stripImplicit(Member->getImplicitObjectArgument())))
      return false;
    const auto *Type = MD->getType()->getAs<FunctionProtoType>();
    if (!Type || isUnresolvedExceptionSpec(Type->getExceptionSpecType()) ||
        Type->canThrow() == CT_Cannot)
      return false;
    const TypeModel *Object = M.type(Member->getObjectType());
    return Object && Object->Proxy;
  }

  /// Whether a handler around the place catches what a function of the project
  /// throws. Which exceptions these are is not known, so a handler for any
  /// stands for all.
  bool isCaught(const Protection *In) {
    for (; In; In = In->Outer)
      for (const CXXCatchStmt *Handler : handlersOf(In->Try))
        if (!letsOut(Handler) && !isForCancellation(Handler))
          return true;
    return false;
  }

  /// Whether a handler around the place is the first that \p Catches says yes
  /// to, and keeps what it catches.
  bool isCaught(const Protection *In,
                llvm::function_ref<bool(const CXXCatchStmt *)> Catches) {
    for (; In; In = In->Outer)
      for (const CXXCatchStmt *Handler : handlersOf(In->Try)) {
        if (!catchesAll(Handler) && !Catches(Handler))
          continue;
        if (!letsOut(Handler))
          return true;
        break;
      }
    return false;
  }

  bool letsOut(const CXXCatchStmt *Handler) {
    auto [It, New] = LetsOut.try_emplace(Handler, false);
    if (New)
      It->second = rethrows(Handler, M, Ctx);
    return LetsOut[Handler];
  }

  /// Whether \p RD is an exception that says nothing but "cancelled".
  bool isCancellation(const CXXRecordDecl *RD) {
    for (const LibraryModel *L : M.index().libraries())
      if (L->Cancellation)
        for (const std::string &Namespace : L->Namespaces)
          if (isOneOf(RD, L->Cancellation->Exceptions,
                      LibraryRef{L, Namespace}))
            return true;
    return false;
  }

  bool isForCancellation(const CXXCatchStmt *Handler) {
    return isCancellation(recordOf(Handler->getCaughtType()));
  }

  void thrown(const Expr *At, const Expr *Value, const Protection *In) {
    if (Value->isTypeDependent())
      return;
    QualType T = stripImplicit(Value)->getType();
    const CXXRecordDecl *RD = T->isPointerType() ? nullptr : recordOf(T);
    // By its definition, a logic_error tells of a mistake in the program, and
    // not of something that fails while it runs.
    if (isCancellation(RD) || anyOfClasses(RD, [](const CXXRecordDecl *Class) {
          return qualifiedName(Class) == "std::logic_error";
        }))
      return;
    if (!isCaught(In, [&](const CXXCatchStmt *Handler) {
          QualType Caught = Handler->getCaughtType();
          if (Caught->isDependentType())
            return true;
          if (const CXXRecordDecl *Class = recordOf(Caught); Class && RD)
            return isCaughtAs(Class, RD);
          return Ctx.hasSameUnqualifiedType(Caught.getNonReferenceType(),
                                            T.getNonReferenceType());
        }))
      Result.Throws.push_back({At, ""});
  }

  void awaited(const CoroutineSuspendExpr *Await, const Protection *In) {
    Suspended = true;
    const bool IsCaughtHere = isCaught(In);
    forEachTask(Await->getOperand(), M, [&](const Expr *E) {
      Result.Awaited.insert(E);
      if (IsCaughtHere)
        Result.Caught.insert(E);
      operation(Await, E, In);
    });
  }

  /// Whether what \p Await gives, or what it was given, has the error in it.
  bool returnsError(const CoroutineSuspendExpr *Await) {
    auto HoldsError = [&](auto &&Self, QualType T, unsigned Depth) -> bool {
      const CXXRecordDecl *RD = recordOf(T);
      if (!RD)
        return false;
      if (qualifiedName(RD) == "std::exception_ptr" ||
          qualifiedName(RD) == "std::__exception_ptr::exception_ptr")
        return true;
      if (const TypeModel *Known = M.type(T); Known && Known->ErrorCode)
        return true;
      const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD);
      if (!Spec || Depth > 3)
        return false;
      auto Any = [&](auto &&Again,
                     llvm::ArrayRef<TemplateArgument> Arguments) -> bool {
        return llvm::any_of(Arguments, [&](const TemplateArgument &A) {
          if (A.getKind() == TemplateArgument::Pack)
            return Again(Again, A.getPackAsArray());
          return A.getKind() == TemplateArgument::Type &&
                 Self(Self, A.getAsType(), Depth + 1);
        });
      };
      return Any(Any, Spec->getTemplateArgs().asArray());
    };
    if (HoldsError(HoldsError, Await->getType(), 0))
      return true;
    for (const LibraryModel *L : M.index().libraries())
      if (L->Cancellation)
        if (mentionsAny(Await->getOperand(), L->Cancellation->ErrorAsValue,
                        Ctx))
          return true;
    bool Found = false;
    walkBody(Await->getOperand(), [&](const Stmt *S) {
      if (isa<DeclRefExpr, MemberExpr>(S)) {
        const TypeModel *Known = M.type(cast<Expr>(S)->getType());
        Found |= Known && Known->ErrorCode;
      }
      return !Found;
    });
    return Found;
  }

  /// \p Await waits for \p E, which may be the operation of a library.
  void operation(const CoroutineSuspendExpr *Await, const Expr *E,
                 const Protection *In) {
    const FunctionDecl *Callee = calleeOf(E);
    const LibraryRef Library = M.failing(E);
    if (!Library || returnsError(Await) || mentionsCancellation(E))
      return;
    const auto &Thrown = Library.Library->Exceptions->Classes;
    if (isCaught(In, [&](const CXXCatchStmt *Handler) {
          // Where it is not known what is thrown, any handler may catch it.
          return Thrown.empty() ? !isForCancellation(Handler)
                                : catchesAny(Handler, Thrown, Library, Ctx);
        }))
      return;
    Result.Throws.push_back({Await, displayCallee(E, Callee)});
  }

  bool mentionsCancellation(const Expr *E) {
    bool Found = false;
    walkBody(E, [&](const Stmt *S) {
      if (const auto *Part = dyn_cast<Expr>(S))
        Found |= isCancellation(recordOf(Part->getType()));
      return !Found;
    });
    return Found;
  }

  const FunctionDecl *FD;
  Models &M;
  Coroutines &C;
  ASTContext &Ctx;
  const bool IsCoroutine;
  /// An await stands before.
  bool Suspended = false;
  /// Calls that return work in progress.
  std::vector<const Expr *> Tasks;
  llvm::DenseMap<const CXXCatchStmt *, bool> LetsOut;
};

} // namespace

ThrowSummary async_tidy::findThrows(const FunctionDecl *FD, Models &M,
                                    Coroutines &C, ASTContext &Ctx) {
  return std::move(Finder(FD, M, C, Ctx).Result);
}

//===----------------------------------------------------------------------===//
// Tasks
//===----------------------------------------------------------------------===//

void async_tidy::forEachTask(const Expr *E, Models &M,
                             llvm::function_ref<void(const Expr *)> Visit) {
  llvm::SmallVector<const Expr *, 4> Work{E};
  llvm::SmallPtrSet<const VarDecl *, 4> Seen;
  while (!Work.empty()) {
    E = stripImplicit(Work.pop_back_val());
    if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
      Work.push_back(Choice->getFalseExpr());
      Work.push_back(Choice->getTrueExpr());
    } else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E)) {
      Work.push_back(Cast->getSubExpr());
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      if (!Var || !Var->isLocalVarDecl() || !Var->getInit())
        Visit(E);
      else if (Seen.insert(Var).second)
        Work.push_back(Var->getInit());
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
               Construct && Construct->getNumArgs() == 1 &&
               Construct->getConstructor()->isCopyOrMoveConstructor()) {
      Work.push_back(Construct->getArg(0));
    } else if (const auto *Call = dyn_cast<CallExpr>(E);
               Call && Call->isCallToStdMove()) {
      Work.push_back(Call->getArg(0));
    } else if (isa<CallExpr, CXXConstructExpr>(E)) {
      const FunctionModel *Known = M.function(E);
      if (Known && Known->PassesExceptions) {
        for (const Expr *Argument : writtenArguments(E))
          Work.push_back(Argument);
        if (const Expr *Object = objectOf(E))
          Work.push_back(Object);
      } else {
        Visit(E);
      }
    } else {
      Visit(E);
    }
  }
}

//===----------------------------------------------------------------------===//
// Promises
//===----------------------------------------------------------------------===//

Unhandled async_tidy::unhandledException(const CXXRecordDecl *Promise,
                                         ASTContext &Ctx) {
  const FunctionDecl *Found = nullptr;
  DeclarationName Name(&Ctx.Idents.get("unhandled_exception"));
  anyOfClasses(Promise, [&](const CXXRecordDecl *RD) {
    if (const CXXRecordDecl *Def = definitionOf(RD))
      for (const NamedDecl *D : Def->lookup(Name))
        if (const auto *FD = dyn_cast<FunctionDecl>(D); FD && !Found)
          Found = FD;
    return Found != nullptr;
  });
  const FunctionDecl *Def = nullptr;
  if (!Found)
    return Unhandled::Unknown;
  if (!Found->hasBody(Def))
    return Found->isNoReturn() ? Unhandled::Terminates : Unhandled::Unknown;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Def->getBody());
  if (!Body)
    return Unhandled::Unknown;
  if (Body->body_empty())
    return Unhandled::Lost;
  const auto *Last = dyn_cast<Expr>(Body->body_back());
  const FunctionDecl *Callee = Last ? calleeOf(stripImplicit(Last)) : nullptr;
  return Callee && Callee->isNoReturn() && Callee->isInStdNamespace() &&
                 Callee->getDeclName().getAsString() == "terminate"
             ? Unhandled::Terminates
             : Unhandled::Unknown;
}
