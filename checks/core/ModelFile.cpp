//===-- ModelFile.cpp - Loading a library model ---------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelFile.h"
#include "core/Embedded.h"
#include "core/ModelSchema.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

LLVM_YAML_IS_FLOW_SEQUENCE_VECTOR(async_tidy::ArgumentPredicate)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::BlockingModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::TaskModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::CallableModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ExecutorModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::HopModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::LockModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ThreadLockModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ThreadScopeModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ScopeModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ContainerModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ThreadAffineModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ReferenceCountedModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RemedyModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::CompatibilityModel)

static constexpr llvm::StringLiteral CategoryNames[] = {
    "sleep",       "wait",       "event-loop",      "file",
    "file-system", "network",    "name-resolution", "process",
    "terminal",    "computation"};
static_assert(std::size(CategoryNames) == NumCategories);

llvm::StringRef async_tidy::categoryName(Category C) {
  return CategoryNames[unsigned(C)];
}

namespace llvm::yaml {

/// Maps a key, and says what it is for where somebody wants to know.
template <class T>
static void need(IO &Y, const char *Key, T &Value, StringRef Meaning) {
  if (auto *Schema = static_cast<SchemaIO *>(Y.getContext()))
    Schema->describe(Meaning);
  Y.mapRequired(Key, Value);
}
template <class T>
static void may(IO &Y, const char *Key, T &Value, StringRef Meaning) {
  if (auto *Schema = static_cast<SchemaIO *>(Y.getContext()))
    Schema->describe(Meaning);
  Y.mapOptional(Key, Value);
}

template <class T>
static void may(IO &Y, const char *Key, std::optional<T> &Value,
                StringRef Meaning) {
  if (!Y.getContext())
    return Y.mapOptional(Key, Value);
  // An optional value can only be read from a document.
  T Present{};
  may(Y, Key, Present, Meaning);
}

template <> struct ScalarEnumerationTraits<Category> {
  static void enumeration(IO &Y, Category &V) {
    for (unsigned I = 0; I != NumCategories; ++I)
      Y.enumCase(V, CategoryNames[I].data(), Category(I));
  }
};

template <> struct ScalarEnumerationTraits<ArgumentPredicate::Kind> {
  static void enumeration(IO &Y, ArgumentPredicate::Kind &V) {
    Y.enumCase(V, "zero", ArgumentPredicate::Zero);
    Y.enumCase(V, "nonzero", ArgumentPredicate::NonZero);
    Y.enumCase(V, "pointer-to-zero", ArgumentPredicate::PointerToZero);
    Y.enumCase(V, "temporary", ArgumentPredicate::Temporary);
  }
};

template <> struct ScalarEnumerationTraits<Dropped> {
  static void enumeration(IO &Y, Dropped &V) {
    Y.enumCase(V, "never-runs", Dropped::NeverRuns);
    Y.enumCase(V, "detaches", Dropped::Detaches);
    Y.enumCase(V, "cancels", Dropped::Cancels);
  }
};

template <> struct ScalarEnumerationTraits<Runs> {
  static void enumeration(IO &Y, Runs &V) {
    Y.enumCase(V, "here", Runs::Here);
    Y.enumCase(V, "thread", Runs::Thread);
    Y.enumCase(V, "executor", Runs::Executor);
    Y.enumCase(V, "loop", Runs::Loop);
    Y.enumCase(V, "fiber", Runs::Fiber);
    Y.enumCase(V, "stored", Runs::Stored);
  }
};

template <> struct ScalarEnumerationTraits<Work> {
  static void enumeration(IO &Y, Work &V) {
    Y.enumCase(V, "detached", Work::Detached);
    Y.enumCase(V, "scoped", Work::Scoped);
    Y.enumCase(V, "returned", Work::Returned);
  }
};

template <> struct ScalarEnumerationTraits<Callable> {
  static void enumeration(IO &Y, Callable &V) {
    Y.enumCase(V, "dropped", Callable::Dropped);
    Y.enumCase(V, "borrowed", Callable::Borrowed);
  }
};

template <> struct ScalarEnumerationTraits<Fate> {
  static void enumeration(IO &Y, Fate &V) {
    Y.enumCase(V, "lost", Fate::Lost);
    Y.enumCase(V, "terminates", Fate::Terminates);
  }
};

template <> struct ScalarEnumerationTraits<BlockingAllowed> {
  static void enumeration(IO &Y, BlockingAllowed &V) {
    Y.enumCase(V, "true", BlockingAllowed::Yes);
    Y.enumCase(V, "false", BlockingAllowed::No);
    Y.enumCase(V, "without-io", BlockingAllowed::WithoutIO);
    Y.enumCase(V, "depends", BlockingAllowed::Depends);
  }
};

template <> struct ScalarEnumerationTraits<Stable> {
  static void enumeration(IO &Y, Stable &V) {
    Y.enumCase(V, "nothing", Stable::Nothing);
    Y.enumCase(V, "references", Stable::References);
    Y.enumCase(V, "iterators", Stable::Iterators);
  }
};

template <> struct ScalarEnumerationTraits<HopTo> {
  static void enumeration(IO &Y, HopTo &V) {
    Y.enumCase(V, "executor", HopTo::Executor);
    Y.enumCase(V, "blocking", HopTo::Blocking);
    Y.enumCase(V, "loop", HopTo::Loop);
    Y.enumCase(V, "unknown", HopTo::Unknown);
  }
};

template <> struct ScalarEnumerationTraits<Travels> {
  static void enumeration(IO &Y, Travels &V) {
    Y.enumCase(V, "parameter", Travels::Parameter);
    Y.enumCase(V, "ambient", Travels::Ambient);
  }
};

namespace {
/// A pair of words for a flag of the structures.
template <const char *No, const char *Yes> struct Either {
  bool Value;
};
constexpr char Eager[] = "eager", Lazy[] = "lazy";
constexpr char Once[] = "once", Again[] = "again";
constexpr char Suspension[] = "suspension", End[] = "end";
} // namespace

template <const char *No, const char *Yes>
struct ScalarEnumerationTraits<Either<No, Yes>> {
  static void enumeration(IO &Y, Either<No, Yes> &V) {
    Y.enumCase(V.Value, Yes, true);
    Y.enumCase(V.Value, No, false);
  }
};

template <> struct MappingTraits<ArgumentPredicate> {
  static void mapping(IO &Y, ArgumentPredicate &P) {
    need(Y, "argument", P.Argument,
         "which one, counted from 1 without default arguments; 0 is the object "
         "of a member function");
    may(Y, "is", P.Is,
        "`zero`: a zero, a null pointer, a duration or a time of zero. "
        "`nonzero`: a constant that is none of these, such as `true`. "
        "`pointer-to-zero`: the address of such a variable, or of a structure "
        "whose members are all zero. `temporary`: the result of a call, used "
        "at the place of that call");
    may(Y, "has", P.Has,
        "mentions this macro or enumerator, itself or through a constant, a "
        "local variable, or a local structure whose address it is");
    may(Y, "names", P.Names, "is this variable");
    may(Y, "type", P.Type,
        "is of this class, or refers or points to one, or to a class that "
        "derives from it");
    may(Y, "starts-with", P.StartsWith,
        "is a string that starts with one of these texts, as far as a string "
        "literal shows that");
    may(Y, "from", P.From,
        "is a local variable that holds the result of one of these functions "
        "and of no other");
    may(Y, "without", P.Without,
        "with `from`: and the function was called without mentioning this "
        "macro or enumerator");
    may(Y, "unless-starts-with", P.UnlessStartsWith,
        "with `from`: and the function's first argument is no string that "
        "starts with one of these texts");
  }
  static std::string validate(IO &, ArgumentPredicate &P) {
    unsigned Said = P.Is.has_value() + !P.Has.empty() + !P.Names.empty() +
                    !P.Type.empty() + !P.StartsWith.empty() + !P.From.empty();
    if (Said != 1)
      return "say exactly one of 'is', 'has', 'names', 'type', 'starts-with', "
             "'from'";
    if (!P.Without.empty() && P.From.empty())
      return "'without' needs 'from'";
    if (!P.UnlessStartsWith.empty() && P.From.empty())
      return "'unless-starts-with' needs 'from'";
    return "";
  }
  static const bool flow = true;
};

template <> struct MappingTraits<BlockingModel> {
  static void mapping(IO &Y, BlockingModel &M) {
    need(Y, "functions", M.Functions, "names");
    need(Y, "category", M.Why, "why it blocks");
    need(Y, "does", M.Does,
         "completes \"'f' blocks the thread ...:\". Starts with \"it\", ends "
         "without a full stop");
    may(Y, "instead", M.Instead,
        "what to do, when that is the same for every coroutine. Without it, "
        "the coroutine's own library gives the answer");
    may(Y, "async", M.AsyncName,
        "the operation that suspends instead, for the fix; `{name}` stands for "
        "the function's own name");
    may(Y, "await-instead", M.AwaitInstead,
        "which argument, counted from 1 (0 is the object), is what a coroutine "
        "awaits instead of making this call, for the fix");
    may(Y, "duration", M.Duration,
        "how long a sleep takes, as an expression of a `std::chrono` duration, "
        "for the fix; `{1}` stands for the first argument");
    may(Y, "min-arguments", M.MinArguments,
        "how many arguments the call is written with, at least");
    may(Y, "max-arguments", M.MaxArguments,
        "how many arguments the call is written with, at most");
    may(Y, "when", M.When, "conditions that have to hold, all of them");
    may(Y, "unless", M.Unless, "conditions of which none may hold");
    may(Y, "nonblocking-after", M.NonblockingAfter,
        "functions that put an object into a mode in which it does not block");
    may(Y, "last-resort-after", M.LastResortAfter,
        "functions that do without blocking where they can: a function that "
        "calls one of these first is not taken to block");
    may(Y, "allowed-in-fibers", M.AllowedInFibers,
        "on a stackful thread of the library, the function suspends that "
        "thread and nothing else");
  }
  static std::string validate(IO &, BlockingModel &M) {
    if (M.Functions.empty())
      return "'functions' names no function";
    if (M.MinArguments && M.MaxArguments && *M.MinArguments > *M.MaxArguments)
      return "'min-arguments' is larger than 'max-arguments'";
    if (!M.Duration.empty() && M.Why != Category::Sleep)
      return "'duration' needs 'category: sleep'";
    for (const std::string &Name : M.Functions)
      if (llvm::is_contained(M.NonblockingAfter, Name))
        return "'" + Name +
               "' is in its own 'nonblocking-after', so its first "
               "call would silence itself";
    return "";
  }
};

template <> struct MappingTraits<TaskModel> {
  static void mapping(IO &Y, TaskModel &M) {
    Either<Eager, Lazy> Start{true};
    Either<Once, Again> Awaited{false};
    need(Y, "types", M.Types, "class names");
    need(Y, "start", Start,
         "`lazy`: the work starts when it is awaited. `eager`: it has started "
         "already");
    may(Y, "dropped", M.WhenDropped,
        "what becomes of the work when its object is destroyed. `never-runs`, "
        "the default, is what happens to lazy work; `cancels` ends eager work, "
        "`detaches` lets it go on");
    may(Y, "discardable", M.Discardable,
        "dropping the object is how the library's users say that nobody waits "
        "for work that goes on");
    may(Y, "awaited", Awaited,
        "`once`, the default, or `again`: the result can be asked for any "
        "number of times");
    may(Y, "in-place", M.InPlace,
        "it has to be awaited in the expression that makes it");
    may(Y, "consumed-by", M.ConsumedBy,
        "members that take out what an object stands for, and leave it with "
        "nothing. `operator co_await` where awaiting a variable does so: that "
        "of a type which can be awaited only behind `std::move` needs no "
        "mention");
    may(Y, "ready-from", M.ReadyFrom,
        "functions that return one whose work has ended");
    may(Y, "goes-on-with", M.GoesOnWith,
        "types of parameters that make a coroutine go on when its object is "
        "dropped, whatever `dropped` says");
    may(Y, "exceptions", M.Exceptions,
        "for a type that nobody can await: what becomes of an exception that "
        "leaves a coroutine of this type. `lost`: nobody ever learns of it. "
        "`terminates`: it ends the program");
    may(Y, "spawn", M.Spawn,
        "what to do with a task in a function that cannot await it; completes "
        "a message");
    M.Lazy = Start.Value;
    M.AwaitedAgain = Awaited.Value;
  }
};

template <> struct MappingTraits<CallableModel> {
  static void mapping(IO &Y, CallableModel &M) {
    need(Y, "functions", M.Functions, "names");
    need(Y, "runs", M.How,
         "`here`: before the function returns, on the same thread. `thread`: "
         "on a thread made for it, or a pool where blocking is fine. "
         "`executor`: on the executor that an argument names. `loop`: on an "
         "event loop. `fiber`: on a stackful thread, which an event loop runs. "
         "`stored`: some time later, somewhere");
    may(Y, "arguments", M.Arguments,
        "which arguments it runs so, counted from 1; all that can be called, "
        "by default");
    may(Y, "executor-argument", M.ExecutorArgument,
        "which one, counted from 1, for `runs: executor`; 1 by default, 0 is "
        "the object");
    may(Y, "as", M.As,
        "what people call such a callable, as in `completion handler`; "
        "`callback` by default");
    may(Y, "work", M.Of,
        "for tasks: `detached`: nobody waits for it. `scoped`: an object waits "
        "for it, which is the function's own. `returned`: what the function "
        "returns stands for it");
    may(Y, "once", M.Once,
        "with `runs: here`: only once in the life of the program");
    may(Y, "keeps-callable", M.KeepsCallable,
        "the callable stays alive until the task that it returns has ended");
    may(Y, "elsewhere", M.Elsewhere,
        "with `runs: loop`: on the event loop of another thread than the "
        "caller's, as a rule");
    may(Y, "closure", M.Closure,
        "when the callable dies instead. `dropped`: when it has returned its "
        "task. `borrowed`: when the argument does, at the end of the "
        "expression, because nobody copies it; that is how `runs: here` is "
        "understood");
    may(Y, "drops-result", M.DropsResult,
        "what the callable returns is thrown away, so that it should return no "
        "task; not needed where the callable is given as a `std::function` or "
        "the like, whose own type says so");
    may(Y, "exceptions", M.Exceptions,
        "for tasks that nobody waits for: what becomes of an exception that "
        "leaves one. `lost`: nobody ever learns of it. `terminates`: it ends "
        "the program. Nothing is said where it is logged or reported");
    may(Y, "detached-by", M.DetachedBy,
        "types of completion tokens with which nobody waits for the task. "
        "Without this, that is so when what the function returns is dropped");
  }
};

template <> struct MappingTraits<ExecutorModel> {
  static void mapping(IO &Y, ExecutorModel &M) {
    may(Y, "types", M.Types, "class names");
    may(Y, "functions", M.Functions,
        "functions that return one, where its type does not tell");
    need(Y, "blocking-allowed", M.Allowed,
         "`true`: blocking is fine on its threads. `false`: it is an event "
         "loop. `without-io`: it is one where the file makes I/O objects with "
         "it, or starts coroutines on it; people also use it as a pool of "
         "threads for other work. `depends`: it can be made of either");
  }
};

template <> struct MappingTraits<HopModel> {
  static void mapping(IO &Y, HopModel &M) {
    Either<End, Suspension> Until{false};
    may(Y, "functions", M.Functions, "functions whose result is awaited");
    may(Y, "types", M.Types, "types that are awaited");
    may(Y, "to", M.To,
        "where the coroutine goes on. `executor`, the default: on the executor "
        "that an argument names. `blocking`: where blocking is fine. `loop`: "
        "on an event loop. `unknown`: nobody can tell");
    may(Y, "executor-argument", M.ExecutorArgument,
        "which one, counted from 1; 0, the default, is the object");
    may(Y, "bound-by", M.BoundBy,
        "the executor is the first argument of this function, a call of which "
        "is an argument of the awaited call");
    may(Y, "until", Until,
        "`suspension`: the next operation of the library brings it back. "
        "`end`, the default: it stays there");
    M.UntilSuspension = Until.Value;
  }
  static std::string validate(IO &, HopModel &M) {
    return M.Functions.empty() && M.Types.empty()
               ? "a hop names 'functions' or 'types'"
               : "";
  }
};

template <> struct MappingTraits<LockModel> {
  static void mapping(IO &Y, LockModel &M) {
    need(Y, "types", M.Types, "class names");
    need(Y, "acquire", M.Acquire,
         "functions that are awaited to get the lock or the permit");
    may(Y, "release", M.Release, "functions that give it back");
    may(Y, "guards", M.Guards, "types whose destructor gives it back");
  }
};

template <> struct MappingTraits<ThreadLockModel> {
  static void mapping(IO &Y, ThreadLockModel &M) {
    may(Y, "types", M.Types,
        "class names of mutexes. Those with members `lock`, `try_lock` and "
        "`unlock` are known without");
    may(Y, "guards", M.Guards,
        "types of objects that unlock in their destructor. Where one is a "
        "template, its arguments tell whether it guards a mutex of coroutines");
    may(Y, "acquire", M.Acquire, "functions that lock");
    may(Y, "try", M.Try, "functions that lock if they return true");
    may(Y, "release", M.Release, "functions that unlock");
    may(Y, "argument", M.Argument,
        "which argument of these functions is the mutex, counted from 1. `0`, "
        "the default, is the object of a member call");
    may(Y, "deferred-by", M.DeferredBy,
        "types of arguments with which a guard does not lock when it is made");
    may(Y, "tried-by", M.TriedBy,
        "types of arguments with which a guard may have failed to lock");
    may(Y, "adopted-by", M.AdoptedBy,
        "types of arguments with which a guard takes over what is locked");
  }
};

template <> struct MappingTraits<ThreadScopeModel> {
  static void mapping(IO &Y, ThreadScopeModel &M) {
    need(Y, "types", M.Types, "class names");
    need(Y, "because", M.Because,
         "what they do to the thread, for people: `it makes a span the current "
         "one of the thread`");
  }
};

template <> struct MappingTraits<ScopeModel> {
  static void mapping(IO &Y, ScopeModel &M) {
    need(Y, "types", M.Types, "class names");
    need(Y, "close", M.Close,
         "functions of which one has to be awaited before the object is "
         "destroyed");
    may(Y, "hold", M.Hold,
        "functions that return an object which keeps it from being closed, "
        "and throw when it has been");
    may(Y, "guards", M.Guards, "the types of such objects");
    may(Y, "opened-by", M.Opened,
        "functions after which that is so; without them, from the object's "
        "construction on");
  }
};

template <> struct MappingTraits<ReferenceCountedModel> {
  static void mapping(IO &Y, ReferenceCountedModel &M) {
    need(Y, "types", M.Types, "classes that others derive from");
    need(Y, "self", M.Self,
         "what a member function writes to get a reference to its own object");
    may(Y, "owned", M.Owned,
        "the reference does not keep the object, whose owner deletes it: it "
        "tells whether the object is still there");
  }
};

template <> struct MappingTraits<ContainerModel> {
  static void mapping(IO &Y, ContainerModel &M) {
    need(Y, "types", M.Types, "class names");
    may(Y, "stable", M.OnAdding,
        "what goes on to refer to an element when another one is added: "
        "`references` to it (and pointers), or also `iterators`");
    may(Y, "adding", M.Adding,
        "names of members that add elements, and remove none");
  }
};

template <> struct MappingTraits<ThreadAffineModel> {
  static void mapping(IO &Y, ThreadAffineModel &M) {
    need(Y, "types", M.Types, "class names");
    need(Y, "because", M.Because, "the reason, for people");
  }
};

template <> struct MappingTraits<CancellationModel> {
  static void mapping(IO &Y, CancellationModel &M) {
    may(Y, "exceptions", M.Exceptions,
        "the classes that are thrown. A handler of a base class catches them, "
        "too");
    may(Y, "errors", M.Errors, "the values of error codes that say so");
    may(Y, "stopped", M.Stopped,
        "it unwinds the coroutine on a channel of its own, which no handler "
        "sees");
    may(Y, "repeats", M.Repeats,
        "`true`: every later `co_await` throws again, until the coroutine "
        "ends; a handler is reported when it leads back to the `co_await` in a "
        "loop that has no other way out. `false`, the default: the exception "
        "comes once; a handler is reported when the coroutine awaits anything "
        "after it");
    may(Y, "mentions", M.Mentions,
        "names whose use in a handler shows that it tells cancellation from "
        "other errors: functions, variables, enumerators, macros, without "
        "namespaces");
    may(Y, "error-as-value", M.ErrorAsValue,
        "completion tokens, or functions that make one, with which an "
        "operation returns its error instead of throwing it");
    may(Y, "changed-by", M.ChangedBy,
        "functions that change how the coroutine that awaits them is "
        "cancelled: where one is used, nothing is reported");
    may(Y, "tokens", M.Tokens, "types that ask whether to stop");
    may(Y, "sources", M.Sources, "types that say so");
    may(Y, "travels", M.How,
        "how it gets from a coroutine to one that it awaits: as a `parameter`, "
        "or by itself (`ambient`)");
    may(Y, "shields", M.Shields,
        "functions that keep cancellation from what they are given");
    may(Y, "instead", M.Instead,
        "what a handler should do; completes a message. Needed where there are "
        "`exceptions`");
  }
  static std::string validate(IO &, CancellationModel &M) {
    return !M.Exceptions.empty() && M.Instead.empty()
               ? "'exceptions' needs 'instead'"
               : "";
  }
};

template <> struct MappingTraits<ExceptionModel> {
  static void mapping(IO &Y, ExceptionModel &M) {
    may(Y, "thrown-by", M.ThrownBy,
        "functions, or classes by their constructors, whose `co_await` or "
        "`co_yield` throws when they fail");
    may(Y, "unless", M.Unless,
        "those of them whose failure is no news: they are cancelled, or the "
        "peer has gone, as one does sooner or later");
    may(Y, "classes", M.Classes,
        "what they throw. A handler of a base class catches it, too; without "
        "this, any handler is taken to");
    may(Y, "passed-on-by", M.PassedOnBy,
        "functions that return work which fails with what the work throws that "
        "they are given");
    may(Y, "proxies", M.Proxies,
        "classes whose members call somebody else's code, and throw when that "
        "fails, unless they are `noexcept`");
    may(Y, "fatal", M.Fatal,
        "return types of coroutines that nobody can await, and that end the "
        "program when an exception leaves them, where their promise does not "
        "show it");
    may(Y, "needs-error", M.NeedsError,
        "functions whose argument has to be an error that has happened. One "
        "that never returns throws it");
    may(Y, "instead", M.Instead,
        "what to do with work that may throw when nobody waits for it; "
        "completes a message");
  }
};

template <> struct MappingTraits<RemedyModel> {
  static void mapping(IO &Y, RemedyModel &M) {
    need(Y, "for", M.For, "a category");
    need(Y, "text", M.Text, "what to do; follows a semicolon in the message");
    may(Y, "in-callback", M.InCallback,
        "the same for a callback, which cannot await");
    may(Y, "fix", M.Fix,
        "for `sleep`: the expression that replaces the call. `{duration}` "
        "stands for the `duration` of the function. Offered where all names "
        "that it uses from the library are declared");
  }
};

template <> struct MappingTraits<CompatibilityModel> {
  static void mapping(IO &Y, CompatibilityModel &M) {
    need(Y, "defined", M.Defined,
         "a macro that shows that the header was read, such as its include "
         "guard");
    need(Y, "undefined", M.Undefined,
         "macros of which none may be defined after that");
    need(Y, "define", M.Define, "definitions for the command line");
    need(Y, "because", M.Because, "the reason, for people");
  }
};

template <> struct MappingTraits<LibraryModel> {
  static void mapping(IO &Y, LibraryModel &M) {
    need(Y, "library", M.Library, "a short name, unique among all models");
    need(Y, "title", M.Title, "what people call it");
    need(Y, "namespaces", M.Namespaces,
         "where its names live; the global namespace is `''`");
    may(Y, "declares", M.Declares,
        "for a namespace that others have, too: names that are all declared in "
        "it where it is this library's");
    may(Y, "single-threaded", M.SingleThreaded,
        "a coroutine always goes on on the thread that it was started on");
    may(Y, "tasks", M.Tasks,
        "types that stand for work in progress, and that somebody has to "
        "await");
    may(Y, "never-suspends", M.NeverSuspends,
        "types whose `co_await` returns at once");
    may(Y, "ends-coroutine", M.EndsCoroutine,
        "functions and constructors that make what ends the coroutine which "
        "awaits or yields it");
    may(Y, "views", M.Views,
        "types whose objects refer to memory that another object owns");
    may(Y, "delegates", M.Delegates,
        "types that hold a callable, such as the handler of an event, until "
        "somebody takes it back");
    may(Y, "containers", M.Containers, "types whose objects own elements");
    may(Y, "owners", M.Owners,
        "smart pointers with which the object that they point to dies");
    may(Y, "cleanups", M.Cleanups,
        "types whose destructor does what the object was made to do in the "
        "end");
    may(Y, "combines", M.Combines,
        "functions that wait for several tasks at once");
    may(Y, "blocking", M.Blocking,
        "functions that block the thread which calls them");
    may(Y, "callables", M.Callables,
        "functions that are given a callable, or a task, and run it");
    may(Y, "wrappers", M.Wrappers,
        "functions that return a callable, which runs the one they are given");
    may(Y, "executors", M.Executors, "types of executors and their contexts");
    may(Y, "hops", M.Hops,
        "what moves a coroutine that awaits it to another executor");
    may(Y, "locks", M.Locks,
        "locks that a coroutine awaits instead of blocking its thread");
    may(Y, "thread-locks", M.ThreadLocks,
        "locks that block the thread which wants them");
    may(Y, "thread-scopes", M.ThreadScopes,
        "objects whose effect is on the thread for as long as they exist: it "
        "reaches whatever else runs there while a coroutine is suspended");
    may(Y, "scopes", M.Scopes,
        "objects that own work, and have to be closed or joined before they "
        "are destroyed");
    may(Y, "thread-affine", M.ThreadAffine,
        "objects that belong to the thread that made them");
    may(Y, "reference-counted", M.ReferenceCounted,
        "classes whose objects may be gone when a coroutine goes on that holds "
        "no reference to its own");
    may(Y, "closed-by", M.ClosedBy,
        "names of members of the users' classes: where they return a task of "
        "this library, it has to be awaited before the object is destroyed. "
        "Any task, where the destructor may end the program");
    may(Y, "cancellation", M.Cancellation,
        "how a coroutine of this library learns that it is cancelled");
    may(Y, "exceptions", M.Exceptions,
        "how operations of this library fail, and who gets to know");
    may(Y, "remedies", M.Remedies,
        "what a coroutine of this library should do instead of blocking");
    may(Y, "asks-thread", M.AsksThread,
        "functions that tell which thread calls them. A function that waits "
        "only where it finds itself outside the loop blocks no loop");
    may(Y, "death-tests", M.DeathTests,
        "macros whose argument runs in a process of its own, which is to die: "
        "nothing in it is reported");
    may(Y, "tokens-of", M.TokensOf,
        "the `library` whose tokens its operations take");
    may(Y, "await-token", M.AwaitToken,
        "the object that makes an operation awaitable");
    may(Y, "future-token", M.FutureToken,
        "the type of the token that makes an operation return a future");
    may(Y, "redirect-error", M.RedirectError,
        "the function that makes a `co_await` store its error in a variable; "
        "takes the token and the variable");
    may(Y, "error-codes", M.ErrorCodes, "the types of such variables");
    may(Y, "executor-parameter", M.ExecutorParameter,
        "which template argument of the coroutine's return type is its "
        "executor, counted from 1");
    may(Y, "default-executor", M.DefaultExecutor,
        "the executor type that `await-token` works with");
    may(Y, "compatibility", M.Compatibility,
        "macros that some releases of the headers fail to set with clang");
  }
  static std::string validate(IO &Y, LibraryModel &M) {
    auto Find = [&](llvm::ArrayRef<std::string> Names) -> std::string {
      for (StringRef Name : Names)
        if (Name.contains('*'))
          if (auto Glob = GlobPattern::create(Name); !Glob)
            return ("'" + Name + "': " + toString(Glob.takeError())).str();
      return "";
    };
    for (const BlockingModel &B : M.Blocking)
      for (llvm::ArrayRef<std::string> Names :
           {llvm::ArrayRef(B.Functions), llvm::ArrayRef(B.NonblockingAfter),
            llvm::ArrayRef(B.LastResortAfter)})
        if (std::string Problem = Find(Names); !Problem.empty())
          return Problem;
    for (const CallableModel &C : M.Callables)
      if (std::string Problem = Find(C.Functions); !Problem.empty())
        return Problem;
    for (const HopModel &H : M.Hops)
      if (std::string Problem = Find(H.Functions); !Problem.empty())
        return Problem;
    for (llvm::ArrayRef<std::string> Names :
         {llvm::ArrayRef(M.Wrappers), llvm::ArrayRef(M.Combines)})
      if (std::string Problem = Find(Names); !Problem.empty())
        return Problem;
    if (M.Exceptions)
      for (llvm::ArrayRef<std::string> Names :
           {llvm::ArrayRef(M.Exceptions->ThrownBy),
            llvm::ArrayRef(M.Exceptions->PassedOnBy),
            llvm::ArrayRef(M.Exceptions->NeedsError)})
        if (std::string Problem = Find(Names); !Problem.empty())
          return Problem;
    if (M.Namespaces.empty() && !Y.error())
      return "'namespaces' is empty; the global one is written ''";
    return "";
  }
};

} // namespace llvm::yaml

