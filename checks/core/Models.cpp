//===-- Models.cpp - What models say about declarations -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Models.h"
#include "core/Names.h"
#include "core/Predicates.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>
#include <mutex>

using namespace clang;
using namespace async_tidy;

//===----------------------------------------------------------------------===//
// LibraryRef
//===----------------------------------------------------------------------===//

static std::string join(llvm::StringRef Namespace, llvm::StringRef Name) {
  if (Name.consume_front("::") || Namespace.empty())
    return Name.str();
  return (Namespace + "::" + Name).str();
}

std::string LibraryRef::qualify(llvm::StringRef Name) const {
  return join(Namespace, Name);
}

static std::string replaceAll(std::string Text, llvm::StringRef From,
                              llvm::StringRef To) {
  for (size_t At = 0; (At = Text.find(From, At)) != std::string::npos;
       At += To.size())
    Text.replace(At, From.size(), To);
  return Text;
}

std::string LibraryRef::expand(llvm::StringRef Text) const {
  return replaceAll(Text.str(), "{ns}", Namespace);
}

const RemedyModel *LibraryRef::remedy(Category C) const {
  if (Library)
    for (const RemedyModel &R : Library->Remedies)
      if (R.For == C)
        return &R;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// ModelIndex
//===----------------------------------------------------------------------===//

llvm::StringRef async_tidy::lastComponent(llvm::StringRef Name) {
  size_t At = Name.rfind("::");
  return At == llvm::StringRef::npos ? Name : Name.substr(At + 2);
}

/// The first word of \p Name, in lower case: "find" of find_user and findUser.
static std::string verbOf(llvm::StringRef Name) {
  Name = Name.ltrim('_');
  size_t End = 1;
  while (End < Name.size() && llvm::isLower(Name[End]))
    ++End;
  return Name.take_front(End).lower();
}

static bool fitsAny(llvm::ArrayRef<llvm::GlobPattern> Patterns,
                    llvm::StringRef Class) {
  const std::string Name = Class.lower();
  return llvm::any_of(Patterns, [&](const llvm::GlobPattern &Pattern) {
    return Pattern.match(Name);
  });
}

bool ModelIndex::isLockName(llvm::StringRef Class) const {
  return fitsAny(LockNames, Class);
}

bool ModelIndex::isWeakName(llvm::StringRef Class) const {
  return fitsAny(WeakNames, Class);
}

bool ModelIndex::isTimeoutName(llvm::StringRef Class) const {
  return fitsAny(TimeoutNames, Class);
}

bool ModelIndex::isFarewellName(llvm::StringRef Function) const {
  // Word by word: async_shutdown, shutdownWrite, CloseAsync.
  for (Function = Function.ltrim('_'); !Function.empty();
       Function = Function.ltrim('_')) {
    const std::string Word = verbOf(Function);
    if (Farewells.contains(Word))
      return true;
    Function = Function.drop_front(Word.size());
  }
  return false;
}

bool ModelIndex::saysUnwritten(llvm::StringRef Message) const {
  return llvm::any_of(Unwritten, [&](llvm::StringRef Part) {
    return Message.contains_insensitive(Part);
  });
}

bool ModelIndex::isFinderName(llvm::StringRef Member) const {
  return Finders.contains(verbOf(Member));
}

bool ModelIndex::isRemoverName(llvm::StringRef Member) const {
  return Removers.contains(verbOf(Member));
}

bool ModelIndex::isAsyncFormOf(llvm::StringRef Name, llvm::StringRef Of) const {
  return llvm::any_of(AsyncNames, [&](llvm::StringRef Pattern) {
    const auto [Before, After] = Pattern.split('*');
    return Name.size() == Before.size() + Of.size() + After.size() &&
           Name.starts_with(Before) && Name.ends_with(After) &&
           Name.substr(Before.size(), Of.size()) == Of;
  });
}

ModelIndex::ModelIndex(std::vector<const LibraryModel *> All)
    : Libraries(std::move(All)) {
  for (const LibraryModel *Library : Libraries) {
    if (!Library->Conventions)
      continue;
    const ConventionModel &C = *Library->Conventions;
    for (const std::string &Name : C.Locks)
      // The loader has made sure that it is a glob.
      LockNames.push_back(llvm::cantFail(llvm::GlobPattern::create(Name)));
    for (const std::string &Word : C.Finders)
      Finders.insert(Word);
    for (const std::string &Word : C.Removers)
      Removers.insert(Word);
    for (const std::string &Name : C.Enders)
      Enders.insert(Name);
    for (const std::string &Name : C.Counters)
      Counters.insert(Name);
    for (const std::string &Name : C.Uncounters)
      Uncounters.insert(Name);
    for (const std::string &Name : C.Weak)
      WeakNames.push_back(llvm::cantFail(llvm::GlobPattern::create(Name)));
    for (const std::string &Name : C.Timeouts)
      TimeoutNames.push_back(llvm::cantFail(llvm::GlobPattern::create(Name)));
    llvm::append_range(Errors, C.Errors);
    llvm::append_range(Unwritten, C.Unwritten);
    for (const std::string &Word : C.Farewells)
      Farewells.insert(Word);
    for (const std::string &Name : C.Quiet)
      Quiet.insert(Name);
    AsyncNames.insert(AsyncNames.end(), C.AsyncNames.begin(),
                      C.AsyncNames.end());
  }
  for (const LibraryModel *Library : Libraries)
    for (const std::string &Namespace : Library->Namespaces) {
      const LibraryModel &L = *Library;
      LibraryRef Ref{&L, Namespace};
      // What extends a library leaves it what it is.
      if (!Namespace.empty() && Namespace != "std")
        Namespaces.try_emplace(Namespace, Ref);
      auto Function = [&](llvm::StringRef Name) -> FunctionModel & {
        if (Name.contains('*')) {
          std::string Text = Ref.qualify(Name);
          for (Pattern &Known : Patterns)
            if (Known.Text == Text)
              return Known.Model;
          // The loader has made sure that it is a glob.
          Pattern &P = Patterns.emplace_back();
          P.Text = std::move(Text);
          P.Model.ByPattern = true;
          P.Model.Library = Ref;
          P.Whole = llvm::cantFail(llvm::GlobPattern::create(P.Text));
          P.Last =
              llvm::cantFail(llvm::GlobPattern::create(lastComponent(P.Text)));
          return P.Model;
        }
        FunctionNames.insert(lastComponent(Name));
        FunctionModel &M = Functions[Ref.qualify(Name)];
        if (!M.Library)
          M.Library = Ref;
        return M;
      };
      auto Type = [&](llvm::StringRef Name) -> TypeModel & {
        TypeNames.insert(lastComponent(Name));
        TypeModel &M = Types[Ref.qualify(Name)];
        if (!M.Library)
          M.Library = Ref;
        return M;
      };
      for (const BlockingModel &M : L.Blocking) {
        for (const std::string &Name : M.Functions)
          Function(Name).Blocking.push_back({Ref, &M});
        for (const std::string &Name : M.NonblockingAfter)
          Function(Name).MakesNonblocking = true;
      }
      for (const CallableModel &M : L.Callables)
        for (const std::string &Name : M.Functions)
          Function(Name).Callables.push_back({Ref, &M});
      for (const std::string &Name : L.DeathTests)
        DeathTests.insert(Name);
      for (const std::string &Name : L.RunsTests)
        Function(Name).RunsTests = true;
      for (const std::string &Name : L.Instantiates)
        Instantiating[lastComponent(Name)].push_back(Ref.qualify(Name));
      for (const std::string &Name : L.Handlers)
        Handlers.insert(Name);
      for (const std::string &Name : L.AsksThread)
        Function(Name).AsksThread = true;
      for (const std::string &Name : L.Wrappers)
        Function(Name).Wraps = true;
      if (L.Exceptions) {
        for (const std::string &Name : L.Exceptions->ThrownBy)
          Function(Name).Fails = Ref;
        for (const std::string &Name : L.Exceptions->PassedOnBy)
          Function(Name).PassesExceptions = true;
        for (const std::string &Name : L.Exceptions->NeedsError)
          Function(Name).NeedsError = true;
        for (const std::string &Name : L.Exceptions->Proxies)
          Type(Name).Proxy = Ref;
        for (const std::string &Name : L.Exceptions->Fatal)
          Type(Name).Fatal = Ref;
      }
      for (const HopModel &M : L.Hops) {
        for (const std::string &Name : M.Functions)
          Function(Name).Hops.push_back({Ref, &M});
        for (const std::string &Name : M.Types)
          Type(Name).Hop = {Ref, &M};
        if (!M.BoundBy.empty())
          Function(M.BoundBy).BindsExecutor = true;
      }
      for (const TaskModel &M : L.Tasks)
        for (const std::string &Name : M.Types)
          Type(Name).Task = {Ref, &M};
      for (const TaskModel &M : L.Tasks)
        for (const std::string &Name : M.GoesOnWith)
          Type(Name).KeepsWork = Ref;
      for (const ExecutorModel &M : L.Executors) {
        for (const std::string &Name : M.Types)
          Type(Name).Executor = {Ref, &M};
        for (const std::string &Name : M.Functions)
          Function(Name).Executor = {Ref, &M};
      }
      for (const LockModel &M : L.Locks) {
        for (const std::string &Name : M.Types)
          Type(Name).Lock = {Ref, &M};
        for (const std::string &Name : M.Guards)
          Type(Name).Guard = {Ref, &M};
        for (const std::string &Name : M.Acquire)
          Function(Name).AwaitedLock = {Ref, &M};
        for (const std::string &Name : M.Release)
          Function(Name).GivesBack = {Ref, &M};
      }
      for (const ScopeModel &M : L.Scopes) {
        for (const std::string &Name : M.Types)
          Type(Name).Scope = {Ref, &M};
        for (const std::string &Name : M.Close)
          Function(Name).Closes = true;
        for (const std::string &Name : M.Opened)
          Function(Name).Opens = true;
        for (const std::string &Name : M.Guards)
          Type(Name).ScopeGuard = {Ref, &M};
        for (const std::string &Name : M.Hold)
          Function(Name).Holds = {Ref, &M};
      }
      for (const ConditionModel &M : L.Conditions) {
        for (const std::string &Name : M.Wait)
          Function(Name).AwaitsCondition = {Ref, &M};
        for (const std::string &Name : M.Notify)
          Function(Name).Notifies = {Ref, &M};
        for (const std::string &Name : M.Forever)
          Function(Name).MakesCondition = {Ref, &M};
      }
      for (const std::string &Name : L.Delays)
        Function(Name).Delays = Ref;
      for (const std::string &Name : L.Yields)
        Function(Name).Yields = Ref;
      for (const TimeoutModel &M : L.Timeouts)
        for (const std::string &Name : M.Functions)
          Function(Name).Timeouts.push_back({Ref, &M});
      for (const std::string &Name : L.WaitsForPeer)
        Function(Name).WaitsForPeer = Ref;
      for (const std::string &Name : L.Continuations)
        Function(Name).Continues = Ref;
      for (const std::string &Name : L.Joins)
        Type(Name).Joins = Ref;
      for (const ReferenceCountedModel &M : L.ReferenceCounted)
        for (const std::string &Name : M.Types)
          Type(Name).ReferenceCounted = {Ref, &M};
      for (const ThreadLockModel &M : L.ThreadLocks) {
        const ModelRef<ThreadLockModel> Lock{Ref, &M};
        for (const std::string &Name : M.Types)
          Type(Name).ThreadLock = Lock;
        for (const std::string &Name : M.Guards)
          Type(Name).ThreadGuard = Lock;
        for (const std::string &Name : M.DeferredBy)
          Type(Name).Defers = Lock;
        for (const std::string &Name : M.TriedBy)
          Type(Name).Tries = Lock;
        for (const std::string &Name : M.AdoptedBy)
          Type(Name).Adopts = Lock;
        for (const std::string &Name : M.Acquire)
          Function(Name).Acquires = Lock;
        for (const std::string &Name : M.Try)
          Function(Name).TriesToAcquire = Lock;
        for (const std::string &Name : M.Release)
          Function(Name).Releases = Lock;
      }
      for (const ThreadScopeModel &M : L.ThreadScopes)
        for (const std::string &Name : M.Types)
          Type(Name).ThreadScope = {Ref, &M};
      for (const ContainerModel &M : L.Containers) {
        for (const std::string &Name : M.Types)
          Type(Name).Container = {Ref, &M};
        for (const std::string &Name : M.Adding)
          AddingNames.insert(Name);
      }
      for (const ThreadAffineModel &M : L.ThreadAffine)
        for (const std::string &Name : M.Types)
          Type(Name).ThreadAffine = {Ref, &M};
      if (L.Cancellation) {
        for (const std::string &Name : L.Cancellation->Tokens)
          Type(Name).CancellationToken = Ref;
        for (const std::string &Name : L.Cancellation->Sources)
          Type(Name).CancellationSource = Ref;
        for (const UncancellableModel &M : L.Cancellation->Uncancellable)
          for (const std::string &Name : M.Functions)
            Function(Name).Uncancellable = {Ref, &M};
        for (const OwnErrorsModel &M : L.Cancellation->OwnErrors)
          for (const std::string &Name : M.Functions)
            Function(Name).OwnErrors = {Ref, &M};
      }
      for (const std::string &Name : L.NeverSuspends)
        Type(Name).NeverSuspends = Ref;
      for (const std::string &Name : L.EndsCoroutine)
        Function(Name).EndsCoroutine = true;
      for (const std::string &Name : L.ResumesWaiters)
        Function(Name).ResumesWaiters = true;
      for (const std::string &Name : L.Views)
        Type(Name).View = Ref;
      for (const std::string &Name : L.Delegates)
        Type(Name).Delegate = Ref;
      for (const std::string &Name : L.Owners)
        Type(Name).Owner = Ref;
      for (const std::string &Name : L.Cleanups)
        Type(Name).Cleanup = Ref;
      if (!L.FutureToken.empty())
        Type(L.FutureToken).FutureToken = Ref;
      for (const std::string &Name : L.ErrorCodes)
        Type(Name).ErrorCode = Ref;
    }
}

static std::vector<const LibraryModel *> builtinLibraries() {
  std::vector<const LibraryModel *> All;
  for (const LibraryModel &L : builtinModels())
    All.push_back(&L);
  return All;
}

const ModelIndex &ModelIndex::builtin() {
  static const ModelIndex Index(builtinLibraries());
  return Index;
}

llvm::Expected<const ModelIndex *>
ModelIndex::with(llvm::ArrayRef<std::string> Files) {
  if (Files.empty())
    return &builtin();
  struct Loaded {
    std::deque<LibraryModel> Own;
    std::unique_ptr<ModelIndex> Index;
    std::string Problems;
  };
  static std::mutex Lock;
  static std::map<std::vector<std::string>, Loaded> Cache;
  std::lock_guard Guard(Lock);
  auto [It, New] = Cache.try_emplace(Files.vec());
  Loaded &L = It->second;
  if (New) {
    std::vector<const LibraryModel *> All = builtinLibraries();
    for (const std::string &File : Files) {
      auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
      if (!Buffer) {
        L.Problems += "can't read model '" + File +
                      "': " + Buffer.getError().message() + "\n";
        continue;
      }
      auto Model = parseModel((*Buffer)->getMemBufferRef());
      if (!Model) {
        L.Problems += toString(Model.takeError()) + "\n";
        continue;
      }
      llvm::erase_if(All, [&](const LibraryModel *Other) {
        return Other->Library == Model->Library;
      });
      All.push_back(&L.Own.emplace_back(std::move(*Model)));
    }
    L.Index = std::make_unique<ModelIndex>(std::move(All));
  }
  if (!L.Problems.empty())
    return llvm::createStringError(llvm::StringRef(L.Problems).rtrim());
  return L.Index.get();
}

std::string async_tidy::findAbove(llvm::StringRef File,
                                  llvm::StringRef MainFile) {
  llvm::SmallString<256> Folder(llvm::sys::path::parent_path(MainFile));
  llvm::sys::fs::make_absolute(Folder);
  if (!llvm::sys::path::is_absolute(File))
    for (llvm::StringRef At = Folder; !At.empty();
         At = llvm::sys::path::parent_path(At)) {
      llvm::SmallString<256> Path(At);
      llvm::sys::path::append(Path, File);
      if (llvm::sys::fs::exists(Path))
        return Path.str().str();
    }
  return File.str();
}

std::vector<std::string> async_tidy::modelFiles(llvm::StringRef Option,
                                                llvm::StringRef MainFile) {
  std::vector<std::string> Files;
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Option.split(Parts, ';', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Part : Parts)
    Files.push_back(findAbove(Part.trim(), MainFile));
  return Files;
}

bool ModelIndex::hasFunctionNamed(llvm::StringRef Unqualified) const {
  return FunctionNames.contains(Unqualified) ||
         llvm::any_of(Patterns, [&](const Pattern &P) {
           return P.Last.match(Unqualified);
         });
}

const FunctionModel *ModelIndex::function(llvm::StringRef Name) const {
  auto It = Functions.find(Name);
  return It == Functions.end() ? nullptr : &It->second;
}

llvm::SmallVector<const FunctionModel *, 1>
ModelIndex::patterns(llvm::StringRef Name) const {
  llvm::SmallVector<const FunctionModel *, 1> Fitting;
  for (const Pattern &P : Patterns)
    if (P.Whole.match(Name))
      Fitting.push_back(&P.Model);
  return Fitting;
}

const TypeModel *ModelIndex::type(llvm::StringRef Name) const {
  auto It = Types.find(Name);
  return It == Types.end() ? nullptr : &It->second;
}

LibraryRef ModelIndex::libraryOf(llvm::StringRef Namespace) const {
  return Namespaces.lookup(Namespace);
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

/// The last component of the name of \p D, where it has one that models use.
static std::string unqualifiedName(const NamedDecl *D) {
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(D))
    return Ctor->getParent()->getName().str();
  if (const IdentifierInfo *II = D->getIdentifier())
    return II->getName().str();
  return D->getDeclName().getAsString();
}

/// Whether \p Library is what its namespace means in this file.
bool Models::isHere(LibraryRef Library) {
  if (!Library || Library.Library->Declares.empty() ||
      Recognized.contains({Library.Library, Library.Namespace}))
    return true;
  // Not remembered: the file may not have been read to its end.
  for (const std::string &Name : Library.Library->Declares)
    if (!findDeclaration(Library.qualify(Name), Ctx))
      return false;
  Recognized.insert({Library.Library, Library.Namespace});
  return true;
}

LibraryRef Models::libraryOf(const NamespaceDecl *NS) {
  auto It = Namespaces.find(NS);
  if (It != Namespaces.end())
    return It->second;
  LibraryRef L = Index.libraryOf(qualifiedName(NS));
  if (L && !isHere(L))
    return {}; // perhaps later
  return Namespaces[NS] = L;
}

LibraryRef Models::libraryAround(const Decl *D) {
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent())
    if (const auto *NS = dyn_cast<NamespaceDecl>(C))
      if (LibraryRef L = libraryOf(NS))
        return L;
  return {};
}

