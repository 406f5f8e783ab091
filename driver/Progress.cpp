//===-- Progress.cpp - How far the analysis is -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Progress.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

Progress::Progress(size_t Total, bool Enabled)
    : Total(Total), Enabled(Enabled && Total > 1),
      Terminal(llvm::sys::Process::StandardErrIsDisplayed()),
      Begin(std::chrono::steady_clock::now()) {}

void Progress::start(llvm::StringRef File) {
  if (!Enabled)
    return;
  if (!Terminal) {
    llvm::errs() << '[' << ++Done << '/' << Total << "] " << File << '\n';
    return;
  }
  llvm::errs() << "\r\x1b[K[" << Done + 1 << '/' << Total << "] ";
  if (Done) {
    auto Elapsed = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::steady_clock::now() - Begin);
    if (auto Left = Elapsed.count() * long(Total - Done) / long(Done))
      llvm::errs() << Left << " s left  ";
  }
  // The end of a path says more than its start.
  unsigned Room = llvm::sys::Process::StandardErrColumns();
  if (Room > 30 && File.size() > Room - 30)
    File = File.take_back(Room - 30);
  llvm::errs() << File;
  ++Done;
}

void Progress::finish() {
  if (Enabled && Terminal)
    llvm::errs() << "\r\x1b[K";
}
