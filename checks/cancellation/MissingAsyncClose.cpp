//===-- MissingAsyncClose.cpp - async-missing-async-close -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/AccessPath.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds variables of coroutines that have to be closed by awaiting a member
/// before they are destroyed, and are not on some path: a destructor can't
/// wait.
class MissingAsyncCloseCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<MissingAsyncCloseCheck> R({
    .Name = "async-missing-async-close",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an object whose end has to be awaited is destroyed without "
               "that, on some path",
});

/// A variable that has to be closed.
struct Closable {
  const VarDecl *Var;
  /// What its class says: that is so from its construction on; from the first
  /// of a model's functions on; or from the first of its operations on.
  enum { Made, Opened, Used } Since;
  std::string CloseName;
  /// Its destructor ends the program otherwise, or that of a member.
  bool Insists = false;
  /// Whether the coroutine closes it somewhere, and in the argument of a macro,
  /// which may look as if it did so under a condition.
  bool IsClosed = false, IsClosedInMacro = false;
  /// Who opens it: the coroutine itself, or a task that it awaits. When that
  /// fails, it has hardly come to open it.
  bool IsOpenedHere = false, IsOpenedByTask = false;
};

/// What the parts of a body do with the variables.
struct Events {
  llvm::SmallVector<Closable, 4> Variables;
  llvm::DenseMap<const Stmt *, unsigned> Opens, Closes, Escapes;

  Closable *find(const ValueDecl *D) {
    for (Closable &C : Variables)
      if (C.Var == D)
        return &C;
    return nullptr;
  }
  unsigned number(const Closable *C) const { return C - Variables.data(); }
};

/// Which variables may be open; behind these, which may have been given to
/// somebody who may close them.
class MayBeOpen final : public FlowProblem {
public:
  explicit MayBeOpen(const Events &E) : E(E) {}

  llvm::BitVector atEntry() const {
    llvm::BitVector Facts(2 * E.Variables.size());
    for (unsigned I = 0; I != E.Variables.size(); ++I)
      if (isa<ParmVarDecl>(E.Variables[I].Var) &&
          E.Variables[I].Since == Closable::Made)
        Facts.set(I);
    return Facts;
  }

  bool isOpen(unsigned Number, const llvm::BitVector &Facts) const {
    return Facts.test(Number) && !Facts.test(E.Variables.size() + Number);
  }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (auto It = E.Opens.find(S->getStmt()); It != E.Opens.end())
      Facts.set(It->second);
    if (auto It = E.Closes.find(S->getStmt()); It != E.Closes.end())
      Facts.reset(It->second);
    if (auto It = E.Escapes.find(S->getStmt()); It != E.Escapes.end())
      Facts.set(E.Variables.size() + It->second);
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt()))
      for (const Decl *D : Declares->decls())
        for (unsigned I = 0; I != E.Variables.size(); ++I)
          if (E.Variables[I].Var == D) {
            Facts.reset(E.Variables.size() + I);
            if (E.Variables[I].Since == Closable::Made)
              Facts.set(I);
            else
              Facts.reset(I);
          }
  }

private:
  const Events &E;
};

/// Collects what a coroutine does with variables that have to be closed.
class Collector {
public:
  Collector(Unit &U, const FunctionSummary &F)
      : U(U), F(F), Body(U.body(F.Function)) {}

  Events collect() {
    for (const ParmVarDecl *P : F.Function->parameters())
      candidate(P);
    for (const VarDecl *Var : Body.variables())
      candidate(Var);
    if (Found.Variables.empty())
      return Events();
    walkFunction(F.Function, [&](const Stmt *S) {
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
        for (const LambdaCapture &Capture : Lambda->captures())
          if (Capture.capturesVariable())
            if (Closable *C = Found.find(Capture.getCapturedVar())) {
              const Use Inside = use(Lambda, *C);
              if (Inside.MayClose)
                Found.Escapes[S] = Found.number(C);
              else if (Inside.Opens)
                opens(Lambda, Found.number(C));
            }
      } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
        if (Closable *C = Found.find(Ref->getDecl()))
          mentioned(*C, Ref);
        else if (auto It = Openers.find(Ref->getDecl()); It != Openers.end())
          Found.Opens[Ref] = It->second;
      }
      return true;
    });
    return std::move(Found);
  }

