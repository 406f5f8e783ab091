//===-- IteratorAcrossSuspend.cpp - async-iterator-across-suspend *- C++
//-*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds iterators and references into containers of which another function
/// may have removed the element, or moved it, while the coroutine was
/// suspended.
class IteratorAcrossSuspendCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<IteratorAcrossSuspendCheck> R({
    .Name = "async-iterator-across-suspend",
    .Group = "concurrency",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "an iterator or reference into a container that others change "
               "while the coroutine is suspended may refer to nothing any more",
});

/// How something gets at an element of a container.
enum class Kind { None, Iterator, Reference };

/// What an expression borrows from a shared container.
struct Loan {
  Kind How = Kind::None;
  const ValueDecl *Container = nullptr;
  QualType Type; ///< of the container
  /// The variable that it was taken from.
  const VarDecl *From = nullptr;
  /// The container of which that one is a part of an element.
  const ValueDecl *Outer = nullptr;
  QualType OuterType;

  explicit operator bool() const { return How != Kind::None; }
};

/// A change that takes away what somebody refers to.
struct Invalidation {
  ContainerChange Change;
  const ValueDecl *Container;
};

/// A variable that refers into a container, at some time.
struct Borrower {
  const VarDecl *Var;
  Loan First; ///< what it refers to, one of those
  /// The first of the variables that refer to the same element.
  unsigned Group;
  const CXXForRangeStmt *Loop = nullptr; ///< whose hidden variable it is
  llvm::SmallVector<Invalidation, 2> Changes;
};

/// The variables of one function that refer into shared containers.
class Borrowers {
public:
  Borrowers(const FunctionDecl *FD, Models &M) : M(M) {
    walkFunction(FD, [&](const Stmt *S) { return visit(S); });
  }

  std::vector<Borrower> All;
  /// Per declaration or assignment, the variable that is given a new value.
  struct Write {
    unsigned Number;
    Loan What;
  };
  llvm::DenseMap<const void *, Write> Writes;
  /// Mentions that use nothing.
  llvm::SmallPtrSet<const Expr *, 8> NoUse;

  std::optional<unsigned> numberOf(const ValueDecl *D) const;

private:
  bool visit(const Stmt *S);
  void written(const void *At, const VarDecl *Var, const Expr *Value);
  Loan borrowed(QualType T, const Expr *E, unsigned Depth = 0);
  Loan element(const Expr *E, unsigned Depth);
  Loan iterator(const Expr *E, unsigned Depth);
  Loan pointer(const Expr *E, unsigned Depth);
  Loan ofVariable(const DeclRefExpr *Ref, bool IsReference);
  Loan ofContainer(const Expr *E, Kind How, unsigned Depth);

  Models &M;
  llvm::DenseMap<const VarDecl *, unsigned> Numbers;
  llvm::SmallPtrSet<const Decl *, 4> Ignored;
  const CXXForRangeStmt *Loop = nullptr;
};

} // namespace

//===----------------------------------------------------------------------===//
// What refers into a container
//===----------------------------------------------------------------------===//

/// Whether a \p T is used as an iterator is: followed, and moved on.
static bool isIterator(QualType T) {
  const CXXRecordDecl *RD =
      definitionOf(T.getNonReferenceType()->getAsCXXRecordDecl());
  if (!RD)
    return T->isPointerType();
  auto Has = [&](OverloadedOperatorKind Op) {
    const DeclarationName Name =
        RD->getASTContext().DeclarationNames.getCXXOperatorName(Op);
    return anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
      const CXXRecordDecl *Def = definitionOf(Class);
      return Def && !Def->lookup(Name).empty();
    });
  };
  return Has(OO_Star) && Has(OO_PlusPlus);
}

/// Whether a \p T is an iterator with something beside it, as what insert
/// returns.
static bool hasIterator(QualType T) {
  const auto *Pair = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  if (!Pair || !Pair->isInStdNamespace() || !Pair->getIdentifier() ||
      Pair->getName() != "pair")
    return false;
  const TemplateArgument &First = Pair->getTemplateArgs().get(0);
  return First.getKind() == TemplateArgument::Type &&
         isIterator(First.getAsType());
}

static bool isUniquePointer(QualType T) {
  const CXXRecordDecl *RD = T.getNonReferenceType()->getAsCXXRecordDecl();
  return RD && RD->isInStdNamespace() && RD->getIdentifier() &&
         RD->getName() == "unique_ptr";
}

