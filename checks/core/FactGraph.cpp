//===-- FactGraph.cpp - From facts to what functions do -------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/FactGraph.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace async_tidy;

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

bool FactGraph::isNew(const FunctionKey &Key, uint64_t Content) {
  auto It = ByKey.find(Key);
  if (It == ByKey.end())
    return true;
  for (unsigned I : It->second)
    if (Definition &D = Definitions[I]; D.Content == Content) {
      if (D.Records.back() != NumRecords - 1)
        D.Records.push_back(NumRecords - 1);
      return false;
    }
  return true;
}

void FactGraph::add(const FunctionFacts &F, uint64_t Content) {
  ByKey[F.Key].push_back(Definitions.size());
  Definitions.push_back({F, Content, {NumRecords - 1}});
}

void FactGraph::add(const MethodFacts &M) {
  auto [It, New] = Methods.try_emplace(M.Key, Dispatches.size());
  if (New)
    Dispatches.push_back({M, {}});
}

unsigned FactGraph::add(llvm::ArrayRef<FunctionFacts> Functions,
                        llvm::ArrayRef<MethodFacts> Methods) {
  unsigned Record = beginRecord();
  uint64_t Content = 0; // all differ
  for (const FunctionFacts &F : Functions)
    add(F, uint64_t(Record) << 32 | Content++);
  for (const MethodFacts &M : Methods)
    add(M);
  return Record;
}

void FactGraph::add(llvm::ArrayRef<Conclusion> Concluded) {
  beginRecord();
  llvm::DenseMap<FunctionKey, NodeIndex> Nodes;
  for (const Conclusion &C : Concluded) {
    auto [It, New] = Nodes.try_emplace(C.Key, Definitions.size());
    if (New) {
      FunctionFacts F;
      F.Key = C.Key;
      add(F, ~uint64_t(0));
    }
    Conclusions.push_back({It->second, &C});
  }
  Dispatches.clear();
  Methods.clear();
}

void FactGraph::forEachFunction(
    llvm::function_ref<void(const FunctionFacts &)> Visit) const {
  for (const Definition &D : Definitions)
    Visit(D.Facts);
}

std::vector<Conclusion> FactGraph::conclusions() const {
  std::vector<Conclusion> All;
  auto Add = [&](const FunctionKey &Key, llvm::ArrayRef<NodeIndex> Nodes) {
    for (unsigned Layer = 0; Layer != NumLayers; ++Layer)
      if (auto Why = find(Nodes, Layer))
        All.push_back({Key, Layer, std::move(*Why)});
  };
  for (unsigned I = 0; I != Definitions.size(); ++I) {
    const FunctionKey &Key = Definitions[I].Facts.Key;
    if (const auto &Nodes = ByKey.find(Key)->second; Nodes.front() == I)
      Add(Key, Nodes);
  }
  for (unsigned I = 0; I != Dispatches.size(); ++I)
    Add(Dispatches[I].Method.Key.dispatch(), Definitions.size() + I);
  return All;
}

static bool shareRecord(llvm::ArrayRef<unsigned> A,
                        llvm::ArrayRef<unsigned> B) {
  for (auto I = A.begin(), J = B.begin(); I != A.end() && J != B.end();)
    if (*I < *J)
      ++I;
    else if (*J < *I)
      ++J;
    else
      return true;
  return false;
}

llvm::SmallVector<unsigned, 2>
FactGraph::candidates(const FunctionKey &Key,
                      llvm::ArrayRef<unsigned> From) const {
  auto It = ByKey.find(Key);
  if (It == ByKey.end())
    return {};
  llvm::SmallVector<unsigned, 2> All(It->second.begin(), It->second.end()), Own;
  if (All.size() > 1)
    for (unsigned I : All)
      if (shareRecord(Definitions[I].Records, From))
        Own.push_back(I);
  return Own.empty() ? All : Own;
}

//===----------------------------------------------------------------------===//
// Edges
//===----------------------------------------------------------------------===//

