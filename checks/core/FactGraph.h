//===-- FactGraph.h - From facts to what functions do -----------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The link step: follows calls from function to function until it knows what
/// each does. The driver links the records of a whole program with it, a check
/// in clang-tidy the facts of its own file.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_FACTGRAPH_H
#define ASYNC_TIDY_CHECKS_CORE_FACTGRAPH_H

#include "core/Facts.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseMapInfo.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <deque>

template <> struct llvm::DenseMapInfo<async_tidy::FunctionKey> {
  using Key = async_tidy::FunctionKey;
  static Key getEmptyKey() { return {~0ull, ~0ull}; }
  static Key getTombstoneKey() { return {~0ull, ~1ull}; }
  // Half of a good hash is a good hash.
  static unsigned getHashValue(const Key &K) { return unsigned(K.Low); }
  static bool isEqual(const Key &A, const Key &B) { return A == B; }
};

namespace async_tidy {

/// What is known to follow from the facts of a program, about one function.
struct Conclusion {
  /// Of the function, or of a virtual call.
  FunctionKey Key;
  /// An effect, or \c AboutFiles.
  unsigned Layer = 0;
  Chain Why;
};

/// Opening a file now and then, as a log does, is not what callers have to
/// know: such calls have a layer of their own, behind those of the effects.
inline constexpr unsigned AboutFiles = NumEffects;
inline constexpr unsigned NumLayers = NumEffects + 1;

/// What has to be known before a virtual call is said to have an effect.
enum class Overriders {
  Local, ///< all overriders have it, and no other file can have more
  All,   ///< all overriders of the program have it; all records are here
  Any,   ///< some overrider has it
};

/// Follows calls through any number of functions and records. A fixpoint over
/// reversed call edges: cycles end, unknown callees add nothing, and the
/// chain is the shortest, the first in program order among equals.
class FactGraph {
public:
  /// Begins the next record. A call means the definition in its own record, if
  /// that has one: two programs may define the same function. Otherwise, a
  /// function that several records define blocks when any of them does.
  /// \returns the record's number.
  unsigned beginRecord() { return NumRecords++; }

  /// Whether the record has to be asked for the facts of \p Key: no, when
  /// another one has brought them, with the same \p Content. Facts about an
  /// inline function come with every file that includes it.
  bool isNew(const FunctionKey &Key, uint64_t Content);

  /// Adds to the record at hand what it says of a function. The memory behind
  /// \p F must outlive the graph.
  void add(const FunctionFacts &F, uint64_t Content);
  void add(const MethodFacts &M);

  /// Adds a whole record. \returns its number.
  unsigned add(llvm::ArrayRef<FunctionFacts> Functions,
               llvm::ArrayRef<MethodFacts> Methods = {});

  /// Adds what has been concluded from other files, which must outlive the
  /// graph. About virtual calls nothing else counts then: their overriders may
  /// be anywhere.
  void add(llvm::ArrayRef<Conclusion> Concluded);
  /// Adds coroutines that other files only ever start where blocking is fine.
  void addElsewhere(llvm::ArrayRef<FunctionKey> Coroutines) {
    Elsewhere.insert(Coroutines.begin(), Coroutines.end());
  }

  /// To be called after the last \c add and before any question.
  void solve(Overriders Needed = Overriders::Local);

  /// Why \p Key has effect \p E when record \p From calls it, if it is known
  /// to.
  std::optional<Chain> find(const FunctionKey &Key, Effect E,
                            unsigned From = 0) const;

  /// Whether \p Key is a coroutine that is started, and only ever where
  /// blocking is fine: on a thread pool, or by a coroutine of which the same is
  /// true.
  bool runsElsewhere(const FunctionKey &Key) const {
    return Elsewhere.contains(Key);
  }

  /// The chain for the first function of \p G for which it holds; an empty one
  /// when it does not ask about any.
  std::optional<Chain> resolve(const Guard &G, unsigned From = 0) const;

  /// All that follows, in the order in which the functions came.
  std::vector<Conclusion> conclusions() const;
  /// Calls \p Visit on the facts of each definition.
  void
  forEachFunction(llvm::function_ref<void(const FunctionFacts &)> Visit) const;

private:
  struct Definition {
    FunctionFacts Facts;
    uint64_t Content;
    llvm::SmallVector<unsigned, 2> Records; ///< ascending
  };
  /// A virtual function as its callers see it: itself, and all that override
  /// it.
  struct Dispatch {
    MethodFacts Method;
    llvm::SmallVector<FunctionKey, 4> Targets;
  };
  /// A node is a definition or, behind those, a dispatch.
  using NodeIndex = unsigned;
  struct Caller {
    NodeIndex Definition;
    const CallFact *Call;
  };
  /// How a node comes to have an effect.
  struct Reached {
    unsigned Distance = 0;
    const BlockingFact *Blocks = nullptr; ///< itself
    const ThrowFact *Throws = nullptr;    ///< itself
    const CallFact *Calls = nullptr;      ///< by the next step
    NodeIndex Next = 0;
    const Chain *Concluded = nullptr; ///< from other files
  };

  void solveLayer(unsigned Layer, Overriders Needed);
  llvm::ArrayRef<Caller> callersOf(NodeIndex N) const;
  bool passesOn(unsigned Layer, NodeIndex From, const Caller &To) const;
  void collectDispatches(Overriders Needed);
  void collectCallers();
  void collectElsewhere();
  /// The definitions that a call of \p Key from record \p From may mean.
  llvm::SmallVector<unsigned, 2>
  candidates(const FunctionKey &Key, llvm::ArrayRef<unsigned> From) const;
  Chain chain(unsigned Layer, NodeIndex N) const;
  std::optional<Chain> find(llvm::ArrayRef<NodeIndex> Nodes,
                            llvm::ArrayRef<unsigned> Layers) const;

  std::deque<Definition> Definitions;
  std::deque<Dispatch> Dispatches;
  unsigned NumRecords = 0;
  llvm::DenseMap<FunctionKey, llvm::SmallVector<unsigned, 1>> ByKey;
  llvm::DenseMap<FunctionKey, unsigned> Methods; ///< into Dispatches
  /// Which dispatches a definition is a target of.
  llvm::DenseMap<FunctionKey, llvm::SmallVector<unsigned, 1>> DispatchedBy;
  /// The callers of node I are at [FirstCaller[I], FirstCaller[I + 1]).
  std::vector<unsigned> FirstCaller;
  std::vector<Caller> Callers;
  llvm::DenseSet<FunctionKey> Elsewhere;
  llvm::DenseMap<NodeIndex, Reached> Layers[NumLayers];
  std::vector<std::pair<NodeIndex, const Conclusion *>> Conclusions;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_FACTGRAPH_H
