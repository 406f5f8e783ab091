//===-- Dependencies.cpp - What the analysis of a file depends on ---------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Dependencies.h"
#include "driver/Input.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace async_tidy;
namespace vfs = llvm::vfs;

/// The states that are no hashes.
enum : uint64_t { Absent = 0, IsFolder = 1, IsFile = 2 };

static uint64_t stateOf(const llvm::ErrorOr<vfs::Status> &S) {
  return !S ? Absent : S->isDirectory() ? IsFolder : IsFile;
}

static uint64_t hashOf(llvm::StringRef Text) {
  // Nothing that exists looks like something that does not.
  return std::max<uint64_t>(
      llvm::xxh3_64bits(llvm::arrayRefFromStringRef(Text)), IsFile + 1);
}

static uint64_t listingOf(vfs::FileSystem &FS, const llvm::Twine &Folder) {
  std::error_code EC;
  std::vector<std::string> Names;
  for (vfs::directory_iterator I = FS.dir_begin(Folder, EC), End;
       !EC && I != End; I.increment(EC))
    Names.push_back(llvm::sys::path::filename(I->path()).str());
  if (EC)
    return Absent;
  llvm::sort(Names);
  return hashOf(llvm::join(Names, "/"));
}

//===----------------------------------------------------------------------===//
// RecordingFileSystem
//===----------------------------------------------------------------------===//

namespace async_tidy {

/// A file whose content is hashed when it is read.
class RecordedFile final : public vfs::File {
public:
  RecordedFile(std::unique_ptr<vfs::File> Inner, std::string Path,
               llvm::IntrusiveRefCntPtr<RecordingFileSystem> FS)
      : Inner(std::move(Inner)), Path(std::move(Path)), FS(std::move(FS)) {}

  llvm::ErrorOr<vfs::Status> status() override { return Inner->status(); }
  llvm::ErrorOr<std::string> getName() override { return Inner->getName(); }
  std::error_code close() override { return Inner->close(); }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>>
  getBuffer(const llvm::Twine &Name, int64_t Size, bool NullTerminated,
            bool IsVolatile) override {
    auto Buffer = Inner->getBuffer(Name, Size, NullTerminated, IsVolatile);
    if (Buffer)
      FS->note(Path, Dependency::Content, hashOf((*Buffer)->getBuffer()));
    return Buffer;
  }

private:
  std::unique_ptr<vfs::File> Inner;
  std::string Path;
  llvm::IntrusiveRefCntPtr<RecordingFileSystem> FS;
};

} // namespace async_tidy

std::string RecordingFileSystem::absolute(const llvm::Twine &Path) const {
  llvm::SmallString<256> Full;
  Path.toVector(Full);
  makeAbsolute(Full);
  return Full.str().str();
}

void RecordingFileSystem::note(std::string Path, Dependency::Kind What,
                               uint64_t State) {
  Notes[What].try_emplace(Path, State);
}

llvm::ErrorOr<vfs::Status>
RecordingFileSystem::status(const llvm::Twine &Path) {
  auto S = ProxyFileSystem::status(Path);
  note(absolute(Path), Dependency::Status, stateOf(S));
  return S;
}

bool RecordingFileSystem::exists(const llvm::Twine &Path) {
  return bool(status(Path));
}

llvm::ErrorOr<std::unique_ptr<vfs::File>>
RecordingFileSystem::openFileForRead(const llvm::Twine &Path) {
  auto Opened = ProxyFileSystem::openFileForRead(Path);
  std::string Full = absolute(Path);
  if (!Opened) {
    note(std::move(Full), Dependency::Content, Absent);
    return Opened;
  }
  // Whoever opens a file and does not read it, as __has_include does, knows
  // that it is there.
  note(Full, Dependency::Status, IsFile);
  return std::make_unique<RecordedFile>(std::move(*Opened), std::move(Full),
                                        this);
}

vfs::directory_iterator
RecordingFileSystem::dir_begin(const llvm::Twine &Folder, std::error_code &EC) {
  note(absolute(Folder), Dependency::Listing,
       listingOf(getUnderlyingFS(), Folder));
  return ProxyFileSystem::dir_begin(Folder, EC);
}

std::vector<Dependency> RecordingFileSystem::dependencies() const {
  std::vector<Dependency> All;
  for (auto Kind :
       {Dependency::Content, Dependency::Status, Dependency::Listing})
    for (const auto &Entry : Notes[Kind]) {
      // Who has read a file knows that there is one.
      if (Kind == Dependency::Status && Entry.second == IsFile &&
          Notes[Dependency::Content].lookup(Entry.first()) != Absent)
        continue;
      All.push_back({Entry.first().str(), Kind, Entry.second});
    }
  llvm::sort(All, [](const Dependency &A, const Dependency &B) {
    return std::tie(A.Path, A.What) < std::tie(B.Path, B.What);
  });
  return All;
}

//===----------------------------------------------------------------------===//
// FileStates
//===----------------------------------------------------------------------===//

uint64_t FileStates::stateOf(llvm::StringRef Path, Dependency::Kind What) {
  auto [It, New] = Known[What].try_emplace(Path, Absent);
  if (!New)
    return It->second;
  switch (What) {
  case Dependency::Content:
    if (auto Buffer = Files ? Files->getBufferForFile(Path, -1, false)
                            : llvm::MemoryBuffer::getFile(
                                  Path, /*IsText=*/false,
                                  /*RequiresNullTerminator=*/false))
      It->second = hashOf((*Buffer)->getBuffer());
    break;
  case Dependency::Status:
    It->second =
        ::stateOf((Files ? *Files : *vfs::getRealFileSystem()).status(Path));
    break;
  case Dependency::Listing:
    It->second = listingOf(Files ? *Files : *vfs::getRealFileSystem(), Path);
    break;
  }
  return It->second;
}

//===----------------------------------------------------------------------===//
// As bytes
//===----------------------------------------------------------------------===//

std::string async_tidy::writeDependencies(llvm::ArrayRef<Dependency> All) {
  std::string Bytes;
  llvm::raw_string_ostream OS(Bytes);
  llvm::StringRef Before;
  llvm::encodeULEB128(All.size(), OS);
  for (const Dependency &D : All) {
    llvm::StringRef Path = D.Path;
    size_t Shared =
        std::mismatch(Before.begin(), Before.end(), Path.begin(), Path.end())
            .first -
        Before.begin();
    llvm::encodeULEB128(Shared, OS);
    llvm::encodeULEB128(Path.size() - Shared, OS);
    OS << Path.drop_front(Shared) << char(D.What);
    char State[8];
    llvm::support::endian::write64le(State, D.State);
    if (D.State <= IsFile)
      OS << char(D.State);
    else
      OS << char(IsFile + 1) << llvm::StringRef(State, sizeof(State));
    Before = Path;
  }
  return Bytes;
}

bool async_tidy::forEachDependency(
    llvm::StringRef Bytes,
    llvm::function_ref<bool(llvm::StringRef, Dependency::Kind, uint64_t)>
        Visit) {
  Input C(Bytes);
  std::string Path;
  bool All = true;
  for (uint64_t N = C.number(); C && N && All; --N) {
    Path.resize(std::min<uint64_t>(C.number(), Path.size()));
    uint64_t Size = C.number();
    Path += C.bytes(Size);
    auto What =
        Dependency::Kind(std::min<uint64_t>(C.number(), Dependency::Listing));
    uint64_t State = C.number();
    if (State > IsFile)
      State = C.fixed64();
    All = C && Visit(Path, What, State);
  }
  return C && All;
}
