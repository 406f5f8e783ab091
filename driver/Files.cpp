//===-- Files.cpp - Writing files -----------------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Files.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

static llvm::Error failure(llvm::StringRef File, const llvm::Twine &Why) {
  return llvm::createStringError("can't write '" + File + "': " + Why);
}

llvm::Error async_tidy::writeFile(llvm::StringRef File,
                                  llvm::ArrayRef<llvm::StringRef> Parts) {
  if (File == "-") {
    for (llvm::StringRef Part : Parts)
      llvm::outs() << Part;
    return llvm::Error::success();
  }
  auto Temporary = llvm::sys::fs::TempFile::create(File + ".temp-%%%%%%%%");
  if (!Temporary)
    return failure(File, toString(Temporary.takeError()));
  std::error_code EC;
  {
    llvm::raw_fd_ostream OS(Temporary->FD, /*shouldClose=*/false);
    for (llvm::StringRef Part : Parts)
      OS << Part;
    OS.flush();
    EC = OS.error();
    OS.clear_error();
  }
  if (EC) {
    llvm::consumeError(Temporary->discard());
    return failure(File, EC.message());
  }
  if (llvm::Error E = Temporary->keep(File))
    return failure(File, toString(std::move(E)));
  return llvm::Error::success();
}
