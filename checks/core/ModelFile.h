//===-- ModelFile.h - The schema of a library model -------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a model file (checks/models/*.yaml) can say about a library, and the
/// loader that reads and validates one. docs/models.md describes the format.
/// Nothing here knows an AST.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_MODELFILE_H
#define ASYNC_TIDY_CHECKS_CORE_MODELFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// Why a function blocks. Decides which check reports it, and which remedy of
/// the coroutine's own library is shown.
enum class Category {
  Sleep,          ///< suspends the thread for a time
  Wait,           ///< waits for other work: a future, a thread, a condition
  EventLoop,      ///< runs an event loop, or waits for what one waits for
  File,           ///< opens, reads or writes a file
  FileSystem,     ///< walks or changes the file system
  Network,        ///< waits for a peer
  NameResolution, ///< asks a name server
  Process,        ///< runs or waits for another process
  Terminal,       ///< waits for somebody to type
  Computation,    ///< keeps the processor busy for long
};
inline constexpr unsigned NumCategories = unsigned(Category::Computation) + 1;

/// The word that models and options use for \p C.
llvm::StringRef categoryName(Category C);

/// A condition on one argument of a call.
struct ArgumentPredicate {
  enum Kind {
    Zero,          ///< a constant zero, a null pointer, a zero duration
    NonZero,       ///< a constant that is none of these, such as true
    PointerToZero, ///< the address of a variable that holds nothing but zero
    Temporary,     ///< what a call returned, used where it was called
  };
  /// Counted from 1; 0 is the object of a member call.
  unsigned Argument = 0;
  std::optional<Kind> Is;
  /// The argument, or what the code stores in the variable that it names,
  /// mentions this macro or enumerator, as in MSG_DONTWAIT.
  std::string Has;
  /// The argument is this variable, as in std::cin.
  std::string Names;
  /// The argument's type is this class, or derives from it.
  std::string Type;
  /// The argument is, or begins with, a string literal that begins with one of
  /// these, as in "/proc/".
  std::vector<std::string> StartsWith;
  /// The argument is a local variable that holds the result of one of these
  /// functions, called without mentioning the name in Without, which no
  /// function of the project is given a chance to change.
  std::vector<std::string> From;
  std::string Without;
  /// Nor with a first argument that starts with one of these.
  std::vector<std::string> UnlessStartsWith;
};

/// Functions that block the thread which calls them.
struct BlockingModel {
  std::vector<std::string> Functions;
  Category Why = Category::Wait;
  /// Completes "'f' blocks ...: " as in "it reads a file".
  std::string Does;
  /// What to do instead; empty for the remedy of the coroutine's library.
  std::string Instead;
  /// The name of the operation that suspends instead of blocking; {name} is
  /// the function's own. Takes the same arguments and the library's token.
  std::string AsyncName;
  /// Turns the arguments of a sleep into a duration; {1} is the first one.
  std::string Duration;
  std::optional<unsigned> MinArguments, MaxArguments;
  std::vector<ArgumentPredicate> When, Unless;
  /// Functions after which the object (or first argument) no longer blocks.
  std::vector<std::string> NonblockingAfter;
  /// Functions that a function tries first, so that this call is its last
  /// resort.
  std::vector<std::string> LastResortAfter;
  /// The argument that a coroutine awaits instead of making this call, counted
  /// from 1; 0 is the object of a member call.
  std::optional<unsigned> AwaitInstead;
  /// On a stackful thread of the library it suspends that, and blocks nobody.
  bool AllowedInFibers = false;
  /// It is the destructor of what it returns that blocks.
  bool WhenDiscarded = false;
};

/// What becomes of the work when the object that stands for it is dropped.
enum class Dropped { NeverRuns, Detaches, Cancels };

/// What becomes of an exception that leaves detached work.
enum class Fate {
  Unsaid,
  Lost,       ///< nobody ever learns of it
  Terminates, ///< it ends the program
};

