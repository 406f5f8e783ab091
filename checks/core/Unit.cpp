//===-- Unit.cpp - What the checks know of one translation unit -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Unit.h"
#include "core/Flow.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include <set>

using namespace clang;
using namespace async_tidy;

struct Unit::State {
  std::optional<std::vector<FunctionSummary>> Functions;
  /// Coroutines by how often they are started, and how often of that on an
  /// executor where blocking is fine.
  llvm::DenseMap<const FunctionDecl *, std::pair<unsigned, unsigned>> Starts;
  /// Per coroutine that hops, what still runs on the loop.
  llvm::DenseMap<const FunctionDecl *, llvm::SmallPtrSet<const Stmt *, 32>>
      OnLoop;
  llvm::DenseMap<const FunctionDecl *, llvm::SmallPtrSet<const Stmt *, 4>>
      Hops;
  /// Calls after which an object no longer blocks: object and function.
  std::set<std::pair<const ValueDecl *, std::string>> Nonblocking;
  std::optional<std::vector<FunctionFacts>> Facts;
  std::optional<FactGraph> Graph;
  llvm::DenseMap<const FunctionDecl *, FunctionKey> Keys;
};

// One translation unit is analyzed at a time per thread; every check of it
// asks for the same unit.
static thread_local std::unique_ptr<Unit> Current;

Unit &Unit::of(ASTContext &Ctx) {
  if (!Current || &Current->Ctx != &Ctx)
    Current = std::make_unique<Unit>(Ctx);
  return *Current;
}

void Unit::forget() { Current.reset(); }

Unit::Unit(ASTContext &Ctx)
    : Ctx(Ctx), M(ModelIndex::builtin(), Ctx), C(M, Ctx),
      S(std::make_unique<State>()) {}

Unit::~Unit() = default;

//===----------------------------------------------------------------------===//
// Summaries
//===----------------------------------------------------------------------===//

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

/// Whether the owner of \p FD vouches that calling it does not block.
static bool isTrusted(const FunctionDecl *FD) {
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
  const auto *Member = dyn_cast<MemberExpr>(
      MemberCall->getCallee()->IgnoreParenImpCasts());
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
  Summarizer(Unit &U, FunctionSummary &F,
             llvm::function_ref<void(const FunctionDecl *, bool Offloaded)>
                 Started,
             llvm::function_ref<void(const ValueDecl *, std::string)>
                 Nonblocking,
             llvm::function_ref<void(const Stmt *)> Hops)
      : U(U), F(F), Started(Started), Nonblocking(Nonblocking),
        Hops(Hops) {}

  void visit(const Stmt *S) {
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
      await(Await);
    if (isa<CallExpr, CXXConstructExpr>(S))
      call(cast<Expr>(S));
  }

private:
  void await(const CoroutineSuspendExpr *Await) {
    const Expr *Operand = stripImplicit(Await->getOperand());
    const FunctionModel *Known =
        isa<CallExpr>(Operand) ? U.M.function(Operand) : nullptr;
    if (!Known || Known->Hops.empty())
      return;
    for (const Expr *Argument : writtenArguments(Operand)) {
      const Expr *Token = stripImplicit(Argument);
      const FunctionModel *Bind =
          isa<CallExpr>(Token) ? U.M.function(Token) : nullptr;
      if (Bind && Bind->BindsExecutor && isBlockingExecutor(Token, 1))
        Hops(Await);
    }
  }

  bool isBlockingExecutor(const Expr *Call, unsigned Argument) {
    auto Arguments = writtenArguments(Call);
    if (Argument == 0 || Argument > Arguments.size())
      return false;
    const Expr *E = stripImplicit(Arguments[Argument - 1]);
    const TypeModel *Known = U.M.type(E->getType());
    if (Known && Known->BlockingExecutor)
      return true;
    // pool.get_executor(), pool.executor(): the executor of such a context.
    const Expr *Object = objectOf(E);
    Known = Object ? U.M.type(Object->getType()) : nullptr;
    return Known && Known->BlockingExecutor;
  }

  void call(const Expr *Call) {
    const FunctionDecl *Callee = calleeOf(Call);
    const FunctionModel *Known = U.M.function(Call);
    if (Known) {
      if (Known->MakesNonblocking) {
        const Expr *Object = objectOf(Call);
        auto Arguments = writtenArguments(Call);
        if (!Object && !Arguments.empty())
          Object = Arguments.front();
        if (const ValueDecl *D = namedBy(Object))
          Nonblocking(patternOf(D), qualifiedNameOf(Call, Callee));
      }
      for (const ModelRef<CallableModel> &Ref : Known->Callables)
        callables(Call, *Ref.Model);
      if (!Known->Blocking.empty()) {
        if (const auto *Ref = U.M.blocking(Call))
          F.Blocks.push_back({Call, Callee, Ref});
        return;
      }
    }
    if (!Callee || isTrusted(Callee))
      return;
    Started(Callee, Offloaded.contains(Call));
    if (!isDynamic(Call, Callee) && !U.M.isLibraryCode(Callee))
      F.Calls.push_back({Call, Callee});
  }

  static std::string qualifiedNameOf(const Expr *, const FunctionDecl *FD) {
    return FD->getDeclName().getAsString();
  }

  /// \p Call is given callables, and the model says how it runs them.
  void callables(const Expr *Call, const CallableModel &Model) {
    const bool Elsewhere =
        Model.How == Runs::Thread ||
        (Model.How == Runs::Executor &&
         isBlockingExecutor(Call, Model.ExecutorArgument));
    for (const Expr *Argument : writtenArguments(Call)) {
      const Expr *E = stripImplicit(Argument);
      if (Elsewhere && isa<CallExpr>(E))
        Offloaded.insert(E); // co_spawn(pool, work(), ...)
      const FunctionDecl *FD = callableOf(E);
      if (!FD)
        continue;
      if (Model.How == Runs::Here)
        F.Calls.push_back({Call, FD});
      else
        Started(FD, Elsewhere);
    }
  }

  Unit &U;
  FunctionSummary &F;
  llvm::function_ref<void(const FunctionDecl *, bool)> Started;
  llvm::function_ref<void(const ValueDecl *, std::string)> Nonblocking;
  llvm::function_ref<void(const Stmt *)> Hops;
  llvm::SmallPtrSet<const Expr *, 4> Offloaded;
};

} // namespace

