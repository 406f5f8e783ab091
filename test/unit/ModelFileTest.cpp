//===-- ModelFileTest.cpp - Loading library models ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelFile.h"
#include "core/Models.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

std::string problem(llvm::StringRef Text) {
  auto Model = parseModel(llvm::MemoryBufferRef(Text, "m.yaml"));
  return Model ? "" : llvm::toString(Model.takeError());
}

TEST(ModelFile, ReadsWhatItNeeds) {
  EXPECT_EQ(problem("library: x\ntitle: X\nnamespaces: [x]\n"), "");
}

TEST(ModelFile, NamesFileLineAndKey) {
  std::string P = problem("library: x\ntitle: X\nnamespaces: [x]\n"
                          "bloking: []\n");
  EXPECT_NE(P.find("m.yaml:4:1: unknown key 'bloking'"), std::string::npos)
      << P;
}

TEST(ModelFile, NamesTheNearestRightWord) {
  const std::string Head = "library: x\ntitle: X\nnamespaces: [x]\n";
  EXPECT_EQ(problem(Head + "bloking: []\n"),
            "m.yaml:4:1: unknown key 'bloking' in 'a model'; did you mean "
            "'blocking'?");
  // A key's right words are those of its place.
  EXPECT_EQ(problem(Head + "tasks:\n  - types: [t]\n    strat: lazy\n"),
            "m.yaml:6:5: unknown key 'strat' in 'tasks'; did you mean "
            "'start'?");
  EXPECT_EQ(problem(Head + "tasks:\n  - types: [t]\n    start: lasy\n"),
            "m.yaml:6:12: 'start' can't be 'lasy'; did you mean 'lazy'?");
  EXPECT_EQ(problem(Head + "tasks:\n  - types: [t]\n    start: often\n"),
            "m.yaml:6:12: 'start' can't be 'often'; there is 'lazy', 'eager'");
}

TEST(ModelFile, NamesEveryWrongWordAtOnce) {
  EXPECT_EQ(problem("library: x\ntitel: X\nnamespaces: [x]\n"
                    "blocking:\n  - functions: [f]\n    category: network\n"
                    "    does: it reads\n    whenn: []\n"
                    "remedies: {for: sleep}\n"),
            "m.yaml:2:1: unknown key 'titel' in 'a model'; did you mean "
            "'title'?\n"
            "m.yaml:8:5: unknown key 'whenn' in 'blocking'; did you mean "
            "'when'?\n"
            "m.yaml:9:12: 'remedies' is a list; write it in [ ]");
}

TEST(ModelFile, SaysWhatIsMissing) {
  EXPECT_NE(problem("library: x\nnamespaces: [x]\n")
                .find("missing required key 'title'"),
            std::string::npos);
  EXPECT_NE(problem("library: x\ntitle: X\nnamespaces: [x]\nhops:\n"
                    "  - to: loop\n")
                .find("a hop names 'functions' or 'types'"),
            std::string::npos);
  EXPECT_NE(problem("library: x\ntitle: X\nnamespaces: [x]\n"
                    "wrappers: ['a*[']\n")
                .find("'a*[': invalid glob pattern"),
            std::string::npos);
  EXPECT_NE(problem("library: [x\n").find("m.yaml:"), std::string::npos);
}

TEST(ModelFile, DescribesWhatItReads) {
  std::string Reference = modelReference();
  EXPECT_NE(Reference.find("| `category` (required) | `sleep`, `wait`"),
            std::string::npos);
  EXPECT_NE(Reference.find("## `blocking` › `when`"), std::string::npos);
  EXPECT_NE(Reference.find("| `repeats` | `true` or `false` |"),
            std::string::npos);
  EXPECT_NE(Reference.find("| `await-instead` | number |"), std::string::npos);
}

