//===-- Unit.h - What the checks know of one translation unit -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The analysis of one translation unit that all checks share. Each part is
/// computed once, when the first check asks for it.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_UNIT_H
#define ASYNC_TIDY_CHECKS_CORE_UNIT_H

#include "core/Coroutines.h"
#include "core/FactGraph.h"
#include "core/Models.h"
#include "core/Summaries.h"
#include <memory>

namespace async_tidy {

class Unit {
public:
  /// The analysis of \p Ctx; \c forget must have been called since another
  /// context was alive.
  static Unit &of(clang::ASTContext &Ctx);
  static void forget();

  /// The models that units made from now on, on this thread, look names up in;
  /// those that are part of the program, when nobody says so.
  static void useModels(const ModelIndex &Index);

  explicit Unit(clang::ASTContext &Ctx);
  ~Unit();

  clang::ASTContext &Ctx;
  Models M;
  Coroutines C;

  /// What each user's function does; see \c userFunctions.
  llvm::ArrayRef<FunctionSummary> functions();

  /// How a function runs that must not block.
  struct Context {
    /// What people call such a function: "coroutine", "completion handler".
    llvm::StringRef Noun;
    /// Whose remedies apply.
    LibraryRef Library;
    /// A stackful thread may wait for the library's own work.
    bool IsFiber = false;
  };

  /// How \p F runs, if an event loop runs it: as a coroutine, but not as a
  /// generator, nor as one that is only ever started on a thread pool; or as a
  /// callable that is given to something which calls it on the loop. Nothing
  /// when that is not so, or not known.
  std::optional<Context> loopContext(const FunctionSummary &F);

  /// Whether \p Site in coroutine \p F may run on the event loop, and not
  /// only after \p F has moved to an executor on which blocking is fine.
  bool siteOnLoop(const FunctionSummary &F, const clang::Expr *Site);

  /// Whether \p F is given to something that expects it to throw.
  bool isExpectedToThrow(const FunctionSummary &F);

  /// The facts about this unit's functions, and what follows from them alone.
  llvm::ArrayRef<FunctionFacts> facts();
  const FactGraph &graph();
  FunctionKey key(const clang::FunctionDecl *FD);
  FactLocation location(clang::SourceLocation Loc) const;
  clang::SourceLocation location(const FactLocation &Loc) const;

private:
  const Summaries &summaries();
  /// Whether the event loop may be what runs function number \p Function: any
  /// that is not only ever started where blocking is fine.
  bool runsOnLoop(size_t Function);

  struct State;
  std::unique_ptr<State> S;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_UNIT_H