/// Types that stand for work in progress: somebody has to await them.
struct TaskModel {
  std::vector<std::string> Types;
  bool Lazy = true;
  Dropped WhenDropped = Dropped::NeverRuns;
  /// Dropping the object of work that goes on is how the library's users say
  /// that nobody waits for it.
  bool Discardable = false;
  /// It may be awaited more than once.
  bool AwaitedAgain = false;
  /// It has to be awaited in the expression that makes it.
  bool InPlace = false;
  /// Members that take out what an object stands for, and leave it with
  /// nothing; 'operator co_await' where awaiting a variable does so.
  std::vector<std::string> ConsumedBy;
  /// Functions that return one whose work has ended.
  std::vector<std::string> ReadyFrom;
  /// Types of parameters of a coroutine with which it goes on when its object
  /// is dropped.
  std::vector<std::string> GoesOnWith;
  /// What becomes of an exception that leaves it, where nobody can get at it.
  Fate Exceptions = Fate::Unsaid;
  /// How to start it where it can't be awaited, as in "co_spawn it".
  std::string Spawn;
};

/// How a function runs the callable, or the task, that it is given.
enum class Runs {
  Here,     ///< before it returns, on the calling thread
  Thread,   ///< on a thread made for it, or a pool where blocking is fine
  Executor, ///< on the executor that an argument names
  Loop,     ///< on an event loop
  Fiber,    ///< on a stackful thread, which an event loop runs
  Stored,   ///< some time later, somewhere
};

/// What becomes of the work that a function starts.
enum class Work {
  Unsaid,
  Detached, ///< nobody waits for it
  Scoped,   ///< an object waits for it, which is the function's own
  Returned, ///< what the function returns stands for it
};

/// When a callable dies that is given to a function which does not keep it.
enum class Callable {
  Unsaid,
  Dropped,  ///< when it has returned
  Borrowed, ///< when the argument does: the function has no copy of it
};

/// Functions that are given a callable or a task to run.
struct CallableModel {
  std::vector<std::string> Functions;
  Runs How = Runs::Here;
  /// Which arguments it runs, counted from 1; all, when it is empty.
  std::vector<unsigned> Arguments;
  /// Which argument names the executor, counted from 1; 0 is the object of a
  /// member call.
  unsigned ExecutorArgument = 1;
  /// What people call such a callable.
  std::string As = "callback";
  Work Of = Work::Unsaid;
  /// It runs the callable only once in the life of the program.
  bool Once = false;
  /// It keeps the callable alive until the task that this returns has ended.
  bool KeepsCallable = false;
  Callable Closure = Callable::Unsaid;
  /// On another thread than the one that calls the function, as a rule.
  bool Elsewhere = false;
  /// What the callable returns is thrown away.
  bool DropsResult = false;
  /// It calls the callable again when what that returned has ended.
  bool Repeats = false;
  /// What becomes of an exception that leaves the work, where nobody waits for
  /// it: where one of these types, a completion token, says so; or where there
  /// is none and what the function returns is dropped.
  Fate Exceptions = Fate::Unsaid;
  std::vector<std::string> DetachedBy;
};

/// Whether blocking is fine on the threads of an executor.
enum class BlockingAllowed {
  Yes,
  No,
  WithoutIO, ///< where no I/O object is made with it, nobody can tell
  Depends,   ///< it can be made of either
};

/// Executors and execution contexts: of these types, or returned by these
/// functions.
struct ExecutorModel {
  std::vector<std::string> Types, Functions;
  BlockingAllowed Allowed = BlockingAllowed::Yes;
};

/// Where a coroutine goes on after a hop.
enum class HopTo {
  Executor, ///< on the executor that an argument, or the object, names
  Blocking, ///< where blocking is fine
  Loop,     ///< on an event loop
  Unknown,
};

/// Functions or types whose await moves the coroutine to another executor.
struct HopModel {
  std::vector<std::string> Functions, Types;
  HopTo To = HopTo::Executor;
  /// Which argument names the executor, counted from 1; 0 is the object of a
  /// member call.
  unsigned ExecutorArgument = 0;
  /// The function that binds the executor to the completion token.
  std::string BoundBy;
  /// It lasts until the next operation of the library is awaited, and not for
  /// good.
  bool UntilSuspension = false;
};

/// Locks that a coroutine awaits instead of blocking its thread.
struct LockModel {
  std::vector<std::string> Types;
  /// Members and functions that are awaited to get the lock, that give it
  /// back, and the types of objects that do so in their destructor.
  std::vector<std::string> Acquire, Release, Guards;
};

