//===-- AwaitSuspendUseAfterPublish.cpp - Awaiters that may be gone -----===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds awaiters that go on using themselves when the coroutine, in whose
/// frame they are, may have been resumed already.
class AwaitSuspendUseAfterPublishCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<AwaitSuspendUseAfterPublishCheck> R({
    .Name = "async-await-suspend-use-after-publish",
    .Group = "lifetime",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an awaiter that has let somebody resume its coroutine may be "
               "gone",
});

/// A place behind which somebody else may resume the coroutine.
struct Publication {
  enum Way {
    Resumes, ///< it does so itself
    Thread,  ///< another thread does
    Atomic,  ///< whoever looks at an atomic object may
    Locked,  ///< whoever takes the lock may, once that has been released
  } How;
  const Expr *At;
};

} // namespace

//===----------------------------------------------------------------------===//
// Handles
//===----------------------------------------------------------------------===//

/// The handle that \p E resumes or destroys; null when it does neither.
static const Expr *endedHandle(const Expr *E) {
  const Expr *Resumed = resumedHandle(E);
  return Resumed ? Resumed : destroyedHandle(E);
}

namespace {

/// The names under which one function knows something: a variable, and others
/// that are initialized with it.
using Names = llvm::SmallPtrSet<const ValueDecl *, 4>;

} // namespace

static void addCopies(Names &Known, const FunctionDecl *FD) {
  walkFunction(FD, [&](const Stmt *S) {
    const auto *Declares = dyn_cast<DeclStmt>(S);
    if (!Declares)
      return true;
    for (const Decl *D : Declares->decls()) {
      const auto *Var = dyn_cast<VarDecl>(D);
      if (!Var || !Var->getInit() ||
          !(isCoroutineHandle(Var->getType()) ||
            Var->getType()->isPointerType()))
        continue;
      walkBody(Var->getInit(), [&](const Stmt *Part) {
        if (const auto *Ref = dyn_cast<DeclRefExpr>(Part);
            Ref && Known.contains(Ref->getDecl()))
          Known.insert(Var);
        return true;
      });
    }
    return true;
  });
}

/// Whether \p E hands on what \p Known names, or the function's own object.
static bool carries(const Expr *E, const Names &Known, bool WithThis) {
  bool Found = false;
  auto Captured = [&](const LambdaExpr *Lambda) {
    for (const LambdaCapture &C : Lambda->captures())
      Found |= (C.capturesThis() && WithThis) ||
               (C.capturesVariable() && Known.contains(C.getCapturedVar()));
  };
  walkBody(E, [&](const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      Captured(Lambda);
      return !Found;
    }
    // A member's value is not the object.
    if (const auto *Member = dyn_cast<MemberExpr>(S);
        Member && isa<CXXThisExpr>(stripImplicit(Member->getBase())))
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Found |= Known.contains(Ref->getDecl());
    Found |= isa<CXXThisExpr>(S) && WithThis;
    return !Found;
  });
  return Found;
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// The operation of the standard library's atomic objects that \p E is; empty
/// when it is none.
static StringRef atomicOperation(const Expr *E) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *MD = Call ? Call->getMethodDecl() : nullptr;
  if (!MD || !MD->getIdentifier() || !isAtomic(MD->getParent()))
    return "";
  return MD->getName();
}

/// Whether \p E is a part of the function's own object itself, and not of one
/// that it refers to.
static bool isOwnPart(const Expr *E) {
  while (const auto *Member = dyn_cast<MemberExpr>(stripImplicit(E))) {
    if (isa<CXXThisExpr>(stripImplicit(Member->getBase())))
      return !Member->getMemberDecl()->getType()->isReferenceType();
    if (Member->isArrow() ||
        Member->getMemberDecl()->getType()->isReferenceType())
      return false;
    E = Member->getBase();
  }
  return false;
}

/// Whether \p E names a variable of the function's own.
static bool isLocalObject(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(E));
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->hasLocalStorage() && !Var->getType()->isReferenceType() &&
         !Var->getType()->isPointerType();
}

