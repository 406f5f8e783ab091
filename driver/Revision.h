//===-- Revision.h - The work tree as it was ------------------ -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a change has introduced is found by analyzing the code without it: not
/// in a second work tree, which would have no build folder and other paths, but
/// through a file system that shows the files of an earlier commit in the place
/// of those that have changed since. Whatever has not changed, the cache knows.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_REVISION_H
#define ASYNC_TIDY_DRIVER_REVISION_H

#include "clang-tidy/ClangTidyOptions.h"
#include "driver/Git.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <map>

namespace async_tidy {

/// A commit, and how it differs from the work tree.
class Revision {
public:
  /// Finds the commit that \p Name stands for, in the repository around \p
  /// Folder: the one from which the work tree and \p Name have parted.
  static llvm::Expected<Revision> find(llvm::StringRef Folder,
                                       llvm::StringRef Name);

  /// How messages call it.
  llvm::StringRef description() const { return Description; }
  /// Something that the user should know of it; or empty.
  llvm::StringRef remark() const { return Remark; }

  /// How many files differ.
  size_t numChanged() const { return Contents.size(); }
  /// The files that it has and the work tree does not; absolute paths. Those
  /// that have another name now, with that.
  const std::map<std::string, std::string> &removed() const { return Removed; }
  /// What \p File, which it has, is called now.
  std::string presentName(llvm::StringRef File) const {
    auto It = Removed.find(File.str());
    return It == Removed.end() || It->second.empty() ? File.str() : It->second;
  }
  /// Whether \p File, an absolute path, is in the work tree only.
  bool isNew(llvm::StringRef File) const;

  /// The file system of this machine, with the files as they were.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files() const;

  /// The lines of the work tree that it does not have.
  llvm::Expected<std::vector<clang::tidy::FileFilter>> changedLines() const;

private:
  explicit Revision(Git G) : G(std::move(G)) {}
  llvm::Error readChanges();

  Git G;
  std::string Commit, Description, Remark;
  /// What the files that differ had in them; nothing for those that were not
  /// there. By absolute path.
  llvm::StringMap<std::optional<std::string>> Contents;
  std::map<std::string, std::string> Removed;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_REVISION_H
