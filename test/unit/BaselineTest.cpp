//===-- BaselineTest.cpp - Findings that are known ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Baseline.h"
#include "Findings.h"
#include "driver/Files.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

/// A file with a baseline, which is gone after the test.
struct File {
  llvm::SmallString<128> Path;
  explicit File(llvm::StringRef Text) {
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("known", "yaml", Path));
    llvm::cantFail(writeFile(Path, {Text}));
  }
  ~File() { llvm::sys::fs::remove(Path); }
};

/// Its entries as 'file|check|function|code|count|reason', or what is wrong
/// with FILE.
std::vector<std::string> read(llvm::StringRef Text,
                              Conflicts C = Conflicts::Refuse) {
  File F(Text);
  auto Known = readBaseline(F.Path, "/root", C);
  if (!Known) {
    std::string Why = toString(Known.takeError());
    for (size_t At; (At = Why.find(F.Path.c_str())) != Why.npos;)
      Why.replace(At, F.Path.size(), "FILE");
    return {Why};
  }
  std::vector<std::string> All;
  for (const KnownFinding &K : *Known)
    All.push_back(K.File + "|" + K.Check + "|" + K.Function + "|" + K.Code +
                  "|" + std::to_string(K.Count) + "|" + K.Reason);
  return All;
}

using Entries = std::vector<std::string>;

TEST(Baseline, IsReadAsItIsWritten) {
  // What YAML would take for its own.
  const std::vector<KnownFinding> All{
      known("/root/a.cpp", "async-c", "f", "x", 3, "it's: #so"),
      known("/root/a.cpp", "async-d", "", "\"a\\n\" : { - }"),
      known("/root/b/c.cpp", "async-c", "~f<'x'>", "'"),
      known("/usr/e.h", "async-c", "null", "true"),
      known("/usr/\303\244.h", "async-c", "1", " \t\n")};
  const std::string Text = writeBaseline(All, "/root");
  File F(Text);
  auto Known = llvm::cantFail(readBaseline(F.Path, "/root"));
  ASSERT_EQ(Known.size(), All.size());
  for (size_t I = 0; I != All.size(); ++I) {
    EXPECT_EQ(Known[I].File, All[I].File);
    EXPECT_EQ(Known[I].Check, All[I].Check);
    EXPECT_EQ(Known[I].Function, All[I].Function);
    EXPECT_EQ(Known[I].Code, All[I].Code);
    EXPECT_EQ(Known[I].Fingerprint, All[I].Fingerprint);
    EXPECT_EQ(Known[I].Count, All[I].Count);
    EXPECT_EQ(Known[I].Reason, All[I].Reason);
  }
  EXPECT_EQ(writeBaseline(Known, "/root"), Text);
}

TEST(Baseline, OneLineForEachInAFixedOrder) {
  const KnownFinding A = known("/root/a.cpp", "async-c", "f", "x", 2),
                     B = known("/root/a.cpp", "async-d", "f", "x", 1, "why"),
                     C = known("/root/b.cpp", "async-c", "", "x");
  const std::string Text = writeBaseline({C, B, A}, "/root");
  EXPECT_EQ(Text, writeBaseline({A, B, C}, "/root"));
  EXPECT_NE(Text.find("version:         1\nfindings:\n"
                      "  - { file: 'a.cpp', check: async-c, function: 'f', "
                      "code: 'x', count: 2 }\n"
                      "  - { file: 'a.cpp', check: async-d, function: 'f', "
                      "code: 'x', reason: 'why' }\n"
                      "  - { file: 'b.cpp', check: async-c, code: 'x' }\n"),
            Text.npos)
      << Text;
}

TEST(Baseline, MayBeEmpty) {
  EXPECT_EQ(read(writeBaseline({}, "/root")), Entries());
}

TEST(Baseline, CodeOfAnyLengthIsOnOneLine) {
  const std::string Long(5000, 'x'), Words = [] {
    std::string W;
    for (unsigned I = 0; I != 500; ++I)
      W += "a ";
    return W;
  }();
  const std::string Text =
      writeBaseline({known("/root/a", "async-c", "f", Long),
                     known("/root/b", "async-c", Words, Words)},
                    "/root");
  for (llvm::StringRef Line : llvm::split(Text, '\n'))
    EXPECT_EQ(Line.starts_with("  - { file: "), Line.contains(" code: "));
  EXPECT_EQ(read(Text),
            (Entries{"/root/a|async-c|f|" + Long + "|1|",
                     "/root/b|async-c|" + Words + "|" + Words + "|1|"}));
}

TEST(Baseline, AsPeopleEditIt) {
  EXPECT_EQ(read("# mine\nfindings:\n"
                 "- file: a.cpp\n  check: async-c   # why not\n  code: x\n"
                 "  reason: >-\n    so\n    it is\n"
                 "- {code: y, check: async-d, file: /abs/b.cpp}\n"
                 "version: 1\n"),
            (Entries{"/root/a.cpp|async-c||x|1|so it is",
                     "/abs/b.cpp|async-d||y|1|"}));
}

