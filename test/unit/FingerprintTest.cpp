//===-- FingerprintTest.cpp - Which findings are the same -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Findings.h"
#include "driver/Comparison.h"
#include "llvm/ADT/StringSet.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

using Numbers = std::vector<unsigned>;

TEST(Fingerprint, OfCheckFunctionAndCode) {
  const std::string F = fingerprint("check", "function", "code");
  EXPECT_EQ(F, fingerprint("check", "function", "code"));
  EXPECT_NE(F, fingerprint("chess", "function", "code"));
  EXPECT_NE(F, fingerprint("check", "functions", "code"));
  EXPECT_NE(F, fingerprint("check", "function", "node"));
  // Where one ends and the next begins is part of it.
  EXPECT_NE(fingerprint("c", "f1", "x"), fingerprint("c", "f", "1x"));
}

TEST(Fingerprint, IsWhatBaselinesAndReportsOfOldReleasesHave) {
  // Another value takes another FingerprintVersion.
  EXPECT_EQ(fingerprint("async-blocking-sleep", "app::serve", "sleep(2)"),
            "0ce3f7b18ef70f24");
  EXPECT_EQ(fingerprint("", "", "").size(), 16u);
}

TEST(Fingerprint, EqualOnesAreNumbered) {
  std::vector<LinkedFinding> All{finding("/a.cpp", "c", "f", "x", 1),
                                 finding("/a.cpp", "c", "g", "x", 2),
                                 finding("/b.cpp", "c", "f", "x", 3)};
  for (LinkedFinding &F : All)
    F.Fingerprint.clear();
  identify(All);
  EXPECT_EQ(All[0].Number, 1u);
  EXPECT_EQ(All[1].Number, 1u);
  EXPECT_EQ(All[2].Number, 2u);
  EXPECT_EQ(All[0].identity(), fingerprint("c", "f", "x") + ":1");
  EXPECT_EQ(All[2].identity(), fingerprint("c", "f", "x") + ":2");
}

/// What becomes of \p Now: 'n' for new, 'u' for unchanged, 'a' for accepted.
struct Compared {
  std::string States;
  Numbers Matched;
};

Compared compared(std::vector<LinkedFinding> &Now,
                  llvm::ArrayRef<KnownFinding> Before,
                  std::initializer_list<llvm::StringRef> Files,
                  std::initializer_list<llvm::StringRef> Functions) {
  llvm::StringSet<> AllFiles(Files), AllFunctions(Functions);
  Compared C;
  C.Matched = compare(
      Now, Before,
      [&](llvm::StringRef Name) { return AllFiles.contains(Name); },
      [&](llvm::StringRef Name) { return AllFunctions.contains(Name); });
  for (const LinkedFinding &F : Now)
    C.States += "nua"[unsigned(F.State)];
  return C;
}

TEST(Compare, WhatWasThereIsNotNew) {
  std::vector<LinkedFinding> Now{finding("/a", "c", "f", "x", 100),
                                 finding("/a", "c", "f", "y", 200),
                                 finding("/a", "d", "f", "x", 100)};
  Compared C = compared(Now, {known("/a", "c", "f", "x")}, {"/a"}, {"f"});
  EXPECT_EQ(C.States, "unn");
  EXPECT_EQ(C.Matched, Numbers{1});
}

TEST(Compare, AReasonIsKept) {
  std::vector<LinkedFinding> Now{finding("/a", "c", "f", "x")};
  Compared C =
      compared(Now, {known("/a", "c", "f", "x", 1, "why")}, {"/a"}, {"f"});
  EXPECT_EQ(C.States, "a");
  EXPECT_EQ(Now[0].Reason, "why");
}

TEST(Compare, EachStandsForAsManyAsItCounts) {
  std::vector<LinkedFinding> Now{finding("/a", "c", "f", "x", 1),
                                 finding("/a", "c", "f", "x", 2),
                                 finding("/a", "c", "f", "x", 3)};
  Compared C = compared(Now, {known("/a", "c", "f", "x", 2)}, {"/a"}, {"f"});
  EXPECT_EQ(C.States, "uun");
  EXPECT_EQ(C.Matched, Numbers{2});
}