TEST(ModelFile, RefusesImpossibleValues) {
  const char *Head = "library: x\ntitle: X\nnamespaces: [x]\n";
  auto With = [&](const char *Rest) {
    return problem(std::string(Head) + Rest);
  };
  EXPECT_NE(With("blocking:\n  - functions: [f]\n    category: nap\n"
                 "    does: it naps\n"),
            "");
  EXPECT_NE(With("blocking:\n  - functions: []\n    category: sleep\n"
                 "    does: it naps\n"),
            "");
  EXPECT_NE(With("blocking:\n  - functions: [f]\n    category: sleep\n"
                 "    does: it naps\n    when: [{argument: 1}]\n"),
            "");
  EXPECT_NE(With("tasks:\n  - types: [t]\n    start: sometimes\n"), "");
  EXPECT_NE(problem("library: x\ntitle: X\nnamespaces: []\n"), "");
}

TEST(ModelFile, BuiltinModelsLoad) {
  llvm::ArrayRef<LibraryModel> Models = builtinModels();
  std::vector<std::string> Names;
  for (const LibraryModel &M : Models)
    Names.push_back(M.Library);
  EXPECT_TRUE(llvm::is_contained(Names, "asio"));
  EXPECT_TRUE(llvm::is_contained(Names, "posix"));
  EXPECT_TRUE(llvm::is_contained(Names, "std"));
}

TEST(ModelIndex, OneModelServesEveryNamespace) {
  const ModelIndex &Index = ModelIndex::builtin();
  EXPECT_TRUE(Index.type("asio::awaitable"));
  EXPECT_TRUE(Index.type("boost::asio::awaitable"));
  EXPECT_FALSE(Index.type("awaitable"));
  EXPECT_TRUE(Index.function("boost::asio::read"));
  EXPECT_EQ(Index.libraryOf("boost::asio").Namespace, "boost::asio");
  EXPECT_FALSE(Index.libraryOf("std"));
}

TEST(ModelIndex, TakesPatterns) {
  const ModelIndex &Index = ModelIndex::builtin();
  EXPECT_EQ(Index.patterns("asio::async_anything").size(), 1u);
  EXPECT_EQ(Index.patterns("asio::basic_socket::async_anything").size(), 1u);
  EXPECT_TRUE(Index.patterns("other::async_anything").empty());
  EXPECT_TRUE(Index.patterns("asio::sync_anything").empty());
  EXPECT_TRUE(Index.hasFunctionNamed("async_anything"));
}

TEST(ModelIndex, UserModelsTakeThePlaceOfBuiltinOnes) {
  llvm::SmallString<128> Path;
  int FD;
  ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("asio", "yaml", FD, Path));
  llvm::FileRemover Remover(Path);
  {
    llvm::raw_fd_ostream OS(FD, /*shouldClose=*/true);
    OS << "library: asio\ntitle: Ours\nnamespaces: [our]\n"
          "tasks:\n  - {types: [job], start: eager}\n";
  }
  auto Index = ModelIndex::with({Path.str().str()});
  ASSERT_TRUE(bool(Index)) << llvm::toString(Index.takeError());
  EXPECT_TRUE((*Index)->type("our::job"));
  EXPECT_FALSE((*Index)->type("asio::awaitable"));
  EXPECT_TRUE((*Index)->function("std::this_thread::sleep_for"));

  auto None = ModelIndex::with({"/nowhere/m.yaml"});
  ASSERT_FALSE(bool(None));
  EXPECT_EQ(llvm::toString(None.takeError()),
            "can't read model '/nowhere/m.yaml': No such file or directory");
}

TEST(LibraryRef, WritesNamesOutsideItsNamespace) {
  const ModelIndex &Index = ModelIndex::builtin();
  LibraryRef Boost = Index.libraryOf("boost::asio");
  EXPECT_EQ(Boost.qualify("use_awaitable"), "boost::asio::use_awaitable");
  EXPECT_EQ(Boost.qualify("::std::system_error"), "std::system_error");
  EXPECT_EQ(Boost.expand("a {ns}::b {ns}"), "a boost::asio::b boost::asio");
}

} // namespace