/// Locks that block the thread which wants them, where their code does not
/// tell.
struct ThreadLockModel {
  /// Mutexes, and types of objects that give one back in their destructor.
  std::vector<std::string> Types, Guards;
  /// Functions that lock, that try to, and that unlock, and which argument the
  /// mutex is, counted from 1; 0 is the object of a member call.
  std::vector<std::string> Acquire, Try, Release;
  unsigned Argument = 0;
  /// Types of arguments with which a guard is made that does not hold its mutex
  /// yet, may hold it, or takes over one that is locked.
  std::vector<std::string> DeferredBy, TriedBy, AdoptedBy;
};

/// Objects whose effect is on the thread for as long as they exist.
struct ThreadScopeModel {
  std::vector<std::string> Types;
  /// Completes "'guard' exists while ...: ".
  std::string Because;
};

/// Objects that own tasks, or other work, and have to be closed or joined
/// before they are destroyed.
struct ScopeModel {
  std::vector<std::string> Types;
  std::vector<std::string> Close;
  /// Functions that return, or make, an object which keeps it open, and the
  /// types of these objects.
  std::vector<std::string> Hold, Guards;
  /// Functions after which one has to be closed; its construction, when it is
  /// empty.
  std::vector<std::string> Opened;
};

/// Conditions that coroutines wait for, and that don't remember who told them
/// when nobody waited.
struct ConditionModel {
  /// Functions that are awaited to wait for one.
  std::vector<std::string> Wait;
  /// Functions that wake those who wait, and do nothing where nobody does.
  std::vector<std::string> Notify;
  /// Functions that make one of the object, when an argument of theirs is the
  /// end of time; empty for what is never anything else.
  std::vector<std::string> Forever;
};

/// Classes whose objects may be gone as soon as nobody refers to them.
struct ReferenceCountedModel {
  std::vector<std::string> Types;
  /// How a member function takes a reference to its own object.
  std::string Self;
  /// References don't keep it: its owner deletes it when that likes to.
  bool Owned = false;
};

/// What still refers to the elements of a container when one is added.
enum class Stable { Nothing, References, Iterators };

/// Objects that own their elements.
struct ContainerModel {
  std::vector<std::string> Types;
  Stable OnAdding = Stable::Nothing;
  /// Members that add elements and remove none. Containers that no model names
  /// are expected to call theirs so, too.
  std::vector<std::string> Adding;
};

/// Objects that belong to the thread that made them.
struct ThreadAffineModel {
  std::vector<std::string> Types;
  std::string Because;
};

/// How a cancellation gets from a coroutine to one that it awaits.
enum class Travels { Unsaid, Parameter, Ambient };

/// Functions whose await can't be told to stop.
struct UncancellableModel {
  std::vector<std::string> Functions;
  /// What waits for the same and can be, as text.
  std::string Instead;
};

/// Functions that report cancellation in a way of their own.
struct OwnErrorsModel {
  std::vector<std::string> Functions;
  std::vector<std::string> Errors;
};

/// Functions that end a wait when it has taken too long.
struct TimeoutModel {
  std::vector<std::string> Functions;
  /// Which argument is the work that they wait for, counted from 1; 0 is the
  /// object. None, when they themselves wait, or only say how long somebody
  /// else may.
  std::optional<unsigned> Of;
  /// Which argument says how long, or until when.
  unsigned Limit = 1;
  /// The exceptions, or the values of error codes, that say so.
  std::vector<std::string> Throws, Errors;
  /// Names of values that people take for these.
  std::vector<std::string> Mistaken;
  /// It has not ended before the work has, which is told to stop: functions,
  /// and types, whose await does not listen.
  std::vector<std::string> Deaf;
  /// Functions whose result is lost when it comes too late.
  std::vector<std::string> Loses;
  /// What does not lose it, as text.
  std::string Instead;
};