private:
  void candidate(const VarDecl *Var) {
    const QualType T = Var->getType();
    const CXXRecordDecl *RD =
        Var->hasLocalStorage() ? T->getAsCXXRecordDecl() : nullptr;
    if (!RD || RD->isLambda() || !RD->hasDefinition() ||
        RD->isInStdNamespace() || U.C.taskType(T))
      return;
    if (const TypeModel *Known = U.M.type(T); Known && Known->Scope.Model) {
      const ScopeModel &Scope = *Known->Scope.Model;
      Found.Variables.push_back(
          {Var, Scope.Opened.empty() ? Closable::Made : Closable::Opened,
           Scope.Close.empty() ? ""
                               : lastComponent(Scope.Close.front()).str()});
      return;
    }
    const bool Insists = insistsOnClose(RD) || holdsScope(RD);
    // Of a handle that can be copied, the last copy lets go.
    if (!Insists && isCopyable(RD))
      return;
    anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
      if (const CXXRecordDecl *Def = Class->getDefinition())
        for (const CXXMethodDecl *Method : Def->methods())
          if (isClose(Method, Insists)) {
            Found.Variables.push_back(
                {Var, Closable::Used, Method->getNameAsString(), Insists});
            return true;
          }
      return false;
    });
  }

  /// Whether \p Method ends the life of its object: the users of its library
  /// call it so or, for a class that insists on it, anybody does.
  bool isClose(const CXXMethodDecl *Method, bool Insists) {
    if (!Method->getIdentifier() || !Method->param_empty())
      return false;
    const TaskType Type = U.C.taskType(Method->getReturnType());
    if (Type.Kind != TaskType::Task)
      return false;
    return llvm::any_of(
        U.M.index().libraries(), [&](const LibraryModel *Library) {
          return (Insists || (F.Coro->Library.Library == Library &&
                              Type.Model.Library.Library == Library)) &&
                 llvm::is_contained(Library->ClosedBy, Method->getName());
        });
  }

  /// Whether the destructor of \p RD ends the program when it does not like
  /// the state of the object. That of a template that is instantiated elsewhere
  /// has its body in the template.
  static bool insistsOnClose(const CXXRecordDecl *RD) {
    const CXXDestructorDecl *Dtor = RD->getDestructor();
    const FunctionDecl *Def = nullptr;
    if (!Dtor)
      return false;
    if (!Dtor->hasBody(Def)) {
      Def = Dtor->getTemplateInstantiationPattern();
      if (!Def || !Def->hasBody(Def))
        return false;
    }
    bool Ends = false;
    walkBody(Def->getBody(), [&](const Stmt *S) {
      if (const auto *Call = dyn_cast<CallExpr>(S))
        Ends |= neverReturns(Call);
      return !Ends;
    });
    return Ends;
  }

  /// Also, in a template, where the arguments are to tell which function of
  /// several it is.
  static bool neverReturns(const CallExpr *Call) {
    if (const auto *Names = dyn_cast<OverloadExpr>(Call->getCallee()))
      return Names->getNumDecls() &&
             llvm::all_of(Names->decls(), [](const NamedDecl *D) {
               const auto *FD = dyn_cast<FunctionDecl>(D);
               return FD && FD->isNoReturn();
             });
    return Call->getDirectCallee() && Call->getDirectCallee()->isNoReturn();
  }

  /// Whether an object of class \p RD has to wait, before it is destroyed, for
  /// the work in a scope that is its member.
  bool holdsScope(const CXXRecordDecl *RD) {
    return llvm::any_of(RD->fields(), [&](const FieldDecl *Field) {
      const TypeModel *Known = U.M.type(Field->getType());
      return Known && Known->Scope.Model;
    });
  }

  /// What a lambda does with a variable that it captures.
  struct Use {
    /// More than to call functions that don't close it.
    bool MayClose = false;
    bool Opens = false;
  };

  /// What \p Lambda, which captures \p C, does with it.
  Use use(const LambdaExpr *Lambda, const Closable &C) {
    const CXXMethodDecl *Op = Lambda->getCallOperator();
    if (!Op || Op->isDependentContext())
      return {true, false};
    const BodyMap &Inner = U.body(Op);
    Use Result;
    for (const DeclRefExpr *Ref : Inner.mentions(C.Var)) {
      const Stmt *Parent = outer(Ref, Inner);
      if (const auto *Nested = dyn_cast_or_null<LambdaExpr>(Parent)) {
        const Use Deeper = use(Nested, C);
        Result.MayClose |= Deeper.MayClose;
        Result.Opens |= Deeper.Opens;
        continue;
      }
      const auto *Member = dyn_cast_or_null<MemberExpr>(Parent);
      const auto *Call =
          Member ? dyn_cast_or_null<CXXMemberCallExpr>(outer(Member, Inner))
                 : nullptr;
      const FunctionModel *Known = Call ? U.M.function(Call) : nullptr;
      const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
      Result.MayClose |=
          (Known && Known->Closes) || !Method || isClose(Method, C.Insists);
      Result.Opens |= Known && Known->Opens;
    }
    return Result;
  }

  /// Notes where variable \p Number is opened by \p Lambda: where that is given
  /// to a function to be called or, when it is stored first, is named.
  void opens(const LambdaExpr *Lambda, unsigned Number) {
    const CXXMethodDecl *Op = Lambda->getCallOperator();
    Closable &C = Found.Variables[Number];
    (Op && coroutineBody(Op) ? C.IsOpenedByTask : C.IsOpenedHere) = true;
    const Stmt *Parent = outer(Lambda);
    if (isa_and_nonnull<CallExpr>(Parent))
      Found.Opens[Lambda] = Number;
    else if (const auto *Declares = dyn_cast_or_null<DeclStmt>(Parent))
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D);
            Var && Var->getInit() && stripImplicit(Var->getInit()) == Lambda)
          Openers[Var] = Number;
  }

  const Stmt *outer(const Stmt *S) const { return outer(S, Body); }
  static const Stmt *outer(const Stmt *S, const BodyMap &Body) {
    const Stmt *Parent = Body.parent(S);
    while (isa_and_nonnull<ParenExpr, ImplicitCastExpr, FullExpr,
                           MaterializeTemporaryExpr, CXXBindTemporaryExpr>(
        Parent)) {
      S = Parent;
      Parent = Body.parent(S);
    }
    return Parent;
  }

  void mentioned(Closable &C, const DeclRefExpr *Ref) {
    const unsigned Number = Found.number(&C);
    const Stmt *Parent = outer(Ref);
    if (isa_and_nonnull<LambdaExpr>(Parent))
      return; // its body tells
    if (const auto *Await = dyn_cast_or_null<CoroutineSuspendExpr>(Parent)) {
      C.IsClosed = true;
      Found.Closes[Await] = Number;
      Found.Closes[Ref] = Number;
      return;
    }
    const Expr *Call = nullptr;
    if (const auto *Member = dyn_cast_or_null<MemberExpr>(Parent)) {
      Call = dyn_cast_or_null<CXXMemberCallExpr>(outer(Member));
      if (!Call)
        return; // a field
    } else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(Parent)) {
      if (isa_and_nonnull<CXXMethodDecl>(Op->getDirectCallee()) &&
          stripImplicit(Op->getArg(0)) == Ref)
        Call = Op;
    }
    if (Call) {
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(calleeOf(Call));
      const FunctionModel *Known = U.M.function(Call);
      const auto *Await = dyn_cast_or_null<CoroutineSuspendExpr>(outer(Call));
      if ((Known && Known->Closes) || (Method && isClose(Method, C.Insists))) {
        C.IsClosed = true;
        C.IsClosedInMacro |= Call->getBeginLoc().isMacroID();
        Found.Closes[Call] = Number;
      } else if (C.Since == Closable::Used ? Await != nullptr
                                           : Known && Known->Opens) {
        // What fails to open is not open.
        C.IsOpenedHere = true;
        Found.Opens[Await ? static_cast<const Expr *>(Await) : Call] = Number;
      }
      return;
    }
    if (const auto *Given = dyn_cast_or_null<CallExpr>(Parent)) {
      // A function of the library that adds to it.
      const FunctionModel *Known = U.M.function(Given);
      if (Known && Known->Opens) {
        // Of a scope that counts who is in it, who is awaited has left.
        const TypeModel *Type = U.M.type(C.Var->getType());
        if (!Type || !Type->Scope.Model || Type->Scope.Model->Hold.empty() ||
            !isa_and_nonnull<CoroutineSuspendExpr>(outer(Given))) {
          C.IsOpenedHere = true;
          Found.Opens[Given] = Number;
        }
        return;
      }
    }
    // Who gets a constant reference to what can't be copied does not close it.
    if (isa_and_nonnull<CallExpr>(Parent) &&
        !isCopyable(Ref->getType()->getAsCXXRecordDecl()))
      if (const auto *Argument = dyn_cast<ImplicitCastExpr>(Body.parent(Ref));
          Argument && Argument->getCastKind() == CK_NoOp &&
          Argument->isLValue() && Argument->getType().isConstQualified())
        return;
    Found.Escapes[Ref] = Number;
  }

  Unit &U;
  const FunctionSummary &F;
  Events Found;
  /// Variables that hold a lambda which opens something.
  llvm::DenseMap<const ValueDecl *, unsigned> Openers;
  const BodyMap &Body;
};

} // namespace

