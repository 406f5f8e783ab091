//===-- FactGraph.cpp - What is known of functions, across files ---------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/FactGraph.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <deque>

using namespace async_tidy;

std::string FunctionKey::str() const {
  return llvm::utohexstr(High, /*LowerCase=*/true, 16) +
         llvm::utohexstr(Low, /*LowerCase=*/true, 16);
}

std::optional<FunctionKey> FunctionKey::parse(llvm::StringRef Hex) {
  FunctionKey K;
  if (Hex.size() != 32 || Hex.take_front(16).getAsInteger(16, K.High) ||
      Hex.drop_front(16).getAsInteger(16, K.Low))
    return std::nullopt;
  return K;
}

BlockingKind async_tidy::kindOf(Category C) {
  switch (C) {
  case Category::Sleep:
    return BlockingKind::Sleep;
  case Category::Wait:
    return BlockingKind::Wait;
  case Category::EventLoop:
    return BlockingKind::EventLoop;
  default:
    return BlockingKind::Call;
  }
}

//===----------------------------------------------------------------------===//
// Guard
//===----------------------------------------------------------------------===//

std::string Guard::str() const {
  llvm::json::Array Keys;
  for (const FunctionKey &K : Functions)
    Keys.push_back(K.str());
  llvm::json::Object Remedies;
  for (unsigned I = 0; I != NumCategories; ++I)
    if (!Instead[I].empty())
      Remedies[categoryName(Category(I))] = Instead[I];
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::json::Value(
      llvm::json::Object{{"blocks", std::move(Keys)},
                         {"kind", unsigned(Kind)},
                         {"message", Message},
                         {"instead", std::move(Remedies)}});
  return Text;
}

llvm::Expected<Guard> Guard::parse(llvm::StringRef Text) {
  auto Malformed = [] {
    return llvm::createStringError("malformed guard in a record");
  };
  llvm::Expected<llvm::json::Value> Value = llvm::json::parse(Text);
  if (!Value)
    return Value.takeError();
  const llvm::json::Object *Object = Value->getAsObject();
  const llvm::json::Array *Keys = Object ? Object->getArray("blocks") : nullptr;
  std::optional<int64_t> Kind =
      Object ? Object->getInteger("kind") : std::nullopt;
  auto Message = Object ? Object->getString("message") : std::nullopt;
  if (!Keys || !Message || !Kind || *Kind < 0 || *Kind >= NumBlockingKinds)
    return Malformed();
  Guard G;
  G.Kind = BlockingKind(*Kind);
  G.Message = Message->str();
  for (const llvm::json::Value &Key : *Keys) {
    std::optional<FunctionKey> K =
        FunctionKey::parse(Key.getAsString().value_or(""));
    if (!K)
      return Malformed();
    G.Functions.push_back(*K);
  }
  if (const llvm::json::Object *Remedies = Object->getObject("instead"))
    for (unsigned I = 0; I != NumCategories; ++I)
      if (auto Remedy = Remedies->getString(categoryName(Category(I))))
        G.Instead[I] = Remedy->str();
  return G;
}

//===----------------------------------------------------------------------===//
// FactGraph
//===----------------------------------------------------------------------===//

static std::pair<uint64_t, uint64_t> pair(const FunctionKey &K) {
  return {K.High, K.Low};
}

unsigned FactGraph::add(llvm::ArrayRef<FunctionFacts> Facts) {
  for (const FunctionFacts &F : Facts) {
    ByKey[pair(F.Key)].push_back(Definitions.size());
    Definitions.push_back(&F);
    RecordOf.push_back(NumRecords);
  }
  return NumRecords++;
}

std::vector<unsigned> FactGraph::candidates(const FunctionKey &Key,
                                            unsigned From) const {
  auto It = ByKey.find(pair(Key));
  if (It == ByKey.end())
    return {};
  std::vector<unsigned> Own;
  for (unsigned I : It->second)
    if (RecordOf[I] == From)
      Own.push_back(I);
  return Own.empty() ? It->second : Own;
}

static bool isAboutFiles(Category C) {
  return C == Category::File || C == Category::FileSystem;
}