void FactGraph::collectDispatches(Overriders Needed) {
  for (unsigned I = 0; I != Dispatches.size(); ++I) {
    // Whatever it overrides, at any distance, may be called and mean it.
    llvm::SmallVector<FunctionKey, 8> Work{Dispatches[I].Method.Key};
    llvm::SmallVector<FunctionKey, 8> Seen;
    while (!Work.empty()) {
      FunctionKey Key = Work.pop_back_val();
      if (llvm::is_contained(Seen, Key))
        continue;
      Seen.push_back(Key);
      auto It = Methods.find(Key);
      if (It == Methods.end())
        continue;
      Dispatch &Called = Dispatches[It->second];
      if (!Dispatches[I].Method.IsPure &&
          (Called.Method.IsLocal || Needed != Overriders::Local)) {
        Called.Targets.push_back(Dispatches[I].Method.Key);
        DispatchedBy[Dispatches[I].Method.Key].push_back(It->second);
      }
      llvm::append_range(Work, Called.Method.Overrides);
    }
  }
}

void FactGraph::collectCallers() {
  const unsigned NumNodes = Definitions.size() + Dispatches.size();
  std::vector<std::pair<NodeIndex, Caller>> Edges;
  for (unsigned I = 0; I != Definitions.size(); ++I)
    for (const CallFact &Call : Definitions[I].Facts.Calls) {
      if (Call.IsStart)
        continue;
      if (Call.IsVirtual)
        if (auto It = Methods.find(Call.Callee); It != Methods.end()) {
          Edges.push_back(
              {unsigned(Definitions.size()) + It->second, {I, &Call}});
          continue;
        }
      auto It = ByKey.find(Call.target());
      if (It == ByKey.end())
        continue;
      if (It->second.size() == 1)
        Edges.push_back({It->second.front(), {I, &Call}});
      else
        for (unsigned Callee :
             candidates(Call.target(), Definitions[I].Records))
          Edges.push_back({Callee, {I, &Call}});
    }
  // Sorted by callee, and as they came within one.
  FirstCaller.assign(NumNodes + 1, 0);
  for (const auto &[Callee, C] : Edges)
    ++FirstCaller[Callee + 1];
  for (unsigned I = 0; I != NumNodes; ++I)
    FirstCaller[I + 1] += FirstCaller[I];
  Callers.resize(Edges.size());
  std::vector<unsigned> Next(FirstCaller.begin(), FirstCaller.end() - 1);
  for (const auto &[Callee, C] : Edges)
    Callers[Next[Callee]++] = C;
}

void FactGraph::collectElsewhere() {
  // Per coroutine, the starts that are not known to be elsewhere: those by
  // coroutines, which may turn out to be, and others, which never do.
  struct Starts {
    bool Any = false, Other = false;
    llvm::SmallVector<FunctionKey, 2> By;
  };
  llvm::DenseMap<FunctionKey, Starts> Started;
  for (const Definition &D : Definitions)
    if (D.Facts.IsCoroutine)
      Started.try_emplace(D.Facts.Key);
  llvm::DenseMap<FunctionKey, llvm::SmallVector<FunctionKey, 2>> StartedBy;
  for (const Definition &D : Definitions)
    for (const CallFact &Call : D.Facts.Calls) {
      auto It = Started.find(Call.Callee);
      // What it does itself says nothing of how it began.
      if (It == Started.end() || Call.Callee == D.Facts.Key)
        continue;
      It->second.Any = true;
      if (Call.IsElsewhere)
        continue;
      if (Call.IsStart || Call.IsVirtual || !D.Facts.IsCoroutine) {
        It->second.Other = true;
      } else if (!llvm::is_contained(It->second.By, D.Facts.Key)) {
        It->second.By.push_back(D.Facts.Key);
        StartedBy[D.Facts.Key].push_back(Call.Callee);
      }
    }
  llvm::SmallVector<FunctionKey, 16> Work;
  for (const auto &[Key, S] : Started)
    if (S.Any && !S.Other && S.By.empty())
      Work.push_back(Key);
  while (!Work.empty()) {
    FunctionKey Key = Work.pop_back_val();
    if (!Elsewhere.insert(Key).second)
      continue;
    for (const FunctionKey &Callee : StartedBy.lookup(Key)) {
      const Starts &S = Started.find(Callee)->second;
      if (!S.Other && llvm::all_of(S.By, [&](const FunctionKey &By) {
            return Elsewhere.contains(By);
          }))
        Work.push_back(Callee);
    }
  }
}

llvm::ArrayRef<FactGraph::Caller> FactGraph::callersOf(NodeIndex N) const {
  return llvm::ArrayRef(Callers).slice(FirstCaller[N],
                                       FirstCaller[N + 1] - FirstCaller[N]);
}

//===----------------------------------------------------------------------===//
// Solving
//===----------------------------------------------------------------------===//

