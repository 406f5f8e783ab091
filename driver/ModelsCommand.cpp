//===-- ModelsCommand.cpp - 'async-tidy models' ---------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/ModelsCommand.h"
#include "core/Embedded.h"
#include "core/ModelFile.h"
#include "driver/Report.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace async_tidy;

/// What a model knows, in numbers: "3 task types, 12 blocking functions".
static std::string contents(const LibraryModel &M) {
  std::string Text;
  auto Count = [&](size_t Number, StringRef One, StringRef Many) {
    if (Number)
      Text += (Twine(Text.empty() ? "" : ", ") + Twine(Number) + " " +
               (Number == 1 ? One : Many))
                  .str();
  };
  auto Sum = [](const auto &Entries, auto Names) {
    size_t N = 0;
    for (const auto &E : Entries)
      N += (E.*Names).size();
    return N;
  };
  Count(Sum(M.Tasks, &TaskModel::Types), "task type", "task types");
  Count(Sum(M.Blocking, &BlockingModel::Functions), "blocking function",
        "blocking functions");
  Count(Sum(M.Callables, &CallableModel::Functions),
        "function that runs callables", "functions that run callables");
  Count(Sum(M.Executors, &ExecutorModel::Types) +
            Sum(M.Executors, &ExecutorModel::Functions),
        "executor", "executors");
  Count(Sum(M.Hops, &HopModel::Functions) + Sum(M.Hops, &HopModel::Types),
        "hop", "hops");
  Count(Sum(M.Locks, &LockModel::Types), "lock", "locks");
  Count(Sum(M.Scopes, &ScopeModel::Types), "scope", "scopes");
  Count(M.Remedies.size(), "remedy", "remedies");
  if (const auto &C = M.Conventions)
    Count(C->Locks.size() + C->Finders.size() + C->Removers.size() +
              C->Enders.size(),
          "word of people's own", "words of people's own");
  if (M.Cancellation)
    Text += (Text.empty() ? "" : ", ") + std::string("cancellation");
  return Text;
}

int async_tidy::showModels(ArrayRef<std::string> Names) {
  ArrayRef<LibraryModel> All = builtinModels();
  if (Names.empty()) {
    size_t Width = 0;
    for (const LibraryModel &M : All)
      Width = std::max(Width, M.Library.size());
    for (const LibraryModel &M : All)
      outs() << left_justify(M.Library, Width) << "  " << M.Title << ": "
             << contents(M) << '\n';
    return ExitClean;
  }
  for (const std::string &Name : Names) {
    auto It = find_if(All, [&](const LibraryModel &M) {
      return M.Library == Name || is_contained(M.Namespaces, Name);
    });
    if (It == All.end()) {
      WithColor::error(errs(), "async-tidy")
          << "no model of '" << Name << "'; see 'async-tidy models'\n";
      return ExitUsage;
    }
    outs() << embeddedModels()[It - All.begin()].Text;
  }
  return ExitClean;
}

int async_tidy::checkModels(ArrayRef<std::string> Files) {
  int Result = ExitClean;
  for (const std::string &File : Files) {
    auto Buffer = MemoryBuffer::getFile(File, /*IsText=*/true);
    if (!Buffer) {
      WithColor::error(errs(), "async-tidy")
          << "can't read '" << File << "': " << Buffer.getError().message()
          << '\n';
      Result = ExitUsage;
      continue;
    }
    Expected<LibraryModel> Model = parseModel((*Buffer)->getMemBufferRef());
    if (!Model) {
      errs() << toString(Model.takeError()) << '\n';
      Result = ExitUsage;
      continue;
    }
    std::string Known = contents(*Model);
    outs() << File << ": '" << Model->Library
           << "' is valid: " << (Known.empty() ? "it says nothing" : Known)
           << '\n';
  }
  return Result;
}
