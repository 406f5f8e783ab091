//===-- Revision.cpp - The work tree as it was ----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Revision.h"
#include "driver/Place.h"
#include "driver/UnifiedDiff.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace async_tidy;
namespace vfs = llvm::vfs;

//===----------------------------------------------------------------------===//
// The file system
//===----------------------------------------------------------------------===//

namespace {

class RevisionFileSystem final : public vfs::ProxyFileSystem {
public:
  explicit RevisionFileSystem(
      const llvm::StringMap<std::optional<std::string>> &Contents)
      : ProxyFileSystem(vfs::createPhysicalFileSystem()),
        Old(llvm::makeIntrusiveRefCnt<vfs::InMemoryFileSystem>()) {
    for (const auto &[Path, Content] : Contents) {
      Names.insert(llvm::sys::path::filename(Path));
      if (Content)
        Old->addFile(Path, 0, llvm::MemoryBuffer::getMemBufferCopy(*Content));
      else
        New.insert(Path);
    }
  }

  llvm::ErrorOr<vfs::Status> status(const llvm::Twine &Path) override {
    const std::string Name = canonical(Path);
    if (New.contains(Name))
      return std::make_error_code(std::errc::no_such_file_or_directory);
    if (Old->exists(Name)) {
      auto S = Old->status(Name);
      // A folder is that of the disk, if it is still there.
      if (S && !S->isDirectory())
        return vfs::Status::copyWithNewName(*S, Path);
      if (auto Real = ProxyFileSystem::status(Path))
        return Real;
      return S;
    }
    return ProxyFileSystem::status(Path);
  }

  bool exists(const llvm::Twine &Path) override { return bool(status(Path)); }

  llvm::ErrorOr<std::unique_ptr<vfs::File>>
  openFileForRead(const llvm::Twine &Path) override {
    const std::string Name = canonical(Path);
    if (New.contains(Name))
      return std::make_error_code(std::errc::no_such_file_or_directory);
    if (auto S = Old->status(Name); S && !S->isDirectory())
      return vfs::File::getWithPath(Old->openFileForRead(Name), Path);
    return ProxyFileSystem::openFileForRead(Path);
  }

  std::error_code getRealPath(const llvm::Twine &Path,
                              llvm::SmallVectorImpl<char> &Output) override {
    std::error_code EC = ProxyFileSystem::getRealPath(Path, Output);
    if (!EC || !Old->exists(canonical(Path)))
      return EC;
    std::string Name = canonical(Path);
    Output.assign(Name.begin(), Name.end());
    return {};
  }

private:
  /// \p Path as git's files are called, through links in front of it.
  std::string canonical(const llvm::Twine &Path) {
    llvm::SmallString<256> Full;
    Path.toVector(Full);
    makeAbsolute(Full);
    llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
    llvm::StringRef Name = llvm::sys::path::filename(Full);
    if (!Names.contains(Name))
      return Full.str().str();
    llvm::StringRef Folder = llvm::sys::path::parent_path(Full);
    auto [It, IsNew] = Folders.try_emplace(Folder);
    if (IsNew) {
      llvm::SmallString<256> Real;
      It->second = llvm::sys::fs::real_path(Folder, Real) ? Folder.str()
                                                          : Real.str().str();
    }
    return It->second + "/" + Name.str();
  }

  llvm::IntrusiveRefCntPtr<vfs::InMemoryFileSystem> Old;
  llvm::StringSet<> New;   ///< which it did not have
  llvm::StringSet<> Names; ///< of changed files, without their folders
  llvm::StringMap<std::string> Folders;
};

} // namespace

llvm::IntrusiveRefCntPtr<vfs::FileSystem> Revision::files() const {
  return llvm::makeIntrusiveRefCnt<RevisionFileSystem>(Contents);
}

//===----------------------------------------------------------------------===//
// The commit
//===----------------------------------------------------------------------===//

static llvm::SmallVector<llvm::StringRef> fields(llvm::StringRef Text) {
  llvm::SmallVector<llvm::StringRef> All;
  Text.split(All, '\0', -1, /*KeepEmpty=*/false);
  return All;
}