/// What \p Call does with a lock; one of coroutines, too, keeps others out
/// until it is given back.
static Locks::Effect effectOf(const CallExpr *Call, Locks &L) {
  const Locks::Use Use = L.useOf(Call, /*IsGuarded=*/true);
  if (Use.Kind != Locks::Effect::None)
    return Use.Kind;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const CXXMethodDecl *MD = Member ? Member->getMethodDecl() : nullptr;
  return MD && MD->getIdentifier() && MD->getName() == "unlock"
             ? Locks::Effect::Releases
             : Locks::Effect::None;
}

namespace {

/// Looks for the places in one function where \c Known, or its object, gets to
/// others.
class Finder {
public:
  Finder(Unit &U, const FunctionDecl *FD, Names Handles, bool WithThis,
         bool IsFinal, unsigned Depth)
      : U(U), L(U.M, U.C), FD(FD), Handles(std::move(Handles)),
        WithThis(WithThis), IsFinal(IsFinal), Depth(Depth) {
    addCopies(this->Handles, FD);
    walkFunction(FD, [&](const Stmt *S) {
      if (const auto *E = dyn_cast<Expr>(S))
        visit(E);
      else if (const auto *Declares = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declares->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D))
            HasLock |= Var->hasLocalStorage() && L.isGuard(Var->getType());
      return true;
    });
  }

  std::vector<Publication> Places;
  /// Handles that the function was given, and copies of them.
  const Names &handles() const { return Handles; }
  /// It takes a lock of threads, or gives one back.
  bool HasLock = false;
  /// It gives one back that somebody else has taken.
  bool StartsLocked = false;
  /// It agrees with others on who resumes the coroutine.
  bool Negotiates = false;

private:
  void visit(const Expr *E) {
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const Locks::Effect Effect = effectOf(Call, L);
      if (Effect == Locks::Effect::Releases && !HasLock)
        StartsLocked = true;
      HasLock |= Effect != Locks::Effect::None;
      if (Effect != Locks::Effect::None)
        return;
    }
    if (const Expr *Handle = endedHandle(E)) {
      if (IsFinal || carries(Handle, Handles, false))
        Places.push_back({Publication::Resumes, E});
      return;
    }
    if (StringRef Operation = atomicOperation(E); !Operation.empty()) {
      const auto *Call = cast<CXXMemberCallExpr>(E);
      const bool Writes = Operation == "store" || Operation == "exchange" ||
                          Operation.starts_with("compare_exchange");
      if (isOwn(Call->getImplicitObjectArgument()))
        Negotiates |= Writes || Operation.starts_with("fetch");
      else if (Writes && anyArgument(E))
        Places.push_back({Publication::Atomic, E});
      return;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      Negotiates |= Unary->isIncrementDecrementOp() &&
                    isAtomic(recordOf(Unary->getType()));
      return;
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Op->getOperator() == OO_PlusPlus ||
          Op->getOperator() == OO_MinusMinus)
        Negotiates |= isAtomic(recordOf(Op->getArg(0)->getType())) &&
                      isOwn(Op->getArg(0));
      if (Op->getOperator() == OO_Equal && Op->getNumArgs() == 2)
        return assigned(E, Op->getArg(0), Op->getArg(1));
    }
    if (const auto *Assign = dyn_cast<BinaryOperator>(E))
      return Assign->getOpcode() == BO_Assign
                 ? assigned(E, Assign->getLHS(), Assign->getRHS())
                 : void();
    if (isa<CallExpr, CXXConstructExpr>(E))
      called(E);
  }

  /// Whether \p E is a part of the awaiter.
  bool isOwn(const Expr *E) const { return WithThis && isOwnPart(E); }

  bool anyArgument(const Expr *Call) const {
    return llvm::any_of(writtenArguments(Call), [&](const Expr *A) {
      return carries(A, Handles, WithThis);
    });
  }

  void assigned(const Expr *E, const Expr *To, const Expr *Value) {
    if (!carries(Value, Handles, WithThis) || isOwn(To) || isLocalObject(To))
      return;
    Places.push_back({isAtomic(recordOf(To->getType())) ? Publication::Atomic
                                                        : Publication::Locked,
                      E});
  }

  void called(const Expr *E) {
    if (!anyArgument(E))
      return;
    const FunctionModel *Known = U.M.function(E);
    if (Known)
      for (const ModelRef<CallableModel> &Ref : Known->Callables)
        if (Ref.Model->How == Runs::Thread || Ref.Model->Elsewhere ||
            (Ref.Model->How == Runs::Executor && runsOnThreads(E))) {
          Places.push_back({Publication::Thread, E});
          return;
        }
    const FunctionDecl *Callee = calleeOf(E);
    if (!Callee)
      return;
    if (publishes(Callee, E)) {
      Places.push_back({Publication::Thread, E});
      return;
    }
    // Into a container, or another object.
    const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
    const CXXMethodDecl *MD = Member ? Member->getMethodDecl() : nullptr;
    if (!MD || MD->isConst() || MD->isStatic())
      return;
    const Expr *Object = Member->getImplicitObjectArgument();
    if (!isOwn(Object) && !isLocalObject(Object) &&
        !isCoroutineHandle(Object->getType()) &&
        !isa<CXXThisExpr>(stripImplicit(Object)))
      Places.push_back({Publication::Locked, E});
  }

  /// Whether a lambda that \p Call is given runs on a pool of threads.
  bool runsOnThreads(const Expr *Call) {
    return llvm::any_of(writtenArguments(Call), [&](const Expr *A) {
      const FunctionDecl *Lambda = callableOf(A);
      return Lambda &&
             llvm::any_of(U.starts(Lambda), [&](const StartSite &Site) {
               return Site.Call == Call && Site.Where == Place::BlockingAllowed;
             });
    });
  }

  /// Whether what \p Call gives to \p Callee, a function of which the body is
  /// known, is there for other threads when it returns.
  bool publishes(const FunctionDecl *Callee, const Expr *Call) {
    const FunctionDecl *Def = nullptr;
    if (Depth > 2 || Callee == FD || !Callee->hasBody(Def) ||
        U.M.isLibraryCode(Def) || coroutineBody(Def) || !isa<CallExpr>(Call))
      return false;
    Names Parameters;
    unsigned Number = 0;
    for (const Expr *A : writtenArguments(Call)) {
      if (Number < Def->getNumParams() && carries(A, Handles, WithThis))
        Parameters.insert(Def->getParamDecl(Number));
      ++Number;
    }
    if (Parameters.empty())
      return false;
    Finder Inner(U, Def, std::move(Parameters), false, false, Depth + 1);
    if (Inner.Negotiates)
      return false;
    return llvm::any_of(Inner.Places, [&](const Publication &P) {
      return P.How != Publication::Locked ||
             (Inner.HasLock && !Inner.StartsLocked);
    });
  }

  Unit &U;
  Locks L;
  const FunctionDecl *FD;
  Names Handles;
  const bool WithThis, IsFinal;
  const unsigned Depth;
};

} // namespace

