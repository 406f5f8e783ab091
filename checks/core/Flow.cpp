//===-- Flow.cpp - Control flow of a coroutine's own body -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Flow.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

std::unique_ptr<CFG> async_tidy::buildCFG(const FunctionDecl *FD,
                                          ASTContext &Ctx) {
  const Stmt *Body = coroutineBody(FD);
  if (!Body)
    Body = FD->getBody();
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.PruneTriviallyFalseEdges = true;
  return CFG::buildCFG(FD, const_cast<Stmt *>(Body), &Ctx, Options);
}

llvm::SmallPtrSet<const Stmt *, 32>
async_tidy::reachedOnLoop(const CFG &Graph,
                          const llvm::DenseMap<const Stmt *, Hop> &Hops,
                          Coroutines &C) {
  enum : unsigned { OnLoop = 1, ForNow = 2, ForGood = 4 };
  llvm::SmallPtrSet<const Stmt *, 32> Reached;
  std::vector<unsigned> Entry(Graph.getNumBlockIDs(), 0);
  llvm::SmallVector<const CFGBlock *, 16> Work{&Graph.getEntry()};
  Entry[Graph.getEntry().getBlockID()] = OnLoop;
  // No edge leads to a handler; an exception may come from before a hop.
  for (const CFGBlock *Block : Graph)
    if (isa_and_nonnull<CXXCatchStmt>(Block->getLabel())) {
      Entry[Block->getBlockID()] = OnLoop;
      Work.push_back(Block);
    }
  while (!Work.empty()) {
    const CFGBlock *Block = Work.pop_back_val();
    unsigned State = Entry[Block->getBlockID()];
    for (const CFGElement &Element : *Block) {
      std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
      if (!S)
        continue;
      if (State & OnLoop)
        Reached.insert(S->getStmt());
      if (const auto *E = dyn_cast<Expr>(S->getStmt());
          E && isa<CoroutineSuspendExpr, DependentCoawaitExpr>(E) &&
          C.maySuspend(E)) {
        if (auto Moved = Hops.find(E); Moved != Hops.end())
          State = Moved->second.To == Place::Loop ? OnLoop
                  : Moved->second.UntilSuspension ? ForNow
                                                  : ForGood;
        else if ((State & ForNow) && C.resumesOnOwnExecutor(E))
          State = (State & ~ForNow) | OnLoop;
      }
    }
    for (const CFGBlock *Next : Block->succs())
      if (Next &&
          (Entry[Next->getBlockID()] | State) != Entry[Next->getBlockID()]) {
        Entry[Next->getBlockID()] |= State;
        Work.push_back(Next);
      }
  }
  return Reached;
}
