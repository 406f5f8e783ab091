//===-- Unit.cpp - What the checks know of one translation unit -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Unit.h"
#include "core/Flow.h"
#include "core/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using namespace async_tidy;

struct Unit::State {
  std::optional<Summaries> All;
  /// Nothing while it is being decided.
  llvm::DenseMap<size_t, std::optional<bool>> RunsOnLoop;
  /// Per coroutine that hops, what still runs on the loop.
  llvm::DenseMap<const FunctionDecl *, llvm::SmallPtrSet<const Stmt *, 32>>
      OnLoop;
  std::optional<std::vector<FunctionFacts>> Facts;
  std::optional<FactGraph> Graph;
  llvm::DenseMap<const FunctionDecl *, FunctionKey> Keys;
};

// One translation unit is analyzed at a time per thread; every check of it
// asks for the same unit.
static thread_local std::unique_ptr<Unit> Current;
static thread_local const ModelIndex *CurrentModels = nullptr;

Unit &Unit::of(ASTContext &Ctx) {
  if (!Current || &Current->Ctx != &Ctx)
    Current = std::make_unique<Unit>(Ctx);
  return *Current;
}

void Unit::forget() { Current.reset(); }

void Unit::useModels(const ModelIndex &Index) {
  if (CurrentModels != &Index)
    forget();
  CurrentModels = &Index;
}

Unit::Unit(ASTContext &Ctx)
    : Ctx(Ctx), M(CurrentModels ? *CurrentModels : ModelIndex::builtin(), Ctx),
      C(M, Ctx), S(std::make_unique<State>()) {}

Unit::~Unit() = default;

//===----------------------------------------------------------------------===//
// Summaries
//===----------------------------------------------------------------------===//

const Summaries &Unit::summaries() {
  if (!S->All)
    S->All = summarize(Ctx, M, C);
  return *S->All;
}

llvm::ArrayRef<FunctionSummary> Unit::functions() {
  return summaries().Functions;
}

std::optional<Unit::Context> Unit::loopContext(const FunctionSummary &F) {
  if (F.Coro)
    return runsOnLoop(&F - functions().data())
               ? std::optional<Context>({"coroutine", F.Coro->Library})
               : std::nullopt;
  auto Starts = summaries().Starts.find(F.Function->getCanonicalDecl());
  if (Starts == summaries().Starts.end())
    return std::nullopt;
  for (const StartSite &Site : Starts->second)
    // What a call makes is run there, and not the function that is called.
    if (Site.As.Model &&
        (Site.Where == Place::Loop || Site.Where == Place::Fiber) &&
        (!Site.Executor || summaries().WithIO.contains(Site.Executor)))
      return Context{Site.As.Model->As, Site.As.Library,
                     Site.Where == Place::Fiber};
  return std::nullopt;
}

bool Unit::runsOnLoop(size_t Function) {
  const FunctionSummary &F = functions()[Function];
  if (F.Coro &&
      (F.Coro->Kind == CoroutineKind::Generator || !F.Coro->StartsInPlace))
    return false;
  // A coroutine that never suspends runs in its caller, as a function does.
  if (const TypeModel *Known =
          F.Coro ? M.type(F.Function->getReturnType()) : nullptr;
      Known && Known->NeverSuspends)
    return false;
  auto [It, New] = S->RunsOnLoop.try_emplace(Function, std::nullopt);
  if (!New)
    // In a circle of coroutines, those who start it from outside decide.
    return It->second.value_or(false);
  // Where nothing is known of who starts it, it is taken to be the loop.
  bool StartedOnLoop = false, StartedElsewhere = false;
  auto Starts = summaries().Starts.find(F.Function->getCanonicalDecl());
  if (Starts != summaries().Starts.end())
    for (const StartSite &Site : Starts->second) {
      const FunctionSummary &Caller = functions()[Site.Caller];
      auto Known = S->RunsOnLoop.find(Site.Caller);
      if (Known != S->RunsOnLoop.end() && !Known->second)
        continue; // part of the circle
      // Where nobody knows, whoever hands it over is the best guess.
      const bool OnLoop =
          Site.Where == Place::Loop || Site.Where == Place::Fiber ||
          (Site.Where != Place::BlockingAllowed && runsOnLoop(Site.Caller) &&
           siteOnLoop(Caller, Site.Call));
      (OnLoop ? StartedOnLoop : StartedElsewhere) = true;
    }
  const bool Yes = StartedOnLoop || !StartedElsewhere;
  return *(S->RunsOnLoop[Function] = Yes);
}