//===----------------------------------------------------------------------===//
// Awaiters
//===----------------------------------------------------------------------===//

/// \p RD, or what it is an instance of.
static const Decl *keyOf(const CXXRecordDecl *RD) {
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD))
    return Spec->getSpecializedTemplate()->getCanonicalDecl();
  if (const CXXRecordDecl *Pattern = RD->getTemplateInstantiationPattern())
    return Pattern->getCanonicalDecl();
  return RD->getCanonicalDecl();
}

namespace {

/// The classes whose objects are made to be awaited, and die with the
/// expression that awaits them; and those that a coroutine ends with.
struct Temporaries {
  llvm::SmallPtrSet<const Decl *, 16> Awaited, Final;

  explicit Temporaries(Unit &U) {
    for (const FunctionSummary &F : U.functions()) {
      const CXXRecordDecl *RD =
          F.Function->getReturnType()->getAsCXXRecordDecl();
      if (RD && U.C.isAwaitable(RD)) {
        Awaited.insert(keyOf(RD));
        if (F.Function->getIdentifier() &&
            F.Function->getName() == "final_suspend")
          Final.insert(keyOf(RD));
      }
      if (!F.Coro)
        continue;
      walkFunction(F.Function, [&](const Stmt *S) {
        if (const auto *Await = dyn_cast<CoawaitExpr>(S))
          if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(
                  Await->getCommonExpr()->IgnoreParens()))
            if (const CXXRecordDecl *Class = recordOf(Temporary->getType()))
              Awaited.insert(keyOf(Class));
        return true;
      });
    }
  }
};