TEST(Baseline, CarriageReturns) {
  EXPECT_EQ(read("version: 1\r\nfindings:\r\n  - { file: 'a', check: async-c, "
                 "code: 'x', reason: 'why' }\r\n"),
            Entries{"/root/a|async-c||x|1|why"});
}

TEST(Baseline, WhatIsWrongWithIt) {
  const std::string By = "; a baseline is written by 'async-tidy baseline'";
  auto WithEntry = [](std::string Entry) {
    return read("version: 1\nfindings:\n  - " + Entry + "\n");
  };
  EXPECT_EQ(WithEntry("{ file: 'a', code: 'x' }"),
            Entries{"FILE:3: missing required key 'check'" + By});
  EXPECT_EQ(WithEntry("{ file: 'a', check: async-c, code: 'x', count: 0 }"),
            Entries{"FILE:3: 'count' has to be at least 1" + By});
  EXPECT_EQ(WithEntry("{ file: 'a', check: async-c, code: 'x', count: -1 }"),
            Entries{"FILE:3: invalid number" + By});
  EXPECT_EQ(WithEntry("{ file: 'a', check: async-c, code: 'x', raeson: 'y' }"),
            Entries{"FILE:3: unknown key 'raeson'" + By});
  EXPECT_EQ(
      WithEntry("{ file: 'a', check: async-c, code: 'x'"),
      Entries{"FILE:3: Unexpected token. Expected Key, Flow Entry, or Flow "
              "Mapping End." +
              By});
  EXPECT_EQ(WithEntry("nonsense"), Entries{"FILE:3: not a mapping" + By});
  EXPECT_EQ(read("findings: []\n"),
            Entries{"FILE:1: missing required key 'version'" + By});
  EXPECT_EQ(read("version: 1\n"),
            Entries{"FILE:1: missing required key 'findings'" + By});
  EXPECT_EQ(read("nonsense\n"), Entries{"FILE:1: not a mapping" + By});
  EXPECT_EQ(read(""), Entries{"FILE: it is not a baseline" + By});
  EXPECT_EQ(read("# only a comment\n"),
            Entries{"FILE: it is not a baseline" + By});
  EXPECT_EQ(read("version: 7\nfindings: {a: b}\nmore: 1\n"),
            Entries{"'FILE' is of version 7, which another release of "
                    "async-tidy wrote; this one knows version 1"});
}

TEST(Baseline, ThatIsNotThere) {
  auto Known = readBaseline("/no/such.yaml", "/root");
  ASSERT_FALSE(bool(Known));
  EXPECT_EQ(toString(Known.takeError()),
            "there is no baseline '/no/such.yaml'; write it with 'async-tidy "
            "baseline --write=/no/such.yaml'");
}

constexpr llvm::StringLiteral Conflict =
    "version: 1\n"
    "findings:\n"
    "  - { file: 'a', check: async-c, code: 'x' }\n"
    "<<<<<<< HEAD\n"
    "  - { file: 'b', check: async-c, code: 'ours' }\n"
    "||||||| 1234567\n"
    "  - { file: 'b', check: async-c, code: 'before' }\n"
    "=======\n"
    "  - { file: 'b', check: async-c, code: 'theirs' }\n"
    ">>>>>>> other\n"
    "  - { file: 'c', check: async-c, code: 'x' }\n";

TEST(Baseline, ConflictsAreRefused) {
  EXPECT_EQ(read(Conflict),
            Entries{"'FILE' has conflicts of a merge; 'async-tidy baseline "
                    "--update=FILE' resolves them"});
}

TEST(Baseline, OfAConflictBothSidesAreTaken) {
  const Entries Both{"/root/a|async-c||x|1|", "/root/b|async-c||ours|1|",
                     "/root/b|async-c||theirs|1|", "/root/c|async-c||x|1|"};
  EXPECT_EQ(read(Conflict, Conflicts::TakeBoth), Both);
  std::string Windows;
  for (char C : Conflict)
    Windows += C == '\n' ? "\r\n" : std::string(1, C);
  EXPECT_EQ(read(Windows, Conflicts::TakeBoth), Both);
}

TEST(Baseline, EqualFindingsAreOneEntry) {
  std::vector<LinkedFinding> Now{finding("/root/a", "async-c", "f", "x", 1),
                                 finding("/root/a", "async-c", "f", "y", 2),
                                 finding("/root/a", "async-c", "f", "x", 3),
                                 finding("/root/b", "async-c", "f", "x", 4),
                                 finding("/root/a", "async-c", "f", "x", 5)};
  Now[4].Reason = "why";
  std::vector<KnownFinding> All = asKnown(Now);
  ASSERT_EQ(All.size(), 4u);
  EXPECT_EQ(All[0].Count, 2u);
  EXPECT_EQ(All[0].Fingerprint, Now[0].Fingerprint);
  EXPECT_EQ(All[1].Code, "y");
  EXPECT_EQ(All[2].File, "/root/b");
  EXPECT_EQ(All[3].Reason, "why");
  EXPECT_EQ(All[3].Count, 1u);
}

} // namespace
