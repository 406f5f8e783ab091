//===-- CacheTest.cpp - Records that are kept -----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Cache.h"
#include "driver/Files.h"
#include "llvm/Support/FileSystem.h"
#include "gtest/gtest.h"

using namespace async_tidy;

namespace {

/// A folder that is gone after the test.
struct Folder {
  llvm::SmallString<128> Path;
  Folder() { llvm::sys::fs::createUniqueDirectory("async-tidy-test", Path); }
  ~Folder() { llvm::sys::fs::remove_directories(Path); }
  std::string file(llvm::StringRef Name) const {
    return (Path + "/" + Name).str();
  }
  void write(llvm::StringRef Name, llvm::StringRef Text) const {
    llvm::cantFail(writeFile(file(Name), {Text}));
  }
};

std::string read(llvm::vfs::FileSystem &FS, const std::string &Path) {
  auto Buffer = FS.getBufferForFile(Path);
  return Buffer ? (*Buffer)->getBuffer().str() : "nothing";
}

/// What reading 'a.h', and asking for 'none.h' and a folder, depends on.
std::vector<Dependency> dependencies(const Folder &F) {
  auto FS = llvm::makeIntrusiveRefCnt<RecordingFileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  read(*FS, F.file("a.h"));
  EXPECT_FALSE(FS->exists(F.file("none.h")));
  EXPECT_TRUE(FS->exists(F.Path));
  std::error_code EC;
  FS->dir_begin(F.file("list"), EC);
  return FS->dependencies();
}

bool isUnchanged(llvm::ArrayRef<Dependency> All) {
  FileStates Now;
  return forEachDependency(
      writeDependencies(All),
      [&](llvm::StringRef Path, Dependency::Kind What, uint64_t State) {
        return Now.isUnchanged(Path, What, State);
      });
}

TEST(Dependencies, SurviveBeingWrittenAndRead) {
  std::vector<Dependency> All{{"/a/b/c.h", Dependency::Content, 1ull << 60},
                              {"/a/b/cd.h", Dependency::Status, 0},
                              {"/a/x", Dependency::Listing, 77},
                              {"/z", Dependency::Status, 1}};
  size_t I = 0;
  EXPECT_TRUE(forEachDependency(
      writeDependencies(All),
      [&](llvm::StringRef Path, Dependency::Kind What, uint64_t State) {
        EXPECT_EQ(Path, All[I].Path);
        EXPECT_EQ(What, All[I].What);
        EXPECT_EQ(State, All[I++].State);
        return true;
      }));
  EXPECT_EQ(I, All.size());
}

TEST(Dependencies, AreWhatWasAskedForAndWhatWasSaid) {
  Folder F;
  F.write("a.h", "text");
  llvm::sys::fs::create_directory(F.file("list"));
  auto Before = dependencies(F);
  EXPECT_TRUE(isUnchanged(Before));
  F.write("b.h", "nobody asked");
  EXPECT_TRUE(isUnchanged(Before));
  F.write("a.h", "TEXT");
  EXPECT_FALSE(isUnchanged(Before));
  F.write("a.h", "text");
  EXPECT_TRUE(isUnchanged(Before));
  F.write("none.h", "");
  EXPECT_FALSE(isUnchanged(Before));
  llvm::sys::fs::remove(F.file("none.h"));
  F.write("list/new", "");
  EXPECT_FALSE(isUnchanged(Before));
  llvm::sys::fs::remove(F.file("list/new"));
  EXPECT_TRUE(isUnchanged(Before));
  llvm::sys::fs::remove(F.file("a.h"));
  EXPECT_FALSE(isUnchanged(Before));
}

TEST(Dependencies, KnowWhatIsOpenedAndNotRead) {
  Folder F;
  F.write("a.h", "text");
  auto FS = llvm::makeIntrusiveRefCnt<RecordingFileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  EXPECT_TRUE(bool(FS->openFileForRead(F.file("a.h"))));
  auto Before = FS->dependencies();
  F.write("a.h", "TEXT");
  EXPECT_TRUE(isUnchanged(Before));
  llvm::sys::fs::remove(F.file("a.h"));
  EXPECT_FALSE(isUnchanged(Before));
}

TEST(Cache, KeepsSeveralStatesOfTheSameFiles) {
  Folder F;
  const FunctionKey Key{1, 2};
  auto Find = [&](const FunctionKey &K) {
    Cache C(F.file("cache"));
    FileStates Now;
    auto Found = C.find(K, Now);
    return Found ? Found->getBuffer().str() : "nothing";
  };
  EXPECT_EQ(Find(Key), "nothing");
  for (llvm::StringRef Text : {"one", "two"}) {
    F.write("a.h", Text);
    Cache C(F.file("cache"));
    ASSERT_FALSE(bool(C.store(Key, dependencies(F), Text)));
  }
  EXPECT_EQ(Find(Key), "two");
  EXPECT_EQ(Find({1, 3}), "nothing");
  F.write("a.h", "one");
  EXPECT_EQ(Find(Key), "one");
  F.write("a.h", "three");
  EXPECT_EQ(Find(Key), "nothing");
  EXPECT_EQ(Cache(F.file("cache")).size().first, 2u);
}

TEST(Cache, SaysWhereItCanNotWrite) {
  Folder F;
  F.write("file", "");
  Cache C(F.file("file/cache"));
  llvm::Error E = C.store({1, 2}, {}, "record");
  EXPECT_TRUE(bool(E));
  llvm::consumeError(std::move(E));
  C.finish(1, 1);
}

} // namespace
