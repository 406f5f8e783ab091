//===-- Unit.cpp - What the checks know of one translation unit -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Unit.h"
#include "core/Containers.h"
#include "core/LocalTasks.h"
#include "core/Names.h"
#include "core/Parameters.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/xxhash.h"
#include <unordered_map>

using namespace clang;
using namespace async_tidy;

struct Unit::State {
  std::optional<Summaries> All;
  /// Where each function stands in the list of all.
  llvm::DenseMap<const FunctionDecl *, size_t> Numbers;
  /// Nothing while it is being decided.
  llvm::DenseMap<size_t, std::optional<bool>> RunsOnLoop;
  /// Per coroutine that hops, what still runs on the loop.
  llvm::DenseMap<const FunctionDecl *, llvm::SmallPtrSet<const Stmt *, 32>>
      OnLoop;
  std::unordered_map<const FunctionDecl *, ThrowSummary> Throws;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<FunctionFlow>> Flows;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<BodyMap>> Bodies;
  llvm::DenseMap<const FunctionDecl *, std::vector<LocalTask>> Tasks;
  std::unique_ptr<ContainerChanges> Changes;
  std::optional<std::vector<FunctionFacts>> Facts;
  std::vector<MethodFacts> Methods;
  const FactsFile *Others = nullptr;
  /// What those say of the parameters of coroutines.
  std::vector<FunctionFacts> OtherCoroutines;
  llvm::DenseSet<FunctionKey> WithoutEffect;
  std::optional<FactGraph> Graph;
  /// What facts refer to.
  llvm::BumpPtrAllocator Memory;
  llvm::UniqueStringSaver Strings{Memory};
  llvm::DenseMap<FileID, llvm::StringRef> Files;
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
    if (auto Context = contextOf(Site))
      return Context;
  return std::nullopt;
}

std::optional<Unit::Context> Unit::contextOf(const StartSite &Site) {
  // What a call makes is run there, and not the function that is called.
  if (Site.As.Model &&
      (Site.Where == Place::Loop || Site.Where == Place::Fiber) &&
      (!Site.Executor || summaries().WithIO.contains(Site.Executor)))
    return Context{Site.As.Model->As, Site.As.Library,
                   Site.Where == Place::Fiber};
  return std::nullopt;
}

std::optional<FunctionKey> Unit::startedByOthers(const FunctionSummary &F) {
  const auto *MD = dyn_cast<CXXMethodDecl>(F.Function);
  if (!F.Coro || !F.Function->isExternallyVisible() ||
      (MD && MD->getParent()->isLambda()))
    return std::nullopt;
  for (const StartSite &Site : starts(F.Function))
    if (Site.Where == Place::Loop || Site.Where == Place::Fiber)
      return std::nullopt;
  return key(F.Function);
}

const FunctionSummary *Unit::summary(const FunctionDecl *FD) {
  llvm::ArrayRef<FunctionSummary> All = functions();
  if (S->Numbers.empty())
    for (size_t I = 0; I != All.size(); ++I)
      S->Numbers.try_emplace(All[I].Function, I);
  auto It = S->Numbers.find(FD);
  return It == S->Numbers.end() ? nullptr : &All[It->second];
}

llvm::ArrayRef<StartSite> Unit::starts(const FunctionDecl *FD) {
  auto It = summaries().Starts.find(FD->getCanonicalDecl());
  return It == summaries().Starts.end() ? llvm::ArrayRef<StartSite>()
                                        : llvm::ArrayRef(It->second);
}

/// Whether \p F, a generator, can't await the tasks that it makes: they are for
/// whoever asks it for values.
static bool makesForOthers(const FunctionSummary &F) {
  return F.Coro && F.Coro->Kind == CoroutineKind::Generator;
}

bool Unit::startsElsewhere(const FunctionSummary &F, const Expr *Call,
                           Place Where) {
  return Where == Place::BlockingAllowed ||
         (Where == Place::Here && F.Coro && !makesForOthers(F) &&
          (!runsOnLoop(&F - functions().data()) || !siteOnLoop(F, Call)));
}

