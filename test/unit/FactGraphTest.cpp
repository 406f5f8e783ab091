//===-- FactGraphTest.cpp - Chains of calls -------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/FactGraph.h"
#include "llvm/Support/StringSaver.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

FunctionKey key(uint64_t N) { return {N, N}; }

/// What the facts of a test refer to.
llvm::BumpPtrAllocator Memory;
llvm::StringSaver Saver(Memory);

FunctionFacts function(uint64_t N, std::string Name,
                       std::vector<uint64_t> Calls,
                       std::vector<Category> Blocks = {}) {
  FunctionFacts F;
  F.Key = key(N);
  F.Name = Saver.save(Name);
  unsigned Offset = 0;
  std::vector<CallFact> AllCalls;
  for (uint64_t Callee : Calls)
    AllCalls.push_back({key(Callee),
                        Saver.save("f" + std::to_string(Callee)),
                        {Saver.save("/" + Name + ".cpp"), ++Offset}});
  std::vector<BlockingFact> AllBlocks;
  for (Category C : Blocks)
    AllBlocks.push_back({C, "primitive", "it waits", "", {"/p.cpp", 1}});
  F.Calls = llvm::ArrayRef(AllCalls).copy(Memory);
  F.Blocks = llvm::ArrayRef(AllBlocks).copy(Memory);
  return F;
}

/// To change what \c function made.
template <class Fact> Fact &first(llvm::ArrayRef<Fact> Facts) {
  return const_cast<Fact &>(Facts.front());
}

TEST(FactGraph, FollowsCallsAcrossRecordsToTheShortestChain) {
  std::vector<FunctionFacts> A{function(1, "f1", {2, 4})};
  std::vector<FunctionFacts> B{function(2, "f2", {3}),
                               function(3, "f3", {}, {Category::File})};
  std::vector<FunctionFacts> C{function(4, "f4", {}, {Category::File})};
  FactGraph G;
  G.add(A);
  G.add(B);
  G.add(C);
  G.solve();
  auto Chain = G.find(key(1), Effect::Call);
  ASSERT_TRUE(Chain);
  ASSERT_EQ(Chain->Steps.size(), 2u);
  EXPECT_EQ(Chain->Steps[0].Text, "'f1' calls 'f4' here");
  EXPECT_EQ(Chain->Steps[0].Offset, 2u);
  EXPECT_EQ(Chain->Steps[1].Text,
            "'f4' calls 'primitive' here, which blocks: it waits");
}

TEST(FactGraph, SurvivesRecursion) {
  std::vector<FunctionFacts> A{function(1, "f1", {2}), function(2, "f2", {1}),
                               function(3, "f3", {3, 4}),
                               function(4, "f4", {3}, {Category::Network})};
  FactGraph G;
  G.add(A);
  G.solve();
  EXPECT_FALSE(G.find(key(1), Effect::Call));
  EXPECT_TRUE(G.find(key(3), Effect::Call));
}

TEST(FactGraph, UnknownFunctionsDoNotBlock) {
  std::vector<FunctionFacts> A{function(1, "f1", {99})};
  FactGraph G;
  G.add(A);
  G.solve();
  EXPECT_FALSE(G.find(key(1), Effect::Call));
  EXPECT_FALSE(G.find(key(99), Effect::Call));
}

TEST(FactGraph, TellsTheChecksApart) {
  std::vector<FunctionFacts> A{function(1, "f1", {2}),
                               function(2, "f2", {}, {Category::Sleep})};
  FactGraph G;
  G.add(A);
  G.solve();
  EXPECT_TRUE(G.find(key(1), Effect::Sleep));
  EXPECT_FALSE(G.find(key(1), Effect::Wait));
  EXPECT_FALSE(G.find(key(1), Effect::Call));
}

TEST(FactGraph, WhatBlocksMaySayWhatToDoInstead) {
  std::vector<FunctionFacts> Facts{function(1, "f", {}, {Category::Wait})};
  first(Facts[0].Blocks).Instead = "ask first";
  FactGraph Graph;
  Graph.add(Facts);
  Graph.solve();
  Guard G;
  G.Functions = {key(1)};
  G.Kind = Effect::Wait;
  G.Message = "'f' blocks";
  G.Instead[unsigned(Category::Wait)] = "co_await it";
  EXPECT_EQ(completeMessage(G, *Graph.resolve(G)),
            "'f' blocks: it waits; ask first");
}

TEST(FactGraph, StopsAtCoroutines) {
  std::vector<FunctionFacts> A{function(1, "f1", {2}),
                               function(2, "f2", {}, {Category::Sleep})};
  A[1].IsCoroutine = true;
  FactGraph G;
  G.add(A);
  G.solve();
  EXPECT_FALSE(G.find(key(1), Effect::Sleep));
}

TEST(FactGraph, AFunctionDefinedTwiceIsTheOneOfTheSameRecord) {
  std::vector<FunctionFacts> A{function(1, "f1", {})};
  std::vector<FunctionFacts> B{function(1, "f1", {}, {Category::Wait})};
  std::vector<FunctionFacts> C{function(2, "f2", {1})};
  FactGraph G;
  unsigned InA = G.add(A), InB = G.add(B), InC = G.add(C);
  G.solve();
  EXPECT_FALSE(G.find(key(1), Effect::Wait, InA));
  EXPECT_TRUE(G.find(key(1), Effect::Wait, InB));
  // A third record means either.
  EXPECT_TRUE(G.find(key(1), Effect::Wait, InC));
  EXPECT_TRUE(G.find(key(2), Effect::Wait, InC));
}

TEST(Guard, SurvivesBeingWrittenAndRead) {
  Guard G;
  G.Functions = {key(1), {0xffffffffffffffff, 0}};
  G.Kind = Effect::Wait;
  G.Message = "'f' blocks";
  G.Instead[unsigned(Category::Wait)] = "say \"co_await\" 100%";
  auto Read = Guard::parse(G.str());
  ASSERT_TRUE(bool(Read));
  EXPECT_EQ(Read->Functions, G.Functions);
  EXPECT_EQ(Read->Kind, G.Kind);
  EXPECT_EQ(Read->Message, G.Message);
  EXPECT_EQ(Read->Instead[unsigned(Category::Wait)],
            G.Instead[unsigned(Category::Wait)]);
}

TEST(Guard, RefusesWhatIsNotOne) {
  for (llvm::StringRef Text :
       {"", "{}", "[]",
        R"({"functions":["12"],"kind":0,"parameter":0,"message":""})",
        R"({"functions":[],"kind":5,"parameter":0,"message":""})",
        R"({"functions":[1],"kind":1,"parameter":0,"message":""})",
        R"({"functions":[],"kind":1,"parameter":0})"}) {
    auto Read = Guard::parse(Text);
    EXPECT_FALSE(bool(Read)) << Text.str();
    llvm::consumeError(Read.takeError());
  }
}

} // namespace
