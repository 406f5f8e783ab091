//===-- RecordTest.cpp - Records as bytes ---------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Record.h"
#include "gtest/gtest.h"

using namespace async_tidy;
using clang::tidy::ClangTidyError;

namespace {

/// A record that has everything.
Record example() {
  static const BlockingFact Blocks[] = {{Category::File,
                                         "fopen",
                                         "it opens a file",
                                         "ask first",
                                         {"/root/src/a.h", 300},
                                         true}};
  static const CallFact Calls[] = {
      {{5, 6}, "load", {"/root/src/a.cpp", 7}, false, true, false, true}};
  static const ThrowFact Throws[] = {{"async_read", {"/root/src/a.cpp", 9}}};
  static const ParameterFact Parameters[] = {
      {2, "name", {"/elsewhere/b.h", 11}}};
  static const FunctionKey Overrides[] = {{7, 8}};
  Record R;
  R.File = "/root/src/a.cpp";
  R.Remark = "remarkable";
  FunctionFacts F;
  F.Key = {1, 2};
  F.Name = "f";
  F.Suspends = F.HasHandler = true;
  F.Blocks = Blocks;
  F.Calls = Calls;
  F.Throws = Throws;
  F.Parameters = Parameters;
  R.Functions = {F};
  R.Methods = {{{3, 4}, "S::load", true, false, Overrides}};
  RecordedFinding Found{ClangTidyError("async-blocking-call",
                                       ClangTidyError::Warning, "/root/b",
                                       false),
                        Guard()};
  Found.Diagnostic.Message.Message = "message";
  Found.Diagnostic.Message.FilePath = "/root/src/a.cpp";
  Found.Diagnostic.Message.FileOffset = 70000;
  llvm::cantFail(Found.Diagnostic.Message.Fix["/root/src/a.cpp"].add(
      {"/root/src/a.cpp", 3, 2, "co_await "}));
  Found.Diagnostic.Message.Ranges.push_back({});
  Found.Diagnostic.Message.Ranges[0].FilePath = "/root/src/a.cpp";
  Found.Diagnostic.Message.Ranges[0].Length = 4;
  Found.Diagnostic.Notes.emplace_back("note");
  Found.Condition->Functions = {{5, 6}};
  Found.Condition->Message = "'load' blocks";
  R.Findings.push_back(Found);
  Found.Condition.reset();
  Found.Diagnostic.Message.Message = "certain";
  R.Findings.push_back(Found);
  return R;
}

llvm::Expected<RecordReader> open(llvm::StringRef Bytes,
                                  llvm::StringRef Root = "") {
  return RecordReader::open(llvm::MemoryBufferRef(Bytes, "record"), Root);
}

std::vector<RecordedFinding> findings(RecordReader &R, bool Hold = true) {
  std::vector<RecordedFinding> All;
  llvm::cantFail(R.forEachFinding(
      [&](const Guard &G) {
        EXPECT_EQ(G.Functions, (std::vector<FunctionKey>{{5, 6}}));
        return Hold ? std::optional<Chain>(Chain()) : std::nullopt;
      },
      [&](RecordedFinding F, std::optional<Chain> Why) {
        EXPECT_EQ(F.Condition.has_value(), Why.has_value());
        All.push_back(std::move(F));
      }));
  return All;
}

TEST(Record, SurvivesBeingWrittenAndRead) {
  std::string Bytes = writeRecord(example(), "");
  auto R = llvm::cantFail(open(Bytes));
  EXPECT_EQ(R.head().File, "/root/src/a.cpp");
  EXPECT_EQ(R.head().Remark, "remarkable");
  EXPECT_FALSE(R.head().Failed);

  llvm::BumpPtrAllocator Memory;
  FactGraph Graph;
  ASSERT_FALSE(bool(R.addFacts(Graph, Memory)));
  Graph.solve();
  unsigned Functions = 0;
  Graph.forEachFunction([&](const FunctionFacts &F) {
    ++Functions;
    EXPECT_EQ(F.Key, (FunctionKey{1, 2}));
    EXPECT_EQ(F.Name, "f");
    EXPECT_TRUE(F.Suspends && F.HasHandler);
    EXPECT_FALSE(F.IsCoroutine || F.TakesToken || F.IsNoexcept);
    ASSERT_EQ(F.Blocks.size(), 1u);
    EXPECT_EQ(F.Blocks[0].Why, Category::File);
    EXPECT_EQ(F.Blocks[0].Instead, "ask first");
    EXPECT_EQ(F.Blocks[0].At.File, "/root/src/a.h");
    EXPECT_EQ(F.Blocks[0].At.Offset, 300u);
    EXPECT_TRUE(F.Blocks[0].IsRare);
    ASSERT_EQ(F.Calls.size(), 1u);
    EXPECT_TRUE(F.Calls[0].IsVirtual && F.Calls[0].IsCaught);
    EXPECT_FALSE(F.Calls[0].IsRare || F.Calls[0].IsAwaited);
    ASSERT_EQ(F.Throws.size(), 1u);
    EXPECT_EQ(F.Throws[0].Operation, "async_read");
    ASSERT_EQ(F.Parameters.size(), 1u);
    EXPECT_EQ(F.Parameters[0].Number, 2u);
  });
  EXPECT_EQ(Functions, 1u);

  auto Findings = findings(R);
  ASSERT_EQ(Findings.size(), 2u);
  EXPECT_EQ(findings(R, false).size(), 1u);
  EXPECT_FALSE(Findings[1].Condition);
  EXPECT_EQ(Findings[1].Diagnostic.Message.Message, "certain");
  const ClangTidyError &E = Findings[0].Diagnostic;
  EXPECT_EQ(E.Message.FileOffset, 70000u);
  EXPECT_EQ(E.Message.Fix.begin()->second.begin()->getReplacementText(),
            "co_await ");
  EXPECT_EQ(E.Notes[0].Message, "note");
  EXPECT_EQ(Findings[0].Condition->Message, "'load' blocks");
}

TEST(Record, PathsBelowTheRootMoveWithIt) {
  std::string Bytes = writeRecord(example(), "/root");
  EXPECT_EQ(llvm::StringRef(Bytes).find("/root/"), llvm::StringRef::npos);
  auto R = llvm::cantFail(open(Bytes, "/new"));
  EXPECT_EQ(R.head().File, "/new/src/a.cpp");
  llvm::BumpPtrAllocator Memory;
  FactGraph Graph;
  ASSERT_FALSE(bool(R.addFacts(Graph, Memory)));
  Graph.forEachFunction([&](const FunctionFacts &F) {
    EXPECT_EQ(F.Blocks[0].At.File, "/new/src/a.h");
    EXPECT_EQ(F.Parameters[0].At.File, "/elsewhere/b.h");
  });
  auto Findings = findings(R);
  EXPECT_EQ(Findings[0].Diagnostic.Message.FilePath, "/new/src/a.cpp");
  EXPECT_EQ(Findings[0].Diagnostic.BuildDirectory, "/new/b");
}

TEST(Record, TheSameFunctionOfTwoRecordsIsReadOnce) {
  Record A = example(), B = example();
  B.File = "/root/src/b.cpp";
  std::string One = writeRecord(A, ""), Two = writeRecord(B, "");
  auto R1 = llvm::cantFail(open(One)), R2 = llvm::cantFail(open(Two));
  llvm::BumpPtrAllocator Memory;
  FactGraph Graph;
  ASSERT_FALSE(bool(R1.addFacts(Graph, Memory)));
  ASSERT_FALSE(bool(R2.addFacts(Graph, Memory)));
  unsigned Functions = 0;
  Graph.forEachFunction([&](const FunctionFacts &) { ++Functions; });
  EXPECT_EQ(Functions, 1u);
  EXPECT_EQ(findings(R2).size(), 2u);
}

TEST(Record, RefusesWhatIsNotWhole) {
  std::string Bytes = writeRecord(example(), "");
  for (size_t Size = 0; Size != Bytes.size(); ++Size)
    EXPECT_FALSE(isRecord(
        llvm::MemoryBufferRef(llvm::StringRef(Bytes).take_front(Size), "")));
  for (size_t I = 0; I != Bytes.size(); ++I) {
    std::string Damaged = Bytes;
    Damaged[I] ^= 1 << (I % 8);
    EXPECT_FALSE(isRecord(llvm::MemoryBufferRef(Damaged, ""))) << I;
  }
  EXPECT_TRUE(isRecord(llvm::MemoryBufferRef(Bytes, "")));
}

} // namespace