std::optional<unsigned> Borrowers::numberOf(const ValueDecl *D) const {
  if (const auto *Binding = dyn_cast<BindingDecl>(D)) {
    const auto *Var = dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl());
    if (!Var ||
        (!Var->getType()->isReferenceType() && !isIterator(Binding->getType())))
      return std::nullopt;
    D = Var;
  }
  const auto *Var = dyn_cast<VarDecl>(D);
  auto It = Var ? Numbers.find(Var) : Numbers.end();
  return It == Numbers.end() ? std::nullopt : std::optional(It->second);
}

Loan Borrowers::ofVariable(const DeclRefExpr *Ref, bool IsReference) {
  std::optional<unsigned> Number = numberOf(Ref->getDecl());
  if (!Number)
    return {};
  const Borrower &B = All[*Number];
  if (IsReference != (B.Var->getType()->isReferenceType()))
    return {};
  Loan Result = B.First;
  Result.From = B.Var;
  return Result;
}

/// What an iterator or a reference into container \p E refers into.
Loan Borrowers::ofContainer(const Expr *E, Kind How, unsigned Depth) {
  if (!isContainer(E->getType(), M))
    return {};
  const ValueDecl *Container = sharedObject(E);
  Loan Outer = E->isGLValue() ? element(E, Depth + 1) : Loan();
  if (!Container)
    return Outer;
  Loan Result{How, Container, E->getType(), nullptr, nullptr, {}};
  if (Outer && Outer.Container != Container) {
    Result.Outer = Outer.Container;
    Result.OuterType = Outer.Type;
  }
  return Result;
}

/// What reference \p E to an element refers into.
Loan Borrowers::element(const Expr *E, unsigned Depth) {
  if (!E || Depth > 16)
    return {};
  E = stripImplicit(E);
  auto Reference = [](Loan L) {
    if (L)
      L.How = Kind::Reference;
    return L;
  };
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return element(Cast->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return ofVariable(Ref, true);
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (!isa<FieldDecl>(Member->getMemberDecl()) ||
        Member->getMemberDecl()->getType()->isReferenceType())
      return {};
    return Member->isArrow() ? Reference(pointer(Member->getBase(), Depth + 1))
                             : element(Member->getBase(), Depth + 1);
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return Reference(pointer(Subscript->getBase(), Depth + 1));
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref
               ? Reference(pointer(Unary->getSubExpr(), Depth + 1))
               : Loan();
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || !Call->isGLValue() || !Call->getDirectCallee())
    return {};
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
      Op && Op->getOperator() == OO_Star && Op->getNumArgs() == 1) {
    if (isUniquePointer(Op->getArg(0)->getType()))
      return element(Op->getArg(0), Depth + 1);
    return Reference(iterator(Op->getArg(0), Depth + 1));
  }
  if (const Expr *Object = objectOf(Call)) {
    if (isa<CXXOperatorCallExpr>(Call) &&
        cast<CXXOperatorCallExpr>(Call)->getOperator() != OO_Subscript)
      return {};
    return ofContainer(Object, Kind::Reference, Depth);
  }
  // std::get<0>(element), std::move(element).
  if (Call->getDirectCallee()->isInStdNamespace() && Call->getNumArgs() == 1 &&
      Call->getArg(0)->isGLValue())
    return element(Call->getArg(0), Depth + 1);
  return {};
}

/// What \p E, a pointer, refers into.
Loan Borrowers::pointer(const Expr *E, unsigned Depth) {
  if (!E || Depth > 16)
    return {};
  E = stripImplicit(E);
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    return pointer(Cast->getSubExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return ofVariable(Ref, false);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf
               ? element(Unary->getSubExpr(), Depth + 1)
               : Loan();
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    Loan L = pointer(Choice->getTrueExpr(), Depth + 1);
    return L ? L : pointer(Choice->getFalseExpr(), Depth + 1);
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || !Call->getDirectCallee())
    return {};
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    if (Op->getOperator() != OO_Arrow || Op->getNumArgs() != 1)
      return {};
    if (isUniquePointer(Op->getArg(0)->getType()))
      return element(Op->getArg(0), Depth + 1);
    Loan L = iterator(Op->getArg(0), Depth + 1);
    if (L)
      L.How = Kind::Reference;
    return L;
  }
  const Expr *Object = objectOf(Call);
  if (!Object || Call->getNumArgs() != 0)
    return {};
  if (isUniquePointer(Object->getType()))
    return element(Object, Depth + 1);
  // container.data()
  return ofContainer(Object, Kind::Iterator, Depth);
}