bool Unit::isExpectedToThrow(const FunctionSummary &F) {
  return summaries().ExpectedToThrow.contains(F.Function->getCanonicalDecl());
}

bool Unit::siteOnLoop(const FunctionSummary &F, const Expr *Site) {
  auto Hops = summaries().Hops.find(F.Function);
  if (Hops == summaries().Hops.end())
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
  // A USR calls all lambdas and local classes among template arguments alike.
  auto AddPlaces = [&](auto &&Self, llvm::ArrayRef<TemplateArgument> Arguments,
                       unsigned Depth) -> void {
    for (const TemplateArgument &A : Arguments) {
      if (A.getKind() == TemplateArgument::Pack)
        Self(Self, A.getPackAsArray(), Depth);
      if (A.getKind() != TemplateArgument::Type)
        continue;
      const CXXRecordDecl *RD = recordOf(A.getAsType());
      if (RD && (RD->isLambda() || RD->isLocalClass())) {
        FactLocation At = location(RD->getLocation());
        Text += '|';
        Text += At.File;
        Text += ':';
        Text += llvm::utostr(At.Offset);
      }
      const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(RD);
      if (Spec && Depth < 4)
        Self(Self, Spec->getTemplateArgs().asArray(), Depth + 1);
    }
  };
  if (const TemplateArgumentList *Arguments =
          FD->getTemplateSpecializationArgs())
    AddPlaces(AddPlaces, Arguments->asArray(), 0);
  for (const DeclContext *DC = FD->getDeclContext(); DC; DC = DC->getParent())
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(DC))
      AddPlaces(AddPlaces, Spec->getTemplateArgs().asArray(), 0);
    else if (const auto *Outer = dyn_cast<FunctionDecl>(DC))
      if (const TemplateArgumentList *Arguments =
              Outer->getTemplateSpecializationArgs())
        AddPlaces(AddPlaces, Arguments->asArray(), 0);
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
  llvm::XXH128_hash_t Hash =
      llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Text));
  return S->Keys[FD] = {Hash.high64, Hash.low64};
}

FactLocation Unit::location(SourceLocation Loc) const {
  const SourceManager &SM = Ctx.getSourceManager();
  FileIDAndOffset At = SM.getDecomposedLoc(SM.getFileLoc(Loc));
  OptionalFileEntryRef File = SM.getFileEntryRefForID(At.first);
  llvm::SmallString<128> Path(File ? File->getName() : "<unknown>");
  if (File)
    SM.getFileManager().makeAbsolutePath(Path);
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return {Path.str().str(), At.second};
}

SourceLocation Unit::location(const FactLocation &Loc) const {
  const SourceManager &SM = Ctx.getSourceManager();
  OptionalFileEntryRef File = SM.getFileManager().getOptionalFileRef(Loc.File);
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
      Facts.Blocks.push_back(
          {Site.Model->Model->Why, displayCallee(Site.Call, Site.Callee),
           Site.Model->Model->Does,
           Site.Model->Library.expand(Site.Model->Model->Instead),
           location(Site.Call->getExprLoc()), Site.IsRare});
    for (const CallSite &Site : F.Calls)
      Facts.Calls.push_back({key(Site.Callee), displayName(Site.Callee),
                             location(Site.Call->getExprLoc()), Site.IsRare});
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
