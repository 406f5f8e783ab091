//===-- Flow.cpp - What may hold at each point of a function ----*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Flow.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"

using namespace clang;
using namespace async_tidy;

/// The elements that one problem may ask about, blocks visited again included,
/// before the function is given up. Functions that people write stay far below:
/// the largest one met had 12,000 elements.
static constexpr size_t Budget = 1u << 21;

FlowProblem::~FlowProblem() = default;

static std::unique_ptr<CFG> buildCFG(const FunctionDecl *FD, ASTContext &Ctx) {
  const Stmt *Body = coroutineBody(FD);
  if (!Body)
    Body = FD->getBody();
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.PruneTriviallyFalseEdges = true;
  Options.AddEHEdges = true;
  Options.AddInitializers = true;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  return CFG::buildCFG(FD, const_cast<Stmt *>(Body), &Ctx, Options);
}

static const Expr *asSuspension(const Stmt *S, Coroutines &C) {
  const auto *E = dyn_cast<Expr>(S);
  return E && isa<CoroutineSuspendExpr, DependentCoawaitExpr>(E) &&
                 C.maySuspend(E)
             ? E
             : nullptr;
}

std::unique_ptr<FunctionFlow>
FunctionFlow::make(const FunctionDecl *FD, ASTContext &Ctx, Coroutines &C) {
  if (!FD->hasBody())
    return nullptr;
  std::unique_ptr<CFG> Graph = buildCFG(FD, Ctx);
  if (!Graph)
    return nullptr;
  size_t Elements = 0;
  for (const CFGBlock *Block : *Graph)
    Elements += Block->size();
  if (Elements <= Budget / 8)
    return std::make_unique<FunctionFlow>(FD, std::move(Graph), C);
  auto Empty = std::make_unique<FunctionFlow>(FD, std::make_unique<CFG>(), C);
  Empty->GivenUp = true;
  return Empty;
}

FunctionFlow::FunctionFlow(const FunctionDecl *FD, std::unique_ptr<CFG> G,
                           Coroutines &C)
    : FD(FD), Graph(std::move(G)) {
  llvm::DenseSet<const Stmt *> Elements;
  for (const CFGBlock *Block : llvm::reverse(*Graph))
    for (const CFGElement &Element : *Block)
      if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>()) {
        Elements.insert(S->getStmt());
        if (const Expr *E = asSuspension(S->getStmt(), C)) {
          Suspensions.push_back(E);
          if (C.endsCoroutine(E))
            Ends.insert(E);
        }
      }
  for (const Expr *E : Suspensions) {
    const Stmt *Moment = E;
    if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(E))
      if (const Expr *Call = Suspend->getSuspendExpr())
        if (Call = stripImplicit(Call); Elements.contains(Call))
          Moment = Call;
    SuspendedAfter[Moment] = E;
  }

  // What a handler finds destroyed.
  for (const CFGBlock *Block : *Graph) {
    const auto *Try = dyn_cast_or_null<CXXTryStmt>(Block->getTerminatorStmt());
    if (!Try)
      continue;
    llvm::SmallPtrSet<const VarDecl *, 8> Declared;
    walkBody(Try->getTryBlock(), [&](const Stmt *S) {
      if (const auto *Declares = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declares->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D))
            Declared.insert(Var);
      return true;
    });
    for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
      Left[Try->getHandler(I)] = Declared;
  }
}

const Expr *FunctionFlow::suspensionAt(const CFGElement &Element) const {
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  return S ? SuspendedAfter.lookup(S->getStmt()) : nullptr;
}

bool FunctionFlow::isExceptional(const CFGBlock &Block, unsigned Successor) {
  if (const Stmt *Terminator = Block.getTerminatorStmt())
    return isa<CXXTryStmt>(Terminator);
  // A call that may throw has its edge behind that of the call that returns.
  if (Successor > 0 || Block.hasNoReturnElement())
    return true;
  std::optional<CFGStmt> Last =
      Block.empty() ? std::nullopt : Block.back().getAs<CFGStmt>();
  return Last && isa<CXXThrowExpr>(Last->getStmt());
}

bool FunctionFlow::isNeverTaken(const CFGBlock &Block,
                                unsigned Successor) const {
  if (!Ends.empty() && !isExceptional(Block, Successor))
    for (const CFGElement &Element : Block)
      if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
          S && Ends.contains(S->getStmt()))
        return true;
  const auto *Loop = dyn_cast_or_null<DoStmt>(Block.getTerminatorStmt());
  return Loop && Successor == 0 && Loop->getDoLoc().isMacroID() &&
         Loop->getWhileLoc().isMacroID();
}

bool async_tidy::endsLifetime(const CFGElement &Element, const VarDecl *Var) {
  if (std::optional<CFGAutomaticObjDtor> End =
          Element.getAs<CFGAutomaticObjDtor>())
    return End->getVarDecl() == Var;
  std::optional<CFGStmt> S = Element.getAs<CFGStmt>();
  const auto *Declares = S ? dyn_cast<DeclStmt>(S->getStmt()) : nullptr;
  return Declares && llvm::is_contained(Declares->decls(), Var);
}

bool FunctionFlow::hasLeft(const CXXCatchStmt *Handler,
                           const VarDecl *Var) const {
  auto It = Left.find(Handler);
  return It != Left.end() && It->second.contains(Var);
}

