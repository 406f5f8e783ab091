//===-- LookUpAcrossSuspend.cpp - async-look-up-across-suspend ------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Escapes.h"
#include "core/Locks.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds references to what another object has looked up, used after a
/// suspension or by an asynchronous loop, while that object may drop it.
class LookUpAcrossSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;

private:
  void later(Unit &U, const FunctionSummary &F);
  void loops(Unit &U, const FunctionSummary &F);
};

const Register<LookUpAcrossSuspendCheck> R({
    .Name = "async-look-up-across-suspend",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "what another object has looked up may be gone when the "
               "coroutine has been suspended",
});

/// How long what somebody has looked up stays there.
struct LookUp {
  const FunctionDecl *By = nullptr;
  /// A member that takes away or replaces what is found, if one is declared.
  const FunctionDecl *EndedBy = nullptr;
  /// It is the alternative that a variant holds at the time.
  bool IsAlternative = false;
  bool IsConst = false;

  explicit operator bool() const { return By; }
};

} // namespace

static constexpr unsigned MaxDepth = 16;

static StringRef nameOf(const FunctionDecl *FD) {
  return FD && FD->getIdentifier() ? FD->getName() : StringRef();
}

/// Whether the object that \p E is, or points to, is somebody else's.
static bool isOthers(const Expr *E, unsigned Depth = 0) {
  if (!E || Depth > MaxDepth)
    return false;
  E = stripImplicit(E);
  if (isa<CXXThisExpr>(E))
    return true;
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return isOthers(Cast->getSubExpr(), Depth + 1);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return isOthers(Unary->getSubExpr(), Depth + 1);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return isOthers(Member->getBase(), Depth + 1);
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return Op->getNumArgs() > 0 && isOthers(Op->getArg(0), Depth + 1);
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(E))
    return isOthers(Method->getImplicitObjectArgument(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var)
      return false;
    if (Var->hasGlobalStorage())
      return true;
    const QualType T = Var->getType();
    // What is given by value may be a pointer to what is shared.
    if (isa<ParmVarDecl>(Var))
      return T->isReferenceType() || T->isPointerType() || T->isRecordType();
    return Var->getInit() && (T->isReferenceType() || T->isPointerType()) &&
           isOthers(Var->getInit(), Depth + 1);
  }
  return false;
}

/// The class template's name, where \p T is one of the standard library.
static StringRef stdName(QualType T) {
  const CXXRecordDecl *RD = recordOf(T);
  return RD && RD->isInStdNamespace() && RD->getIdentifier() ? RD->getName()
                                                             : StringRef();
}

/// What std::reference_wrapper refers to, also in a std::optional; null when
/// \p T is none.
static QualType wrappedBy(QualType T) {
  T = T.getNonReferenceType();
  const StringRef Name = stdName(T);
  if (Name != "reference_wrapper" && Name != "optional")
    return {};
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!Spec || Spec->getTemplateArgs().size() == 0 ||
      Spec->getTemplateArgs().get(0).getKind() != TemplateArgument::Type)
    return {};
  const QualType Inner = Spec->getTemplateArgs().get(0).getAsType();
  return Name == "optional"
             ? (stdName(Inner) == "reference_wrapper" ? wrappedBy(Inner)
                                                      : QualType())
             : Inner;
}

/// A member of \p RD that takes elements away, as its name says.
static const FunctionDecl *removalIn(const CXXRecordDecl *RD,
                                     const ModelIndex &Index) {
  RD = definitionOf(RD);
  if (!RD)
    return nullptr;
  for (const CXXMethodDecl *Method : RD->methods()) {
    if (Method->isConst() || Method->isStatic() || Method->param_empty())
      continue;
    if (Index.isRemoverName(nameOf(Method)))
      return Method;
  }
  return nullptr;
}

/// A member of \p RD that is given what takes the place of its \p Part.
static const FunctionDecl *replacementIn(const CXXRecordDecl *RD,
                                         const CXXRecordDecl *Part) {
  RD = definitionOf(RD);
  if (!RD || !Part)
    return nullptr;
  for (const CXXMethodDecl *Method : RD->methods())
    if (!Method->isConst() && !Method->isStatic() &&
        !isa<CXXConstructorDecl>(Method) && !Method->isOverloadedOperator() &&
        Method->getReturnType()->isVoidType() && Method->getNumParams() == 1)
      if (const QualType T = Method->getParamDecl(0)->getType();
          !T->isPointerType() && recordOf(T) &&
          recordOf(T)->getCanonicalDecl() == Part->getCanonicalDecl())
        return Method;
  return nullptr;
}