/// Whether a function that is declared beside \p RD, or in a class around or
/// beside it, returns an object of it to be awaited.
static bool isReturned(const CXXRecordDecl *RD) {
  auto Returns = [Key = keyOf(RD)](const Decl *D) {
    if (const auto *FTD = dyn_cast<FunctionTemplateDecl>(D))
      D = FTD->getTemplatedDecl();
    const auto *FD = dyn_cast<FunctionDecl>(D);
    const CXXRecordDecl *Result =
        FD ? FD->getReturnType()->getAsCXXRecordDecl() : nullptr;
    return Result && keyOf(Result) == Key;
  };
  auto IsMember = [&](const CXXRecordDecl *Class) {
    return Class && Class->hasDefinition() &&
           llvm::any_of(Class->getDefinition()->decls(), Returns);
  };
  for (const DeclContext *DC = RD->getDeclContext(); DC; DC = DC->getParent()) {
    if (const auto *Class = dyn_cast<CXXRecordDecl>(DC)) {
      if (IsMember(Class))
        return true;
      continue;
    }
    const auto *NS = dyn_cast<NamespaceDecl>(DC);
    if (!NS)
      return false;
    for (const NamespaceDecl *Part : NS->redecls())
      for (const Decl *D : Part->decls()) {
        const auto *CTD = dyn_cast<ClassTemplateDecl>(D);
        if (Returns(D) || IsMember(CTD ? CTD->getTemplatedDecl()
                                       : dyn_cast<CXXRecordDecl>(D)))
          return true;
      }
    return false;
  }
  return false;
}

class Published final : public FlowProblem {
public:
  enum : unsigned { Held, First };

  Published(Unit &U, const FunctionFlow &Flow, const Finder &Found)
      : L(U.M, U.C), Found(Found) {
    for (unsigned I = 0; I != Found.Places.size(); ++I)
      Numbers[Found.Places[I].At] = I;
    NumFacts = First + 2 * Found.Places.size();
  }

  static unsigned pending(unsigned Number) { return First + 2 * Number; }
  static unsigned published(unsigned Number) { return First + 2 * Number + 1; }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (std::optional<CFGAutomaticObjDtor> Dtor =
            Element.getAs<CFGAutomaticObjDtor>()) {
      if (L.isGuard(Dtor->getVarDecl()->getType()))
        release(Facts);
      return;
    }
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt())) {
      for (const Decl *D : Declares->decls())
        if (const auto *Var = dyn_cast<VarDecl>(D);
            Var && L.isGuard(Var->getType()) &&
            (!Var->getInit() || L.isHeldBy(Var->getInit())))
          Facts.set(Held);
      return;
    }
    const auto *E = dyn_cast<Expr>(S->getStmt());
    if (!E)
      return;
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const Locks::Effect Effect = effectOf(Call, L);
      if (Effect == Locks::Effect::Releases)
        return release(Facts);
      if (Effect != Locks::Effect::None) {
        Facts.set(Held);
        return;
      }
    }
    auto It = Numbers.find(E);
    if (It == Numbers.end())
      return;
    if (Found.Places[It->second].How == Publication::Resumes)
      Facts.set(published(It->second));
    else if (Facts.test(Held))
      Facts.set(pending(It->second));
    else if (Found.Places[It->second].How != Publication::Locked)
      Facts.set(published(It->second));
  }

  /// What a call returns may say that it has done nothing.
  void assume(const Expr *Condition, bool Value,
              llvm::BitVector &Facts) override {
    llvm::SmallPtrSet<const VarDecl *, 4> Seen;
    llvm::SmallVector<const Expr *, 4> Work{Condition};
    while (!Work.empty())
      walkBody(Work.pop_back_val(), [&](const Stmt *S) {
        if (const auto *E = dyn_cast<Expr>(S))
          if (auto It = Numbers.find(E);
              It != Numbers.end() &&
              !(atomicOperation(E).starts_with("compare_exchange") && Value)) {
            Facts.reset(pending(It->second));
            Facts.reset(published(It->second));
          }
        if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
          if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
              Var && Var->isLocalVarDecl() && Var->getInit() &&
              Seen.insert(Var).second)
            Work.push_back(Var->getInit());
        return true;
      });
  }

  unsigned NumFacts;