const FunctionModel *Models::lookUp(llvm::StringRef Name) {
  const FunctionModel *Exact = Index.function(Name);
  if (Exact && !isHere(Exact->Library))
    return nullptr;
  // Who names a function, and says what it runs or how it blocks, means it.
  if (Exact && (!Exact->Callables.empty() || !Exact->Blocking.empty()))
    return Exact;
  auto Fitting = Index.patterns(Name);
  llvm::erase_if(Fitting,
                 [&](const FunctionModel *M) { return !isHere(M->Library); });
  if (Exact)
    Fitting.insert(Fitting.begin(), Exact);
  if (Fitting.size() < 2)
    return Fitting.empty() ? nullptr : Fitting.front();
  FunctionModel &M = Merged.emplace_back(*Fitting.front());
  for (const FunctionModel *Other : llvm::drop_begin(Fitting)) {
    M.Blocking.append(Other->Blocking);
    M.ByPattern |= M.Callables.empty() && Other->ByPattern;
    M.Callables.append(Other->Callables);
    M.Hops.append(Other->Hops);
    if (!M.Executor.Model)
      M.Executor = Other->Executor;
    M.Wraps |= Other->Wraps;
    M.AsksThread |= Other->AsksThread;
    M.RunsTests |= Other->RunsTests;
    M.MakesNonblocking |= Other->MakesNonblocking;
    M.BindsExecutor |= Other->BindsExecutor;
    if (!M.Fails)
      M.Fails = Other->Fails;
    M.PassesExceptions |= Other->PassesExceptions;
    M.NeedsError |= Other->NeedsError;
    if (!M.Uncancellable.Model)
      M.Uncancellable = Other->Uncancellable;
    if (!M.OwnErrors.Model)
      M.OwnErrors = Other->OwnErrors;
    M.Closes |= Other->Closes;
    M.Opens |= Other->Opens;
    M.Timeouts.append(Other->Timeouts);
    if (!M.WaitsForPeer)
      M.WaitsForPeer = Other->WaitsForPeer;
  }
  return &M;
}

