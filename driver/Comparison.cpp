//===-- Comparison.cpp - What is new --------------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Comparison.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace async_tidy;

std::vector<unsigned>
async_tidy::compareWith(RunResult &R, const LinkedRecords &Now,
                        llvm::ArrayRef<KnownFinding> Before) {
  llvm::StringSet<> Functions;
  Now.Linked.graph().forEachFunction(
      [&](const FunctionFacts &F) { Functions.insert(F.Name); });
  for (const LinkedFinding &F : R.Findings)
    Functions.insert(F.Function);
  R.IsComparison = true;
  return compare(
      R.Findings, Before,
      [](llvm::StringRef File) { return llvm::sys::fs::exists(File); },
      [&](llvm::StringRef Name) { return Functions.contains(Name); });
}

std::vector<KnownFinding>
async_tidy::leftOver(llvm::ArrayRef<KnownFinding> Known,
                     llvm::ArrayRef<unsigned> Matched) {
  std::vector<KnownFinding> Left;
  for (size_t I = 0; I != Known.size(); ++I)
    if (Matched[I] < Known[I].Count) {
      Left.push_back(Known[I]);
      Left.back().Count -= Matched[I];
    }
  return Left;
}

llvm::Expected<std::vector<std::unique_ptr<llvm::MemoryBuffer>>>
async_tidy::readRecords(llvm::StringRef Folder) {
  std::vector<std::string> Names;
  std::error_code EC;
  for (llvm::sys::fs::recursive_directory_iterator I(Folder, EC), End;
       !EC && I != End; I.increment(EC))
    if (llvm::sys::path::extension(I->path()) == ".atr")
      Names.push_back(I->path());
  if (EC)
    return llvm::createStringError("can't read the folder '" + Folder +
                                   "': " + EC.message());
  if (Names.empty())
    return llvm::createStringError(
        "there are no records in '" + Folder +
        "'; 'async-tidy record' makes them, and they are called <name>.atr");
  llvm::sort(Names);
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> Records;
  for (const std::string &Name : Names) {
    auto Buffer = llvm::MemoryBuffer::getFile(Name, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    if (!Buffer)
      return llvm::createStringError("can't read '" + Name +
                                     "': " + Buffer.getError().message());
    Records.push_back(std::move(*Buffer));
  }
  return Records;
}

size_t async_tidy::numWithoutRecord(
    const LinkedRecords &Now,
    llvm::ArrayRef<std::unique_ptr<llvm::MemoryBuffer>> Before,
    llvm::StringRef Root) {
  llvm::StringSet<> Had;
  for (const auto &B : Before)
    if (auto Reader = RecordReader::open(*B, Root))
      Had.insert(Reader->head().File);
    else // the link step has said so
      llvm::consumeError(Reader.takeError());
  return llvm::count_if(Now.Readers, [&](const RecordReader &R) {
    return !Had.contains(R.head().File);
  });
}

/// Makes \p J compile \p File, which had its content.
static Job renamed(Job J, llvm::StringRef File) {
  for (std::string &A : J.Command.CommandLine)
    if (A == J.File)
      A = File.str();
  J.File = J.Command.Filename = File.str();
  return J;
}

/// Whether the files are of one kind, in one folder.
static bool isNeighbour(llvm::StringRef A, llvm::StringRef B) {
  namespace path = llvm::sys::path;
  return path::parent_path(A) == path::parent_path(B) &&
         path::extension(A) == path::extension(B);
}

std::vector<Job> async_tidy::jobsBefore(llvm::ArrayRef<Job> Jobs,
                                        const Revision &Before) {
  std::vector<Job> Result;
  for (const Job &J : Jobs)
    if (!Before.isNew(J.File))
      Result.push_back(J);
  for (const auto &[Old, Now] : Before.removed())
    for (const Job &J : Jobs)
      // What was deleted was compiled as its neighbours are, most likely.
      if (Now.empty() ? isNeighbour(J.File, Old) : J.File == Now) {
        Result.push_back(renamed(J, Old));
        if (Now.empty())
          break;
      }
  llvm::stable_sort(Result,
                    [](const Job &A, const Job &B) { return A.File < B.File; });
  return Result;
}
