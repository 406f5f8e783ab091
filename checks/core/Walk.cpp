//===-- Walk.cpp - The functions that a user wrote ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Walk.h"
#include "core/Coroutines.h"
#include "core/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace async_tidy;

const Stmt *async_tidy::discardedBranch(const IfStmt *If) {
  if (!If->isConstexpr())
    return nullptr;
  const auto *Condition = dyn_cast_or_null<ConstantExpr>(If->getCond());
  if (!Condition || !Condition->hasAPValueResult() ||
      !Condition->getAPValueResult().isInt())
    return nullptr;
  return Condition->getAPValueResult().getInt().getBoolValue() ? If->getElse()
                                                               : If->getThen();
}

void async_tidy::forEachChild(const Stmt *S,
                              llvm::function_ref<void(const Stmt *)> Visit) {
  auto Go = [&](const Stmt *Child) {
    if (Child)
      Visit(Child);
  };
  if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(S))
    return Go(Suspend->getOperand());
  if (const auto *Await = dyn_cast<DependentCoawaitExpr>(S))
    return Go(Await->getOperand());
  if (const auto *Return = dyn_cast<CoreturnStmt>(S))
    // The call of return_value holds the operand a second time.
    return Go(Return->getOperand());
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : Lambda->capture_inits())
      Go(Init);
    return;
  }
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(S))
    return Go(Opaque->getSourceExpr());
  if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, RequiresExpr, BlockExpr,
          TypeTraitExpr, ConceptSpecializationExpr>(S))
    return;
  if (const auto *Typeid = dyn_cast<CXXTypeidExpr>(S);
      Typeid && !Typeid->isPotentiallyEvaluated())
    return;
  if (const auto *Inner = dyn_cast<CoroutineBodyStmt>(S))
    return Go(Inner->getBody());
  if (const auto *List = dyn_cast<InitListExpr>(S))
    if (const InitListExpr *Semantic = List->getSemanticForm();
        Semantic && Semantic != List)
      return Go(Semantic);
  const auto *If = dyn_cast<IfStmt>(S);
  const Stmt *Discarded = If ? discardedBranch(If) : nullptr;
  for (const Stmt *Child : S->children())
    if (!Discarded || Child != Discarded)
      Go(Child);
}

void async_tidy::walkBody(const Stmt *Body,
                          llvm::function_ref<bool(const Stmt *)> Visit) {
  // A stack of our own: generated code nests deeper than a thread's stack.
  llvm::SmallVector<const Stmt *, 64> Work;
  if (Body)
    Work.push_back(Body);
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!Visit(S))
      continue;
    size_t At = Work.size();
    forEachChild(S, [&](const Stmt *Child) { Work.push_back(Child); });
    std::reverse(Work.begin() + At, Work.end());
  }
}

void async_tidy::forEachStatement(
    const Stmt *S, llvm::function_ref<void(const Expr *)> Visit) {
  auto Go = [&](const Stmt *Child) {
    if (const auto *E = dyn_cast_or_null<Expr>(Child))
      Visit(E);
  };
  if (const auto *Compound = dyn_cast<CompoundStmt>(S)) {
    for (const Stmt *Child : Compound->body())
      Go(Child);
  } else if (const auto *If = dyn_cast<IfStmt>(S)) {
    Go(If->getInit());
    for (const Stmt *Branch : {If->getThen(), If->getElse()})
      if (Branch != discardedBranch(If))
        Go(Branch);
  } else if (const auto *For = dyn_cast<ForStmt>(S)) {
    Go(For->getInit());
    Go(For->getInc());
    Go(For->getBody());
  } else if (const auto *While = dyn_cast<WhileStmt>(S)) {
    Go(While->getBody());
  } else if (const auto *Do = dyn_cast<DoStmt>(S)) {
    Go(Do->getBody());
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    Go(Range->getInit());
    Go(Range->getBody());
  } else if (const auto *Case = dyn_cast<SwitchCase>(S)) {
    Go(Case->getSubStmt());
  } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
    Go(Switch->getInit());
    Go(Switch->getBody());
  } else if (const auto *Label = dyn_cast<LabelStmt>(S)) {
    Go(Label->getSubStmt());
  } else if (const auto *Attributed = dyn_cast<AttributedStmt>(S)) {
    Go(Attributed->getSubStmt());
  }
}

void async_tidy::walkFunction(const FunctionDecl *FD,
                              llvm::function_ref<bool(const Stmt *)> Visit) {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(FD))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      if (Init->isWritten() || Init->isInClassMemberInitializer())
        if (const Expr *E = Init->getInit()) {
          if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
            E = Default->getExpr();
          walkBody(E, Visit);
        }
  walkBody(FD->getBody(), Visit);
}