llvm::ArrayRef<FunctionSummary> Unit::functions() {
  if (S->Functions)
    return *S->Functions;
  S->Functions.emplace();
  for (const FunctionDecl *FD : userFunctions(Ctx, M)) {
    FunctionSummary F{FD, C.coroutine(FD), {}, {}};
    auto Started = [&](const FunctionDecl *Callee, bool Elsewhere) {
      auto &[All, Away] = S->Starts[Callee->getCanonicalDecl()];
      ++All;
      Away += Elsewhere;
    };
    auto Nonblocking = [&](const ValueDecl *D, std::string Function) {
      S->Nonblocking.insert({D, std::move(Function)});
    };
    auto Hop = [&](const Stmt *Await) { S->Hops[FD].insert(Await); };
    Summarizer Sum(*this, F, Started, Nonblocking, Hop);
    walkFunction(FD, [&](const Stmt *Node) {
      Sum.visit(Node);
      return true;
    });
    S->Functions->push_back(std::move(F));
  }
  // Only now is every call known that makes an object nonblocking.
  for (FunctionSummary &F : *S->Functions)
    llvm::erase_if(F.Blocks, [&](const BlockingSite &Site) {
      const Expr *Object = objectOf(Site.Call);
      auto Arguments = writtenArguments(Site.Call);
      if (!Object && !Arguments.empty())
        Object = Arguments.front();
      const ValueDecl *D = namedBy(Object);
      return D && llvm::any_of(Site.Model->Model->NonblockingAfter,
                               [&](StringRef Name) {
                                 size_t At = Name.rfind("::");
                                 if (At != StringRef::npos)
                                   Name = Name.substr(At + 2);
                                 return S->Nonblocking.contains(
                                     {patternOf(D), Name.str()});
                               });
    });
  return *S->Functions;
}

bool Unit::runsOnLoop(const FunctionSummary &F) {
  if (!F.Coro || F.Coro->Kind == CoroutineKind::Generator)
    return false;
  auto It = S->Starts.find(F.Function->getCanonicalDecl());
  if (It == S->Starts.end())
    return true;
  auto [All, Away] = It->second;
  return Away == 0 || Away < All;
}

