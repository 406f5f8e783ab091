//===-- FactGraph.h - What is known of functions, across files -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Facts about functions as a translation unit's record carries them, and the
/// link step that follows calls from function to function until it knows what
/// blocks. Nothing here knows an AST: the driver links the records of a whole
/// program with it, a check in clang-tidy those of its own file.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_FACTGRAPH_H
#define ASYNC_TIDY_CHECKS_CORE_FACTGRAPH_H

#include "core/ModelFile.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

/// Identifies a function across files: a hash of its USR and, where that is
/// not unique in a program, of the file.
struct FunctionKey {
  uint64_t High = 0, Low = 0;

  bool operator==(const FunctionKey &) const = default;
  auto operator<=>(const FunctionKey &) const = default;
  explicit operator bool() const { return High || Low; }
  /// 32 hexadecimal digits.
  std::string str() const;
  static std::optional<FunctionKey> parse(llvm::StringRef Hex);
};

/// A place in a file: an absolute path, and an offset in bytes.
struct FactLocation {
  std::string File;
  unsigned Offset = 0;
};

/// The ways to block that are told apart: each has chains of its own.
enum class BlockingKind { Sleep, Wait, EventLoop, Call };
inline constexpr unsigned NumBlockingKinds = 4;
BlockingKind kindOf(Category C);

/// A function blocks by calling something that a model says blocks.
struct BlockingFact {
  Category Why = Category::Wait;
  std::string Callee; ///< as messages call it
  std::string Does;   ///< as in "it opens a file"
  /// What to do instead, where that is the same for every caller.
  std::string Instead;
  FactLocation At;
  /// Only when the state of an object or of the program says so.
  bool IsRare = false;
};

/// A function calls another one, on its own thread, before it returns.
struct CallFact {
  FunctionKey Callee;
  std::string Name; ///< as messages call the callee
  FactLocation At;
  /// Only when the state of an object or of the program says so.
  bool IsRare = false;
};

struct FunctionFacts {
  FunctionKey Key;
  std::string Name;
  /// A coroutine's blocking is reported in itself, never in its callers.
  bool IsCoroutine = false;
  std::vector<BlockingFact> Blocks;
  std::vector<CallFact> Calls;
};

/// Why a function blocks: the shortest way from it to something that does.
struct BlockingChain {
  Category Why;
  std::string Does, Instead;
  struct Step {
    std::string Text; ///< as in "'load' calls 'read_all' here"
    FactLocation At;
  };
  std::vector<Step> Steps;
};

/// "This finding holds if a function blocks": what a check asks about code
/// that it may not see.
struct Guard {
  /// Any of these: the same call in several instantiations of a template.
  std::vector<FunctionKey> Functions;
  BlockingKind Kind = BlockingKind::Call;
  /// The finding's message, up to the reason.
  std::string Message;
  /// What to do instead, by category; empty where there is nothing to say.
  std::string Instead[NumCategories];

  /// One line of JSON, and back.
  std::string str() const;
  static llvm::Expected<Guard> parse(llvm::StringRef Text);
};

/// Follows calls through any number of functions and records. A fixpoint over
/// reversed call edges: cycles end, unknown callees add nothing, and the
/// chain is the shortest, the first in program order among equals.
class FactGraph {
public:
  /// Adds the facts of one record, which must outlive the graph. A call means
  /// the definition in its own record, if that has one: two programs may define
  /// the same function. Otherwise, a function that several records define
  /// blocks when any of them does.
  /// \returns the record's number.
  unsigned add(llvm::ArrayRef<FunctionFacts> Facts);

  /// To be called after the last \c add and before \c blocks.
  void solve();

  /// Why \p Key blocks when record \p From calls it, if it is known to.
  std::optional<BlockingChain> blocks(const FunctionKey &Key, BlockingKind Kind,
                                      unsigned From = 0) const;

  /// The chain for the first function of \p G that blocks.
  std::optional<BlockingChain> resolve(const Guard &G, unsigned From = 0) const;

private:
  /// Who calls a definition.
  struct Caller {
    unsigned Definition;
    const CallFact *Call;
  };
  struct Node {
    const FunctionFacts *Facts = nullptr;
    unsigned Distance = ~0u;
    const BlockingFact *Blocks = nullptr;
    const CallFact *Calls = nullptr; ///< the next step
    unsigned Next = 0;
  };
  /// One node per definition: the first that has the shortest way is kept.
  std::vector<const FunctionFacts *> Definitions;
  std::vector<unsigned> RecordOf; ///< per definition
  unsigned NumRecords = 0;
  llvm::DenseMap<std::pair<uint64_t, uint64_t>, std::vector<unsigned>> ByKey;
  /// One per kind, and the last for files: opening one now and then, as a log
  /// does, is not what callers have to know.
  std::vector<Node> Nodes[NumBlockingKinds + 1];
  void solve(llvm::ArrayRef<std::vector<Caller>> Callers, unsigned Kind);

  /// The definitions that a call of \p Key from record \p From may mean.
  std::vector<unsigned> candidates(const FunctionKey &Key, unsigned From) const;
};

/// The message of a finding that \p G guards, completed with why \p Chain
/// blocks and what to do instead.
std::string completeMessage(const Guard &G, const BlockingChain &Chain);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_FACTGRAPH_H
