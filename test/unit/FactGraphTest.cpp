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

TEST(FactGraph, InlineFunctionsAreOneAndKeepTheirRecords) {
  // Two programs with the same header, and a helper of their own.
  FunctionFacts Inline = function(1, "inline", {2});
  FunctionFacts Sleeps = function(2, "helper", {}, {Category::Sleep});
  FunctionFacts Quick = function(2, "helper", {3});
  FactGraph G;
  unsigned A = G.beginRecord();
  EXPECT_TRUE(G.isNew(key(1), 7));
  G.add(Inline, 7);
  G.add(Sleeps, 8);
  unsigned B = G.beginRecord();
  EXPECT_FALSE(G.isNew(key(1), 7));
  EXPECT_TRUE(G.isNew(key(2), 9));
  G.add(Quick, 9);
  G.solve();
  EXPECT_TRUE(G.find(key(2), Effect::Sleep, A));
  EXPECT_FALSE(G.find(key(2), Effect::Sleep, B));
  EXPECT_TRUE(G.find(key(1), Effect::Sleep, A));
}

TEST(FactGraph, KnowsCoroutinesThatOnlyEverRunElsewhere) {
  auto coroutine = [](uint64_t N, std::vector<uint64_t> Calls) {
    FunctionFacts F = function(N, "c", Calls);
    F.IsCoroutine = true;
    return F;
  };
  FunctionFacts Main = function(1, "main", {2, 3, 3, 5});
  auto *Calls = const_cast<CallFact *>(Main.Calls.data());
  Calls[0].IsElsewhere = Calls[1].IsElsewhere = true;
  Calls[2].IsStart = true;
  // 2 awaits 4 and itself, 3 awaits 6, and 7 and 8 each other.
  FunctionFacts All[] = {Main,
                         coroutine(2, {4, 2}),
                         coroutine(3, {6}),
                         coroutine(4, {}),
                         coroutine(5, {}),
                         coroutine(6, {}),
                         coroutine(7, {8}),
                         coroutine(8, {7}),
                         coroutine(9, {})};
  FactGraph G;
  G.add(All);
  G.solve();
  for (uint64_t N = 1; N != 10; ++N)
    EXPECT_EQ(G.runsElsewhere(key(N)), N == 2 || N == 4) << N;
}

/// A virtual function, a caller of it, and who overrides it.
struct Virtual : testing::Test {
  FunctionFacts Caller = function(1, "caller", {10});
  FunctionKey Base[1] = {key(10)};
  MethodFacts Methods[3] = {{key(10), "B::f", true, false, {}},
                            {key(11), "D1::f", false, false, Base},
                            {key(12), "D2::f", false, false, Base}};
  void SetUp() override { first(Caller.Calls).IsVirtual = true; }
  bool callerBlocks(std::vector<FunctionFacts> Overriders,
                    enum Overriders All) {
    FactGraph G;
    Overriders.push_back(Caller);
    G.add(Overriders, Methods);
    G.solve(All);
    return G.find(key(1), Effect::Sleep).has_value();
  }
};

TEST_F(Virtual, CallsDoWhatAllOverridersDo) {
  FunctionFacts D1 = function(11, "D1::f", {}, {Category::Sleep});
  FunctionFacts D2 = function(12, "D2::f", {}, {Category::Sleep});
  FunctionFacts Quick = function(12, "D2::f", {});
  EXPECT_TRUE(callerBlocks({D1, D2}, Overriders::All));
  EXPECT_FALSE(callerBlocks({D1, Quick}, Overriders::All));
  EXPECT_FALSE(callerBlocks({D1}, Overriders::All)); // nobody knows D2::f
  EXPECT_TRUE(callerBlocks({D1, Quick}, Overriders::Any));
  EXPECT_FALSE(callerBlocks({D1, D2}, Overriders::Local));
  Methods[0].IsLocal = true;
  EXPECT_TRUE(callerBlocks({D1, D2}, Overriders::Local));
  // One that is not pure is one of them.
  Methods[0].IsPure = false;
  EXPECT_FALSE(callerBlocks({D1, D2}, Overriders::All));
  EXPECT_TRUE(callerBlocks(
      {D1, D2, function(10, "B::f", {}, {Category::Sleep})}, Overriders::All));
}

TEST_F(Virtual, ChainsSayWhatOverridesWhat) {
  FunctionFacts Facts[] = {function(11, "D1::f", {2}),
                           function(12, "D2::f", {}, {Category::Sleep}),
                           function(2, "g", {}, {Category::Sleep}), Caller};
  FactGraph G;
  G.add(Facts, Methods);
  G.solve(Overriders::All);
  auto Found = G.find(key(1), Effect::Sleep);
  ASSERT_TRUE(Found);
  ASSERT_EQ(Found->Steps.size(), 2u);
  EXPECT_EQ(Found->Steps[0].Text, "'caller' calls 'f10' here");
  EXPECT_EQ(Found->Steps[1].Text, "'D2::f', which overrides 'B::f', calls "
                                  "'primitive' here, which blocks: it waits");
  // The same from outside, and by way of a facts file.
  EXPECT_TRUE(G.find(key(10).dispatch(), Effect::Sleep));
  EXPECT_FALSE(G.find(key(10), Effect::Sleep));
  FactGraph Other;
  Other.add(Caller);
  std::vector<Conclusion> Known = G.conclusions();
  llvm::erase_if(Known, [](const Conclusion &C) { return C.Key == key(1); });
  Other.add(Known);
  Other.solve();
  auto Again = Other.find(key(1), Effect::Sleep);
  ASSERT_TRUE(Again);
  EXPECT_EQ(Again->Steps.size(), 2u);
  EXPECT_EQ(Again->Does, "it waits");
}

