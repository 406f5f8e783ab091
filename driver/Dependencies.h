//===-- Dependencies.h - What the analysis of a file depends on -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Everything that a parse asks the file system, and what it was told: files
/// that were read, with a hash of their content, and names that were looked up,
/// found or not. A result is valid as long as the answers are the same. What
/// was not found matters as much as what was: a new header may stand before
/// another one in the include path.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_DEPENDENCIES_H
#define ASYNC_TIDY_DRIVER_DEPENDENCIES_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <string>
#include <vector>

namespace async_tidy {

struct Dependency {
  enum Kind : uint8_t {
    Content, ///< the file was read
    Status,  ///< it was asked whether there is a file or a folder
    Listing, ///< a folder was listed
  };
  std::string Path; ///< absolute
  Kind What = Content;
  /// A hash of what the file system said. The same for everything that does
  /// not exist.
  uint64_t State = 0;
};

/// Passes everything on to another file system, and takes notes.
class RecordingFileSystem final : public llvm::vfs::ProxyFileSystem {
public:
  explicit RecordingFileSystem(
      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Inner)
      : ProxyFileSystem(std::move(Inner)) {}

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  bool exists(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>>
  openFileForRead(const llvm::Twine &Path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine &Folder,
                                          std::error_code &EC) override;

  /// What has been asked for so far, sorted by path.
  std::vector<Dependency> dependencies() const;

private:
  friend class RecordedFile;
  std::string absolute(const llvm::Twine &Path) const;
  void note(std::string Path, Dependency::Kind What, uint64_t State);

  llvm::StringMap<uint64_t> Notes[3];
};

/// Tells the state of files, each looked at once.
class FileStates {
public:
  /// As the disk has them, or as \p Files shows them.
  explicit FileStates(
      llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files = nullptr)
      : Files(std::move(Files)) {}

  bool isUnchanged(llvm::StringRef Path, Dependency::Kind What,
                   uint64_t State) {
    return stateOf(Path, What) == State;
  }
  /// A hash of the file's content.
  uint64_t contentOf(llvm::StringRef Path) {
    return stateOf(Path, Dependency::Content);
  }

private:
  uint64_t stateOf(llvm::StringRef Path, Dependency::Kind What);
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  llvm::StringMap<uint64_t> Known[3];
};

/// The bytes of \p All: they take little space, as neighbours share most of
/// their paths.
std::string writeDependencies(llvm::ArrayRef<Dependency> All);

/// Calls \p Visit on each dependency that \p Bytes hold, until it returns
/// false. \returns whether it never did; also false if the bytes are damaged.
bool forEachDependency(
    llvm::StringRef Bytes,
    llvm::function_ref<bool(llvm::StringRef Path, Dependency::Kind What,
                            uint64_t State)>
        Visit);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_DEPENDENCIES_H