const FunctionModel *Models::lookUp(const FunctionDecl *FD) {
  FD = FD->getCanonicalDecl();
  auto [It, New] = Functions.try_emplace(FD, nullptr);
  if (!New)
    return It->second;
  if (!Index.hasFunctionNamed(unqualifiedName(FD)))
    return nullptr;
  std::string Name = FD->isExternC() && !FD->isCXXClassMember()
                         ? FD->getName().str()
                         : qualifiedName(FD);
  const FunctionModel *M = lookUp(Name);
  // A global name in a model is a C function; a C++ one, be it in an anonymous
  // namespace, only shares the name, unless the file has what tells a library
  // without a namespace.
  if (M && !FD->isExternC() && !llvm::StringRef(Name).contains("::") &&
      (M->Library.Library->Declares.empty() || !FD->isExternallyVisible()))
    M = nullptr;
  return Functions[FD] = M;
}

/// std::ranges::sort is an object, and what its type is called is the
/// implementation's secret.
const FunctionModel *Models::lookUp(const VarDecl *Object) {
  Object = Object->getCanonicalDecl();
  auto [It, New] = Objects.try_emplace(Object, nullptr);
  // A global name in a model is a C function.
  if (New && Object->isFileVarDecl() && Object->getIdentifier() &&
      !Object->getDeclContext()->getRedeclContext()->isTranslationUnit() &&
      Index.hasFunctionNamed(Object->getName()))
    It->second = lookUp(qualifiedName(Object));
  return It->second;
}

