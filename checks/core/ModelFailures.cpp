//===-- ModelFailures.cpp - How work fails, or is cancelled ---------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelMapping.h"

using namespace async_tidy;
using namespace llvm::yaml;

namespace llvm::yaml {

template <> struct ScalarEnumerationTraits<Travels> {
  static void enumeration(IO &Y, Travels &V) {
    Y.enumCase(V, "parameter", Travels::Parameter);
    Y.enumCase(V, "ambient", Travels::Ambient);
  }
};

} // namespace llvm::yaml

void ScalarEnumerationTraits<Fate>::enumeration(IO &Y, Fate &V) {
  Y.enumCase(V, "lost", Fate::Lost);
  Y.enumCase(V, "terminates", Fate::Terminates);
}

void MappingTraits<UncancellableModel>::mapping(IO &Y, UncancellableModel &M) {
  need(Y, "functions", M.Functions, "function names");
  need(Y, "instead", M.Instead,
       "what waits for the same and can be told to stop; completes a message");
}

void MappingTraits<TimeoutModel>::mapping(IO &Y, TimeoutModel &M) {
  need(Y, "functions", M.Functions, "function names");
  may(Y, "of", M.Of,
      "which argument is the work that they wait for, counted from 1; 0 is the "
      "object of a member call. None, when they wait themselves, or only say "
      "how long others may");
  may(Y, "limit", M.Limit,
      "which argument says how long, or until when, counted from 1. A call "
      "that has none of such a type there has no timeout");
  may(Y, "throws", M.Throws, "the exceptions that say that it took too long");
  may(Y, "errors", M.Errors, "the values of error codes that say so");
  may(Y, "mistaken", M.Mistaken,
      "names of values that people take for these, and that say something "
      "else");
  may(Y, "deaf", M.Deaf,
      "it ends when the work has ended, which is told to stop: functions, and "
      "types, whose `co_await` does not listen");
  may(Y, "loses", M.Loses,
      "functions whose result is lost when it comes too late, and with it what "
      "they have taken from somewhere");
  may(Y, "instead", M.Instead,
      "what does not lose it, or what listens; completes a message. Needed "
      "where there is `loses` or `deaf`");
}

std::string MappingTraits<TimeoutModel>::validate(IO &, TimeoutModel &M) {
  return (!M.Loses.empty() || !M.Deaf.empty()) && M.Instead.empty()
             ? "'loses' and 'deaf' need 'instead'"
             : "";
}

void MappingTraits<OwnErrorsModel>::mapping(IO &Y, OwnErrorsModel &M) {
  need(Y, "functions", M.Functions, "function names");
  need(Y, "errors", M.Errors,
       "the values of error codes, or the classes of exceptions");
}

void MappingTraits<CancellationModel>::mapping(IO &Y, CancellationModel &M) {
  may(Y, "exceptions", M.Exceptions,
      "the classes that are thrown. A handler of a base class catches them, "
      "too");
  may(Y, "errors", M.Errors, "the values of error codes that say so");
  may(Y, "own-errors", M.OwnErrors,
      "operations that say so by values or exceptions of their own");
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
  may(Y, "asked-by", M.AskedBy,
      "members of these types that tell whether to stop, or throw when that "
      "is so, without namespaces");
  may(Y, "requested-by", M.RequestedBy,
      "members of these types that say that it is time to stop, without "
      "namespaces");
  may(Y, "tokens-refer", M.TokensRefer,
      "a token refers to its source, which has to live as long as what "
      "listens to the token");
  may(Y, "uncancellable", M.Uncancellable,
      "functions that wait, and that nothing can tell to stop which is not "
      "given to them");
  may(Y, "travels", M.How,
      "how it gets from a coroutine to one that it awaits: as a `parameter`, "
      "or by itself (`ambient`)");
  may(Y, "shields", M.Shields,
      "functions that keep cancellation from what they are given");
  may(Y, "instead", M.Instead,
      "what a handler should do; completes a message. Needed where there are "
      "`exceptions`");
}

std::string MappingTraits<CancellationModel>::validate(IO &,
                                                       CancellationModel &M) {
  return !M.Exceptions.empty() && M.Instead.empty()
             ? "'exceptions' needs 'instead'"
             : "";
}

void MappingTraits<ExceptionModel>::mapping(IO &Y, ExceptionModel &M) {
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
