//===-- ModelFileTest.cpp - Loading library models ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelFile.h"
#include "core/Models.h"
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

TEST(LibraryRef, WritesNamesOutsideItsNamespace) {
  const ModelIndex &Index = ModelIndex::builtin();
  LibraryRef Boost = Index.libraryOf("boost::asio");
  EXPECT_EQ(Boost.qualify("use_awaitable"), "boost::asio::use_awaitable");
  EXPECT_EQ(Boost.qualify("::std::system_error"), "std::system_error");
  EXPECT_EQ(Boost.expand("a {ns}::b {ns}"), "a boost::asio::b boost::asio");
}

} // namespace