/// How cancellation reaches a coroutine of this library.
struct CancellationModel {
  /// The exceptions that say so.
  std::vector<std::string> Exceptions;
  /// The values of error codes that say so.
  std::vector<std::string> Errors;
  /// It unwinds the coroutine on a channel of its own, which no handler sees.
  bool Stopped = false;
  std::vector<OwnErrorsModel> OwnErrors;
  /// Types that ask whether to stop, and types that say so.
  std::vector<std::string> Tokens, Sources;
  /// Their members that ask, and that say so.
  std::vector<std::string> AskedBy, RequestedBy;
  /// A token refers to its source, which has to live as long as what listens.
  bool TokensRefer = false;
  std::vector<UncancellableModel> Uncancellable;
  Travels How = Travels::Unsaid;
  /// Functions that keep cancellation from what they are given.
  std::vector<std::string> Shields;
  /// Every later await throws again, until the coroutine ends.
  bool Repeats = false;
  /// Names whose use in a handler shows that it tells cancellation apart.
  std::vector<std::string> Mentions;
  /// Names of completion tokens, or functions that make one, with which an
  /// operation returns its error instead of throwing it.
  std::vector<std::string> ErrorAsValue;
  /// Functions that change how the coroutine which awaits them is cancelled.
  std::vector<std::string> ChangedBy;
  /// What a handler should do, as text.
  std::string Instead;
};

/// How operations of this library fail, and who gets to know.
struct ExceptionModel {
  /// Functions whose await throws when they fail, and those of them whose
  /// failure is no news.
  std::vector<std::string> ThrownBy, Unless;
  /// What they throw; empty when that can be anything.
  std::vector<std::string> Classes;
  /// Functions that return work which fails when that does which they are
  /// given.
  std::vector<std::string> PassedOnBy;
  /// Classes whose members are calls of somebody else's code, and throw when
  /// these fail, unless they are noexcept.
  std::vector<std::string> Proxies;
  /// Types of coroutines that nobody can await, and that end the program when
  /// an exception leaves them.
  std::vector<std::string> Fatal;
  /// Functions whose argument has to be an error that has happened.
  std::vector<std::string> NeedsError;
  /// What to do where nobody gets to know, as text.
  std::string Instead;
};

/// The library's own way to do without blocking.
struct RemedyModel {
  Category For = Category::Wait;
  std::string Text;
  /// The same for a callback, which can't await.
  std::string InCallback;
  /// A replacement of the blocking expression; {duration} is what the
  /// function's Duration says. Empty when there is no safe one.
  std::string Fix;
};

/// What people call their own classes and members, which no model names.
struct ConventionModel {
  /// Names of classes that keep others out, in lower case; '*' stands for any
  /// characters.
  std::vector<std::string> Locks;
  /// First words of names of members, in lower case: that look up what may not
  /// be there, and that take something away.
  std::vector<std::string> Finders, Removers;
  /// Names of members that end what an object is there for before its
  /// destructor does.
  std::vector<std::string> Enders;
  /// Names of classes whose pointers keep nothing alive, in lower case; '*'
  /// stands for any characters.
  std::vector<std::string> Weak;
  /// Names of members that give the error which an object holds.
  std::vector<std::string> Errors;
  /// Names of members of what counts unfinished work, in lower case: that count
  /// one more, and that count one less.
  std::vector<std::string> Counters, Uncounters;
  /// Words in names of functions that end a connection, whose own failure
  /// changes nothing any more.
  std::vector<std::string> Farewells;
  /// Names of functions that log what only developers look for.
  std::vector<std::string> Quiet;
  /// Words in the messages of exceptions, in lower case, which say that a
  /// function has not been written, or is not there for this.
  std::vector<std::string> Unwritten;
  /// Names of classes, in lower case, whose exceptions say that something took
  /// too long; '*' stands for any characters.
  std::vector<std::string> Timeouts;
  /// Names of functions that are the async form of another one; '*' stands for
  /// the other's name.
  std::vector<std::string> AsyncNames;
};

/// Macros that a release of the library's headers fails to set with clang.
struct CompatibilityModel {
  /// Applies where this macro is defined, as a header's include guard is,
  std::string Defined;
  /// and none of these, when a file did not parse.
  std::vector<std::string> Undefined;
  /// Definitions for the command line, as in NAME=1.
  std::vector<std::string> Define;
  std::string Because;
};

