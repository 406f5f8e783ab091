//===-- Models.h - What models say about declarations -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The async vocabulary, looked up by declaration. A name is spelled out at
/// most once per declaration; every further look-up is one hash probe.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_MODELS_H
#define ASYNC_TIDY_CHECKS_CORE_MODELS_H

#include "core/ModelFile.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/GlobPattern.h"
#include <deque>
#include <set>

namespace async_tidy {

/// What stands behind the last '::' of \p Name.
llvm::StringRef lastComponent(llvm::StringRef Name);

/// A library under one of its namespaces: Asio is one model, and both
/// asio:: and boost::asio::.
struct LibraryRef {
  const LibraryModel *Library = nullptr;
  llvm::StringRef Namespace;

  explicit operator bool() const { return Library; }
  /// \p Name as code outside the namespace writes it.
  std::string qualify(llvm::StringRef Name) const;
  /// \p Text with {ns} replaced by the namespace.
  std::string expand(llvm::StringRef Text) const;
  const RemedyModel *remedy(Category C) const;
};

template <class Entry> struct ModelRef {
  LibraryRef Library;
  const Entry *Model = nullptr;
};

/// Everything that models say about one function name.
struct FunctionModel {
  LibraryRef Library; ///< the first that says something
  llvm::SmallVector<ModelRef<BlockingModel>, 1> Blocking;
  llvm::SmallVector<ModelRef<CallableModel>, 1> Callables;
  llvm::SmallVector<ModelRef<HopModel>, 1> Hops;
  /// Returns an executor of this kind.
  ModelRef<ExecutorModel> Executor;
  /// Tells which thread it is that calls it.
  bool AsksThread = false;
  /// Calls the slots of the object that it is given, which is a test.
  bool RunsTests = false;
  /// Returns a callable that runs the one which it is given.
  bool Wraps = false;
  /// Some entry's nonblocking-after names this function.
  bool MakesNonblocking = false;
  /// Locks a mutex of threads, locks it if it returns true, unlocks it.
  ModelRef<ThreadLockModel> Acquires, TriesToAcquire, Releases;
  /// Is awaited to get a lock of coroutines, gives one back.
  ModelRef<LockModel> AwaitedLock, GivesBack;
  /// Makes what ends the coroutine that awaits or yields it.
  bool EndsCoroutine = false;
  /// Resumes who waits for its object before it returns.
  bool ResumesWaiters = false;
  /// Some hop's bound-by names this function.
  bool BindsExecutor = false;
  /// The library whose operation it is that throws when it fails.
  LibraryRef Fails;
  /// Returns what keeps this scope from being closed.
  ModelRef<ScopeModel> Holds;
  /// Is awaited to wait for a condition, wakes those who wait for one, makes
  /// one of its object.
  ModelRef<ConditionModel> AwaitsCondition, Notifies, MakesCondition;
  /// Is awaited to let some time pass, or to let others run.
  LibraryRef Delays, Yields;
  /// Ends a wait when it has taken too long.
  llvm::SmallVector<ModelRef<TimeoutModel>, 1> Timeouts;
  /// Is awaited until a peer has answered.
  LibraryRef WaitsForPeer;
  /// Calls what it is given with the result of its object.
  LibraryRef Continues;
  /// Some scope's close names this function, or its opened-by.
  bool Closes = false, Opens = false;
  /// What it returns throws what that throws which it is given.
  bool PassesExceptions = false;
  /// Its argument has to be an error that has happened.
  bool NeedsError = false;
  /// Its await can't be told to stop.
  ModelRef<UncancellableModel> Uncancellable;
  /// It reports cancellation in a way of its own.
  ModelRef<OwnErrorsModel> OwnErrors;
  /// It was not named: a pattern fits its name.
  bool ByPattern = false;
};

/// Everything that models say about one type name.
struct TypeModel {
  LibraryRef Library; ///< the first that says something
  ModelRef<TaskModel> Task;
  ModelRef<ExecutorModel> Executor;
  ModelRef<HopModel> Hop;
  ModelRef<LockModel> Lock;
  ModelRef<LockModel> Guard;
  ModelRef<ThreadLockModel> ThreadLock, ThreadGuard;
  /// What a guard does that is made with an argument of this type.
  ModelRef<ThreadLockModel> Defers, Tries, Adopts;
  ModelRef<ThreadScopeModel> ThreadScope;
  ModelRef<ScopeModel> Scope;
  ModelRef<ContainerModel> Container;
  ModelRef<ThreadAffineModel> ThreadAffine;
  ModelRef<ReferenceCountedModel> ReferenceCounted;
  LibraryRef CancellationToken;
  LibraryRef CancellationSource;
  LibraryRef NeverSuspends;
  /// Its destructor waits for other threads.
  LibraryRef Joins;
  ModelRef<ScopeModel> ScopeGuard;
  LibraryRef View;
  LibraryRef Delegate;
  LibraryRef Owner;
  LibraryRef Cleanup;
  LibraryRef FutureToken;
  LibraryRef ErrorCode;
  /// The object of somebody else's code; what coroutines return whose
  /// exceptions end the program.
  LibraryRef Proxy, Fatal;
  /// A coroutine with such a parameter goes on when its task is dropped.
  LibraryRef KeepsWork;
};

/// All loaded models, indexed by name. AST-free and immutable.
class ModelIndex {
public:
  explicit ModelIndex(std::vector<const LibraryModel *> Libraries);

