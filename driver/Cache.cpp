//===-- Cache.cpp - Records that are kept between runs --------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Cache.h"
#include "driver/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace async_tidy;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// To be changed with every change of what an entry or its key is made of;
/// another version of the program uses another folder.
static constexpr llvm::StringLiteral FormatFolder = "v1";
/// What LLVM's pruning takes for an entry.
static constexpr llvm::StringLiteral EntryPrefix = "llvmcache-";
static constexpr llvm::StringLiteral Magic = "async-tidy entry\n";
static constexpr size_t HeaderSize = Magic.size() + 8 + 8;
static constexpr llvm::StringLiteral DefaultPolicy =
    "prune_interval=1d:prune_after=30d:cache_size=10%";

static std::string inFolder(const llvm::Twine &A, const llvm::Twine &B,
                            const llvm::Twine &C = "") {
  llvm::SmallString<256> Path;
  path::append(Path, A, B, C);
  return Path.str().str();
}

static uint64_t hashOf(llvm::StringRef Text) {
  return llvm::xxh3_64bits(llvm::arrayRefFromStringRef(Text));
}

Cache::Cache(std::string Folder) : Folder(std::move(Folder)) {}

std::string Cache::entries() const { return inFolder(Folder, FormatFolder); }

llvm::Error Cache::makeFolder() const {
  if (std::error_code EC = fs::create_directories(entries()))
    return llvm::createStringError(EC, "can't make the folder '" + entries() +
                                           "': " + EC.message());
  std::string Ignore = inFolder(Folder, ".gitignore");
  if (!fs::exists(Ignore))
    return writeFile(Ignore, {"# What is in here is made by async-tidy, and "
                              "can be deleted.\n*\n"});
  return llvm::Error::success();
}

std::unique_ptr<llvm::MemoryBuffer> Cache::find(const FunctionKey &Key,
                                                FileStates &Now) {
  if (!isEnabled())
    return nullptr;
  if (!IsRead) {
    IsRead = true;
    std::error_code EC;
    for (fs::directory_iterator I(entries(), EC), End; !EC && I != End;
         I.increment(EC)) {
      llvm::StringRef Name = path::filename(I->path());
      llvm::StringRef Rest = Name;
      if (Rest.consume_front(EntryPrefix) && !Rest.contains('.'))
        Names[Rest.split('-').first.str()].push_back(Name.str());
    }
  }
  auto It = Names.find(Key.str());
  if (It == Names.end())
    return nullptr;
  llvm::sort(It->second);
  for (const std::string &Name : It->second) {
    auto Buffer =
        llvm::MemoryBuffer::getFile(inFolder(entries(), Name), /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
    if (!Buffer)
      continue;
    llvm::StringRef Text = (*Buffer)->getBuffer();
    if (Text.size() < HeaderSize || !Text.starts_with(Magic))
      continue;
    const char *Numbers = Text.data() + Magic.size();
    uint64_t Size = llvm::support::endian::read64le(Numbers);
    llvm::StringRef Rest = Text.drop_front(HeaderSize);
    if (Size > Rest.size())
      continue;
    llvm::StringRef Files = Rest.take_front(Size);
    if (hashOf(Files) != llvm::support::endian::read64le(Numbers + 8) ||
        !forEachDependency(Files, [&](llvm::StringRef Path,
                                      Dependency::Kind What, uint64_t State) {
          return Now.isUnchanged(Path, What, State);
        }))
      continue;
    // What stays in memory is the record alone.
    return llvm::MemoryBuffer::getMemBufferCopy(Rest.drop_front(Size), Name);
  }
  return nullptr;
}

llvm::Error Cache::store(const FunctionKey &Key,
                         llvm::ArrayRef<Dependency> Files,
                         llvm::StringRef Record) {
  if (llvm::Error E = makeFolder())
    return E;
  std::string Text = writeDependencies(Files);
  const uint64_t Hash = hashOf(Text);
  char Numbers[16];
  llvm::support::endian::write64le(Numbers, Text.size());
  llvm::support::endian::write64le(Numbers + 8, Hash);
  std::string Name =
      (EntryPrefix + Key.str() + "-" + llvm::utohexstr(Hash, true, 16)).str();
  return writeFile(
      inFolder(entries(), Name),
      {Magic, llvm::StringRef(Numbers, sizeof(Numbers)), Text, Record});
}

std::string Cache::keepLog(const FunctionKey &Key, llvm::StringRef Log) const {
  if (!isEnabled() || Log.trim().empty())
    return "";
  std::string File = inFolder(Folder, "crash-" + Key.str() + ".log");
  llvm::Error E = makeFolder();
  if (!E)
    E = writeFile(File, {Log});
  if (!E)
    return File;
  llvm::consumeError(std::move(E));
  return "";
}

CacheStatistics Cache::statistics() const {
  CacheStatistics S;
  auto Buffer =
      llvm::MemoryBuffer::getFile(inFolder(Folder, "statistics.json"));
  if (!Buffer)
    return S;
  auto Value = llvm::json::parse((*Buffer)->getBuffer());
  if (!Value) {
    llvm::consumeError(Value.takeError());
    return S;
  }
  if (const llvm::json::Object *O = Value->getAsObject()) {
    S.Hits = O->getInteger("hits").value_or(0);
    S.Misses = O->getInteger("misses").value_or(0);
    S.AllHits = O->getInteger("all-hits").value_or(0);
    S.AllMisses = O->getInteger("all-misses").value_or(0);
  }
  return S;
}

void Cache::finish(uint64_t Hits, uint64_t Misses) {
  if (!isEnabled() || !fs::exists(entries()))
    return;
  CacheStatistics S = statistics();
  std::string Text;
  llvm::raw_string_ostream(Text)
      << llvm::json::Value(
             llvm::json::Object{{"hits", int64_t(Hits)},
                                {"misses", int64_t(Misses)},
                                {"all-hits", int64_t(S.AllHits + Hits)},
                                {"all-misses", int64_t(S.AllMisses + Misses)}})
      << '\n';
  // Nothing depends on these.
  llvm::consumeError(writeFile(inFolder(Folder, "statistics.json"), {Text}));
  llvm::consumeError(prune(DefaultPolicy));
}

std::pair<uint64_t, uint64_t> Cache::size() const {
  uint64_t Number = 0, Bytes = 0;
  std::error_code EC;
  for (fs::directory_iterator I(entries(), EC), End; !EC && I != End;
       I.increment(EC)) {
    uint64_t Size = 0;
    if (path::filename(I->path()).starts_with(EntryPrefix) &&
        !fs::file_size(I->path(), Size)) {
      ++Number;
      Bytes += Size;
    }
  }
  return {Number, Bytes};
}

llvm::Error Cache::prune(llvm::StringRef Text) {
  auto Policy = llvm::parseCachePruningPolicy(Text);
  if (!Policy)
    return Policy.takeError();
  llvm::pruneCache(entries(), *Policy);
  return llvm::Error::success();
}

llvm::Error Cache::clear() {
  if (std::error_code EC = fs::remove_directories(Folder))
    return llvm::createStringError(EC, "can't remove '" + Folder +
                                           "': " + EC.message());
  return llvm::Error::success();
}
