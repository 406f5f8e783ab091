//===-- Locks.h - Locks that belong to a thread -----------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which classes are mutexes that block a thread, and which hold one. Classes
/// tell by what they do: lock and unlock that return nothing, a destructor that
/// unlocks, the attributes of clang's thread safety analysis. A model adds what
/// can't be seen.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_LOCKS_H
#define ASYNC_TIDY_CHECKS_CORE_LOCKS_H

#include "core/AccessPath.h"
#include "core/Coroutines.h"
#include "core/Models.h"

namespace async_tidy {

/// Whether \p RD may be a lock of the project's own, which no model knows: its
/// name says so, or it has a member unlock.
bool mayBeLock(const clang::CXXRecordDecl *RD, const Models &M);

/// Whether \p RD is one, or a lock or guard that a model knows, of threads or
/// of coroutines.
bool isLock(const clang::CXXRecordDecl *RD, Models &M);

class Locks {
public:
  Locks(Models &M, Coroutines &C) : M(M), C(C) {}

  /// Whether \p T is, refers or points to a mutex that blocks the thread which
  /// locks it, and not the coroutine. A class that can only be locked and
  /// unlocked may be a door or a texture: it is one where \p IsGuarded, because
  /// a guard of the standard library is made for it.
  bool isThreadMutex(clang::QualType T, bool IsGuarded = false);

  /// Whether an object of \p T gives such a mutex back in its destructor.
  bool isGuard(clang::QualType T);

  /// Whether an object of \p T, no guard itself, owns one: std::optional of a
  /// guard, a class with a member that is one.
  bool ownsGuard(clang::QualType T);

  /// Whether a guard that \p E makes holds its mutex, or may.
  bool isHeldBy(const clang::Expr *E);

  /// Whether \p E passes on a mutex that is locked already.
  bool adopts(const clang::Expr *E);

  /// What a call does with a mutex or a guard.
  enum class Effect { None, Acquires, MayAcquire, Releases };
  struct Use {
    Effect Kind = Effect::None;
    /// The mutex, or the guard.
    const clang::Expr *Object = nullptr;
  };
  /// What \p Call does with the object of a member call, or the mutex that it
  /// is given. \p IsGuarded as in \c isThreadMutex.
  Use useOf(const clang::Expr *Call, bool IsGuarded = false);

private:
  bool isAsyncLock(const clang::CXXRecordDecl *RD);
  bool isThreadMutexClass(const clang::CXXRecordDecl *RD, bool IsGuarded);
  bool isGuardClass(const clang::CXXRecordDecl *RD);
  bool releasesInDestructor(const clang::CXXRecordDecl *RD);

  Models &M;
  Coroutines &C;
  llvm::DenseMap<const clang::CXXRecordDecl *, bool> Guards;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_LOCKS_H