/// What \p E, an iterator or a view, refers into.
Loan Borrowers::iterator(const Expr *E, unsigned Depth) {
  if (!E || Depth > 16)
    return {};
  E = stripImplicit(E);
  if (E->getType()->isPointerType())
    return pointer(E, Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return ofVariable(Ref, false);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return !Member->isArrow() && hasIterator(Member->getBase()->getType())
               ? iterator(Member->getBase(), Depth + 1)
               : Loan();
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    Loan L = iterator(Choice->getTrueExpr(), Depth + 1);
    return L ? L : iterator(Choice->getFalseExpr(), Depth + 1);
  }
  const bool IsView = isView(E->getType(), M);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    // A const iterator made of another one, a view of a container.
    if (Construct->getNumArgs() == 0)
      return {};
    const Expr *From = Construct->getArg(0);
    if (isIterator(Construct->getType()) && isIterator(From->getType()))
      return iterator(From, Depth + 1);
    if (!IsView)
      return {};
    if (Loan L = ofContainer(From, Kind::Iterator, Depth))
      return L;
    return From->isGLValue() ? element(From, Depth + 1) : Loan();
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return {};
  const Expr *Object = objectOf(Call);
  if (IsView && isa<CXXConversionDecl>(Callee) && Object) {
    if (Loan L = ofContainer(Object, Kind::Iterator, Depth))
      return L;
    return Object->isGLValue() ? element(Object, Depth + 1) : Loan();
  }
  if (!isIterator(E->getType()) && !hasIterator(E->getType()))
    return {};
  if (Object) {
    if (Loan L = ofContainer(Object, Kind::Iterator, Depth))
      return L;
    // it++, it + 1
    return isa<CXXOperatorCallExpr>(Call) ? iterator(Object, Depth + 1)
                                          : Loan();
  }
  // std::next(it), std::find_if(c.begin(), c.end(), ...), std::ranges::find(c).
  for (const Expr *A : Call->arguments()) {
    if (Loan L = ofContainer(A, Kind::Iterator, Depth))
      return L;
    if (isIterator(A->getType()))
      if (Loan L = iterator(A, Depth + 1))
        return L;
  }
  return {};
}

Loan Borrowers::borrowed(QualType T, const Expr *E, unsigned Depth) {
  if (T->isReferenceType()) {
    // A name for the container itself is no element.
    return E->isGLValue() ? element(E, Depth) : Loan();
  }
  if (T->isPointerType())
    return pointer(E, Depth);
  if (isIterator(T) || hasIterator(T) || isView(T, M))
    return iterator(E, Depth);
  return {};
}

void Borrowers::written(const void *At, const VarDecl *Var, const Expr *Value) {
  const Loan What = borrowed(Var->getType(), Value);
  auto It = Numbers.find(Var);
  if (It == Numbers.end()) {
    if (!What)
      return;
    Borrower B{Var, What, unsigned(All.size()), Loop, {}};
    if (What.From)
      if (auto From = Numbers.find(What.From); From != Numbers.end()) {
        B.Group = All[From->second].Group;
      }
    It = Numbers.try_emplace(Var, All.size()).first;
    All.push_back(std::move(B));
  }
  Writes[At] = {It->second, What};
}

bool Borrowers::visit(const Stmt *S) {
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    if (const auto *Of = Range->getRangeStmt())
      visit(Of);
    Loop = Range;
    if (const auto *Begin = Range->getBeginStmt())
      visit(Begin);
    Loop = nullptr;
    // The other hidden variable would say the same.
    if (const auto *End = Range->getEndStmt())
      for (const Decl *D : End->decls())
        Ignored.insert(D);
    return true;
  }
  if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declares->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D);
          Var && Var->hasLocalStorage() && Var->getInit() &&
          !Numbers.contains(Var) && !Ignored.contains(Var))
        written(Var, Var, Var->getInit());
    return true;
  }
  const Expr *Left = nullptr, *Right = nullptr;
  if (const auto *Assign = dyn_cast<BinaryOperator>(S)) {
    if (Assign->getOpcode() == BO_Assign) {
      Left = Assign->getLHS();
      Right = Assign->getRHS();
    }
  } else if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Assign->getOperator() == OO_Equal && Assign->getNumArgs() == 2) {
      Left = Assign->getArg(0);
      Right = Assign->getArg(1);
    }
  } else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(S)) {
    if (Cast->getType()->isVoidType())
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(stripImplicit(Cast->getSubExpr())))
        NoUse.insert(Ref);
  }
  if (Left)
    if (const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(Left)))
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
          Var && Var->hasLocalStorage() && !Var->getType()->isReferenceType()) {
        NoUse.insert(Ref);
        written(S, Var, Right);
      }
  return true;
}

