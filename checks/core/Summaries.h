//===-- Summaries.h - What each function of a file does -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One pass over the bodies of a translation unit, and what it tells: calls
/// that block, calls of other functions, how callables are run, where
/// coroutines move to other executors.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_SUMMARIES_H
#define ASYNC_TIDY_CHECKS_CORE_SUMMARIES_H

#include "core/Coroutines.h"
#include "core/Executors.h"
#include "core/Models.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <set>

namespace async_tidy {

/// A call of something that a model says blocks.
struct BlockingSite {
  const clang::Expr *Call;
  const clang::FunctionDecl *Callee;
  const ModelRef<BlockingModel> *Model;
  bool IsRare; ///< only when the state of an object or of the program says so
};

/// A call of a function that may be a user's, on the caller's own thread.
struct CallSite {
  const clang::Expr *Call;
  const clang::FunctionDecl *Callee;
  bool IsRare; ///< only when the state of an object or of the program says so
  /// Whether the object decides which function runs.
  bool IsVirtual = false;
};

/// What one function does, in the order in which it stands there.
struct FunctionSummary {
  const clang::FunctionDecl *Function;
  std::optional<Coroutine> Coro;
  /// Whether a coroutine has a suspension point that the user wrote.
  bool Suspends = false;
  std::vector<BlockingSite> Blocks;
  std::vector<CallSite> Calls;
};

/// A place where a function is called, or handed over to be called.
struct StartSite {
  size_t Caller; ///< index of the function that the place is in
  const clang::Expr *Call;
  Place Where;
  /// How it is run, for a callable that is handed over.
  ModelRef<CallableModel> As;
  /// The variable that holds the executor, where the variable's use has to tell
  /// whether that is a loop.
  const clang::ValueDecl *Executor = nullptr;
};

/// Where a coroutine goes on after an await.
struct Hop {
  Place To = Place::Unknown;
  /// The next operation of the library brings it back.
  bool UntilSuspension = false;
};

struct Summaries {
  std::vector<FunctionSummary> Functions;
  llvm::DenseMap<const clang::FunctionDecl *, std::vector<StartSite>> Starts;
  /// Variables of executors with which the file makes I/O objects.
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> WithIO;
  /// Callables given to a function that is told which exception to expect.
  llvm::SmallPtrSet<const clang::FunctionDecl *, 4> ExpectedToThrow;
  /// Per coroutine, the awaits after which it may run elsewhere than before.
  llvm::DenseMap<const clang::FunctionDecl *,
                 llvm::DenseMap<const clang::Stmt *, Hop>>
      Hops;
};

/// The summaries of what \c userFunctions returns, in that order.
Summaries summarize(clang::ASTContext &Ctx, Models &M, Coroutines &C);

/// Whether the owner of \p FD vouches, by an annotation or by clang's attribute
/// 'nonblocking', that calling it does not block.
bool isTrusted(const clang::FunctionDecl *FD);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_SUMMARIES_H