static bool isAboutFiles(Category C) {
  return C == Category::File || C == Category::FileSystem;
}

/// Whether the caller \p To has the effect because node \p From, which it
/// calls, has it.
bool FactGraph::passesOn(unsigned Layer, NodeIndex From,
                         const Caller &To) const {
  const FunctionFacts &Caller = Definitions[To.Definition].Facts;
  if (Layer == unsigned(Effect::Throw)) {
    if (To.Call->IsCaught || Caller.IsNoexcept)
      return false;
    // What a coroutine throws reaches whoever awaits it, and nobody else.
    return From >= Definitions.size() || !Definitions[From].Facts.IsCoroutine ||
           To.Call->IsAwaited;
  }
  // Nothing is asked of what awaits a coroutine.
  return !Caller.IsCoroutine && (Layer != AboutFiles || !To.Call->IsRare);
}

void FactGraph::solve(Overriders Needed) {
  collectDispatches(Needed);
  collectCallers();
  collectElsewhere();
  for (unsigned Layer = 0; Layer != NumLayers; ++Layer)
    solveLayer(Layer, Needed);
}

void FactGraph::solveLayer(unsigned Layer, Overriders Needed) {
  llvm::DenseMap<NodeIndex, Reached> &Graph = Layers[Layer];
  Graph.clear();
  // By distance, and in program order within one.
  std::vector<std::vector<std::pair<NodeIndex, Reached>>> Work(1);
  auto Reach = [&](NodeIndex N, Reached How) {
    if (Work.size() <= How.Distance)
      Work.resize(How.Distance + 1);
    Work[How.Distance].push_back({N, How});
  };
  for (unsigned I = 0; I != Definitions.size(); ++I) {
    const FunctionFacts &F = Definitions[I].Facts;
    if (Layer == unsigned(Effect::Throw)) {
      if (!F.Throws.empty() && !F.IsNoexcept)
        Reach(I, {0, nullptr, &F.Throws.front()});
      continue;
    }
    if (F.IsCoroutine)
      continue;
    for (const BlockingFact &B : F.Blocks)
      if (isAboutFiles(B.Why) ? Layer == AboutFiles && !B.IsRare
                              : Layer == unsigned(effectOf(B.Why))) {
        Reach(I, {0, &B});
        break;
      }
  }
  for (const auto &[N, C] : Conclusions)
    if (C->Layer == Layer)
      Reach(N, {unsigned(C->Why.Steps.size() - 1), nullptr, nullptr, nullptr, 0,
                &C->Why});

  // How many overriders of each virtual function are known to have the effect.
  std::vector<unsigned> Known(Dispatches.size(), 0);
  llvm::DenseSet<FunctionKey> Counted;
  for (unsigned Distance = 0; Distance < Work.size(); ++Distance)
    for (size_t At = 0; At != Work[Distance].size(); ++At) {
      const auto [N, How] = Work[Distance][At];
      if (!Graph.try_emplace(N, How).second)
        continue; // there is a shorter way
      for (const Caller &C : callersOf(N))
        if (passesOn(Layer, N, C) && !Graph.contains(C.Definition))
          Reach(C.Definition, {Distance + 1, nullptr, nullptr, C.Call, N});
      if (N >= Definitions.size())
        continue;
      const FunctionKey &Key = Definitions[N].Facts.Key;
      auto It = DispatchedBy.find(Key);
      // One definition of an overrider is enough.
      if (It == DispatchedBy.end() || !Counted.insert(Key).second)
        continue;
      for (unsigned D : It->second) {
        const auto &Targets = Dispatches[D].Targets;
        if (++Known[D] != (Needed == Overriders::Any ? 1 : Targets.size()))
          continue;
        // The nearest explains it best.
        NodeIndex Nearest = N;
        for (const FunctionKey &Target : Targets)
          for (unsigned I : ByKey.lookup(Target))
            if (auto Found = Graph.find(I);
                Found != Graph.end() &&
                Found->second.Distance < Graph.find(Nearest)->second.Distance)
              Nearest = I;
        Reach(Definitions.size() + D,
              {Distance + 1, nullptr, nullptr, nullptr, Nearest});
      }
    }
}

//===----------------------------------------------------------------------===//
// Answers
//===----------------------------------------------------------------------===//