bool Unit::siteOnLoop(const FunctionSummary &F, const Expr *Site) {
  auto Hops = S->Hops.find(F.Function);
  if (Hops == S->Hops.end())
    return true;
  auto [It, New] = S->OnLoop.try_emplace(F.Function);
  if (New)
    if (std::unique_ptr<CFG> Graph = buildCFG(F.Function, Ctx))
      It->second = reachedOnLoop(*Graph, Hops->second, C);
  return It->second.contains(Site);
}

//===----------------------------------------------------------------------===//
// Facts
//===----------------------------------------------------------------------===//

FunctionKey Unit::key(const FunctionDecl *FD) {
  FD = FD->getCanonicalDecl();
  auto [It, New] = S->Keys.try_emplace(FD);
  if (!New)
    return It->second;
  llvm::SmallString<128> Text;
  if (index::generateUSRForDecl(FD, Text))
    Text = qualifiedName(FD);
  const SourceManager &SM = Ctx.getSourceManager();
  const auto *MD = dyn_cast<CXXMethodDecl>(FD);
  const bool IsLambda = MD && MD->getParent()->isLambda();
  // USRs of what other files can't see are not unique in a program.
  if (!FD->isExternallyVisible() || IsLambda)
    if (OptionalFileEntryRef File =
            SM.getFileEntryRefForID(SM.getMainFileID())) {
      Text += '|';
      Text += location(SM.getLocForStartOfFile(SM.getMainFileID())).File;
    }
  if (IsLambda) {
    FactLocation At = location(MD->getParent()->getLocation());
    Text += '|';
    Text += At.File;
    Text += ':';
    Text += llvm::utostr(At.Offset);
  }
  if (const AssociatedConstraint &Requires = FD->getTrailingRequiresClause()) {
    // Overloads that differ only here share a USR.
    FactLocation At = location(Requires.ConstraintExpr->getBeginLoc());
    Text += '|';
    Text += llvm::utostr(At.Offset);
  }
  llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(
      llvm::arrayRefFromStringRef(Text));
  return S->Keys[FD] = {Hash.high64, Hash.low64};
}

FactLocation Unit::location(SourceLocation Loc) const {
  const SourceManager &SM = Ctx.getSourceManager();
  FileIDAndOffset At = SM.getDecomposedLoc(SM.getFileLoc(Loc));
  OptionalFileEntryRef File = SM.getFileEntryRefForID(At.first);
  llvm::SmallString<128> Path(File ? File->getName() : "<unknown>");
  if (File)
    SM.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/false);
  return {Path.str().str(), At.second};
}

SourceLocation Unit::location(const FactLocation &Loc) const {
  const SourceManager &SM = Ctx.getSourceManager();
  OptionalFileEntryRef File =
      SM.getFileManager().getOptionalFileRef(Loc.File);
  FileID ID = File ? SM.translateFile(*File) : FileID();
  return ID.isValid() ? SM.getComposedLoc(ID, Loc.Offset) : SourceLocation();
}

llvm::ArrayRef<FunctionFacts> Unit::facts() {
  if (S->Facts)
    return *S->Facts;
  S->Facts.emplace();
  for (const FunctionSummary &F : functions()) {
    FunctionFacts Facts;
    Facts.Key = key(F.Function);
    Facts.Name = displayName(F.Function);
    Facts.IsCoroutine = coroutineBody(F.Function);
    if (isTrusted(F.Function))
      continue;
    for (const BlockingSite &Site : F.Blocks)
      Facts.Blocks.push_back({Site.Model->Model->Why,
                              displayCallee(Site.Call, Site.Callee),
                              Site.Model->Model->Does,
                              location(Site.Call->getExprLoc())});
    for (const CallSite &Site : F.Calls)
      Facts.Calls.push_back({key(Site.Callee), displayName(Site.Callee),
                             location(Site.Call->getExprLoc())});
    S->Facts->push_back(std::move(Facts));
  }
  return *S->Facts;
}

const FactGraph &Unit::graph() {
  if (!S->Graph) {
    S->Graph.emplace();
    S->Graph->add(facts());
    S->Graph->solve();
  }
  return *S->Graph;
}
