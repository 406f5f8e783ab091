//===-- UnifiedDiffTest.cpp - Lines that diffs add ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/UnifiedDiff.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

/// As "file:from-to from-to; file:...", or what is wrong.
std::string added(llvm::StringRef Diff,
                  std::initializer_list<llvm::StringRef> Files = {}) {
  llvm::StringSet<> There(Files);
  auto Lines = addedLines(Diff, "/root", [&](llvm::StringRef Path) {
    return There.contains(Path);
  });
  if (!Lines)
    return toString(Lines.takeError());
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const auto &F : *Lines) {
    OS << (Text.empty() ? "" : "; ") << F.Name << ':';
    for (auto [From, To] : F.LineRanges)
      OS << ' ' << From << '-' << To;
  }
  return Text;
}

TEST(UnifiedDiff, LinesThatAreAddedOrChanged) {
  EXPECT_EQ(added("diff --git a/src/a.cpp b/src/a.cpp\n"
                  "index 1234567..89abcde 100644\n"
                  "--- a/src/a.cpp\n"
                  "+++ b/src/a.cpp\n"
                  "@@ -1,4 +1,5 @@ int f() {\n"
                  " one\n"
                  "-two\n"
                  "+zwei\n"
                  "+drei\n"
                  " four\n"
                  " five\n"
                  "@@ -20 +21,2 @@\n"
                  " twenty\n"
                  "+more\n"
                  "--- a/b.cpp\n"
                  "+++ b/b.cpp\n"
                  "@@ -7,0 +8 @@\n"
                  "+eight\n"),
            "/root/src/a.cpp: 2-3 22-22; /root/b.cpp: 8-8");
}

TEST(UnifiedDiff, NoDifferenceIsADiff) {
  EXPECT_EQ(added(""), "");
  EXPECT_EQ(added("\n"), "");
}

TEST(UnifiedDiff, LinesThatAreOnlyRemoved) {
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -3,2 +2,0 @@\n-x\n-y\n"), "");
}

TEST(UnifiedDiff, FilesThatAreNewOrGone) {
  EXPECT_EQ(added("diff --git a/new.cpp b/new.cpp\n"
                  "new file mode 100644\n"
                  "--- /dev/null\n"
                  "+++ b/new.cpp\n"
                  "@@ -0,0 +1,2 @@\n"
                  "+one\n"
                  "+two\n"
                  "diff --git a/old.cpp b/old.cpp\n"
                  "deleted file mode 100644\n"
                  "--- a/old.cpp\n"
                  "+++ /dev/null\n"
                  "@@ -1 +0,0 @@\n"
                  "-one\n"),
            "/root/new.cpp: 1-2");
}

TEST(UnifiedDiff, FilesWithAnotherName) {
  EXPECT_EQ(added("diff --git a/old.cpp b/new.cpp\n"
                  "similarity index 90%\n"
                  "rename from old.cpp\n"
                  "rename to new.cpp\n"
                  "--- a/old.cpp\n"
                  "+++ b/new.cpp\n"
                  "@@ -5 +5 @@\n"
                  "-x\n"
                  "+y\n"),
            "/root/new.cpp: 5-5");
}

TEST(UnifiedDiff, ChangesThatHaveNoLines) {
  EXPECT_EQ(added("diff --git a/old.cpp b/new.cpp\n"
                  "similarity index 100%\n"
                  "rename from old.cpp\n"
                  "rename to new.cpp\n"),
            "");
  EXPECT_EQ(added("diff --git a/run b/run\nold mode 100644\nnew mode 100755\n"),
            "");
  EXPECT_EQ(added("diff --git a/a.png b/a.png\n"
                  "index 1234567..89abcde 100644\n"
                  "Binary files a/a.png and b/a.png differ\n"),
            "");
  EXPECT_EQ(added("Binary files old/a.png and new/a.png differ\n"), "");
}

TEST(UnifiedDiff, NoEndOfLineAtTheEndOfAFile) {
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1,2 +1,2 @@\n one\n-two\n"
                  "\\ No newline at end of file\n+zwei\n"
                  "\\ No newline at end of file\n"
                  "--- a/b.cpp\n+++ b/b.cpp\n@@ -1 +1 @@\n-x\n+y\n"),
            "/root/a.cpp: 2-2; /root/b.cpp: 1-1");
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1 +1 @@\n-x\n+y"),
            "/root/a.cpp: 1-1");
}

TEST(UnifiedDiff, CarriageReturns) {
  EXPECT_EQ(added("--- a/a.cpp\r\n+++ b/a.cpp\r\n@@ -1,3 +1,3 @@\r\n one\r\n"
                  "\r\n-x\r\n+y\r\n"),
            "/root/a.cpp: 3-3");
}