std::vector<Unit::Handover> Unit::handovers() {
  std::vector<Handover> All;
  for (const auto &[FD, Sites] : summaries().Starts)
    if (!FD->hasBody() && !isTrusted(FD) && !M.isLibraryCode(FD))
      for (const StartSite &Site : Sites)
        if (auto How = contextOf(Site))
          All.push_back({FD, Site.Call, *How});
  llvm::sort(All, [&](const Handover &A, const Handover &B) {
    if (A.Call->getExprLoc() == B.Call->getExprLoc())
      return key(A.Function) < key(B.Function);
    return Ctx.getSourceManager().isBeforeInTranslationUnit(
        A.Call->getExprLoc(), B.Call->getExprLoc());
  });
  return All;
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
  for (const StartSite &Site : starts(F.Function)) {
    const FunctionSummary &Caller = functions()[Site.Caller];
    auto Known = S->RunsOnLoop.find(Site.Caller);
    if (Known != S->RunsOnLoop.end() && !Known->second)
      continue; // part of the circle
    if (F.Coro && Site.Where == Place::Here && makesForOthers(Caller))
      continue;
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

const ThrowSummary &Unit::throws(const FunctionSummary &F) {
  auto [It, New] = S->Throws.try_emplace(F.Function);
  if (New && Ctx.getLangOpts().CXXExceptions)
    It->second = findThrows(F.Function, M, C, Ctx);
  return It->second;
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
    if (const FunctionFlow *Flow = flow(F.Function))
      It->second = reachedOnLoop(*Flow, Hops->second, C);
  return It->second.contains(Site);
}

const FunctionFlow *Unit::flow(const FunctionDecl *FD) {
  auto [It, New] = S->Flows.try_emplace(FD);
  if (New)
    It->second = FunctionFlow::make(FD, Ctx, C);
  const FunctionFlow *Flow = It->second.get();
  return Flow && Flow->graph().size() ? Flow : nullptr;
}

const BodyMap &Unit::body(const FunctionDecl *FD) {
  std::unique_ptr<BodyMap> &Known = S->Bodies[FD];
  if (!Known)
    Known = std::make_unique<BodyMap>(FD);
  return *Known;
}

llvm::ArrayRef<LocalTask> Unit::tasks(const FunctionSummary &F) {
  auto [It, New] = S->Tasks.try_emplace(F.Function);
  if (New)
    It->second = localTasks(*this, F, body(F.Function));
  return It->second;
}

ContainerChanges &Unit::changes() {
  if (!S->Changes)
    S->Changes = std::make_unique<ContainerChanges>(*this);
  return *S->Changes;
}

std::vector<const FunctionDecl *> Unit::givenUp() const {
  std::vector<const FunctionDecl *> Result;
  for (const auto &[FD, Flow] : S->Flows)
    if (Flow && Flow->wasGivenUp())
      Result.push_back(FD);
  llvm::sort(Result, [&](const FunctionDecl *A, const FunctionDecl *B) {
    return Ctx.getSourceManager().isBeforeInTranslationUnit(A->getLocation(),
                                                            B->getLocation());
  });
  return Result;
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

FactLocation Unit::location(SourceLocation Loc) {
  const SourceManager &SM = Ctx.getSourceManager();
  FileIDAndOffset At = SM.getDecomposedLoc(SM.getFileLoc(Loc));
  llvm::StringRef &Path = S->Files[At.first];
  if (Path.empty()) {
    OptionalFileEntryRef File = SM.getFileEntryRefForID(At.first);
    llvm::SmallString<128> Name(File ? File->getName() : "<unknown>");
    if (File)
      SM.getFileManager().makeAbsolutePath(Name);
    llvm::sys::path::remove_dots(Name, /*remove_dot_dot=*/true);
    Path = S->Strings.save(Name.str());
  }
  return {Path, At.second};
}

SourceLocation Unit::location(llvm::StringRef Path, unsigned Offset) const {
  const SourceManager &SM = Ctx.getSourceManager();
  OptionalFileEntryRef File = SM.getFileManager().getOptionalFileRef(Path);
  FileID ID =
      File ? Ctx.getSourceManager().getOrCreateFileID(*File, SrcMgr::C_User)
           : FileID();
  return ID.isValid() ? SM.getComposedLoc(ID, Offset) : SourceLocation();
}

/// The functions of \p Functions that other files have to know of: they have an
/// effect that travels along calls, or may have one because they call something
/// of which another file knows; or they make tasks, start some, or throw, which
/// only those matter to that call them directly.
static std::vector<bool> mayMatter(llvm::ArrayRef<FunctionSummary> Functions,
                                   Unit &U) {
  llvm::DenseMap<FunctionKey, llvm::SmallVector<unsigned, 1>> Defined;
  for (unsigned I = 0; I != Functions.size(); ++I)
    Defined[U.key(Functions[I].Function)].push_back(I);
  auto MakesTask = [&](const FunctionSummary &F) {
    return F.Coro || U.C.taskType(F.Function->getReturnType());
  };
  std::vector<bool> Matters(Functions.size()), Travels(Functions.size());
  std::vector<llvm::SmallVector<unsigned, 2>> Callers(Functions.size());
  llvm::SmallVector<unsigned, 32> Work;
  for (unsigned I = 0; I != Functions.size(); ++I) {
    const FunctionSummary &F = Functions[I];
    bool Effect = !F.Blocks.empty();
    Matters[I] = Matters[I] || MakesTask(F) || !U.throws(F).Throws.empty();
    for (const CallSite &Site : F.Calls) {
      auto Callees = Defined.find(U.key(Site.Callee));
      if (Site.IsVirtual || Callees == Defined.end()) {
        Effect = true;
        continue;
      }
      for (unsigned Callee : Callees->second) {
        Callers[Callee].push_back(I);
        Matters[I] = Matters[I] || MakesTask(Functions[Callee]);
      }
    }
    if (Effect)
      Work.push_back(I);
  }
  while (!Work.empty()) {
    unsigned I = Work.pop_back_val();
    if (Travels[I])
      continue;
    Matters[I] = Travels[I] = true;
    // A coroutine's blocking is no business of its callers.
    if (!Functions[I].Coro)
      Work.append(Callers[I]);
  }
  return Matters;
}

void Unit::collectFacts() {
  S->Facts.emplace();
  auto Save = [&](const std::string &Text) { return S->Strings.save(Text); };
  auto Keep = [&](auto &Items) {
    return llvm::ArrayRef(Items).copy(S->Memory);
  };
  llvm::DenseSet<FunctionKey> Known;
  auto Method = [&](auto &&Self, const CXXMethodDecl *MD) -> void {
    if (!MD->isVirtual() || M.isLibraryCode(MD) ||
        !Known.insert(key(MD)).second)
      return;
    llvm::SmallVector<FunctionKey, 2> Overrides;
    for (const CXXMethodDecl *Overridden : MD->overridden_methods()) {
      Self(Self, Overridden);
      Overrides.push_back(key(Overridden));
    }
    S->Methods.push_back({key(MD), Save(displayName(MD)), MD->isPureVirtual(),
                          !MD->isExternallyVisible(), Keep(Overrides)});
  };

  // How the coroutines begin that this file starts.
  llvm::DenseMap<const Expr *, Place> PlaceOf;
  llvm::DenseMap<size_t, llvm::SmallVector<CallFact, 1>> HandedOver;
  for (const auto &[FD, Sites] : summaries().Starts) {
    if (!C.taskType(FD->getReturnType()) || M.isLibraryCode(FD))
      continue;
    for (const StartSite &Site : Sites)
      if (!Site.As.Model) {
        PlaceOf[Site.Call] = Site.Where;
      } else if (FD->isExternallyVisible()) {
        CallFact &Start = HandedOver[Site.Caller].emplace_back();
        Start.Callee = key(FD);
        Start.Name = Save(displayName(FD));
        Start.At = location(Site.Call->getExprLoc());
        Start.IsStart = true;
        Start.IsElsewhere = Site.Where == Place::BlockingAllowed;
      }
  }

  // A record says the same whatever the addresses of declarations are.
  for (auto &[Caller, Calls] : HandedOver)
    llvm::sort(Calls, [](const CallFact &A, const CallFact &B) {
      return std::tie(A.At.Offset, A.Callee) < std::tie(B.At.Offset, B.Callee);
    });

  llvm::ArrayRef<FunctionSummary> Functions = functions();
  std::vector<bool> Matters = mayMatter(Functions, *this);
  for (unsigned I = 0; I != Functions.size(); ++I) {
    const FunctionSummary &F = Functions[I];
    if (const auto *MD = dyn_cast<CXXMethodDecl>(F.Function))
      Method(Method, MD);
    auto Handed = HandedOver.find(I);
    if ((!Matters[I] && Handed == HandedOver.end()) || isTrusted(F.Function)) {
      S->WithoutEffect.insert(key(F.Function));
      continue;
    }
    FunctionFacts Facts;
    Facts.Key = key(F.Function);
    Facts.Name = Save(displayName(F.Function));
    Facts.IsCoroutine = coroutineBody(F.Function);
    Facts.Suspends = F.Suspends;
    Facts.TakesToken =
        llvm::any_of(F.Function->parameters(), [&](const ParmVarDecl *P) {
          const TypeModel *Known = M.type(P->getType());
          return Known && Known->CancellationToken;
        });
    std::vector<BlockingFact> Blocks;
    for (const BlockingSite &Site : F.Blocks)
      Blocks.push_back(
          {Site.Model->Model->Why, Save(displayCallee(Site.Call, Site.Callee)),
           Site.Model->Model->Does,
           Save(Site.Model->Library.expand(Site.Model->Model->Instead)),
           location(Site.Call->getExprLoc()), Site.IsRare});
    Facts.Blocks = Keep(Blocks);
    const ThrowSummary &Out = throws(F);
    Facts.HasHandler = Out.HasHandler;
    Facts.IsNoexcept = Out.IsNoexcept;
    std::vector<ThrowFact> Throws;
    for (const ThrowSite &Site : Out.Throws)
      Throws.push_back({Save(Site.Operation), location(Site.At->getExprLoc())});
    Facts.Throws = Keep(Throws);
    std::vector<CallFact> Calls;
    for (const CallSite &Site : F.Calls) {
      if (Site.IsVirtual)
        Method(Method, cast<CXXMethodDecl>(Site.Callee));
      Calls.push_back({key(Site.Callee), Save(displayName(Site.Callee)),
                       location(Site.Call->getExprLoc()), Site.IsRare,
                       Site.IsVirtual, Out.Awaited.contains(Site.Call),
                       Out.Caught.contains(Site.Call)});
      if (auto At = PlaceOf.find(Site.Call); At != PlaceOf.end())
        Calls.back().IsElsewhere = startsElsewhere(F, Site.Call, At->second);
    }
    if (Handed != HandedOver.end())
      llvm::append_range(Calls, Handed->second);
    Facts.Calls = Keep(Calls);
    std::vector<ParameterFact> Parameters;
    for (const LateUse &Use : lateUses(F, flow(F.Function), M))
      Parameters.push_back({Use.Number,
                            Use.Parameter
                                ? Save(Use.Parameter->getNameAsString())
                                : llvm::StringRef(),
                            location(Use.At->getExprLoc()), Use.IsSuspended});
    Facts.Parameters = Keep(Parameters);
    S->Facts->push_back(Facts);
  }
  // One instance of a function may be left out and another not.
  for (const FunctionFacts &F : *S->Facts)
    S->WithoutEffect.erase(F.Key);
}

llvm::ArrayRef<FunctionFacts> Unit::facts() {
  if (!S->Facts)
    collectFacts();
  return *S->Facts;
}

llvm::ArrayRef<MethodFacts> Unit::methods() {
  if (!S->Facts)
    collectFacts();
  return S->Methods;
}

bool Unit::hasNoEffect(const FunctionKey &Key) {
  if (!S->Facts)
    collectFacts();
  return S->WithoutEffect.contains(Key);
}

void Unit::useFacts(const FactsFile &File) {
  if (S->Others == &File)
    return;
  S->Others = &File;
  S->Graph.reset();
}

const FactGraph &Unit::graph() {
  if (!S->Graph) {
    S->Graph.emplace();
    S->Graph->add(facts(), methods());
    if (S->Others) {
      // Those of one function stand side by side.
      llvm::ArrayRef<ParameterUse> Uses = S->Others->Parameters;
      S->OtherCoroutines.clear();
      while (!Uses.empty()) {
        FunctionFacts F;
        F.Key = Uses.front().Key;
        F.Name = Uses.front().Function;
        F.IsCoroutine = true;
        std::vector<ParameterFact> Parameters;
        for (; !Uses.empty() && Uses.front().Key == F.Key;
             Uses = Uses.drop_front())
          Parameters.push_back({Uses.front().Number,
                                Uses.front().Name,
                                {Uses.front().File, Uses.front().Offset},
                                Uses.front().IsSuspended});
        F.Parameters = llvm::ArrayRef(Parameters).copy(S->Memory);
        S->OtherCoroutines.push_back(F);
      }
      S->Graph->add(S->OtherCoroutines);
      S->Graph->add(S->Others->Conclusions);
      S->Graph->addElsewhere(S->Others->Elsewhere);
    }
    S->Graph->solve();
  }
  return *S->Graph;
}