llvm::Expected<Revision> Revision::find(llvm::StringRef Folder,
                                        llvm::StringRef Name) {
  auto G = Git::in(Folder);
  if (!G)
    return G.takeError();
  Revision R(std::move(*G));
  const bool IsShallow = R.G.isShallow();
  auto Tip = Name.starts_with("-")
                 ? llvm::createStringError("it starts with a dash")
                 : R.G.run({"rev-parse", "--verify", "--quiet",
                            (Name + "^{commit}").str()});
  if (!Tip) {
    llvm::consumeError(Tip.takeError());
    return llvm::createStringError(
        "this repository has no commit '" + Name + "'" +
        (IsShallow
             ? "; the clone is shallow, so fetch it: 'git fetch --depth=1 "
               "origin <commit>', or 'git fetch --unshallow' (fetch-depth: 0 "
               "of actions/checkout, GIT_DEPTH: 0 of GitLab)"
             : "; if it is a branch of a remote, fetch it, and name it as in "
               "'origin/main'"));
  }
  R.Commit = llvm::StringRef(*Tip).trim().str();
  R.Description = "'" + Name.str() + "'";
  auto MergeBase = R.G.run({"merge-base", R.Commit, "HEAD"});
  if (!MergeBase) {
    llvm::consumeError(MergeBase.takeError());
    R.Remark = "it is not known where HEAD and " + R.Description + " parted" +
               (IsShallow ? ", as the clone is shallow" : "") +
               "; compared with " + R.Description + " itself";
  } else if (llvm::StringRef Base = llvm::StringRef(*MergeBase).trim();
             Base != R.Commit) {
    R.Commit = Base.str();
    R.Description += ", from where it parted from HEAD";
  }
  R.Description += " (" + R.Commit.substr(0, 10) + ")";
  if (llvm::Error E = R.readChanges())
    return std::move(E);
  return std::move(R);
}

llvm::Error Revision::readChanges() {
  auto Absolute = [&](llvm::StringRef Path) {
    return (G.root() + "/" + Path).str();
  };
  auto Had = [&](llvm::StringRef Path) -> llvm::Error {
    auto Content = G.run({"cat-file", "blob", (Commit + ":" + Path).str()});
    if (!Content)
      return llvm::createStringError(
          "'" + Path + "' of " + Description +
          " can't be read: " + toString(Content.takeError()));
    Contents[Absolute(Path)] = std::move(*Content);
    return llvm::Error::success();
  };
  auto Differences =
      G.run({"diff", "--name-status", "-z", "-M", "--no-ext-diff",
             "--ignore-submodules=all", Commit, "--"});
  if (!Differences)
    return Differences.takeError();
  llvm::SmallVector<llvm::StringRef> All = fields(*Differences);
  for (size_t I = 0; I + 1 < All.size();) {
    const char How = All[I].front();
    llvm::StringRef Path = All[I + 1];
    I += 2;
    if (How == 'A') {
      Contents[Absolute(Path)] = std::nullopt;
      continue;
    }
    if (llvm::Error E = Had(Path))
      return E;
    if (How == 'D')
      Removed[Absolute(Path)] = "";
    if (How != 'R' || I >= All.size())
      continue;
    Contents[Absolute(All[I])] = std::nullopt;
    Removed[Absolute(Path)] = Absolute(All[I]);
    ++I;
  }
  auto Untracked = G.run({"ls-files", "--others", "--exclude-standard", "-z"});
  if (!Untracked)
    return Untracked.takeError();
  for (llvm::StringRef Path : fields(*Untracked))
    Contents[Absolute(Path)] = std::nullopt;
  return llvm::Error::success();
}

bool Revision::isNew(llvm::StringRef File) const {
  llvm::SmallString<256> Real;
  auto It = Contents.find(
      llvm::sys::fs::real_path(File, Real) ? File : llvm::StringRef(Real));
  return It != Contents.end() && !It->second;
}

llvm::Expected<std::vector<clang::tidy::FileFilter>>
Revision::changedLines() const {
  auto Diff = G.run({"diff", "-U0", "--no-color", "--no-ext-diff", "-M",
                     "--src-prefix=a/", "--dst-prefix=b/", Commit, "--"});
  if (!Diff)
    return Diff.takeError();
  auto Lines = addedLines(*Diff, G.root(), [](llvm::StringRef Path) {
    return llvm::sys::fs::exists(Path);
  });
  if (!Lines)
    return Lines.takeError();
  auto Untracked = G.run({"ls-files", "--others", "--exclude-standard", "-z"});
  if (!Untracked)
    return Untracked.takeError();
  for (llvm::StringRef Path : fields(*Untracked))
    Lines->push_back({(G.root() + "/" + Path).str(), {}});
  return Lines;
}
