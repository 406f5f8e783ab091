//===-- Analysis.cpp - From tasks to records ------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Analysis.h"
#include "driver/Progress.h"
#include "llvm/Support/Endian.h"
#include <map>

using namespace async_tidy;

/// What a worker passes on: a problem of the cache, the dependencies and the
/// record, the first two with their sizes before them.
static std::string pack(llvm::StringRef Problem, llvm::StringRef Files,
                        llvm::StringRef Record) {
  char Sizes[16];
  llvm::support::endian::write64le(Sizes, Problem.size());
  llvm::support::endian::write64le(Sizes + 8, Files.size());
  return (llvm::StringRef(Sizes, sizeof(Sizes)) + Problem + Files + Record)
      .str();
}

namespace {
struct Unpacked {
  llvm::StringRef Problem, Files, Record;
};
} // namespace

static Unpacked unpack(llvm::StringRef Bytes) {
  uint64_t Problem = llvm::support::endian::read64le(Bytes.data());
  uint64_t Files = llvm::support::endian::read64le(Bytes.data() + 8);
  Bytes = Bytes.drop_front(16);
  return {Bytes.take_front(Problem), Bytes.substr(Problem, Files),
          Bytes.drop_front(Problem + Files)};
}

static std::unique_ptr<llvm::MemoryBuffer> copy(llvm::StringRef Bytes) {
  return llvm::MemoryBuffer::getMemBufferCopy(Bytes, "record");
}

AnalysisResult async_tidy::analyzeAll(llvm::ArrayRef<Task> Tasks, Cache &Known,
                                      const AnalysisSettings &Settings) {
  AnalysisResult Result;
  Result.Records.resize(Tasks.size());
  Result.Files.resize(Tasks.size());
  FileStates OnDisk, Now(Settings.Files);
  std::vector<FunctionKey> Keys;
  std::vector<size_t> Missing;
  std::map<std::string, size_t> Earlier;
  for (size_t I = 0; I != Settings.EarlierTasks.size(); ++I)
    Earlier[keyOf(Settings.EarlierTasks[I], OnDisk).str()] = I;
  auto FromEarlier =
      [&](const FunctionKey &Key) -> std::unique_ptr<llvm::MemoryBuffer> {
    auto It = Earlier.find(Key.str());
    if (!Settings.Earlier || It == Earlier.end())
      return nullptr;
    const std::vector<Dependency> &Files = Settings.Earlier->Files[It->second];
    if (Files.empty() || !llvm::all_of(Files, [&](const Dependency &D) {
          return Now.isUnchanged(D.Path, D.What, D.State);
        }))
      return nullptr;
    return copy(Settings.Earlier->Records[It->second]->getBuffer());
  };
  for (size_t I = 0; I != Tasks.size(); ++I) {
    Keys.push_back(keyOf(Tasks[I], OnDisk));
    if ((Result.Records[I] = FromEarlier(Keys[I]))) {
      ++Result.FromCache;
    } else if (auto Bytes = Known.find(Keys[I], Now);
               Bytes && isRecord(*Bytes)) {
      Result.Records[I] = std::move(Bytes);
      ++Result.FromCache;
    } else {
      Missing.push_back(I);
    }
  }

  Progress Shown(Missing.size(), Settings.ShowProgress);
  Result.IsInterrupted = !runPool(
      Missing.size(), Settings.Limits,
      [&](size_t Number) {
        const size_t I = Missing[Number];
        std::vector<Dependency> Files;
        std::string Bytes = writeRecord(
            analyze(Tasks[I], Files, Settings.Files), Settings.Root);
        std::string Problem;
        if (Known.isEnabled())
          if (llvm::Error E = Known.store(Keys[I], Files, Bytes))
            Problem = toString(std::move(E));
        return pack(Problem,
                    Settings.WantsDependencies ? writeDependencies(Files) : "",
                    Bytes);
      },
      [&](size_t Number) { Shown.start(Tasks[Missing[Number]].File); },
      [&](size_t Number, WorkResult R) {
        const size_t I = Missing[Number];
        if (R.Output) {
          Unpacked U = unpack(R.Output->getBuffer());
          if (Result.CacheProblem.empty())
            Result.CacheProblem = U.Problem.str();
          forEachDependency(
              U.Files,
              [&](llvm::StringRef Path, Dependency::Kind What, uint64_t State) {
                Result.Files[I].push_back({Path.str(), What, State});
                return true;
              });
          Result.Records[I] = copy(U.Record);
          return;
        }
        Record Failed;
        Failed.File = Tasks[I].File;
        Failed.Failed = true;
        Failed.Failure = std::move(R.Failure);
        if (std::string Log = Known.keepLog(Keys[I], R.Log); !Log.empty())
          Failed.Failure += "; its log is '" + Log + "'";
        Result.Records[I] = copy(writeRecord(Failed, Settings.Root));
      });
  Shown.finish();
  Known.finish(Result.FromCache, Missing.size());
  return Result;
}