//===----------------------------------------------------------------------===//
// When it is used
//===----------------------------------------------------------------------===//

namespace {

/// Per borrower two facts: it refers into its container, and the coroutine
/// has been suspended since it was found.
class Staleness final : public FlowProblem {
public:
  Staleness(const FunctionFlow &Flow, const Borrowers &B,
            const ContainerChanges &Changes, bool YieldsToCaller)
      : Flow(Flow), B(B), Changes(Changes), YieldsToCaller(YieldsToCaller) {}

  static unsigned live(unsigned Number) { return 2 * Number; }
  static unsigned stale(unsigned Number) { return 2 * Number + 1; }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    if (const Expr *E = Flow.suspensionAt(Element);
        E && !(YieldsToCaller && isa<CoyieldExpr>(E)))
      for (unsigned I = 0; I != B.All.size(); ++I)
        if (Facts.test(live(I)))
          Facts.set(stale(I));
    std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
    if (!S)
      return;
    if (const auto *Declares = dyn_cast<DeclStmt>(S->getStmt())) {
      for (const Decl *D : Declares->decls())
        write(D, Facts);
    } else {
      write(S->getStmt(), Facts);
    }
  }

  void assume(const Expr *Condition, bool, llvm::BitVector &Facts) override {
    llvm::SmallPtrSet<const ValueDecl *, 4> Members;
    llvm::SmallVector<unsigned, 4> Stale;
    walkBody(Condition, [&](const Stmt *S) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
        if (std::optional<unsigned> Number = B.numberOf(Ref->getDecl());
            Number && Facts.test(stale(*Number)))
          Stale.push_back(*Number);
      } else if (const auto *Member = dyn_cast<MemberExpr>(S)) {
        Members.insert(Member->getMemberDecl());
      }
      if (const auto *E = dyn_cast<Expr>(S); E && E->isGLValue())
        if (const ValueDecl *D = sharedObject(E))
          Members.insert(D);
      return true;
    });
    // Who looks at the container, or at the mark that all who change it leave,
    // knows what has become of the element.
    for (unsigned I = 0; I != B.All.size(); ++I) {
      const Borrower &One = B.All[I];
      if (!Facts.test(stale(I)) || llvm::any_of(Stale, [&](unsigned Other) {
            return B.All[Other].First.Container == One.First.Container;
          }))
        continue;
      if (llvm::any_of(Members, [&](const ValueDecl *D) {
            return D == One.First.Container ||
                   llvm::all_of(One.Changes, [&](const Invalidation &I) {
                     return Changes.mentions(I.Change.In, D);
                   });
          }))
        Facts.reset(stale(I));
    }
  }

  const VarDecl *owner(unsigned Fact) override { return B.All[Fact / 2].Var; }

private:
  void write(const void *At, llvm::BitVector &Facts) {
    auto It = B.Writes.find(At);
    if (It == B.Writes.end())
      return;
    const auto &[Number, What] = It->second;
    bool IsLive = bool(What), IsStale = false;
    if (What.From) {
      const unsigned From = *B.numberOf(What.From);
      IsLive = Facts.test(live(From));
      IsStale = Facts.test(stale(From));
    }
    Facts[live(Number)] = IsLive;
    Facts[stale(Number)] = IsStale;
  }

  const FunctionFlow &Flow;
  const Borrowers &B;
  const ContainerChanges &Changes;
  const bool YieldsToCaller;
};

} // namespace

/// Whether \p Change takes away what refers into a container of type \p T.
static bool invalidates(const ContainerChange &Change, QualType T, Kind How,
                        Models &M) {
  // Who replaces all elements begins or ends the work with them, and mostly
  // knows that no coroutine is at it.
  if (Change.How == ContainerChange::Replaces)
    return false;
  if (Change.How == ContainerChange::Removes)
    return true;
  const TypeModel *Known = M.type(T.getNonReferenceType());
  if (!Known || !Known->Container.Model)
    return false;
  switch (Known->Container.Model->OnAdding) {
  case Stable::Nothing:
    return true;
  case Stable::References:
    return How == Kind::Iterator;
  case Stable::Iterators:
    return false;
  }
  return false;
}

/// The suspension that a note shows: the last one before \p Use, or else one
/// that a loop comes back from.
static const Expr *suspensionFor(const FunctionFlow &Flow, const Borrower &B,
                                 SourceLocation Use, const SourceManager &SM) {
  const Expr *Result = nullptr;
  if (B.Loop)
    Use = B.Loop->getEndLoc();
  const SourceLocation From =
      B.Loop ? B.Loop->getBody()->getBeginLoc() : B.Var->getLocation();
  for (const Expr *E : Flow.suspensions()) {
    const SourceLocation Loc = E->getExprLoc();
    if (SM.isBeforeInTranslationUnit(Loc, From))
      continue;
    const bool IsEarlier = SM.isBeforeInTranslationUnit(Loc, Use);
    if (!Result || (IsEarlier && !B.Loop))
      Result = E;
  }
  return Result;
}

