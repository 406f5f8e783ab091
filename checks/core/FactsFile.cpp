//===-- FactsFile.cpp - What other files do, for clang-tidy ---------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/FactsFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include <map>
#include <mutex>

using namespace async_tidy;
namespace json = llvm::json;

/// To be changed with every change of the format.
static constexpr int64_t Version = 1;
static constexpr llvm::StringLiteral LayerNames[NumLayers] = {
    "sleep", "wait", "event-loop", "call", "throw", "file"};

uint64_t FactsFile::hashOfFile(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return Buffer ? llvm::xxh3_64bits(
                      llvm::arrayRefFromStringRef((*Buffer)->getBuffer()))
                : 0;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

std::string FactsFile::write() const {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  // One line per item: people compare such files.
  auto Lines = [&](llvm::StringRef Name, const auto &Items, auto Line) {
    OS << ",\n\"" << Name << "\": [";
    llvm::interleave(
        Items, OS, [&](const auto &Item) { OS << '\n'
                                              << Line(Item); }, ",");
    OS << "]";
  };
  OS << "{\"async-tidy-facts\": " << Version;
  Lines("sources", Sources, [](const SourceFile &S) {
    return json::Value(json::Object{
        {"file", S.Path},
        {"hash", llvm::utohexstr(S.Hash, /*LowerCase=*/true, 16)}});
  });
  Lines("functions", Conclusions, [](const Conclusion &C) {
    json::Array Steps;
    for (const Chain::Step &Step : C.Why.Steps)
      Steps.push_back(json::Object{
          {"text", Step.Text}, {"file", Step.File}, {"offset", Step.Offset}});
    json::Object O{{"key", C.Key.str()},
                   {"effect", LayerNames[C.Layer]},
                   {"steps", std::move(Steps)}};
    if (C.Why.Why)
      O["category"] = categoryName(*C.Why.Why);
    if (!C.Why.Does.empty())
      O["does"] = C.Why.Does;
    if (!C.Why.Instead.empty())
      O["instead"] = C.Why.Instead;
    return json::Value(std::move(O));
  });
  Lines("parameters", Parameters, [](const ParameterUse &P) {
    return json::Value(json::Object{{"key", P.Key.str()},
                                    {"number", P.Number},
                                    {"name", P.Name},
                                    {"file", P.File},
                                    {"offset", P.Offset},
                                    {"suspended", P.IsSuspended},
                                    {"function", P.Function}});
  });
  Lines("elsewhere", Elsewhere,
        [](const FunctionKey &K) { return json::Value(K.str()); });
  OS << "}\n";
  return Text;
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

namespace async_tidy {

static bool fromJSON(const json::Value &V, SourceFile &S, json::Path P) {
  std::string Hash;
  json::ObjectMapper O(V, P);
  if (!O || !O.map("file", S.Path) || !O.map("hash", Hash))
    return false;
  if (!llvm::StringRef(Hash).getAsInteger(16, S.Hash))
    return true;
  P.field("hash").report("expected a hexadecimal number");
  return false;
}

static bool fromJSON(const json::Value &V, FunctionKey &K, json::Path P) {
  std::optional<FunctionKey> Key =
      FunctionKey::parse(V.getAsString().value_or(""));
  if (!Key) {
    P.report("expected 32 hexadecimal digits");
    return false;
  }
  K = *Key;
  return true;
}

static bool fromJSON(const json::Value &V, Chain::Step &S, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("text", S.Text) && O.map("file", S.File) &&
         O.map("offset", S.Offset);
}

static bool fromJSON(const json::Value &V, Conclusion &C, json::Path P) {
  std::string Effect;
  std::optional<std::string> Category;
  json::ObjectMapper O(V, P);
  if (!O || !O.map("key", C.Key) || !O.map("effect", Effect) ||
      !O.map("steps", C.Why.Steps) || !O.mapOptional("category", Category) ||
      !O.mapOptional("does", C.Why.Does) ||
      !O.mapOptional("instead", C.Why.Instead))
    return false;
  C.Layer = llvm::find(LayerNames, Effect) - LayerNames;
  if (C.Layer == NumLayers || C.Why.Steps.empty()) {
    P.field("effect").report("unknown effect, or no steps");
    return false;
  }
  for (unsigned I = 0; Category && I != NumCategories; ++I)
    if (*Category == categoryName(async_tidy::Category(I)))
      C.Why.Why = async_tidy::Category(I);
  return true;
}

static bool fromJSON(const json::Value &V, ParameterUse &U, json::Path P) {
  json::ObjectMapper O(V, P);
  return O && O.map("key", U.Key) && O.map("number", U.Number) &&
         O.map("name", U.Name) && O.map("file", U.File) &&
         O.map("offset", U.Offset) && O.map("suspended", U.IsSuspended) &&
         O.map("function", U.Function);
}

static bool fromJSON(const json::Value &V, FactsFile &F, json::Path P) {
  int64_t Written = 0;
  json::ObjectMapper O(V, P);
  if (!O || !O.map("async-tidy-facts", Written))
    return false;
  if (Written != Version) {
    P.field("async-tidy-facts").report("another version wrote it");
    return false;
  }
  return O.map("sources", F.Sources) && O.map("functions", F.Conclusions) &&
         O.map("parameters", F.Parameters) && O.map("elsewhere", F.Elsewhere);
}

} // namespace async_tidy

/// Leaves out what is said about files that have changed.
static void dropStale(FactsFile &F, llvm::StringRef Path) {
  llvm::sys::fs::file_status Own;
  if (llvm::sys::fs::status(Path, Own))
    return;
  llvm::StringSet<> Changed;
  for (const auto &[File, Hash] : F.Sources) {
    llvm::sys::fs::file_status S;
    // What is older has not changed; only what is newer has to be read.
    if (!llvm::sys::fs::status(File, S) &&
        S.getLastModificationTime() <= Own.getLastModificationTime())
      continue;
    if (FactsFile::hashOfFile(File) == Hash)
      continue;
    if (F.Stale.empty())
      F.Stale = File;
    Changed.insert(File);
  }
  if (Changed.empty())
    return;
  llvm::erase_if(F.Conclusions, [&](const Conclusion &C) {
    return llvm::any_of(C.Why.Steps, [&](const Chain::Step &Step) {
      return Changed.contains(Step.File);
    });
  });
  llvm::erase_if(F.Parameters, [&](const ParameterUse &P) {
    return Changed.contains(P.File);
  });
}

static llvm::Expected<FactsFile> read(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return llvm::createStringError("can't read '" + Path +
                                   "': " + Buffer.getError().message());
  auto F = json::parse<FactsFile>((*Buffer)->getBuffer(), "facts");
  if (!F)
    return llvm::createStringError("'" + Path +
                                   "' is not a facts file of this "
                                   "version: " +
                                   toString(F.takeError()) +
                                   "; write it again with 'async-tidy facts "
                                   "export'");
  dropStale(*F, Path);
  return F;
}

llvm::Expected<const FactsFile *> FactsFile::load(llvm::StringRef Path) {
  struct Loaded {
    std::unique_ptr<FactsFile> File;
    std::string Problem;
  };
  static std::mutex Lock;
  static std::map<std::string, Loaded> Known;
  std::lock_guard Guard(Lock);
  auto [It, New] = Known.try_emplace(Path.str());
  Loaded &L = It->second;
  if (New) {
    if (auto F = read(Path))
      L.File = std::make_unique<FactsFile>(std::move(*F));
    else
      L.Problem = toString(F.takeError());
  }
  if (!L.File)
    return llvm::createStringError(L.Problem);
  return L.File.get();
}
