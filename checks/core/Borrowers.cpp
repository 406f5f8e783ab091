//===-- Borrowers.cpp - Variables that refer into containers ---*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Borrowers.h"
#include "core/AccessPath.h"
#include "core/Lifetimes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;
using namespace async_tidy;

Borrowers::Borrowers(const FunctionDecl *FD, Models &M, bool WithLookUps)
    : M(M), WithLookUps(WithLookUps) {
  walkFunction(FD, [&](const Stmt *S) { return visit(S); });
}

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
Loan Borrowers::ofContainer(const Expr *E, LoanKind How, unsigned Depth) {
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
      L.How = LoanKind::Reference;
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
    if (Loan L = ofContainer(Object, LoanKind::Reference, Depth))
      return L;
    // What an object looks up by a key is an element of something in it.
    if (WithLookUps && isa<CXXMemberCallExpr>(Call) &&
        !writtenArguments(Call).empty() && !Call->getType().isConstQualified())
      if (std::optional<AccessPath> Owner = accessPath(Object);
          Owner && !Owner->isLocal())
        return {LoanKind::Reference,
                Call->getDirectCallee(),
                Call->getType(),
                nullptr,
                nullptr,
                {}};
    return {};
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
      L.How = LoanKind::Reference;
    return L;
  }
  const Expr *Object = objectOf(Call);
  if (!Object || Call->getNumArgs() != 0)
    return {};
  if (isUniquePointer(Object->getType()))
    return element(Object, Depth + 1);
  // container.data()
  return ofContainer(Object, LoanKind::Iterator, Depth);
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
    if (Loan L = ofContainer(From, LoanKind::Iterator, Depth))
      return L;
    return From->isGLValue() ? element(From, Depth + 1) : Loan();
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return {};
  const Expr *Object = objectOf(Call);
  if (IsView && isa<CXXConversionDecl>(Callee) && Object) {
    if (Loan L = ofContainer(Object, LoanKind::Iterator, Depth))
      return L;
    return Object->isGLValue() ? element(Object, Depth + 1) : Loan();
  }
  if (!isIterator(E->getType()) && !hasIterator(E->getType()))
    return {};
  if (Object) {
    if (Loan L = ofContainer(Object, LoanKind::Iterator, Depth))
      return L;
    // it++, it + 1
    return isa<CXXOperatorCallExpr>(Call) ? iterator(Object, Depth + 1)
                                          : Loan();
  }
  // std::next(it), std::find_if(c.begin(), c.end(), ...), std::ranges::find(c).
  for (const Expr *A : Call->arguments()) {
    if (Loan L = ofContainer(A, LoanKind::Iterator, Depth))
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
            const ContainerChanges &Changes, bool YieldsToCaller,
            llvm::function_ref<bool(const CFGElement &)> RunsOthers)
      : Flow(Flow), B(B), Changes(Changes), YieldsToCaller(YieldsToCaller),
        RunsOthers(RunsOthers) {}

  static unsigned live(unsigned Number) { return 2 * Number; }
  static unsigned stale(unsigned Number) { return 2 * Number + 1; }

  void transfer(const CFGElement &Element, llvm::BitVector &Facts) override {
    const Expr *E = RunsOthers ? nullptr : Flow.suspensionAt(Element);
    if (RunsOthers ? RunsOthers(Element)
                   : E && !(YieldsToCaller && isa<CoyieldExpr>(E)))
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
  const llvm::function_ref<bool(const CFGElement &)> RunsOthers;
};

} // namespace

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

bool async_tidy::isHiddenIterator(const Borrower &B) {
  return B.Loop && B.Var == B.Loop->getBeginStmt()->getSingleDecl();
}

std::vector<StaleUse>
async_tidy::staleUses(const FunctionFlow &Flow, const Borrowers &B,
                      const ContainerChanges &Changes, bool IsAsyncGenerator,
                      llvm::function_ref<bool(const Borrower &)> IsWanted,
                      llvm::function_ref<bool(const CFGElement &)> RunsOthers) {
  const SourceManager &SM = Flow.function()->getASTContext().getSourceManager();
  Staleness Problem(Flow, B, Changes, IsAsyncGenerator, RunsOthers);
  llvm::MapVector<unsigned, std::pair<const DeclRefExpr *, unsigned>> Uses;
  Flow.solve(Problem, llvm::BitVector(2 * B.All.size()))
      .forEach([&](const CFGElement &Element, const llvm::BitVector &Facts) {
        std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
        const auto *Ref = S ? dyn_cast<DeclRefExpr>(S->getStmt()) : nullptr;
        if (!Ref || B.NoUse.contains(Ref) ||
            isa<DecompositionDecl>(Ref->getDecl()))
          return;
        std::optional<unsigned> Number = B.numberOf(Ref->getDecl());
        if (!Number || !Facts.test(Staleness::stale(*Number)) ||
            !IsWanted(B.All[*Number]))
          return;
        const unsigned Group = B.All[*Number].Group;
        auto [It, New] = Uses.insert({Group, {Ref, *Number}});
        // The hidden iterator of a loop says what is wrong with all of it.
        if (New || isHiddenIterator(B.All[It->second.second]))
          return;
        if (isHiddenIterator(B.All[*Number]) ||
            SM.isBeforeInTranslationUnit(Ref->getLocation(),
                                         It->second.first->getLocation()))
          It->second = {Ref, *Number};
      });
  std::vector<StaleUse> Result;
  for (const auto &[Group, Use] : Uses)
    Result.push_back({Use.second, Use.first,
                      RunsOthers
                          ? nullptr
                          : suspensionFor(Flow, B.All[Use.second],
                                          Use.first->getLocation(), SM)});
  return Result;
}