/// Whether \p FD returns the alternative that a variant in its object holds.
static bool returnsAlternative(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD->hasBody(Def))
    return false;
  const auto *Body = dyn_cast<CompoundStmt>(Def->getBody());
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  const auto *Call =
      Return && Return->getRetValue()
          ? dyn_cast<CallExpr>(stripImplicit(Return->getRetValue()))
          : nullptr;
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  return Callee && Callee->isInStdNamespace() && nameOf(Callee) == "get" &&
         Call->getNumArgs() == 1 &&
         stdName(Call->getArg(0)->getType()) == "variant";
}

/// Which look-up \p E, a reference or what holds one, comes from.
static LookUp lookUpOf(const Expr *E, const ModelIndex &Index) {
  E = stripImplicit(E);
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return {};
  const QualType Wrapped = wrappedBy(Call->getType());
  if (!Call->isLValue() && Wrapped.isNull())
    return {};
  const auto *Method = dyn_cast<CXXMemberCallExpr>(Call);
  const Expr *Object = Method ? Method->getImplicitObjectArgument() : nullptr;
  if (Method && Index.isFinderName(nameOf(Callee)) &&
      !writtenArguments(Call).empty() && !Callee->isInStdNamespace() &&
      isOthers(Object)) {
    const CXXRecordDecl *Owner = recordOf(Object->getType());
    const bool IsConst = Wrapped.isNull() ? Call->getType().isConstQualified()
                                          : Wrapped.isConstQualified();
    return {Callee, removalIn(Owner, Index), false, IsConst};
  }
  // The alternative of a variant, in what an accessor returns.
  const Expr *Variant = nullptr;
  if (Method && Method->getNumArgs() == 0 && returnsAlternative(Callee))
    Variant = Object;
  else if (Callee->isInStdNamespace() && nameOf(Callee) == "get" &&
           Call->getNumArgs() == 1 &&
           stdName(Call->getArg(0)->getType()) == "variant")
    Variant = Call->getArg(0);
  if (!Variant)
    return {};
  Variant = stripImplicit(Variant);
  // Which part of which object that is.
  while (const auto *Member = dyn_cast<MemberExpr>(Variant)) {
    if (Member->isArrow() || !isa<FieldDecl>(Member->getMemberDecl()))
      return {};
    Variant = stripImplicit(Member->getBase());
  }
  const auto *Accessor = dyn_cast<CXXMemberCallExpr>(Variant);
  if (!Accessor || !Accessor->isLValue() || !Accessor->getMethodDecl() ||
      !isOthers(Accessor->getImplicitObjectArgument()))
    return {};
  const FunctionDecl *EndedBy =
      replacementIn(Accessor->getRecordDecl(), recordOf(Accessor->getType()));
  return {EndedBy ? Accessor->getMethodDecl() : nullptr, EndedBy, true,
          Call->getType().isConstQualified()};
}

//===----------------------------------------------------------------------===//
// Uses after a suspension
//===----------------------------------------------------------------------===//

namespace {

struct Found {
  const VarDecl *Var;
  LookUp From;
  const DeclRefExpr *Use = nullptr;
};

/// Per variable two facts: it has been looked up, and the coroutine has been
/// suspended since.
class Age final : public FlowProblem {
public:
  Age(const FunctionFlow &Flow, llvm::ArrayRef<Found> All)
      : Flow(Flow), All(All) {}

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (Flow.suspensionAt(Element))
      for (unsigned I = 0; I != All.size(); ++I)
        if (Facts.test(2 * I))
          Facts.set(2 * I + 1);
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    const auto *Declares = S ? dyn_cast<DeclStmt>(S->getStmt()) : nullptr;
    if (!Declares)
      return;
    for (const Decl *D : Declares->decls())
      for (unsigned I = 0; I != All.size(); ++I)
        if (All[I].Var == D) {
          Facts.set(2 * I);
          Facts.reset(2 * I + 1);
        }
  }

  const VarDecl *owner(unsigned Fact) override { return All[Fact / 2].Var; }

private:
  const FunctionFlow &Flow;
  const llvm::ArrayRef<Found> All;
};

} // namespace

static bool mentions(const Stmt *S, const VarDecl *Var) {
  bool Result = false;
  walkBody(S, [&](const Stmt *Part) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Part);
    Result |= Ref && Ref->getDecl() == Var;
    return !Result;
  });
  return Result;
}

