//===-- Facts.h - What is known of functions, across files ------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Facts about functions as the record of a translation unit carries them.
/// Nothing here knows an AST, and nothing owns memory: a unit does, or the
/// record that was read.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_FACTS_H
#define ASYNC_TIDY_CHECKS_CORE_FACTS_H

#include "core/ModelFile.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// Identifies a function across files: a hash of its USR and, where that is
/// not unique in a program, of the file.
struct FunctionKey {
  uint64_t High = 0, Low = 0;

  bool operator==(const FunctionKey &) const = default;
  auto operator<=>(const FunctionKey &) const = default;
  explicit operator bool() const { return High || Low; }
  /// 32 hexadecimal digits.
  std::string str() const;
  static std::optional<FunctionKey> parse(llvm::StringRef Hex);
  /// Stands for a virtual call of this method: for all that override it.
  FunctionKey dispatch() const { return {High ^ 0x9e3779b97f4a7c15u, ~Low}; }
};

/// A place in a file: an absolute path, and an offset in bytes.
struct FactLocation {
  llvm::StringRef File;
  unsigned Offset = 0;
};

/// What calling a function may do that its callers have to know. The ways to
/// block are told apart: each has chains of its own.
enum class Effect { Sleep, Wait, EventLoop, Call, Throw };
inline constexpr unsigned NumEffects = 5;
Effect effectOf(Category C);

/// A function blocks by calling something that a model says blocks.
struct BlockingFact {
  Category Why = Category::Wait;
  llvm::StringRef Callee; ///< as messages call it
  llvm::StringRef Does;   ///< as in "it opens a file"
  /// What to do instead, where that is the same for every caller.
  llvm::StringRef Instead;
  FactLocation At;
  /// Only when the state of an object or of the program says so.
  bool IsRare = false;
};

/// An exception leaves the function that no handler of it catches.
struct ThrowFact {
  /// The operation that is awaited; empty for a throw expression.
  llvm::StringRef Operation;
  FactLocation At;
};

/// A function calls another one, on its own thread, before it returns.
struct CallFact {
  FunctionKey Callee;
  llvm::StringRef Name; ///< as messages call the callee
  FactLocation At;
  /// Only when the state of an object or of the program says so.
  bool IsRare = false;
  /// Which function it is, the object decides: any that overrides the callee.
  bool IsVirtual = false;
  /// A coroutine awaits what the call returns, right there.
  bool IsAwaited = false;
  /// No exception comes out of the caller from here: a handler around the call
  /// catches it, or what is called returns work that fails elsewhere.
  bool IsCaught = false;
  /// Of a coroutine: it is not called, but handed to something that calls it.
  bool IsStart = false;
  /// Of a coroutine: it is started where blocking is fine.
  bool IsElsewhere = false;

  /// What the link step looks for.
  FunctionKey target() const { return IsVirtual ? Callee.dispatch() : Callee; }
};

/// A coroutine uses a parameter that is a reference, or refers to something,
/// when what it refers to may be gone: it has been suspended since the call.
struct ParameterFact {
  /// Counted from 1, or \c ObjectParameter.
  unsigned Number = 0;
  llvm::StringRef Name; ///< empty for the object
  FactLocation At;
  /// A suspension point in the body comes before the use, and not only the
  /// initial one, at which a lazy coroutine waits to be started.
  bool IsSuspended = false;
};

/// Stands for the object that a member function is called on, where parameters
/// are counted: behind all others.
inline constexpr unsigned ObjectParameter = 1u << 16;

struct FunctionFacts {
  FunctionKey Key;
  llvm::StringRef Name;
  /// A coroutine's blocking is reported in itself, never in its callers.
  bool IsCoroutine = false;
  /// The coroutine has a suspension point of its own.
  bool Suspends = false;
  /// A token of a library's cancellation is among its parameters.
  bool TakesToken = false;
  /// A handler around the whole body catches every exception.
  bool HasHandler = false;
  /// No exception leaves it: it is noexcept.
  bool IsNoexcept = false;
  llvm::ArrayRef<BlockingFact> Blocks;
  llvm::ArrayRef<ThrowFact> Throws;
  llvm::ArrayRef<CallFact> Calls;
  llvm::ArrayRef<ParameterFact> Parameters;
};

/// A virtual function of a class, and those that it overrides.
struct MethodFacts {
  FunctionKey Key;
  llvm::StringRef Name;
  bool IsPure = false;
  bool IsLocal = false;                  ///< no other file can override it
  llvm::ArrayRef<FunctionKey> Overrides; ///< directly
};

/// "This finding holds if a function does that": what a check asks about code
/// that it may not see.
struct Guard {
  /// Any of these: the same call in several instantiations of a template. If
  /// there is none, what is to be found has been found.
  std::vector<FunctionKey> Functions;
  /// Coroutines that the finding is in: it holds as long as one of them is not
  /// only ever started where blocking is fine. Empty when that is settled.
  std::vector<FunctionKey> Inside;
  Effect Kind = Effect::Call;
  /// Not the effect is asked for, but the use of this parameter, counted from
  /// 1, after a suspension; 0 for effects.
  unsigned Parameter = 0;
  /// The coroutine is started before the parameter is gone, so that only a use
  /// counts which a suspension point in the body comes before.
  bool IsStarted = false;
  /// The finding's message, up to the reason.
  std::string Message;
  /// What to do instead, by category; empty where there is nothing to say.
  std::string Instead[NumCategories];

  /// One line of JSON, and back.
  std::string str() const;
  static llvm::Expected<Guard> parse(llvm::StringRef Text);
};

/// Why a guard holds: the shortest way from the function to what it does.
struct Chain {
  std::optional<Category> Why; ///< for those that block
  std::string Does;            ///< as in "it opens a file"
  std::string Instead;
  struct Step {
    std::string Text; ///< as in "'load' calls 'read_all' here"
    std::string File; ///< absolute
    unsigned Offset = 0;
  };
  std::vector<Step> Steps;
};

/// The message of a finding that \p G guards, completed with the reason in
/// \p C and what to do instead.
std::string completeMessage(const Guard &G, const Chain &C);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_FACTS_H
