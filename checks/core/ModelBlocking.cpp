//===-- ModelBlocking.cpp - What blocks, and what to do instead -----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelMapping.h"
#include "llvm/ADT/STLExtras.h"

using namespace async_tidy;
using namespace llvm::yaml;

static constexpr llvm::StringLiteral CategoryNames[] = {
    "sleep",       "wait",       "event-loop",      "file",
    "file-system", "network",    "name-resolution", "process",
    "terminal",    "computation"};
static_assert(std::size(CategoryNames) == NumCategories);

llvm::StringRef async_tidy::categoryName(Category C) {
  return CategoryNames[unsigned(C)];
}

namespace llvm::yaml {

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

} // namespace llvm::yaml

void MappingTraits<ArgumentPredicate>::mapping(IO &Y, ArgumentPredicate &P) {
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

std::string MappingTraits<ArgumentPredicate>::validate(IO &,
                                                       ArgumentPredicate &P) {
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

void MappingTraits<BlockingModel>::mapping(IO &Y, BlockingModel &M) {
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
  may(Y, "when-discarded", M.WhenDiscarded,
      "only a call whose result nobody uses blocks: in its destructor");
  may(Y, "allowed-in-fibers", M.AllowedInFibers,
      "on a stackful thread of the library, the function suspends that "
      "thread and nothing else");
}

std::string MappingTraits<BlockingModel>::validate(IO &, BlockingModel &M) {
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

void MappingTraits<RemedyModel>::mapping(IO &Y, RemedyModel &M) {
  need(Y, "for", M.For, "a category");
  need(Y, "text", M.Text, "what to do; follows a semicolon in the message");
  may(Y, "in-callback", M.InCallback,
      "the same for a callback, which cannot await");
  may(Y, "fix", M.Fix,
      "for `sleep`: the expression that replaces the call. `{duration}` "
      "stands for the `duration` of the function. Offered where all names "
      "that it uses from the library are declared");
}