/// The variables of \p F that refer to what was looked up, without those that
/// something else in the function was made of to keep it.
static std::vector<Found> lookUpsIn(const FunctionDecl *FD,
                                    const ModelIndex &Index) {
  std::vector<Found> All;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *Declares = dyn_cast<DeclStmt>(S);
    if (!Declares)
      return true;
    for (const Decl *D : Declares->decls()) {
      const auto *Var = dyn_cast<VarDecl>(D);
      if (!Var || !Var->hasLocalStorage() || !Var->getInit())
        continue;
      if (Var->getType()->isReferenceType() ||
          !wrappedBy(Var->getType()).isNull()) {
        if (LookUp L = lookUpOf(Var->getInit(), Index)) {
          All.push_back({Var, L});
          continue;
        }
      }
      const CXXRecordDecl *RD =
          definitionOf(Var->getType()->getAsCXXRecordDecl());
      if (RD && !RD->hasTrivialDestructor())
        llvm::erase_if(All, [&](const Found &One) {
          // A holder: a guard that nobody mentions, or a pointer.
          return mentions(Var->getInit(), One.Var) &&
                 (!Var->isReferenced() ||
                  !RD->lookup(
                         RD->getASTContext()
                             .DeclarationNames.getCXXOperatorName(OO_Arrow))
                       .empty());
        });
    }
    return true;
  });
  return All;
}

/// Whether \p FD holds a lock or a gate, which may keep others from removing
/// anything.
static bool isProtected(const FunctionDecl *FD, Unit &U) {
  bool Result = false;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E)
      return true;
    if (calleeOf(E))
      if (const FunctionModel *Known = U.M.function(E))
        Result |= Known->AwaitedLock.Model || Known->Holds.Model;
    if (const CXXRecordDecl *RD = recordOf(E->getType());
        RD && RD->getIdentifier()) {
      const TypeModel *Known = U.M.type(RD);
      Result |= (Known && Known->ScopeGuard.Model) || isLock(RD, U.M);
    }
    return !Result;
  });
  return Result;
}

/// The message's beginning: what \p Name refers to.
static std::string whatIs(StringRef Name, const LookUp &L) {
  return "'" + Name.str() + "' is what '" + displayName(L.By) +
         (L.IsAlternative ? "' holds at the time" : "' has found");
}

static std::string whoEnds(const LookUp &L) {
  return L.EndedBy ? "'" + displayName(L.EndedBy) + "' may have " +
                         (L.IsAlternative ? "replaced" : "removed") + " it"
                   : "others may have removed it";
}

void LookUpAcrossSuspendCheck::later(Unit &U, const FunctionSummary &F) {
  std::vector<Found> All = lookUpsIn(F.Function, U.M.index());
  // Without a way to end it, who knows?
  llvm::erase_if(All, [](const Found &One) {
    return !One.From.EndedBy || One.From.IsConst;
  });
  const FunctionFlow *Flow = All.empty() ? nullptr : U.flow(F.Function);
  if (!Flow)
    return;
  if (isProtected(F.Function, U))
    return;
  Age Problem(*Flow, All);
  Flow->solve(Problem, llvm::BitVector(2 * All.size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        const auto *Ref = S ? dyn_cast<DeclRefExpr>(S->getStmt()) : nullptr;
        if (!Ref)
          return;
        for (unsigned I = 0; I != All.size(); ++I)
          if (All[I].Var == Ref->getDecl() && Facts.test(2 * I + 1) &&
              (!All[I].Use || Ref->getLocation() < All[I].Use->getLocation()))
            All[I].Use = Ref;
      });
  for (const Found &One : All) {
    if (!One.Use)
      continue;
    Finding Result;
    Result.Loc = One.Use->getLocation();
    Result.Ranges.push_back(One.Use->getSourceRange());
    Result.Message = whatIs(One.Var->getName(), One.From) +
                     ", and is used after a suspension in which " +
                     whoEnds(One.From) +
                     (One.From.IsAlternative ? "; share it, or get it again"
                                             : "; look it up again, or copy "
                                               "what is needed before");
    Result.Notes.push_back({One.Var->getLocation(), "found here"});
    if (One.From.EndedBy)
      Result.Notes.push_back(
          {One.From.EndedBy->getLocation(), "declared here"});
    report(std::move(Result));
  }
}

