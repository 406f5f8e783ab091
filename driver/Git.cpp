//===-- Git.cpp - Asking git ----------------------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Git.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

using namespace async_tidy;

std::string async_tidy::workTreeOf(llvm::StringRef Folder) {
  for (; !Folder.empty(); Folder = llvm::sys::path::parent_path(Folder))
    if (llvm::sys::fs::exists(Folder + "/.git"))
      return Folder.str();
  return "";
}

llvm::Expected<Git> Git::in(llvm::StringRef Folder) {
  Git G;
  auto Program = llvm::sys::findProgramByName("git");
  if (!Program)
    return llvm::createStringError("there is no git on this machine's PATH");
  G.Program = *Program;
  G.Root = Folder.str();
  auto Top = G.run({"rev-parse", "--show-toplevel"});
  if (!Top)
    return llvm::createStringError("'" + Folder + "' is in no git work tree: " +
                                   toString(Top.takeError()));
  G.Root = llvm::StringRef(*Top).trim('\n').str();
  return G;
}

llvm::Expected<std::string>
Git::run(llvm::ArrayRef<llvm::StringRef> Arguments) const {
  llvm::SmallString<128> Out, Err;
  if (llvm::sys::fs::createTemporaryFile("async-tidy", "out", Out) ||
      llvm::sys::fs::createTemporaryFile("async-tidy", "err", Err))
    return llvm::createStringError("can't write temporary files");
  auto Remove = llvm::make_scope_exit([&] {
    llvm::sys::fs::remove(Out);
    llvm::sys::fs::remove(Err);
  });
  std::vector<llvm::StringRef> All{Program, "-C", Root,
                                   // Names as they are, without quotation.
                                   "-c", "core.quotepath=off"};
  llvm::append_range(All, Arguments);
  std::string Problem;
  const int Code = llvm::sys::ExecuteAndWait(
      Program, All, /*Env=*/std::nullopt,
      {llvm::StringRef(""), llvm::StringRef(Out), llvm::StringRef(Err)},
      /*SecondsToWait=*/0, /*MemoryLimit=*/0, &Problem);
  auto Read = [](llvm::StringRef File) -> std::string {
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    return Buffer ? (*Buffer)->getBuffer().str() : std::string();
  };
  if (Code == 0)
    return Read(Out);
  std::string Said = Problem.empty() ? Read(Err) : Problem;
  // The first line says what is wrong, and others give advice.
  llvm::StringRef First = llvm::StringRef(Said).trim().split('\n').first;
  First.consume_front("fatal: ");
  return llvm::createStringError(First.empty() ? "git failed" : First);
}

bool Git::isShallow() const {
  auto Said = run({"rev-parse", "--is-shallow-repository"});
  if (Said)
    return llvm::StringRef(*Said).trim() == "true";
  llvm::consumeError(Said.takeError());
  return false;
}

llvm::Expected<std::vector<std::string>>
Git::uncommitted(llvm::ArrayRef<std::string> Files) const {
  std::vector<llvm::StringRef> Arguments{"status", "--porcelain", "-z", "--"};
  for (const std::string &File : Files)
    if (llvm::StringRef(File).starts_with(Root + "/"))
      Arguments.push_back(File);
  std::vector<std::string> Result;
  if (Arguments.size() == 4)
    return Result;
  auto Said = run(Arguments);
  if (!Said)
    return Said.takeError();
  llvm::SmallVector<llvm::StringRef, 8> Entries;
  llvm::StringRef(*Said).split(Entries, '\0', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Entry : Entries)
    if (Entry.size() > 3)
      Result.push_back(Entry.drop_front(3).str());
  return Result;
}
