//===-- Coroutines.h - Coroutines and what they return -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which functions are coroutines, of what kind, and what a type that stands
/// for their work is like. Types tell: the promise, the awaiter, the result of
/// initial_suspend. A model only adds what types can't say.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_COROUTINES_H
#define ASYNC_TIDY_CHECKS_CORE_COROUTINES_H

#include "core/Models.h"
#include "clang/AST/StmtCXX.h"
#include <optional>

namespace async_tidy {

enum class CoroutineKind {
  Task,           ///< can be awaited
  Generator,      ///< yields to a caller that does not await
  AsyncGenerator, ///< yields, and awaits
  FireAndForget,  ///< nobody can await it
};

enum class Start {
  Lazy,    ///< runs when it is awaited: initial_suspend suspends
  Eager,   ///< runs when it is called
  Unknown, ///< can't be told from what this file sees
};

/// What is known of a type whose objects stand for work in progress.
struct TaskType {
  enum {
    NotOne,  ///< nobody has to await it
    Awaiter, ///< something to await: an executor switch, an operation
    Task,    ///< the return type of a coroutine
  } Kind = NotOne;
  Start When = Start::Unknown;
  /// The library, and what its model says; null for a type of the project.
  ModelRef<TaskModel> Model;

  explicit operator bool() const { return Kind != NotOne; }
};

/// A coroutine: its kind, and the library whose task type it returns.
struct Coroutine {
  CoroutineKind Kind;
  Start When;
  /// It begins on the thread of who calls or awaits it, and not on an executor
  /// that its initial awaiter has handed it to.
  bool StartsInPlace;
  LibraryRef Library;
  const clang::CXXRecordDecl *Promise;
};

/// The user's body of coroutine \p FD, and null when it is no coroutine.
const clang::Stmt *coroutineBody(const clang::FunctionDecl *FD);

/// What coroutines and awaitables of one translation unit are like.
class Coroutines {
public:
  Coroutines(Models &M, clang::ASTContext &Ctx) : M(M), Ctx(Ctx) {}

  /// \returns nothing when \p FD is not a coroutine, or a template whose
  /// promise depends on its parameters.
  std::optional<Coroutine> coroutine(const clang::FunctionDecl *FD);

  /// What a value of type \p T stands for.
  TaskType taskType(clang::QualType T);

  /// Whether coroutines that return a \p T are started by the call, and go on
  /// with nobody to await them. Says no when the object may own the coroutine.
  bool isFireAndForget(clang::QualType T);

  /// Whether \p Call calls a coroutine with a parameter that makes it go on
  /// when its task is dropped.
  bool goesOnByParameter(const clang::Expr *Call);

  /// Whether a \p T is a mere name that coroutines with promise \p Promise
  /// await, and that means nothing to anybody else: a constant such as
  /// folly::coro::co_safe_point.
  bool isAwaitedName(const clang::CXXRecordDecl *Promise, clang::QualType T);

  /// Whether a coroutine with promise \p Promise can await a value of type
  /// \p T. Says no when the declarations don't settle it.
  bool canAwait(const clang::CXXRecordDecl *Promise, clang::QualType T);

  /// Whether \p E, an await or yield that the user wrote, can suspend.
  bool maySuspend(const clang::Expr *E);

  /// Whether a coroutine does not go on after \p E, an await or yield.
  bool endsCoroutine(const clang::Expr *E);

  /// Whether a coroutine that awaits \p E goes on where it was started, as it
  /// does after an operation of its library. Where it goes on after awaiting
  /// another coroutine is for that one to say.
  bool resumesOnOwnExecutor(const clang::Expr *E);

  /// Whether whoever goes over the values of \p RD, a generator, awaits each.
  bool isAwaitedPerValue(const clang::CXXRecordDecl *RD);

  /// Whether an object of \p RD can be awaited as it is.
  bool isAwaitable(const clang::CXXRecordDecl *RD);

  /// Whether \p RD has what a coroutine asks of its promise.
  bool isPromise(const clang::CXXRecordDecl *RD);

private:
  Start startOf(const clang::CXXRecordDecl *Promise);
  const clang::CXXRecordDecl *promiseOf(const clang::CXXRecordDecl *RD);

  Models &M;
  clang::ASTContext &Ctx;
  llvm::DenseMap<const clang::CXXRecordDecl *, TaskType> Types;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> Awaitables;
  /// Of those that only a library's coroutines can await, the library.
  llvm::DenseMap<const clang::CXXRecordDecl *, const LibraryModel *>
      AwaitedByName;
  /// std::coroutine_traits, once it has been looked for.
  std::optional<const clang::ClassTemplateDecl *> Traits;
};

/// Whether \p S, a part of a user's body of a function, awaits, outside of
/// nested functions.
bool awaits(const clang::Stmt *S);

/// The call whose result \p Await, an await or yield, is given; null when that
/// is not a call.
const clang::CallExpr *awaitedCall(const clang::Expr *Await);

/// Whether \p T is, or refers to, a std::coroutine_handle.
bool isCoroutineHandle(clang::QualType T);

/// The handle whose coroutine \p E, a call, resumes; null when it resumes none.
const clang::Expr *resumedHandle(const clang::Expr *E);

/// The handle whose coroutine \p E, a call, destroys; null when it destroys
/// none.
const clang::Expr *destroyedHandle(const clang::Expr *E);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_COROUTINES_H
