//===-- Flow.h - What may hold at each point of a function -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The flow analysis that checks share: the control-flow graph of what a user
/// wrote in a function, where a coroutine may be suspended in it, and which
/// facts may hold at each of its points.
///
/// A coroutine's whole body can't be used: in it the promise's calls come after
/// the user's code.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_FLOW_H
#define ASYNC_TIDY_CHECKS_CORE_FLOW_H

#include "core/Summaries.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <memory>

namespace async_tidy {

/// A question to the flow analysis, about facts that a check numbers from 0:
/// which of them may hold where.
class FlowProblem {
public:
  virtual ~FlowProblem();

  /// Changes \p Facts to what holds after \p Element, where they held before.
  virtual void transfer(const clang::CFGElement &Element,
                        llvm::BitVector &Facts) = 0;

  /// Changes \p Facts to what holds where \p Condition, without negations, has
  /// turned out to be \p Value.
  virtual void assume(const clang::Expr *Condition, bool Value,
                      llvm::BitVector &Facts) {}

  /// The variable that \p Fact is about and ends with, if there is one: an
  /// exception that leaves its scope destroys it, and no element says so.
  virtual const clang::VarDecl *owner(unsigned Fact) { return nullptr; }
};

/// The flow of control in one function.
class FunctionFlow {
public:
  /// \param Graph made by \c make, which is how to get one of these.
  FunctionFlow(const clang::FunctionDecl *FD, std::unique_ptr<clang::CFG> Graph,
               Coroutines &C);

  /// Null when clang can't build the graph. Of a function beyond the budget the
  /// graph is empty.
  static std::unique_ptr<FunctionFlow>
  make(const clang::FunctionDecl *FD, clang::ASTContext &Ctx, Coroutines &C);

  /// Whether the function, or a problem about it, was beyond the budget, so
  /// that something about it was not found out.
  bool wasGivenUp() const { return GivenUp; }

  const clang::FunctionDecl *function() const { return FD; }

  /// Every expression is an element; destructors are; a call that may throw
  /// ends its block, and has an edge to the handlers or to the exit.
  const clang::CFG &graph() const { return *Graph; }

  /// The awaits and yields that the user wrote and that may suspend, in the
  /// order of the graph.
  llvm::ArrayRef<const clang::Expr *> suspensions() const {
    return Suspensions;
  }

  /// The await or yield at which the coroutine is suspended when \p Element
  /// has run. Null for other elements. It is not the CoawaitExpr's own element:
  /// that one comes after await_resume, which may throw.
  const clang::Expr *suspensionAt(const clang::CFGElement &Element) const;

  /// Whether the edge from \p Block to its successor number \p Successor leads
  /// nowhere: from behind an await that ends the coroutine, or back to the
  /// start of a loop that a macro is wrapped in only to be a statement.
  bool isNeverTaken(const clang::CFGBlock &Block, unsigned Successor) const;

  /// Whether the edge from \p Block to its successor number \p Successor is
  /// taken by an exception.
  static bool isExceptional(const clang::CFGBlock &Block, unsigned Successor);

  /// Which facts may hold before each element that can be reached.
  class Solution {
  public:
    /// False when the problem was beyond the budget, and nothing is known.
    explicit operator bool() const { return IsComplete; }

    /// Calls \p Visit with each element that can be reached and the facts that
    /// may hold before it.
    void forEach(llvm::function_ref<void(const clang::CFGElement &,
                                         const llvm::BitVector &)>
                     Visit) const;

    /// Calls \p Visit with the facts that may hold where the function is left:
    /// with the last statement before, null when it ends by reaching the end
    /// of its body, and with whether an exception leaves it.
    void forEachExit(
        llvm::function_ref<void(const clang::Stmt *Last, bool IsExceptional,
                                const llvm::BitVector &)>
            Visit) const;

  private:
    friend class FunctionFlow;
    const FunctionFlow *Flow = nullptr;
    FlowProblem *Problem = nullptr;
    /// Per block, by its number; facts are empty where nothing leads to.
    std::vector<llvm::BitVector> AtEntry;
    llvm::BitVector Reached;
    bool IsComplete = false;
  };

  /// Solves \p Problem, from \p AtEntry on, whose size is the number of facts.
  /// \p Problem has to outlive the solution.
  Solution solve(FlowProblem &Problem, llvm::BitVector AtEntry) const;

  /// Whether an exception that \p Handler catches has left the scope of
  /// \p Var.
  bool hasLeft(const clang::CXXCatchStmt *Handler,
               const clang::VarDecl *Var) const;

private:
  const clang::FunctionDecl *FD;
  std::unique_ptr<clang::CFG> Graph;
  mutable bool GivenUp = false;
  std::vector<const clang::Expr *> Suspensions;
  llvm::DenseMap<const clang::Stmt *, const clang::Expr *> SuspendedAfter;
  /// Awaits and yields after which the coroutine does not go on.
  llvm::SmallPtrSet<const clang::Stmt *, 2> Ends;
  /// Per handler, the variables that its try block declares.
  llvm::DenseMap<const clang::CXXCatchStmt *,
                 llvm::SmallPtrSet<const clang::VarDecl *, 8>>
      Left;
};

/// Whether the life of \p Var ends with \p Element, or has since the last round
/// of a loop: it is destroyed, or declared again.
bool endsLifetime(const clang::CFGElement &Element, const clang::VarDecl *Var);

/// The expressions of \p Flow that may run on the event loop: where the
/// coroutine starts, until an await in \p Hops moves it elsewhere, and after
/// one that brings it back.
llvm::SmallPtrSet<const clang::Stmt *, 32>
reachedOnLoop(const FunctionFlow &Flow,
              const llvm::DenseMap<const clang::Stmt *, Hop> &Hops,
              Coroutines &C);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_FLOW_H