  /// The models that are part of the program.
  static const ModelIndex &builtin();

  /// These and those in \p Files, which take the place of built-in ones with
  /// the same name. Each combination is loaded once per process. Fails with
  /// what is wrong in the files, one problem per line.
  static llvm::Expected<const ModelIndex *>
  with(llvm::ArrayRef<std::string> Files);

  /// The function called \p QualifiedName.
  const FunctionModel *function(llvm::StringRef QualifiedName) const;
  /// What the patterns say that fit \p QualifiedName.
  llvm::SmallVector<const FunctionModel *, 1>
  patterns(llvm::StringRef QualifiedName) const;
  const TypeModel *type(llvm::StringRef QualifiedName) const;
  /// Whether any model's function ends in this name.
  bool hasFunctionNamed(llvm::StringRef Unqualified) const;
  /// Those of the functions whose name ends in \p Unqualified that instantiate
  /// their users' templates.
  llvm::ArrayRef<std::string> instantiating(llvm::StringRef Unqualified) const {
    auto It = Instantiating.find(Unqualified);
    return It == Instantiating.end() ? llvm::ArrayRef<std::string>()
                                     : llvm::ArrayRef(It->second);
  }
  bool isDeathTest(llvm::StringRef Macro) const {
    return DeathTests.contains(Macro);
  }
  /// Whether a member function marked with \p Macro is called by an event loop.
  bool isHandlerMark(llvm::StringRef Macro) const {
    return Handlers.contains(Macro);
  }
  bool hasTypeNamed(llvm::StringRef Unqualified) const {
    return TypeNames.contains(Unqualified);
  }
  /// Whether a container's member of this name adds elements, and removes
  /// none.
  bool isAdding(llvm::StringRef Member) const {
    return AddingNames.contains(Member);
  }
  /// What conventions say of the names in the users' own code: whether a class
  /// is a lock, whether a member looks something up, takes something away, or
  /// ends what its object is there for.
  bool isLockName(llvm::StringRef Class) const;
  bool isFinderName(llvm::StringRef Member) const;
  bool isRemoverName(llvm::StringRef Member) const;
  bool isEnderName(llvm::StringRef Member) const {
    return Enders.contains(Member);
  }
  bool isWeakName(llvm::StringRef Class) const;
  /// Whether an exception of class \p Class says that something took too long.
  bool isTimeoutName(llvm::StringRef Class) const;
  /// Whether a member called so counts one more, or one less, that is not done.
  bool isCounterName(llvm::StringRef Member) const {
    return Counters.contains(Member.lower());
  }
  bool isUncounterName(llvm::StringRef Member) const {
    return Uncounters.contains(Member.lower());
  }
  /// Whether a word of the function's name says that it ends a connection.
  bool isFarewellName(llvm::StringRef Function) const;
  /// Whether a function called so logs what only developers look for.
  bool isQuietName(llvm::StringRef Function) const {
    return Quiet.contains(Function);
  }
  /// Whether the message of an exception says that a function has not been
  /// written, or is not there for this.
  bool saysUnwritten(llvm::StringRef Message) const;
  /// Names of members that give the error which an object may hold.
  llvm::ArrayRef<std::string> errorMembers() const { return Errors; }
  /// Whether a function called \p Name is the async form of one called \p Of.
  bool isAsyncFormOf(llvm::StringRef Name, llvm::StringRef Of) const;
  /// The library whose code lives in namespace \p Name, if any. The standard
  /// library and the global namespace are everybody's.
  LibraryRef libraryOf(llvm::StringRef Namespace) const;
  llvm::ArrayRef<const LibraryModel *> libraries() const { return Libraries; }

private:
  /// A name with '*', which stands for any characters.
  struct Pattern {
    std::string Text; ///< what the globs refer to
    llvm::GlobPattern Whole, Last;
    FunctionModel Model;
  };