void FactGraph::solve() {
  // In program order.
  std::vector<std::vector<Caller>> Callers(Definitions.size());
  for (unsigned I = 0; I != Definitions.size(); ++I) {
    if (Definitions[I]->IsCoroutine)
      continue; // nothing is asked of what awaits a coroutine
    for (const CallFact &Call : Definitions[I]->Calls)
      for (unsigned Callee : candidates(Call.Callee, RecordOf[I]))
        Callers[Callee].push_back({I, &Call});
  }
  for (unsigned Kind = 0; Kind <= NumBlockingKinds; ++Kind)
    solve(Callers, Kind);
}

void FactGraph::solve(llvm::ArrayRef<std::vector<Caller>> Callers,
                      unsigned Kind) {
  const bool Files = Kind == NumBlockingKinds;
  auto Counts = [&](const BlockingFact &B) {
    if (isAboutFiles(B.Why))
      return Files && !B.IsRare;
    return unsigned(kindOf(B.Why)) == Kind;
  };
  std::vector<Node> &Graph = Nodes[Kind];
  Graph.assign(Definitions.size(), {});
  std::deque<unsigned> Work;
  for (unsigned I = 0; I != Definitions.size(); ++I) {
    Graph[I].Facts = Definitions[I];
    if (Definitions[I]->IsCoroutine)
      continue;
    for (const BlockingFact &B : Definitions[I]->Blocks)
      if (Counts(B)) {
        Graph[I].Distance = 0;
        Graph[I].Blocks = &B;
        Work.push_back(I);
        break;
      }
  }
  while (!Work.empty()) {
    unsigned I = Work.front();
    Work.pop_front();
    for (const Caller &C : Callers[I]) {
      Node &N = Graph[C.Definition];
      if (N.Distance != ~0u)
        continue; // breadth first: the first way found is a shortest one
      if (Files && C.Call->IsRare)
        continue;
      N.Distance = Graph[I].Distance + 1;
      N.Calls = C.Call;
      N.Next = I;
      Work.push_back(C.Definition);
    }
  }
}

std::optional<BlockingChain> FactGraph::blocks(const FunctionKey &Key,
                                               BlockingKind Kind,
                                               unsigned From) const {
  const std::vector<Node> *Graph = nullptr;
  const Node *N = nullptr;
  for (unsigned Which : {unsigned(Kind), NumBlockingKinds}) {
    if (Which == NumBlockingKinds && Kind != kindOf(Category::File))
      continue;
    for (unsigned I : candidates(Key, From))
      if (const Node &Candidate = Nodes[Which][I];
          Candidate.Distance != ~0u &&
          (!N || Candidate.Distance < N->Distance)) {
        Graph = &Nodes[Which];
        N = &Candidate;
      }
  }
  if (!N)
    return std::nullopt;

  BlockingChain Chain;
  for (; N->Calls; N = &(*Graph)[N->Next])
    Chain.Steps.push_back(
        {"'" + N->Facts->Name + "' calls '" + N->Calls->Name + "' here",
         N->Calls->At});
  Chain.Why = N->Blocks->Why;
  Chain.Does = N->Blocks->Does;
  Chain.Instead = N->Blocks->Instead;
  Chain.Steps.push_back({"'" + N->Facts->Name + "' calls '" +
                             N->Blocks->Callee +
                             "' here, which blocks: " + N->Blocks->Does,
                         N->Blocks->At});
  return Chain;
}

std::optional<BlockingChain> FactGraph::resolve(const Guard &G,
                                                unsigned From) const {
  for (const FunctionKey &Key : G.Functions)
    if (auto Chain = blocks(Key, G.Kind, From))
      return Chain;
  return std::nullopt;
}

std::string async_tidy::completeMessage(const Guard &G,
                                        const BlockingChain &Chain) {
  std::string Text = G.Message + ": " + Chain.Does;
  if (const std::string &Instead = Chain.Instead.empty()
                                       ? G.Instead[unsigned(Chain.Why)]
                                       : Chain.Instead;
      !Instead.empty())
    Text += "; " + Instead;
  return Text;
}