Chain FactGraph::chain(unsigned Layer, NodeIndex N) const {
  const llvm::DenseMap<NodeIndex, Reached> &Graph = Layers[Layer];
  Chain Result;
  auto Add = [&](const llvm::Twine &Text, const FactLocation &At) {
    Result.Steps.push_back({Text.str(), At.File.str(), At.Offset});
  };
  std::string Overridden;
  for (;;) {
    const Reached &How = Graph.find(N)->second;
    if (How.Concluded) {
      Result.Why = How.Concluded->Why;
      Result.Does = How.Concluded->Does;
      Result.Instead = How.Concluded->Instead;
      llvm::append_range(Result.Steps, How.Concluded->Steps);
      return Result;
    }
    if (N >= Definitions.size()) {
      const MethodFacts &Method = Dispatches[N - Definitions.size()].Method;
      N = How.Next;
      if (Definitions[N].Facts.Key != Method.Key)
        Overridden = (", which overrides '" + Method.Name + "',").str();
      continue;
    }
    const FunctionFacts &F = Definitions[N].Facts;
    std::string Who = ("'" + F.Name + "'").str() + std::move(Overridden);
    Overridden.clear();
    if (How.Calls) {
      Add(Who + (How.Calls->IsAwaited ? " awaits '" : " calls '") +
              How.Calls->Name + "' here",
          How.Calls->At);
      N = How.Next;
      continue;
    }
    if (const BlockingFact *B = How.Blocks) {
      Result.Why = B->Why;
      Result.Does = B->Does.str();
      Result.Instead = B->Instead.str();
      Add(Who + " calls '" + B->Callee + "' here, which blocks: " + B->Does,
          B->At);
    } else if (How.Throws->Operation.empty()) {
      Add(Who + " throws here", How.Throws->At);
    } else {
      Add(Who + " awaits '" + How.Throws->Operation +
              "' here, which throws when it fails",
          How.Throws->At);
    }
    return Result;
  }
}

std::optional<Chain> FactGraph::find(llvm::ArrayRef<NodeIndex> Nodes,
                                     llvm::ArrayRef<unsigned> Wanted) const {
  std::optional<std::pair<unsigned, NodeIndex>> Best;
  unsigned BestDistance = ~0u;
  for (unsigned Layer : Wanted)
    for (NodeIndex N : Nodes)
      if (auto It = Layers[Layer].find(N);
          It != Layers[Layer].end() && It->second.Distance < BestDistance) {
        BestDistance = It->second.Distance;
        Best = {Layer, N};
      }
  if (!Best)
    return std::nullopt;
  return chain(Best->first, Best->second);
}

std::optional<Chain> FactGraph::find(const FunctionKey &Key, Effect E,
                                     unsigned From) const {
  llvm::SmallVector<NodeIndex, 2> Nodes = candidates(Key, From);
  if (Nodes.empty())
    if (auto It = Methods.find(Key.dispatch()); It != Methods.end())
      Nodes.push_back(Definitions.size() + It->second);
  if (E == effectOf(Category::File))
    return find(Nodes, {unsigned(E), AboutFiles});
  return find(Nodes, unsigned(E));
}

/// The chain that ends in the use of \p P.
static Chain whereUsed(const FunctionFacts &F, const ParameterFact &P) {
  std::string Text =
      P.Number == ObjectParameter
          ? ("'" + F.Name + "' uses the object here, ").str()
          : ("parameter '" + P.Name + "' of '" + F.Name + "' is used here, ")
                .str();
  Text += P.IsSuspended ? "after a suspension" : "when the coroutine runs";
  Chain C;
  C.Steps.push_back({std::move(Text), P.At.File.str(), P.At.Offset});
  return C;
}

std::optional<Chain> FactGraph::resolve(const Guard &G, unsigned From) const {
  if (!G.Inside.empty() && llvm::all_of(G.Inside, [&](const FunctionKey &Key) {
        return runsElsewhere(Key);
      }))
    return std::nullopt;
  if (G.Functions.empty())
    return Chain();
  for (const FunctionKey &Key : G.Functions) {
    if (G.Parameter == 0) {
      if (auto Found = find(Key, G.Kind, From))
        return Found;
      continue;
    }
    for (unsigned I : candidates(Key, From))
      for (const FunctionFacts &F = Definitions[I].Facts;
           const ParameterFact &P : F.Parameters)
        if (P.Number == G.Parameter && (P.IsSuspended || !G.IsStarted))
          return whereUsed(F, P);
  }
  return std::nullopt;
}