//===----------------------------------------------------------------------===//
// Asynchronous loops
//===----------------------------------------------------------------------===//

/// The name that \p E gets at its object from, and the look-up that made it:
/// of 'users->get().names()' that of 'users'.
static std::pair<const VarDecl *, LookUp>
rootOf(const Expr *E, llvm::ArrayRef<Found> All, const ModelIndex &Index) {
  for (unsigned Depth = 0; E && Depth != MaxDepth; ++Depth) {
    E = stripImplicit(E);
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      for (const Found &One : All)
        if (One.Var == Ref->getDecl())
          return {One.Var, One.From};
      return {};
    }
    if (LookUp L = lookUpOf(E, Index))
      return {nullptr, L};
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (recordOf(Member->getType()) && Member->getType()->isPointerType())
        return {};
      E = Member->getBase();
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      // What a smart pointer points to is kept by somebody.
      if (Op->getNumArgs() != 1 || wrappedBy(Op->getArg(0)->getType()).isNull())
        return {};
      E = Op->getArg(0);
    } else if (const auto *Method = dyn_cast<CXXMemberCallExpr>(E)) {
      if (!Method->isLValue())
        return {};
      E = Method->getImplicitObjectArgument();
    } else {
      return {};
    }
  }
  return {};
}

/// A mention of \p Var in lambda \p L, which refers to it.
static const DeclRefExpr *mentionIn(const LambdaExpr *L, const VarDecl *Var) {
  const DeclRefExpr *Result = nullptr;
  const bool IsReferred = llvm::any_of(L->captures(), [&](const auto &Capture) {
    return Capture.capturesVariable() && Capture.getCapturedVar() == Var &&
           (Capture.getCaptureKind() == LCK_ByRef ||
            !wrappedBy(Var->getType()).isNull());
  });
  if (!IsReferred)
    return nullptr;
  walkFunction(L->getCallOperator(), [&](const Stmt *S) {
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    if (Ref && Ref->getDecl() == Var && !Result)
      Result = Ref;
    return !Result;
  });
  return Result;
}

void LookUpAcrossSuspendCheck::loops(Unit &U, const FunctionSummary &F) {
  std::optional<std::vector<Found>> All;
  walkFunction(F.Function, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionModel *Known =
        Call && Call->getDirectCallee() ? U.M.function(Call) : nullptr;
    if (!Known || isa<CXXMemberCallExpr>(Call))
      return true;
    // Something that calls its body again later, on this thread.
    const bool IsLoop =
        llvm::any_of(Known->Callables, [](const ModelRef<CallableModel> &M) {
          return M.Model->How == Runs::Loop && M.Model->Repeats;
        });
    if (!IsLoop)
      return true;
    if (!All)
      All = lookUpsIn(F.Function, U.M.index());
    auto MayEnd = [&] { return !isProtected(F.Function, U); };
    for (const Expr *A : writtenArguments(Call)) {
      if (const LambdaExpr *L = lambdaIn(A, U.M)) {
        for (const Found &One : *All)
          if (const DeclRefExpr *Use = mentionIn(L, One.Var);
              Use && !One.From.IsConst && MayEnd()) {
            Finding Result;
            Result.Loc = Use->getLocation();
            Result.Ranges.push_back(Use->getSourceRange());
            Result.Message = whatIs(One.Var->getName(), One.From) +
                             ", and this loop goes on when " +
                             whoEnds(One.From) +
                             "; copy what is needed before it begins";
            Result.Notes.push_back({One.Var->getLocation(), "found here"});
            report(std::move(Result));
          }
        continue;
      }
      if (!A->isLValue() || !isContainer(A->getType(), U.M))
        continue;
      const auto [Var, From] = rootOf(A, *All, U.M.index());
      if (!From || From.IsAlternative || !MayEnd())
        continue;
      Finding Result;
      Result.Loc = A->getExprLoc();
      Result.Ranges.push_back(A->getSourceRange());
      Result.Message = "this loop is suspended between the elements of what '" +
                       displayName(From.By) + "' has found, and " +
                       whoEnds(From) + " meanwhile; loop over a copy";
      if (Var)
        Result.Notes.push_back({Var->getLocation(), "found here"});
      report(std::move(Result));
    }
    return true;
  });
}

void LookUpAcrossSuspendCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (F.Coro && F.Suspends && F.Coro->Kind != CoroutineKind::Generator)
      later(U, F);
    loops(U, F);
  }
}
