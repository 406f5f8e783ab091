//===-- Fingerprint.cpp - Which findings are the same ---------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Fingerprint.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace async_tidy;

std::string async_tidy::fingerprint(llvm::StringRef Check,
                                    llvm::StringRef Function,
                                    llvm::StringRef Code) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (llvm::StringRef Part : {Check, Function, Code})
    OS << Part.size() << ':' << Part;
  return llvm::utohexstr(llvm::xxh3_64bits(llvm::arrayRefFromStringRef(Text)),
                         /*LowerCase=*/true, /*Width=*/16);
}

void async_tidy::identify(llvm::MutableArrayRef<LinkedFinding> All) {
  llvm::StringMap<unsigned> Seen;
  for (LinkedFinding &F : All) {
    F.Fingerprint = fingerprint(F.check(), F.Function, F.Code);
    F.Number = ++Seen[F.Fingerprint];
  }
}

/// Whether a name says which function of a program it is.
static bool isDistinctive(llvm::StringRef Function) {
  return !Function.empty() && Function != "main";
}

namespace {

/// Matches what has the same key, as often as it counts.
class Matcher {
public:
  Matcher(llvm::MutableArrayRef<LinkedFinding> Now,
          llvm::ArrayRef<KnownFinding> Before)
      : Now(Now), Before(Before), Matched(Before.size()) {}

  /// A key that is empty matches nothing.
  void match(llvm::function_ref<std::string(const LinkedFinding &)> KeyOf,
             llvm::function_ref<std::string(const KnownFinding &)> KnownKeyOf) {
    llvm::StringMap<std::vector<size_t>> Left;
    for (size_t I = 0; I != Before.size(); ++I)
      if (Matched[I] < Before[I].Count)
        if (std::string Key = KnownKeyOf(Before[I]); !Key.empty())
          Left[Key].push_back(I);
    if (Left.empty())
      return;
    for (LinkedFinding &F : Now) {
      if (F.State != FindingState::New)
        continue;
      auto It = Left.find(KeyOf(F));
      if (It == Left.end() || It->second.empty())
        continue;
      const size_t I = It->second.front();
      F.Reason = Before[I].Reason;
      F.State =
          F.Reason.empty() ? FindingState::Unchanged : FindingState::Accepted;
      if (++Matched[I] == Before[I].Count)
        It->second.erase(It->second.begin());
    }
  }

  std::vector<unsigned> matched() { return std::move(Matched); }

private:
  const llvm::MutableArrayRef<LinkedFinding> Now;
  const llvm::ArrayRef<KnownFinding> Before;
  std::vector<unsigned> Matched;
};

} // namespace

std::vector<unsigned>
async_tidy::compare(llvm::MutableArrayRef<LinkedFinding> Now,
                    llvm::ArrayRef<KnownFinding> Before, Exists IsFile,
                    Exists IsFunction) {
  Matcher M(Now, Before);
  auto Join = [](llvm::StringRef A, llvm::StringRef B, llvm::StringRef C = "") {
    return (A + llvm::Twine('\0') + B + llvm::Twine('\0') + C).str();
  };
  M.match([&](const LinkedFinding &F) { return Join(F.Fingerprint, F.file()); },
          [&](const KnownFinding &K) { return Join(K.Fingerprint, K.File); });
  M.match([&](const LinkedFinding &F) { return F.Fingerprint; },
          [&](const KnownFinding &K) {
            return isDistinctive(K.Function) || !IsFile(K.File) ? K.Fingerprint
                                                                : "";
          });
  M.match(
      [&](const LinkedFinding &F) { return Join(F.file(), F.check(), F.Code); },
      [&](const KnownFinding &K) {
        return K.Function.empty() || IsFunction(K.Function)
                   ? std::string()
                   : Join(K.File, K.Check, K.Code);
      });
  return M.matched();
}