const FunctionModel *Models::function(const Expr *Call) {
  const FunctionDecl *FD = calleeOf(Call);
  if (!FD)
    return nullptr;
  if (const FunctionModel *M = lookUp(FD))
    return M;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
      Op && Op->getOperator() == OO_Call) {
    const auto *Object = dyn_cast_or_null<VarDecl>(namedBy(Op->getArg(0)));
    return Object ? lookUp(Object) : nullptr;
  }
  // std::future::wait may be a member of a base class that only the
  // implementation knows: look for the name that the object's class gives it.
  const auto *MD = dyn_cast<CXXMethodDecl>(FD);
  if (!MD || MD->isStatic() || isa<CXXConstructorDecl>(MD) ||
      !MD->getIdentifier() || !Index.hasFunctionNamed(MD->getName()))
    return nullptr;
  const Expr *Object = objectOf(Call);
  const CXXRecordDecl *RD =
      Object ? recordOf(stripImplicit(Object)->getType()) : nullptr;
  if (!RD || RD->getCanonicalDecl() == MD->getParent()->getCanonicalDecl())
    return nullptr;
  auto [It, New] = Inherited.try_emplace({MD->getCanonicalDecl(), RD}, nullptr);
  if (!New)
    return It->second;
  const FunctionModel *Found = nullptr;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    // Bases beyond the one that declares the function don't matter.
    if (Class->getCanonicalDecl() != MD->getParent()->getCanonicalDecl())
      Found = lookUp(qualifiedName(Class) + "::" + MD->getName().str());
    return Found != nullptr;
  });
  return Inherited[{MD->getCanonicalDecl(), RD}] = Found;
}