private:
  void release(llvm::BitVector &Facts) {
    Facts.reset(Held);
    for (unsigned I = 0; I != Found.Places.size(); ++I)
      if (Facts.test(pending(I)))
        Facts.set(published(I));
  }

  Locks L;
  const Finder &Found;
  llvm::DenseMap<const Expr *, unsigned> Numbers;
};

} // namespace

/// Whether \p S stands in a handler of exceptions, which what was not done
/// leads to as well as what was.
static bool isInHandler(const Stmt *S, const BodyMap &Body) {
  for (; S; S = Body.parent(S))
    if (isa<CXXCatchStmt>(S))
      return true;
  return false;
}

/// What \p E uses of the function's own object; empty when it uses nothing.
static std::string ownUse(const Expr *E) {
  const auto *Member = dyn_cast<MemberExpr>(E);
  if (!Member || !isa<CXXThisExpr>(stripImplicit(Member->getBase())))
    return "";
  const ValueDecl *D = Member->getMemberDecl();
  const auto *MD = dyn_cast<CXXMethodDecl>(D);
  if (!isa<FieldDecl>(D) && (!MD || MD->isStatic()))
    return "";
  return D->getNameAsString();
}

void AwaitSuspendUseAfterPublishCheck::analyze(Unit &U) {
  std::optional<Temporaries> Temps;
  for (const FunctionSummary &F : U.functions()) {
    const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
    if (!MD || !MD->getIdentifier() || MD->getName() != "await_suspend" ||
        MD->getNumParams() == 0 || F.Coro || MD->isDependentContext() ||
        !U.C.isAwaitable(MD->getParent()))
      continue;
    if (!Temps)
      Temps.emplace(U);
    const CXXRecordDecl *RD = MD->getParent();
    const bool IsFinal = Temps->Final.contains(keyOf(RD));

    Names Handles;
    Handles.insert(MD->getParamDecl(0));
    Finder Found(U, MD, std::move(Handles), true, IsFinal, 0);
    if (Found.Places.empty() || Found.Negotiates ||
        (!RD->isLocalClass() && !Temps->Awaited.contains(keyOf(RD)) &&
         !isReturned(RD)))
      continue;
    const FunctionFlow *Flow = U.flow(MD);
    if (!Flow)
      continue;
    Published Problem(U, *Flow, Found);
    llvm::BitVector AtEntry(Problem.NumFacts);
    AtEntry[Published::Held] = Found.StartsLocked;
    const BodyMap &Body = U.body(MD);
    llvm::SmallPtrSet<const Expr *, 2> Reported;
    Flow->solve(Problem, AtEntry)
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const auto *E = S ? dyn_cast<Expr>(S->getStmt()) : nullptr;
          const std::string Name = E ? ownUse(E) : "";
          if (Name.empty() || isInHandler(E, Body))
            return;
          for (unsigned I = 0; I != Found.Places.size(); ++I) {
            if (!Facts.test(Published::published(I)) ||
                !Reported.insert(Found.Places[I].At).second)
              continue;
            const bool IsInline = Found.Places[I].How == Publication::Resumes;
            Finding Report;
            Report.Loc = cast<MemberExpr>(E)->getMemberLoc();
            Report.Ranges.push_back(E->getSourceRange());
            Report.Message =
                "'" + Name + "' is used when this awaiter may be gone: " +
                (IsInline ? "the coroutine that it is a part of has been "
                            "resumed"
                          : "another thread may have resumed the coroutine "
                            "that it is a part of") +
                "; do this before, or use a local copy";
            Report.Notes.push_back(
                {Found.Places[I].At->getExprLoc(),
                 IsInline ? "resumed here" : "others can get at it from here"});
            report(std::move(Report));
            return;
          }
        });
  }
}