bool async_tidy::isLoop(const Stmt *S) {
  return isa_and_nonnull<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

LoopParts async_tidy::loopParts(const Stmt *S) {
  if (const auto *While = dyn_cast<WhileStmt>(S))
    return {While->getCond(), While->getBody()};
  if (const auto *For = dyn_cast<ForStmt>(S))
    return {For->getCond(), For->getBody()};
  if (const auto *Do = dyn_cast<DoStmt>(S))
    return {Do->getCond(), Do->getBody()};
  return {};
}

std::optional<bool> async_tidy::constantCondition(const Expr *Condition,
                                                  const ASTContext &Ctx) {
  if (!Condition)
    return true;
  bool Value = false;
  if (Condition->isValueDependent() ||
      !Condition->EvaluateAsBooleanCondition(Value, Ctx))
    return std::nullopt;
  return Value;
}

bool async_tidy::isAlwaysTrue(const Expr *Condition, const ASTContext &Ctx) {
  return constantCondition(Condition, Ctx).value_or(false);
}

const Expr *async_tidy::branchCondition(const Stmt *S) {
  if (const auto *If = dyn_cast<IfStmt>(S))
    return If->getCond();
  if (const auto *Switch = dyn_cast<SwitchStmt>(S))
    return Switch->getCond();
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(S))
    return Choice->getCond();
  if (const auto *Op = dyn_cast<BinaryOperator>(S); Op && Op->isLogicalOp())
    return Op->getLHS();
  return isa<DoStmt>(S) ? nullptr : loopParts(S).Condition;
}

/// The call operator of a lambda; of a generic one, the first instance that
/// its use has made, which knows more.
static const FunctionDecl *callOperator(const CXXRecordDecl *Lambda) {
  if (const FunctionTemplateDecl *FTD =
          Lambda->getDependentLambdaCallOperator())
    for (const FunctionDecl *Spec : FTD->specializations())
      if (Spec->hasBody())
        return Spec;
  return Lambda->getLambdaCallOperator();
}

const FunctionDecl *async_tidy::callableOf(const Expr *E) {
  E = stripImplicit(E);
  if (const auto *Call = dyn_cast<CallExpr>(E);
      Call && Call->isCallToStdMove() && Call->getNumArgs() == 1)
    return callableOf(Call->getArg(0));
  if (const auto *AddressOf = dyn_cast<UnaryOperator>(E);
      AddressOf && (AddressOf->getOpcode() == UO_AddrOf ||
                    AddressOf->getOpcode() == UO_Plus))
    return callableOf(AddressOf->getSubExpr());
  // A lambda without captures where a pointer to a function is wanted.
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
      Call && isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()) &&
      Call->getMethodDecl()->getParent()->isLambda())
    return callableOf(Call->getImplicitObjectArgument());
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
    return callOperator(Lambda->getLambdaClass());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    // A std::function or another wrapper around the callable.
    return Construct->getNumArgs() == 1 ? callableOf(Construct->getArg(0))
                                        : nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return FD;
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      if (const CXXRecordDecl *RD = Var->getType()->getAsCXXRecordDecl();
          RD && RD->isLambda())
        return callOperator(RD);
  }
  return nullptr;
}

namespace {

class Collector {
public:
  Collector(ASTContext &Ctx, Models &M) : Ctx(Ctx), M(M) {}

  std::vector<const FunctionDecl *> Functions;

  void context(const DeclContext *DC) {
    for (const Decl *D : DC->decls())
      declaration(D);
  }