/// The await that throws where \p Last, a call, gets its result. Null for
/// another call, for an await that has the error in its result, and for one
/// that closes something: when that fails, there is little left to do.
static const Expr *failingAwait(const FunctionFlow &Flow, const Stmt *Last,
                                const Events &Found, Unit &U) {
  const CoroutineSuspendExpr *Await = nullptr;
  for (const Expr *E : Flow.suspensions())
    if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(E))
      if (const Expr *Resume = Suspend->getResumeExpr();
          Resume && stripImplicit(Resume) == Last)
        Await = Suspend;
  // What is no task, but moves the coroutine or yields, does not fail.
  if (!Await || U.C.taskType(Await->getType()) ||
      U.C.taskType(stripImplicit(Await->getOperand())->getType()).Kind !=
          TaskType::Task)
    return nullptr;
  // To give work to a scope is not to wait for it.
  if (const Expr *Object = objectOf(stripImplicit(Await->getOperand())))
    if (const TypeModel *Known = U.M.type(Object->getType());
        Known && Known->Scope.Model)
      return nullptr;
  for (const LibraryModel *L : U.M.index().libraries())
    if (L->Cancellation &&
        mentionsAny(Await->getOperand(), L->Cancellation->ErrorAsValue, U.Ctx))
      return nullptr;
  bool Closes = false;
  walkBody(Await->getOperand(), [&](const Stmt *S) {
    Closes |= Found.Closes.contains(S);
    return !Closes;
  });
  return Closes ? nullptr : Await;
}

void MissingAsyncCloseCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || F.Function->isDependentContext() || U.isExpectedToThrow(F))
      continue;
    const Events Found = Collector(U, F).collect();
    if (Found.Variables.empty())
      continue;
    const FunctionFlow *Flow = U.flow(F.Function);
    if (!Flow)
      continue;
    MayBeOpen Problem(Found);
    // Per variable, where the coroutine is left with it open.
    llvm::MapVector<unsigned, const Stmt *> OnThrow, OnReturn;
    Flow->solve(Problem, Problem.atEntry())
        .forEachExit([&](const Stmt *Last, bool IsExceptional,
                         const llvm::BitVector &Facts) {
          const Stmt *At = Last;
          if (IsExceptional) {
            // Anything may throw. What somebody waits for does.
            if (!Last)
              return;
            At = failingAwait(*Flow, Last, Found, U);
            if (!At && isa<CXXThrowExpr>(Last))
              At = Last;
            if (!At)
              return;
          }
          // An assertion that leaves a test is not worth closing anything for.
          if (isa_and_nonnull<ReturnStmt, CoreturnStmt, CXXThrowExpr>(At) &&
              At->getBeginLoc().isMacroID())
            return;
          const bool IsAwait = IsExceptional && !isa<CXXThrowExpr>(At);
          for (unsigned I = 0; I != Found.Variables.size(); ++I) {
            const Closable &C = Found.Variables[I];
            if (Problem.isOpen(I, Facts) &&
                (IsExceptional || !C.IsClosedInMacro) &&
                (!IsAwait || C.IsOpenedHere || !C.IsOpenedByTask)) {
              auto &Place = IsExceptional ? OnThrow : OnReturn;
              auto [It, New] = Place.insert({I, At});
              if (!New && At && It->second &&
                  At->getBeginLoc() < It->second->getBeginLoc())
                It->second = At;
            }
          }
        });
    for (unsigned I = 0; I != Found.Variables.size(); ++I) {
      const Closable &C = Found.Variables[I];
      // Where nobody closes it, its destructor may do.
      if (C.Since == Closable::Used && !C.IsClosed && !C.Insists)
        continue;
      const auto Thrown = OnThrow.find(I), Returned = OnReturn.find(I);
      if (Thrown == OnThrow.end() && Returned == OnReturn.end())
        continue;
      const bool IsThrown = Returned == OnReturn.end();
      const Stmt *At = IsThrown ? Thrown->second : Returned->second;
      const bool IsAwait = IsThrown && !isa<CXXThrowExpr>(At);
      const bool IsJoin = C.CloseName.starts_with("operator");
      const std::string How = IsJoin ? "it" : "'" + C.CloseName + "' of it";
      Finding Report;
      Report.Loc = C.Var->getLocation();
      Report.Message = "'" + C.Var->getNameAsString() + "' is destroyed " +
                       (IsAwait      ? "when a co_await throws, "
                        : C.IsClosed ? "on some path "
                                     : "") +
                       "before anybody has awaited " + How + ": a '" +
                       displayType(C.Var->getType(), U.Ctx) +
                       "' can't wait in its destructor; await " + How +
                       (IsAwait ? " in a handler, too, and then throw again"
                                : " on each path");
      if (At)
        Report.Notes.push_back({At->getBeginLoc(), IsThrown
                                                       ? "an exception here "
                                                         "leaves it open"
                                                       : "left here"});
      report(std::move(Report));
    }
  }
}