TEST(Compare, EntriesOfOneKindAddUp) {
  std::vector<LinkedFinding> Now{finding("/a", "c", "f", "x", 1),
                                 finding("/a", "c", "f", "x", 2),
                                 finding("/a", "c", "f", "x", 3)};
  Compared C = compared(
      Now,
      {known("/a", "c", "f", "x", 1, "why"), known("/a", "c", "f", "x", 1)},
      {"/a"}, {"f"});
  EXPECT_EQ(C.States, "aun");
  EXPECT_EQ(C.Matched, (Numbers{1, 1}));
}

TEST(Compare, WhatIsGoneIsMatchedByNone) {
  std::vector<LinkedFinding> Now{finding("/a", "c", "f", "x")};
  Compared C =
      compared(Now, {known("/a", "c", "f", "x", 3), known("/a", "c", "f", "z")},
               {"/a"}, {"f"});
  EXPECT_EQ(C.States, "u");
  EXPECT_EQ(C.Matched, (Numbers{1, 0}));
  auto Left = leftOver({known("/a", "c", "f", "x", 3),
                        known("/a", "c", "f", "z"), known("/a", "c", "f", "x")},
                       {1, 0, 1});
  ASSERT_EQ(Left.size(), 2u);
  EXPECT_EQ(Left[0].Count, 2u);
  EXPECT_EQ(Left[1].Code, "z");
}

TEST(Compare, AFunctionThatMovesToAnotherFile) {
  std::vector<LinkedFinding> Now{finding("/b", "c", "f", "x")};
  Compared C = compared(Now, {known("/a", "c", "f", "x")}, {"/a", "/b"}, {"f"});
  EXPECT_EQ(C.States, "u");
}

TEST(Compare, AFileWithAnotherName) {
  std::vector<LinkedFinding> Now{finding("/b", "c", "main", "x"),
                                 finding("/b", "c", "", "y")};
  Compared C =
      compared(Now, {known("/a", "c", "main", "x"), known("/a", "c", "", "y")},
               {"/b"}, {"main"});
  EXPECT_EQ(C.States, "uu");
}

TEST(Compare, TheMainOfAnotherProgramIsAnother) {
  std::vector<LinkedFinding> Now{finding("/b", "c", "main", "x"),
                                 finding("/b", "c", "", "y")};
  Compared C =
      compared(Now, {known("/a", "c", "main", "x"), known("/a", "c", "", "y")},
               {"/a", "/b"}, {"main"});
  EXPECT_EQ(C.States, "nn");
}

TEST(Compare, AFunctionWithAnotherName) {
  std::vector<LinkedFinding> Now{finding("/a", "c", "g", "x")};
  const KnownFinding Before = known("/a", "c", "f", "x", 1, "why");
  Compared C = compared(Now, {Before}, {"/a"}, {"g"});
  EXPECT_EQ(C.States, "a");
  // But not one that is there as before: this is a copy.
  Now = {finding("/a", "c", "g", "x")};
  EXPECT_EQ(compared(Now, {Before}, {"/a"}, {"f", "g"}).States, "n");
  // Nor one elsewhere, by another check, or about other code.
  Now = {finding("/b", "c", "g", "x"), finding("/a", "d", "g", "x"),
         finding("/a", "c", "g", "y")};
  EXPECT_EQ(compared(Now, {Before}, {"/a"}, {"g"}).States, "nnn");
}

TEST(Compare, ItsOwnFileComesFirst) {
  // The copy in the first file is new, though it is looked at first.
  std::vector<LinkedFinding> Now{finding("/a", "c", "f", "x"),
                                 finding("/b", "c", "f", "x")};
  Compared C = compared(Now, {known("/b", "c", "f", "x")}, {"/a", "/b"}, {"f"});
  EXPECT_EQ(C.States, "nu");
}

TEST(Compare, WhatIsInNoFunctionHasNoOtherName) {
  std::vector<LinkedFinding> Now{finding("/a", "c", "f", "x")};
  Compared C = compared(Now, {known("/a", "c", "", "x")}, {"/a"}, {"f"});
  EXPECT_EQ(C.States, "n");
}

} // namespace