  void declaration(const Decl *D) {
    if (!isa<LinkageSpecDecl, ExportDecl>(D) && !isa<NamespaceDecl>(D) &&
        M.isLibraryCode(D))
      return;
    if (const auto *NS = dyn_cast<NamespaceDecl>(D)) {
      // Most of a file's declarations are its headers': leave early.
      const SourceManager &SM = Ctx.getSourceManager();
      SourceLocation Loc = SM.getExpansionLoc(NS->getLocation());
      if (Loc.isValid() && !SM.isInSystemHeader(Loc))
        context(NS);
    } else if (const auto *FTD = dyn_cast<FunctionTemplateDecl>(D)) {
      functionTemplate(FTD);
    } else if (const auto *FD = dyn_cast<FunctionDecl>(D)) {
      function(FD);
    } else if (const auto *CTD = dyn_cast<ClassTemplateDecl>(D)) {
      classTemplate(CTD);
    } else if (const auto *RD = dyn_cast<CXXRecordDecl>(D)) {
      // A class template's explicit specializations come here, too; implicit
      // ones are reached from the template.
      if (RD->isThisDeclarationADefinition() && !RD->isImplicit())
        context(RD);
    } else if (const auto *Var = dyn_cast<VarDecl>(D)) {
      if (const Expr *Init = Var->getInit())
        nested(Init);
    } else if (const auto *Field = dyn_cast<FieldDecl>(D)) {
      if (Field->hasInClassInitializer())
        nested(Field->getInClassInitializer());
    } else if (const auto *Friend = dyn_cast<FriendDecl>(D)) {
      if (const NamedDecl *ND = Friend->getFriendDecl())
        declaration(ND);
    } else if (const auto *DC = dyn_cast<DeclContext>(D)) {
      if (isa<LinkageSpecDecl, ExportDecl>(D))
        context(DC);
    }
  }

private:
  void functionTemplate(const FunctionTemplateDecl *FTD) {
    bool Instantiated = false;
    for (const FunctionDecl *Spec : FTD->specializations())
      if (Spec->getTemplateSpecializationKind() != TSK_ExplicitSpecialization)
        Instantiated |= function(Spec);
    if (!Instantiated)
      function(FTD->getTemplatedDecl());
  }

  void classTemplate(const ClassTemplateDecl *CTD) {
    if (!CTD->isThisDeclarationADefinition())
      return;
    // Members are instantiated one by one: take the template's own where no
    // specialization has them.
    llvm::SmallPtrSet<const FunctionDecl *, 16> Patterns;
    for (const ClassTemplateSpecializationDecl *Spec : CTD->specializations())
      if (Spec->getSpecializationKind() == TSK_ImplicitInstantiation ||
          Spec->getSpecializationKind() ==
              TSK_ExplicitInstantiationDefinition) {
        size_t At = Functions.size();
        context(Spec);
        for (const FunctionDecl *FD : llvm::ArrayRef(Functions).drop_front(At))
          if (const FunctionDecl *P = FD->getTemplateInstantiationPattern())
            Patterns.insert(P->getCanonicalDecl());
      }
    size_t At = Functions.size();
    context(CTD->getTemplatedDecl());
    Functions.erase(std::remove_if(Functions.begin() + At, Functions.end(),
                                   [&](const FunctionDecl *FD) {
                                     return inPattern(FD, Patterns);
                                   }),
                    Functions.end());
  }

  /// Whether \p FD is, or is nested in, one of \p Patterns.
  static bool
  inPattern(const FunctionDecl *FD,
            const llvm::SmallPtrSetImpl<const FunctionDecl *> &Patterns) {
    for (const DeclContext *DC = FD; DC; DC = DC->getParent())
      if (const auto *Outer = dyn_cast<FunctionDecl>(DC);
          Outer && Patterns.contains(Outer->getCanonicalDecl()))
        return true;
    return false;
  }

  /// \returns whether \p FD has a body that is a user's.
  bool function(const FunctionDecl *FD) {
    const FunctionDecl *Def = nullptr;
    if (FD->isImplicit() || FD->isDefaulted() || !FD->hasBody(Def) ||
        !Def->getBody())
      return false;
    // A body in this file may belong to a declaration in another one, and is
    // visited where it stands.
    if (!Seen.insert(Def).second)
      return true;
    Functions.push_back(Def);
    walkFunction(Def, [&](const Stmt *S) {
      inside(S);
      return true;
    });
    return true;
  }

  void nested(const Expr *E) {
    walkBody(E, [&](const Stmt *S) {
      inside(S);
      return true;
    });
  }

  void inside(const Stmt *S) {
    if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      if (const FunctionTemplateDecl *FTD = Lambda->getDependentCallOperator())
        functionTemplate(FTD);
      else if (const CXXMethodDecl *Op = Lambda->getCallOperator())
        function(Op);
    } else if (const auto *Declares = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : Declares->decls())
        if (const auto *RD = dyn_cast<CXXRecordDecl>(D))
          declaration(RD);
    }
  }

  ASTContext &Ctx;
  Models &M;
  llvm::DenseSet<const FunctionDecl *> Seen;
};

} // namespace

std::vector<const FunctionDecl *> async_tidy::userFunctions(ASTContext &Ctx,
                                                            Models &M) {
  Collector C(Ctx, M);
  C.context(Ctx.getTranslationUnitDecl());
  return std::move(C.Functions);
}