  std::vector<const LibraryModel *> Libraries;
  std::deque<Pattern> Patterns;
  llvm::StringMap<FunctionModel> Functions;
  llvm::StringMap<TypeModel> Types;
  llvm::StringMap<LibraryRef> Namespaces;
  llvm::StringSet<> FunctionNames, TypeNames, DeathTests, AddingNames, Handlers;
  /// By the last component of their names.
  llvm::StringMap<llvm::SmallVector<std::string, 1>> Instantiating;
  llvm::StringSet<> Finders, Removers, Enders, Farewells, Quiet, Counters,
      Uncounters;
  std::vector<llvm::GlobPattern> LockNames, WeakNames, TimeoutNames;
  std::vector<std::string> Errors, Unwritten;
  std::vector<llvm::StringRef> AsyncNames;
};

/// Where \p File is that an option names, for \p MainFile: relative names are
/// looked for in the folder of that file and those above it, as .clang-tidy is.
/// What is found nowhere is returned as it is.
std::string findAbove(llvm::StringRef File, llvm::StringRef MainFile);

/// The files that option async.Models names for \p MainFile: separated by ';',
/// each as \c findAbove finds it.
std::vector<std::string> modelFiles(llvm::StringRef Option,
                                    llvm::StringRef MainFile);

/// The models as they apply to the declarations of one translation unit.
class Models {
public:
  Models(const ModelIndex &Index, clang::ASTContext &Ctx)
      : Index(Index), Ctx(Ctx) {}

  /// What is known of the function that \p Call calls; null when nothing is.
  const FunctionModel *function(const clang::Expr *Call);

  /// What is known of \p T, or of a class that it derives from.
  const TypeModel *type(clang::QualType T);
  const TypeModel *type(const clang::CXXRecordDecl *RD) { return lookUp(RD); }

  /// The entry that says that \p Call blocks, every predicate considered but
  /// nonblocking-after, which takes the whole file; null when none does or a
  /// predicate can't be decided.
  const ModelRef<BlockingModel> *blocking(const clang::Expr *Call);

  /// The library whose code lives in namespace \p NS; null when it is nobody's,
  /// or not that library's here.
  LibraryRef libraryOf(const clang::NamespaceDecl *NS);

  /// The library whose namespace \p D is in, if any.
  LibraryRef libraryAround(const clang::Decl *D);

  /// Whether \p D belongs to a modelled library, which is known by its model
  /// and never by its code.
  bool isLibraryCode(const clang::Decl *D);

  /// The library of the operation that \p Call starts, if its models say that
  /// it may fail by itself, and not only when somebody ends it.
  LibraryRef failing(const clang::Expr *Call);

  /// Whether \p FD, of a library, instantiates its users' templates.
  bool instantiates(const clang::NamedDecl *FD) const;

  const ModelIndex &index() const { return Index; }

private:
  bool isHere(LibraryRef Library);
  const FunctionModel *lookUp(llvm::StringRef QualifiedName);
  const FunctionModel *lookUp(const clang::FunctionDecl *FD);
  const FunctionModel *lookUp(const clang::VarDecl *Object);
  const TypeModel *lookUp(const clang::CXXRecordDecl *RD);

  const ModelIndex &Index;
  clang::ASTContext &Ctx;
  llvm::DenseMap<const clang::FunctionDecl *, const FunctionModel *> Functions;
  llvm::DenseMap<
      std::pair<const clang::FunctionDecl *, const clang::CXXRecordDecl *>,
      const FunctionModel *>
      Inherited;
  llvm::DenseMap<const clang::VarDecl *, const FunctionModel *> Objects;
  /// Libraries that have been recognized by what they declare.
  std::set<std::pair<const LibraryModel *, llvm::StringRef>> Recognized;
  /// Where several patterns fit a name.
  std::deque<FunctionModel> Merged;
  llvm::DenseMap<const clang::CXXRecordDecl *, const TypeModel *> Types;
  llvm::DenseMap<const clang::NamespaceDecl *, LibraryRef> Namespaces;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_MODELS_H
