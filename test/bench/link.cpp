//===-- link.cpp - A large program, to measure the link step --------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// usage: link-bench FILES FUNCTIONS FOLDER
///
/// Writes the records of a program that nobody wrote: FILES translation units
/// with FUNCTIONS functions each, a tenth of them inline functions of headers
/// that many files include. Functions call up to three others, near and far;
/// one in a thousand blocks; one in fifty is a coroutine with findings that
/// depend on what it calls. 'async-tidy link FOLDER/*.atr' is then what is
/// measured.
///
//===----------------------------------------------------------------------===//

#include "driver/Files.h"
#include "driver/Record.h"
#include "llvm/Support/FileSystem.h"
#include <random>

using namespace async_tidy;

static FunctionKey key(uint64_t N) {
  // Spread as hashes are.
  return {(N + 1) * 0x9e3779b97f4a7c15u, (N + 1) * 0xc2b2ae3d27d4eb4fu};
}

int main(int argc, char **argv) {
  unsigned Files = 0, PerFile = 0;
  if (argc != 4 || llvm::StringRef(argv[1]).getAsInteger(10, Files) ||
      llvm::StringRef(argv[2]).getAsInteger(10, PerFile) ||
      llvm::sys::fs::create_directories(argv[3])) {
    llvm::errs() << "usage: link-bench FILES FUNCTIONS FOLDER\n";
    return 2;
  }
  const uint64_t Own = PerFile - PerFile / 10, All = uint64_t(Files) * Own;
  llvm::BumpPtrAllocator Memory;
  std::mt19937_64 Random(1);
  for (unsigned I = 0; I != Files; ++I) {
    Memory.Reset();
    llvm::StringSaver Saver(Memory);
    Record R;
    R.File = "/program/src/part" + std::to_string(I % 100) + "/file" +
             std::to_string(I) + ".cpp";
    auto Add = [&](uint64_t N, llvm::StringRef File) {
      // An inline function is the same wherever it is included.
      std::mt19937_64 Choose(N);
      FunctionFacts F;
      F.Key = key(N);
      F.Name = Saver.save("program::part::Class" + std::to_string(N / 7) +
                          "::function" + std::to_string(N));
      std::vector<CallFact> Calls;
      for (unsigned C = 0, E = Choose() % 4; C != E; ++C) {
        uint64_t Callee =
            Choose() % 4 ? (N + Choose() % 40) % All : Choose() % All;
        Calls.push_back(
            {key(Callee),
             Saver.save("program::part::Class" + std::to_string(Callee / 7) +
                        "::function" + std::to_string(Callee)),
             {File, unsigned(100 + 40 * C)}});
      }
      std::vector<BlockingFact> Blocks;
      if (Choose() % 1000 == 0)
        Blocks.push_back({Category(Choose() % NumCategories),
                          "read",
                          "it waits for data",
                          "",
                          {File, 80}});
      F.IsCoroutine = Choose() % 50 == 0;
      F.Calls = llvm::ArrayRef(Calls).copy(Memory);
      F.Blocks = llvm::ArrayRef(Blocks).copy(Memory);
      R.Functions.push_back(F);
      if (!F.IsCoroutine || File != R.File)
        return;
      for (const CallFact &C : F.Calls) {
        RecordedFinding Found{
            clang::tidy::ClangTidyError("async-blocking-call",
                                        clang::tidy::ClangTidyError::Warning,
                                        "/program", false),
            Guard()};
        Found.Diagnostic.Message.FilePath = R.File;
        Found.Diagnostic.Message.FileOffset = unsigned(N % 100000);
        Found.Condition->Functions = {C.Callee};
        Found.Condition->Message = "'" + C.Name.str() + "' blocks";
        R.Findings.push_back(std::move(Found));
      }
    };
    for (uint64_t N = 0; N != Own; ++N)
      Add(I * Own + N, R.File);
    for (uint64_t N = 0; N != PerFile - Own; ++N) {
      uint64_t Header = Random() % 2000;
      Add(All + Header, Saver.save("/program/include/header" +
                                   std::to_string(Header / 10) + ".h"));
    }
    if (llvm::Error E = writeFile(
            (llvm::Twine(argv[3]) + "/" + llvm::Twine(I) + ".atr").str(),
            {writeRecord(R, "")})) {
      llvm::errs() << toString(std::move(E)) << '\n';
      return 1;
    }
  }
}
