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

#include "core/BodyMap.h"
#include "core/Coroutines.h"
#include "core/FactsFile.h"
#include "core/Flow.h"
#include "core/Models.h"
#include "core/Summaries.h"
#include "core/Throws.h"
#include <memory>

namespace async_tidy {

class ContainerChanges;
struct LocalTask;

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

  /// What \p FD, a definition, does; null when it is none of these functions.
  const FunctionSummary *summary(const clang::FunctionDecl *FD);

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

  /// A function of another file that is given to something which calls it on
  /// an event loop.
  struct Handover {
    const clang::FunctionDecl *Function;
    const clang::Expr *Call; ///< that it is given to
    Context How;
  };
  /// In source order.
  std::vector<Handover> handovers();

  /// The key of coroutine \p F, if another file may start it, and none of this
  /// one is known to do so on an event loop.
  std::optional<FunctionKey> startedByOthers(const FunctionSummary &F);

  /// Where this file calls \p FD, or hands it over to be called.
  llvm::ArrayRef<StartSite> starts(const clang::FunctionDecl *FD);

  /// Whether \p Site in coroutine \p F may run on the event loop, and not
  /// only after \p F has moved to an executor on which blocking is fine.
  bool siteOnLoop(const FunctionSummary &F, const clang::Expr *Site);

  /// The flow of control in \p FD; null when it has no body, or is beyond the
  /// budget of the analysis.
  const FunctionFlow *flow(const clang::FunctionDecl *FD);

  /// Where things stand in \p FD.
  const BodyMap &body(const clang::FunctionDecl *FD);

  /// The tasks in local variables of \p F, in the order of the source.
  llvm::ArrayRef<LocalTask> tasks(const FunctionSummary &F);

  /// Who changes the containers that functions of this file share.
  ContainerChanges &changes();

  /// The functions that were beyond the budget so far, in source order.
  std::vector<const clang::FunctionDecl *> givenUp() const;

  /// What \p F throws.
  const ThrowSummary &throws(const FunctionSummary &F);

  /// Whether \p F is given to something that expects it to throw.
  bool isExpectedToThrow(const FunctionSummary &F);

  /// The facts about this unit's functions, and what follows from them alone.
  /// Functions of which no other file can tell anything new, and which do
  /// nothing that callers have to know, are left out.
  llvm::ArrayRef<FunctionFacts> facts();
  /// The virtual functions that this unit calls or defines.
  llvm::ArrayRef<MethodFacts> methods();
  const FactGraph &graph();
  /// What is known of other files, from now on.
  void useFacts(const FactsFile &File);
  /// Whether \p Key is defined here and left out of the facts.
  bool hasNoEffect(const FunctionKey &Key);
  FunctionKey key(const clang::FunctionDecl *FD);
  FactLocation location(clang::SourceLocation Loc);
  /// A place in any file, this unit's or not.
  clang::SourceLocation location(llvm::StringRef File, unsigned Offset) const;

private:
  const Summaries &summaries();
  std::optional<Context> contextOf(const StartSite &Site);
  void collectFacts();
  /// Whether the event loop may be what runs function number \p Function: any
  /// that is not only ever started where blocking is fine.
  bool runsOnLoop(size_t Function);
  /// Whether what \p F starts at \p Call begins where blocking is fine.
  bool startsElsewhere(const FunctionSummary &F, const clang::Expr *Call,
                       Place Where);

  struct State;
  std::unique_ptr<State> S;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_UNIT_H
