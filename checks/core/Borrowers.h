//===-- Borrowers.h - Variables that refer into containers -----*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The variables of a function that refer to elements of a container which is
/// not the function's own, and where they are used when the coroutine has been
/// suspended since they were found.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_BORROWERS_H
#define ASYNC_TIDY_CHECKS_CORE_BORROWERS_H

#include "core/Containers.h"
#include "clang/AST/StmtCXX.h"

namespace async_tidy {

/// How something gets at an element of a container.
enum class LoanKind { None, Iterator, Reference };

/// What an expression borrows from a shared container.
struct Loan {
  LoanKind How = LoanKind::None;
  const clang::ValueDecl *Container = nullptr;
  clang::QualType Type; ///< of the container
  /// The variable that it was taken from.
  const clang::VarDecl *From = nullptr;
  /// The container of which that one is a part of an element.
  const clang::ValueDecl *Outer = nullptr;
  clang::QualType OuterType;

  explicit operator bool() const { return How != LoanKind::None; }
};

/// A change that takes away what somebody refers to.
struct Invalidation {
  ContainerChange Change;
  const clang::ValueDecl *Container;
};

/// A variable that refers into a container, at some time.
struct Borrower {
  const clang::VarDecl *Var;
  Loan First; ///< what it refers to, one of those
  /// The first of the variables that refer to the same element.
  unsigned Group;
  const clang::CXXForRangeStmt *Loop = nullptr; ///< whose hidden variable it is
  llvm::SmallVector<Invalidation, 2> Changes;
};

/// The variables of one function that refer into shared containers.
class Borrowers {
public:
  /// \param WithLookUps includes references that functions return which are
  /// asked for something, whatever they look it up in.
  Borrowers(const clang::FunctionDecl *FD, Models &M, bool WithLookUps = false);

  std::vector<Borrower> All;
  /// Per declaration or assignment, the variable that is given a new value.
  struct Write {
    unsigned Number;
    Loan What;
  };
  llvm::DenseMap<const void *, Write> Writes;
  /// Mentions that use nothing.
  llvm::SmallPtrSet<const clang::Expr *, 8> NoUse;

  std::optional<unsigned> numberOf(const clang::ValueDecl *D) const;

private:
  bool visit(const clang::Stmt *S);
  void written(const void *At, const clang::VarDecl *Var,
               const clang::Expr *Value);
  Loan borrowed(clang::QualType T, const clang::Expr *E, unsigned Depth = 0);
  Loan element(const clang::Expr *E, unsigned Depth);
  Loan iterator(const clang::Expr *E, unsigned Depth);
  Loan pointer(const clang::Expr *E, unsigned Depth);
  Loan ofVariable(const clang::DeclRefExpr *Ref, bool IsReference);
  Loan ofContainer(const clang::Expr *E, LoanKind How, unsigned Depth);

  Models &M;
  const bool WithLookUps;
  llvm::DenseMap<const clang::VarDecl *, unsigned> Numbers;
  llvm::SmallPtrSet<const clang::Decl *, 4> Ignored;
  const clang::CXXForRangeStmt *Loop = nullptr;
};

/// The first use of an element by one of its borrowers after a suspension.
struct StaleUse {
  unsigned Number; ///< of the borrower
  const clang::DeclRefExpr *At;
  const clang::Expr *Suspension; ///< null when it is not known which one
};

/// Whether \p B is the hidden iterator of a loop.
bool isHiddenIterator(const Borrower &B);

/// The uses by borrowers that \p IsWanted says yes to, one per element.
/// \p IsAsyncGenerator ignores the suspensions that the caller ends.
/// \param RunsOthers says which elements others run at, in the place of the
/// suspensions, when it is given; which one it was is not told then.
std::vector<StaleUse>
staleUses(const FunctionFlow &Flow, const Borrowers &B,
          const ContainerChanges &Changes, bool IsAsyncGenerator,
          llvm::function_ref<bool(const Borrower &)> IsWanted,
          llvm::function_ref<bool(const clang::CFGElement &)> RunsOthers =
              nullptr);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_BORROWERS_H