const TypeModel *Models::lookUp(const CXXRecordDecl *RD) {
  RD = RD->getCanonicalDecl();
  auto [It, New] = Types.try_emplace(RD, nullptr);
  if (!New)
    return It->second;
  const TypeModel *Found = nullptr;
  if (RD->getIdentifier() && Index.hasTypeNamed(RD->getName()))
    Found = Index.type(qualifiedName(RD));
  if (Found && !isHere(Found->Library))
    Found = nullptr;
  if (!Found)
    if (const CXXRecordDecl *Def = definitionOf(RD))
      for (const CXXBaseSpecifier &Base : Def->bases())
        if (const CXXRecordDecl *BaseRD = recordOf(Base.getType()))
          if ((Found = lookUp(BaseRD)))
            break;
  return Types[RD] = Found;
}

const TypeModel *Models::type(QualType T) {
  if (T.isNull())
    return nullptr;
  T = T.getNonReferenceType();
  if (T->isPointerType())
    return nullptr;
  const CXXRecordDecl *RD = recordOf(T);
  return RD ? lookUp(RD) : nullptr;
}

const ModelRef<BlockingModel> *Models::blocking(const Expr *Call) {
  const FunctionModel *M = function(Call);
  if (!M)
    return nullptr;
  for (const ModelRef<BlockingModel> &Ref : M->Blocking)
    if (matches(*Ref.Model, Ref.Library, Call, Ctx))
      return &Ref;
  return nullptr;
}

LibraryRef Models::failing(const Expr *Call) {
  const FunctionDecl *Callee = calleeOf(Call);
  const FunctionModel *Known = Callee ? function(Call) : nullptr;
  if (!Known || !Known->Fails)
    return {};
  const LibraryRef Library = Known->Fails;
  const std::string Name = qualifiedName(Callee);
  return llvm::any_of(Library.Library->Exceptions->Unless,
                      [&](const std::string &Unless) {
                        return Library.qualify(Unless) == Name;
                      })
             ? LibraryRef()
             : Library;
}

bool Models::instantiates(const NamedDecl *FD) const {
  const IdentifierInfo *Name = FD->getIdentifier();
  const llvm::ArrayRef<std::string> Known =
      Name ? Index.instantiating(Name->getName())
           : llvm::ArrayRef<std::string>();
  return !Known.empty() && llvm::is_contained(Known, qualifiedName(FD));
}

bool Models::isLibraryCode(const Decl *D) {
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation Loc = SM.getExpansionLoc(D->getLocation());
  if (Loc.isInvalid() || SM.isInSystemHeader(Loc))
    return true;
  if (SM.isInMainFile(Loc))
    return false;
  return bool(libraryAround(D));
}