FunctionFlow::Solution FunctionFlow::solve(FlowProblem &Problem,
                                           llvm::BitVector AtEntry) const {
  Solution Result;
  Result.Flow = this;
  Result.Problem = &Problem;
  Result.Reached.resize(Graph->getNumBlockIDs());
  Result.AtEntry.resize(Graph->getNumBlockIDs(),
                        llvm::BitVector(AtEntry.size()));
  // Most edges lead to blocks of smaller numbers: taking the largest one first
  // visits most blocks once.
  llvm::BitVector Pending(Graph->getNumBlockIDs());
  std::vector<const CFGBlock *> Blocks(Graph->getNumBlockIDs());
  for (const CFGBlock *Block : *Graph)
    Blocks[Block->getBlockID()] = Block;

  auto Enter = [&](const CFGBlock *Block, llvm::BitVector Facts) {
    const unsigned ID = Block->getBlockID();
    if (const auto *Handler = dyn_cast_or_null<CXXCatchStmt>(Block->getLabel()))
      for (unsigned Fact : Facts.set_bits())
        if (const VarDecl *Var = Problem.owner(Fact);
            Var && hasLeft(Handler, Var))
          Facts.reset(Fact);
    if (Result.Reached.test(ID) && !Facts.test(Result.AtEntry[ID]))
      return;
    Result.Reached.set(ID);
    Result.AtEntry[ID] |= Facts;
    Pending.set(ID);
  };

  Enter(&Graph->getEntry(), std::move(AtEntry));
  size_t Steps = 0;
  for (int ID = Pending.find_last(); ID >= 0; ID = Pending.find_last()) {
    Pending.reset(ID);
    const CFGBlock *Block = Blocks[ID];
    llvm::BitVector Facts = Result.AtEntry[ID], Before = Facts;
    for (const CFGElement &Element : *Block) {
      Before = Facts;
      Problem.transfer(Element, Facts);
    }
    Steps += Block->size() + 1;
    if (Steps > Budget) {
      GivenUp = true;
      return Result;
    }
    const Stmt *Condition =
        Block->succ_size() == 2 ? Block->getTerminatorCondition() : nullptr;
    const auto *Atom = dyn_cast_or_null<Expr>(Condition);
    bool Value = true;
    while (Atom) {
      Atom = stripImplicit(Atom);
      const auto *Not = dyn_cast<UnaryOperator>(Atom);
      if (!Not || Not->getOpcode() != UO_LNot)
        break;
      Value = !Value;
      Atom = Not->getSubExpr();
    }
    unsigned Successor = 0;
    for (const CFGBlock *Next : Block->succs()) {
      if (Next && !isNeverTaken(*Block, Successor)) {
        llvm::BitVector Here = Facts;
        // What throws has not done what it does.
        if (isExceptional(*Block, Successor))
          Here &= Before;
        if (Atom && !isa<SwitchStmt>(Block->getTerminatorStmt()))
          Problem.assume(Atom, Successor == 0 ? Value : !Value, Here);
        Enter(Next, std::move(Here));
      }
      ++Successor;
    }
  }
  Result.IsComplete = true;
  return Result;
}

void FunctionFlow::Solution::forEach(
    llvm::function_ref<void(const CFGElement &, const llvm::BitVector &)> Visit)
    const {
  if (!IsComplete)
    return;
  for (const CFGBlock *Block : llvm::reverse(*Flow->Graph)) {
    if (!Reached.test(Block->getBlockID()))
      continue;
    llvm::BitVector Facts = AtEntry[Block->getBlockID()];
    for (const CFGElement &Element : *Block) {
      Visit(Element, Facts);
      Problem->transfer(Element, Facts);
    }
  }
}

void FunctionFlow::Solution::forEachExit(
    llvm::function_ref<void(const Stmt *, bool, const llvm::BitVector &)> Visit)
    const {
  if (!IsComplete)
    return;
  for (const CFGBlock *Block : llvm::reverse(*Flow->Graph)) {
    if (!Reached.test(Block->getBlockID()))
      continue;
    unsigned Successor = 0;
    for (const CFGBlock *Next : Block->succs()) {
      if (Next == &Flow->Graph->getExit() &&
          !Flow->isNeverTaken(*Block, Successor)) {
        llvm::BitVector Facts = AtEntry[Block->getBlockID()], Before = Facts;
        const Stmt *Last = nullptr;
        for (const CFGElement &Element : *Block) {
          Before = Facts;
          Problem->transfer(Element, Facts);
          if (std::optional<CFGStmt> S = Element.getAs<CFGStmt>())
            if (isa<ReturnStmt, CoreturnStmt, CallExpr, CXXThrowExpr>(
                    S->getStmt()))
              Last = S->getStmt();
        }
        const bool Thrown = isExceptional(*Block, Successor);
        if (Thrown)
          Facts &= Before;
        Visit(Thrown || isa_and_nonnull<ReturnStmt, CoreturnStmt>(Last)
                  ? Last
                  : nullptr,
              Thrown, Facts);
      }
      ++Successor;
    }
  }
}

llvm::SmallPtrSet<const Stmt *, 32>
async_tidy::reachedOnLoop(const FunctionFlow &Flow,
                          const llvm::DenseMap<const Stmt *, Hop> &Hops,
                          Coroutines &C) {
  enum : unsigned { OnLoop = 1, ForNow = 2, ForGood = 4 };
  const CFG &Graph = Flow.graph();
  llvm::SmallPtrSet<const Stmt *, 32> Reached;
  std::vector<unsigned> Entry(Graph.getNumBlockIDs(), 0);
  llvm::SmallVector<const CFGBlock *, 16> Work{&Graph.getEntry()};
  Entry[Graph.getEntry().getBlockID()] = OnLoop;
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
