//===-- Flow.h - Control flow of a coroutine's own body -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The control-flow graph of what a user wrote in a function. A coroutine's
/// whole body can't be used: in it the promise's calls come after the user's
/// code. An await is the CFG element of its CoawaitExpr.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_FLOW_H
#define ASYNC_TIDY_CHECKS_CORE_FLOW_H

#include "core/Summaries.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <memory>

namespace async_tidy {

/// The graph of the user's body of \p FD, every expression an element. Null
/// when clang can't build one.
std::unique_ptr<clang::CFG> buildCFG(const clang::FunctionDecl *FD,
                                     clang::ASTContext &Ctx);

/// The expressions of \p Graph that may run on the event loop: where the
/// coroutine starts, until an await in \p Hops moves it elsewhere, and after
/// one that brings it back.
llvm::SmallPtrSet<const clang::Stmt *, 32>
reachedOnLoop(const clang::CFG &Graph,
              const llvm::DenseMap<const clang::Stmt *, Hop> &Hops,
              Coroutines &C);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_FLOW_H
