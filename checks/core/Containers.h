//===-- Containers.h - Containers that functions share ---------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Members and globals that are containers, which function of a file adds or
/// removes elements, and whether that can happen while another one is
/// suspended.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_CONTAINERS_H
#define ASYNC_TIDY_CHECKS_CORE_CONTAINERS_H

#include "core/Unit.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace async_tidy {

/// The member or global variable that \p E names, if the object is not a part
/// of the function's own variables. Follows references to what they are
/// initialized with, and accessors that only return a member. Null when that
/// is not known.
const clang::ValueDecl *sharedObject(const clang::Expr *E);

/// Whether objects of class \p T own elements that come and go.
bool isContainer(clang::QualType T, Models &M);

/// Whether the call of \p Method adds or removes elements: it changes its
/// object, and no member of that name leaves it as it is.
bool changesObject(const clang::CXXMethodDecl *Method);

/// Where a function adds elements to a shared container, or removes some; or
/// where it leaves a shared pointer or optional empty.
struct ContainerChange {
  const clang::Expr *At;
  const clang::FunctionDecl *In;
  enum Kind {
    Adds,
    Removes,
    Replaces, ///< all elements at once, as those who begin or end the work do
  } How;
};

/// Who changes the shared containers of a file, and what may run meanwhile.
class ContainerChanges {
public:
  explicit ContainerChanges(Unit &U);

  /// The changes of \p Container that may come while \p Suspended is
  /// suspended: not those of its own, of functions that call it or that only
  /// it calls, of constructors and destructors, nor of those that take a lock
  /// which it takes; and none where each object is used by one function alone.
  llvm::SmallVector<ContainerChange, 2>
  during(const clang::FunctionDecl *Suspended,
         const clang::ValueDecl *Container);

  /// Whether a function of this file changes \p Container.
  bool isChangedAnywhere(const clang::ValueDecl *Container) const {
    return Changes.contains(keyOf(Container));
  }

  /// Whether \p Function, or one that calls it, uses an async lock.
  bool isUnderLock(const clang::FunctionDecl *Function);

  /// Whether \p Function uses member \p Member, which may be a mark that tells
  /// others of the change.
  bool mentions(const clang::FunctionDecl *Function,
                const clang::ValueDecl *Member) const;

private:
  /// Instances of a template and of a class template's members are one.
  using Key = clang::SourceLocation;
  static Key keyOf(const clang::Decl *D);

  struct Node {
    const clang::FunctionDecl *Function = nullptr;
    /// It may be called by what is not in this file, or run on its own.
    bool IsRoot = false;
    llvm::SmallVector<Key, 4> Callers;
    llvm::DenseSet<Key> Members, Locks;
  };

  /// How objects of a class are used, outside of its own members.
  struct Objects {
    unsigned Mentions = 0; ///< names of variables of the class
    unsigned InPlace = 0;  ///< those of locals of which a member is called
    bool AreElsewhere = false;
  };

  void add(const clang::FunctionDecl *FD);
  void use(const clang::Expr *Object, const clang::FunctionDecl *In,
           bool IsWaitedFor);
  bool belongsToOneFunction(const clang::ValueDecl *Container) const;
  llvm::DenseSet<Key> callersOf(const clang::FunctionDecl *FD) const;
  void changed(const clang::Expr *Object, const clang::Expr *At,
               const clang::FunctionDecl *In, ContainerChange::Kind How);
  bool keepsOthersOut(clang::QualType T);
  bool runsOnItsOwn(const clang::FunctionDecl *FD) const;

  Unit &U;
  llvm::DenseMap<Key, Node> Nodes;
  llvm::DenseMap<Key, llvm::SmallVector<ContainerChange, 2>> Changes;
  llvm::DenseMap<Key, Objects> Classes;
  llvm::DenseSet<Key> Started;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_CONTAINERS_H