/// One library: everything that its file says.
struct LibraryModel {
  std::string Library;
  std::string Title;
  /// Where its names live; a name in the file is looked up in each. Names
  /// that start with '::' are complete.
  std::vector<std::string> Namespaces;
  /// Names by which it is told from another library with such a namespace.
  std::vector<std::string> Declares;
  std::vector<TaskModel> Tasks;
  std::vector<BlockingModel> Blocking;
  std::vector<CallableModel> Callables;
  std::vector<ExecutorModel> Executors;
  /// Functions that return a callable, which runs the one they are given.
  std::vector<std::string> Wrappers;
  std::vector<HopModel> Hops;
  std::vector<std::string> NeverSuspends;
  /// Functions that return what ends the coroutine that awaits or yields it.
  std::vector<std::string> EndsCoroutine;
  /// Functions that resume who waits for the object before they return.
  std::vector<std::string> ResumesWaiters;
  /// Types whose objects refer to memory that another object owns.
  std::vector<std::string> Views;
  /// Types that hold a callable, and with it its captures, until somebody
  /// takes it back.
  std::vector<std::string> Delegates;
  std::vector<ContainerModel> Containers;
  /// Smart pointers that the object they point to dies with.
  std::vector<std::string> Owners;
  /// Types whose objects do in their destructor what they were made to do.
  std::vector<std::string> Cleanups;
  /// Functions that wait for several tasks at once.
  std::vector<std::string> Combines;
  /// Functions that call what they are given with the result of their object
  /// when that is there, as a coroutine goes on that has awaited it.
  std::vector<std::string> Continuations;
  std::vector<LockModel> Locks;
  std::vector<ThreadLockModel> ThreadLocks;
  std::vector<ThreadScopeModel> ThreadScopes;
  std::vector<ScopeModel> Scopes;
  std::vector<ConditionModel> Conditions;
  /// Functions that are awaited to let some time pass, and those that are
  /// awaited only to let others run.
  std::vector<std::string> Delays, Yields;
  std::vector<TimeoutModel> Timeouts;
  /// Functions that are awaited until a peer has answered, however long that
  /// takes.
  std::vector<std::string> WaitsForPeer;
  /// What a coroutine does to let others run, as text.
  std::string YieldsBy;
  /// Types whose destructor waits for other threads.
  std::vector<std::string> Joins;
  std::vector<ThreadAffineModel> ThreadAffine;
  std::vector<ReferenceCountedModel> ReferenceCounted;
  /// Names of members of the users' classes that, where they return a task of
  /// the library, have to be awaited before the object is destroyed.
  std::vector<std::string> ClosedBy;
  /// Members and friends of what its coroutines can await, beside those that
  /// the language asks for: they make an awaiter of the object.
  std::vector<std::string> AwaitedBy;
  /// A coroutine always goes on on the thread that it was started on.
  bool SingleThreaded = false;
  std::optional<CancellationModel> Cancellation;
  std::optional<ExceptionModel> Exceptions;
  std::vector<RemedyModel> Remedies;
  /// Macros that mark the member functions, behind or before them, which the
  /// event loop calls.
  std::vector<std::string> Handlers;
  /// Macros whose argument runs in a process of its own, which is to die.
  std::vector<std::string> DeathTests;
  /// Functions that call the slots of the object that they are given, which is
  /// a test.
  std::vector<std::string> RunsTests;
  /// Functions whose bodies instantiate their users' templates.
  std::vector<std::string> Instantiates;
  /// The library whose tokens its operations take.
  std::string TokensOf;
  /// Functions that tell which thread it is that calls them.
  std::vector<std::string> AsksThread;
  /// The token that makes an operation awaitable, and names that must be
  /// declared where a fix-it uses it.
  std::string AwaitToken;
  /// The type of the token that makes an operation return a future.
  std::string FutureToken;
  /// The function that makes an await store its error in a variable.
  std::string RedirectError;
  /// The type of that variable.
  std::vector<std::string> ErrorCodes;
  /// Where the coroutine's executor type stands among its template arguments
  /// (counted from 1), and the type that the library's tokens work with: one
  /// that can hold any executor.
  std::optional<unsigned> ExecutorParameter;
  std::string DefaultExecutor;
  std::vector<CompatibilityModel> Compatibility;
  std::optional<ConventionModel> Conventions;
};

/// Reads a model file.
///
/// \returns the model, or an error that names file, line and column of
/// everything that is wrong, one problem per line.
llvm::Expected<LibraryModel> parseModel(llvm::MemoryBufferRef Text);

/// What a model file can say, as Markdown. Made by what reads one.
std::string modelReference();

/// The models that are part of the program, in the order of their file names.
/// Aborts with a message when one is malformed: a broken build, not bad input.
llvm::ArrayRef<LibraryModel> builtinModels();

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_MODELFILE_H