TEST(FactGraph, ExceptionsReachWhoAwaits) {
  const ThrowFact Throws[] = {{"", {"/t.cpp", 1}}};
  FunctionFacts Thrower = function(3, "thrower", {});
  Thrower.Throws = Throws;
  FunctionFacts Coroutine = function(2, "coroutine", {3});
  Coroutine.IsCoroutine = true;
  auto Reaches = [&](auto Change) {
    FunctionFacts Caller = function(1, "caller", {2}), Middle = Coroutine;
    Caller.IsCoroutine = true;
    first(Caller.Calls).IsAwaited = true;
    Change(Caller, Middle);
    FunctionFacts All[] = {Caller, Middle, Thrower};
    FactGraph G;
    G.add(All);
    G.solve();
    return G.find(key(1), Effect::Throw).has_value();
  };
  EXPECT_TRUE(Reaches([](auto &, auto &) {}));
  EXPECT_FALSE(Reaches(
      [](auto &Caller, auto &) { first(Caller.Calls).IsAwaited = false; }));
  EXPECT_FALSE(Reaches(
      [](auto &Caller, auto &) { first(Caller.Calls).IsCaught = true; }));
  EXPECT_FALSE(Reaches([](auto &, auto &Middle) { Middle.IsNoexcept = true; }));
}

TEST(FactGraph, KnowsWhichParametersCoroutinesUseLate) {
  std::vector<FunctionFacts> A{function(1, "f1", {}), function(2, "f2", {})};
  const ParameterFact Late{1, "url", {"/f1.cpp", 7}, true};
  const ParameterFact Object{ObjectParameter, "", {"/f2.cpp", 8}, false};
  A[0].Parameters = Late;
  A[1].Parameters = Object;
  FactGraph Graph;
  Graph.add(A);
  Graph.solve();
  auto Uses = [&](uint64_t N, unsigned Parameter, bool IsStarted) {
    Guard G;
    G.Functions = {key(N)};
    G.Parameter = Parameter;
    G.IsStarted = IsStarted;
    auto Found = Graph.resolve(G);
    return Found ? Found->Steps.front().Text : "";
  };
  EXPECT_EQ(Uses(1, 1, false),
            "parameter 'url' of 'f1' is used here, after a suspension");
  EXPECT_EQ(Uses(1, 1, true),
            "parameter 'url' of 'f1' is used here, after a suspension");
  EXPECT_EQ(Uses(1, 2, false), "");
  EXPECT_EQ(Uses(1, ObjectParameter, false), "");
  EXPECT_EQ(Uses(2, ObjectParameter, false),
            "'f2' uses the object here, when the coroutine runs");
  EXPECT_EQ(Uses(2, ObjectParameter, true), "");
  EXPECT_EQ(Uses(3, 1, false), "");
}

TEST(Guard, SurvivesBeingWrittenAndRead) {
  Guard G;
  G.Functions = {key(1), {0xffffffffffffffff, 0}};
  G.Kind = Effect::Wait;
  G.Parameter = ObjectParameter;
  G.IsStarted = true;
  G.Message = "'f' blocks";
  G.Instead[unsigned(Category::Wait)] = "say \"co_await\" 100%";
  auto Read = Guard::parse(G.str());
  ASSERT_TRUE(bool(Read));
  EXPECT_EQ(Read->Functions, G.Functions);
  EXPECT_EQ(Read->Kind, G.Kind);
  EXPECT_EQ(Read->Parameter, G.Parameter);
  EXPECT_EQ(Read->IsStarted, G.IsStarted);
  EXPECT_EQ(Read->Message, G.Message);
  EXPECT_EQ(Read->Instead[unsigned(Category::Wait)],
            G.Instead[unsigned(Category::Wait)]);
}

TEST(Guard, RefusesWhatIsNotOne) {
  for (
      llvm::StringRef Text :
      {"", "{}", "[]",
       R"({"inside":[],"functions":["12"],"kind":0,"parameter":0,"message":""})",
       R"({"inside":[],"functions":[],"kind":5,"parameter":0,"message":""})",
       R"({"inside":[],"functions":[1],"kind":1,"parameter":0,"message":""})",
       R"({"inside":[],"functions":[],"kind":1,"parameter":0})"}) {
    auto Read = Guard::parse(Text);
    EXPECT_FALSE(bool(Read)) << Text.str();
    llvm::consumeError(Read.takeError());
  }
}

} // namespace
