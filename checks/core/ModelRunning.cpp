//===-- ModelRunning.cpp - Who runs what, and where -----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelMapping.h"

using namespace async_tidy;
using namespace llvm::yaml;

static constexpr char Suspension[] = "suspension", End[] = "end";

namespace llvm::yaml {

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

template <> struct ScalarEnumerationTraits<BlockingAllowed> {
  static void enumeration(IO &Y, BlockingAllowed &V) {
    Y.enumCase(V, "true", BlockingAllowed::Yes);
    Y.enumCase(V, "false", BlockingAllowed::No);
    Y.enumCase(V, "without-io", BlockingAllowed::WithoutIO);
    Y.enumCase(V, "depends", BlockingAllowed::Depends);
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

} // namespace llvm::yaml

void MappingTraits<CallableModel>::mapping(IO &Y, CallableModel &M) {
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
  may(Y, "repeats", M.Repeats,
      "it calls the callable again when the task that this returned has ended");
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

void MappingTraits<ExecutorModel>::mapping(IO &Y, ExecutorModel &M) {
  may(Y, "types", M.Types, "class names");
  may(Y, "functions", M.Functions,
      "functions that return one, where its type does not tell");
  need(Y, "blocking-allowed", M.Allowed,
       "`true`: blocking is fine on its threads. `false`: it is an event "
       "loop. `without-io`: it is one where the file makes I/O objects with "
       "it, or starts coroutines on it; people also use it as a pool of "
       "threads for other work. `depends`: it can be made of either");
}

void MappingTraits<HopModel>::mapping(IO &Y, HopModel &M) {
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

std::string MappingTraits<HopModel>::validate(IO &, HopModel &M) {
  return M.Functions.empty() && M.Types.empty()
             ? "a hop names 'functions' or 'types'"
             : "";
}