TEST(UnifiedDiff, LinesThatLookLikeHeaders) {
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1,2 +1,3 @@\n"
                  "--- x\n"
                  "+++ y;\n"
                  "+@@ -9 +9 @@\n"
                  " diff\n"),
            "/root/a.cpp: 1-2");
}

TEST(UnifiedDiff, LinesWhoseSpaceIsLost) {
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1,2 +1,3 @@\n\n+x\n\n"),
            "/root/a.cpp: 2-2");
}

TEST(UnifiedDiff, NamesInQuotes) {
  EXPECT_EQ(added("--- \"a/\\303\\244 \\\"b\\\"\\\\\\t.cpp\"\n"
                  "+++ \"b/\\303\\244 \\\"b\\\"\\\\\\t.cpp\"\n@@ -0,0 +1 @@\n"
                  "+x\n"),
            "/root/\303\244 \"b\"\\\t.cpp: 1-1");
}

TEST(UnifiedDiff, NamesWithSpacesAndTimes) {
  EXPECT_EQ(added("--- a/my file.cpp\t\n+++ b/my file.cpp\t\n@@ -0,0 +1 @@\n"
                  "+x\n"),
            "/root/my file.cpp: 1-1");
  EXPECT_EQ(added("--- old/a.cpp\t2024-05-01 10:00:00\n"
                  "+++ new/a.cpp\t2024-05-01 10:00:01\n@@ -0,0 +1 @@\n+x\n",
                  {"/root/a.cpp"}),
            "/root/a.cpp: 1-1");
}

TEST(UnifiedDiff, PrefixesOfNames) {
  auto With = [](std::string Old, std::string New) {
    return "--- " + Old + "\n+++ " + New + "\n@@ -0,0 +1 @@\n+x\n";
  };
  // Of diff.mnemonicPrefix, and none of diff.noPrefix.
  EXPECT_EQ(added(With("i/a.cpp", "w/a.cpp"), {"/root/a.cpp"}),
            "/root/a.cpp: 1-1");
  EXPECT_EQ(added(With("src/a.cpp", "src/a.cpp"), {"/root/src/a.cpp"}),
            "/root/src/a.cpp: 1-1");
  EXPECT_EQ(added(With("/dev/null", "src/a.cpp"), {"/root/src/a.cpp"}),
            "/root/src/a.cpp: 1-1");
  // A folder that is called like a prefix.
  EXPECT_EQ(added(With("b/a.cpp", "b/a.cpp"), {"/root/b/a.cpp", "/root/a.cpp"}),
            "/root/b/a.cpp: 1-1");
  EXPECT_EQ(added(With("/dev/null", "b/a.cpp"), {"/root/b/a.cpp"}),
            "/root/b/a.cpp: 1-1");
  EXPECT_EQ(
      added(With("a/b/a.cpp", "b/b/a.cpp"), {"/root/b/a.cpp", "/root/a.cpp"}),
      "/root/b/a.cpp: 1-1");
}

TEST(UnifiedDiff, OfSeveralFoldersUp) {
  EXPECT_EQ(added("--- a/x/../a.cpp\n+++ b/x/../a.cpp\n@@ -0,0 +1 @@\n+x\n"),
            "/root/a.cpp: 1-1");
}

TEST(UnifiedDiff, WhatIsNone) {
  const std::string Advice =
      "; as in: git diff -U0 main | async-tidy --changed-lines=-";
  EXPECT_EQ(added("nonsense\n"), "not a unified diff" + Advice);
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1 +x @@\n"),
            "not a unified diff: line 3 should say which lines differ" +
                Advice);
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1 +1\n"),
            "not a unified diff: line 3 should say which lines differ" +
                Advice);
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1 +1,3 @@\n-x\n+y\n"),
            "not a unified diff: line 6 is none of its hunk" + Advice);
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1,9 +1,9 @@\n x\n"),
            "not a unified diff: it ends in the middle of a hunk" + Advice);
  EXPECT_EQ(added("--- a/a.cpp\n+++ b/a.cpp\n@@ -1,3 +1,3 @@\n x\n"
                  "diff --git a/b.cpp b/b.cpp\n"),
            "not a unified diff: line 5 is none of its hunk" + Advice);
  EXPECT_EQ(added("diff --cc a.cpp\n--- a/a.cpp\n+++ b/a.cpp\n"
                  "@@@ -1,2 -1,2 +1,2 @@@\n"),
            "not a unified diff: line 4 is of a merge, which has several old "
            "files; compare with one commit" +
                Advice);
}

} // namespace