void IteratorAcrossSuspendCheck::analyze(Unit &U) {
  std::optional<ContainerChanges> Changes;
  const SourceManager &SM = U.Ctx.getSourceManager();
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || !F.Suspends || F.Coro->Kind == CoroutineKind::Generator)
      continue;
    Borrowers B(F.Function, U.M);
    if (B.All.empty())
      continue;
    if (!Changes)
      Changes.emplace(U);
    bool IsAnyChanged = false;
    for (Borrower &One : B.All) {
      const Loan &L = One.First;
      for (const ContainerChange &Change :
           Changes->during(F.Function, L.Container))
        if (invalidates(Change, L.Type, L.How, U.M))
          One.Changes.push_back({Change, L.Container});
      if (L.Outer)
        for (const ContainerChange &Change :
             Changes->during(F.Function, L.Outer))
          if (invalidates(Change, L.OuterType, Kind::Reference, U.M))
            One.Changes.push_back({Change, L.Outer});
      IsAnyChanged |= !One.Changes.empty();
    }
    const FunctionFlow *Flow = IsAnyChanged ? U.flow(F.Function) : nullptr;
    if (!Flow)
      continue;

    Staleness Problem(*Flow, B, *Changes,
                      F.Coro->Kind == CoroutineKind::AsyncGenerator);
    llvm::MapVector<unsigned, std::pair<const DeclRefExpr *, unsigned>> Uses;
    Flow->solve(Problem, llvm::BitVector(2 * B.All.size()))
        .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
          std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          const auto *Ref = S ? dyn_cast<DeclRefExpr>(S->getStmt()) : nullptr;
          if (!Ref || B.NoUse.contains(Ref))
            return;
          std::optional<unsigned> Number = B.numberOf(Ref->getDecl());
          if (!Number || !Facts.test(Staleness::stale(*Number)) ||
              B.All[*Number].Changes.empty())
            return;
          const unsigned Group = B.All[*Number].Group;
          auto [It, New] = Uses.insert({Group, {Ref, *Number}});
          if (!New && SM.isBeforeInTranslationUnit(
                          Ref->getLocation(), It->second.first->getLocation()))
            It->second = {Ref, *Number};
        });

    for (const auto &[Group, Use] : Uses) {
      const auto [Ref, Number] = Use;
      const Borrower &One = B.All[Number];
      // Removing says more than adding.
      const Invalidation *Worst = &One.Changes.front();
      for (const Invalidation &Other : One.Changes)
        if (Worst->Change.How == ContainerChange::Adds &&
            Other.Change.How != ContainerChange::Adds)
          Worst = &Other;
      const ContainerChange *Change = &Worst->Change;
      const bool OnlyAdds = Change->How == ContainerChange::Adds;
      const std::string Container = Worst->Container->getNameAsString();
      const std::string Who = "'" + displayName(Change->In) + "'";
      const bool IsLoop =
          One.Loop && One.Var == One.Loop->getBeginStmt()->getSingleDecl();
      Finding Found;
      if (IsLoop) {
        Found.Loc = One.Loop->getRangeInit()->getExprLoc();
        Found.Ranges.push_back(One.Loop->getRangeInit()->getSourceRange());
        Found.Message = "this loop over '" + Container +
                        "' is suspended in its body, and " + Who + " may " +
                        (OnlyAdds ? "add" : "remove") +
                        " elements meanwhile; loop over a copy, or look each "
                        "element up again";
      } else {
        Found.Loc = Ref->getLocation();
        Found.Ranges.push_back(Ref->getSourceRange());
        Found.Message = "'" + Ref->getDecl()->getNameAsString() +
                        "' refers into '" + Container +
                        "', and is used after a suspension in which " + Who +
                        " may have " + (OnlyAdds ? "added" : "removed") +
                        " elements; look it up again";
      }
      if (const Expr *E = suspensionFor(*Flow, One, Ref->getLocation(), SM))
        Found.Notes.push_back({E->getExprLoc(), "suspended here"});
      Found.Notes.push_back(
          {Change->At->getExprLoc(),
           OnlyAdds ? "elements are added here" : "elements are removed here"});
      report(std::move(Found));
    }
  }
}
