//===-- Cache.h - Records that are kept between runs ------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A folder of records. What a record depends on beyond the contents of files
/// (the tool, the command, options, models) is its key; the files that it
/// depends on stand beside it, and are compared when it is looked up. Records
/// of several states of the same files are kept side by side.
///
/// Entries are written to a temporary file that is then renamed, so that a
/// reader finds all of an entry or nothing, whatever happens to the writer. A
/// damaged entry is as good as none.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_CACHE_H
#define ASYNC_TIDY_DRIVER_CACHE_H

#include "core/FactGraph.h"
#include "driver/Dependencies.h"
#include "llvm/Support/MemoryBuffer.h"
#include <map>
#include <memory>
#include <string>

namespace async_tidy {

/// How much of the last run, and of all so far, the cache knew.
struct CacheStatistics {
  uint64_t Hits = 0, Misses = 0, AllHits = 0, AllMisses = 0;
};

class Cache {
public:
  /// \p Folder is made when something is stored; empty for no cache at all.
  explicit Cache(std::string Folder);

  bool isEnabled() const { return !Folder.empty(); }
  llvm::StringRef folder() const { return Folder; }

  /// The record of \p Key whose dependencies are as \p Now sees them; null when
  /// there is none.
  std::unique_ptr<llvm::MemoryBuffer> find(const FunctionKey &Key,
                                           FileStates &Now);

  llvm::Error store(const FunctionKey &Key, llvm::ArrayRef<Dependency> Files,
                    llvm::StringRef Record);

  /// Keeps what a crash left, for people. \returns the name of the file; empty
  /// when it could not be kept.
  std::string keepLog(const FunctionKey &Key, llvm::StringRef Log) const;

  /// Adds a run to the statistics, and now and then removes what nobody has
  /// used for long.
  void finish(uint64_t Hits, uint64_t Misses);

  CacheStatistics statistics() const;
  /// The number of entries, and their size in bytes.
  std::pair<uint64_t, uint64_t> size() const;
  /// Removes entries. \p Policy is as ThinLTO's cache takes it, for instance
  /// "prune_after=7d:cache_size_bytes=1g".
  llvm::Error prune(llvm::StringRef Policy);
  llvm::Error clear();

private:
  std::string entries() const;
  llvm::Error makeFolder() const;

  std::string Folder;
  /// File names of entries by key, read once.
  std::map<std::string, std::vector<std::string>> Names;
  bool IsRead = false;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_CACHE_H