static const SchemaNode &modelSchema() {
  static const SchemaNode Schema = [] {
    SchemaNode Root;
    SchemaIO IO(Root);
    LibraryModel Model;
    llvm::yaml::EmptyContext Context;
    llvm::yaml::yamlize(IO, Model, true, Context);
    return Root;
  }();
  return Schema;
}

std::string async_tidy::modelReference() {
  return schemaReference(modelSchema());
}

/// Reads a document of the right shape.
static llvm::Expected<LibraryModel> read(llvm::MemoryBufferRef Text) {
  std::string Problems;
  auto Collect = [](const llvm::SMDiagnostic &D, void *Context) {
    llvm::raw_string_ostream OS(*static_cast<std::string *>(Context));
    OS << D.getFilename() << ':' << D.getLineNo() << ':' << D.getColumnNo() + 1
       << ": " << D.getMessage() << '\n';
  };
  LibraryModel Model;
  llvm::yaml::Input In(Text, nullptr, Collect, &Problems);
  In >> Model;
  if (In.error())
    return llvm::createStringError(In.error(),
                                   llvm::StringRef(Problems).rtrim());
  return Model;
}

llvm::Expected<LibraryModel>
async_tidy::parseModel(llvm::MemoryBufferRef Text) {
  // The reader stops at the first problem, knows no other words, and doesn't
  // survive a document of nothing.
  std::string Problems = compareWithSchema(Text, modelSchema());
  if (!Problems.empty())
    return llvm::createStringError(llvm::StringRef(Problems).rtrim());
  return read(Text);
}

llvm::ArrayRef<LibraryModel> async_tidy::builtinModels() {
  static const std::vector<LibraryModel> Models = [] {
    std::vector<LibraryModel> All;
    for (const EmbeddedFile &File : embeddedModels()) {
      auto Model = read(llvm::MemoryBufferRef(File.Text, File.Name));
      if (!Model)
        llvm::report_fatal_error(Model.takeError(), /*gen_crash_diag=*/false);
      All.push_back(std::move(*Model));
    }
    return All;
  }();
  return Models;
}
