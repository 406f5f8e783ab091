//===-- ConfigurationCommands.cpp - Showing and checking options ----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/ConfigurationCommands.h"
#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/GlobList.h"
#include "core/Check.h"
#include <set>

using namespace llvm;
using namespace async_tidy;
using clang::tidy::ClangTidyOptions;

/// Of clang-tidy's options, those of our checks only.
static ClangTidyOptions withOurOptions(ClangTidyOptions O) {
  ClangTidyOptions All = O;
  All.Checks = "-*,async-*";
  ClangTidyOptions::OptionMap Ours;
  for (const auto &Entry : clang::tidy::getCheckOptions(
           All, /*AllowEnablingAnalyzerAlphaCheckers=*/false,
           /*ExperimentalCustomChecks=*/false))
    if (Entry.getKey().starts_with("async"))
      Ours.try_emplace(Entry.getKey(), Entry.getValue());
  for (const auto &Entry : O.CheckOptions)
    if (Entry.getKey().starts_with("async"))
      Ours.insert_or_assign(Entry.getKey(), Entry.getValue());
  O.CheckOptions = std::move(Ours);
  return O;
}

std::string
async_tidy::dumpConfiguration(const OptionsProviderFactory &Provider,
                              StringRef File) {
  return clang::tidy::configurationAsText(
      withOurOptions(Provider()->getOptions(File)));
}

/// All names of options, as if none were set.
static std::set<std::string> knownOptions() {
  std::set<std::string> Known{TierOption.str(), ModelsOption.str(),
                              FactsOption.str()};
  for (const auto &Entry : withOurOptions(ClangTidyOptions()).CheckOptions)
    Known.insert(Entry.getKey().str());
  return Known;
}

static std::string nearest(StringRef Name, const std::set<std::string> &Known) {
  std::string Best;
  unsigned Distance = Name.size() / 3;
  for (const std::string &K : Known)
    if (unsigned D = Name.edit_distance(K); D <= Distance) {
      Distance = D;
      Best = K;
    }
  return Best;
}

std::vector<std::string>
async_tidy::verifyConfiguration(ArrayRef<MemoryBufferRef> Configurations) {
  const std::set<std::string> Known = knownOptions();
  std::vector<std::string> Problems;
  auto Add = [&](StringRef Source, const Twine &What) {
    Problems.push_back((Source + ": " + What).str());
  };
  for (MemoryBufferRef Text : Configurations) {
    if (Text.getBuffer().trim().empty())
      continue;
    auto Parsed = parseConfiguration(Text);
    if (!Parsed) {
      Problems.push_back(toString(Parsed.takeError()));
      continue;
    }
    const ClangTidyOptions &Options = *Parsed;
    StringRef Source = Text.getBufferIdentifier();
    const std::string Checks = Options.Checks.value_or("");
    SmallVector<StringRef, 16> Globs;
    StringRef(Checks).split(Globs, ',', -1, false);
    for (StringRef Glob : Globs) {
      Glob = Glob.trim();
      Glob.consume_front("-");
      if (!Glob.starts_with("async-"))
        continue;
      if (std::string Problem = unknownCheck(Glob); !Problem.empty())
        Add(Source, Problem);
      else if (Glob.contains('*') &&
               none_of(registeredChecks(), [&](const RegisteredCheck &C) {
                 return clang::tidy::GlobList(Glob).contains(C.Info.Name);
               }))
        Add(Source, "no check is called '" + Glob + "'; see --list-checks");
    }
    // In an order that does not depend on a hash.
    const size_t First = Problems.size();
    for (const auto &Entry : Options.CheckOptions) {
      StringRef Name = Entry.getKey();
      if (!Name.starts_with("async"))
        continue;
      if (!Known.count(Name.str())) {
        std::string Word = nearest(Name, Known);
        Add(Source, "unknown option '" + Name + "'" +
                        (Word.empty() ? "; see --dump-config"
                                      : "; did you mean '" + Word + "'?"));
      } else if (Name == TierOption && Entry.getValue().Value != "default" &&
                 Entry.getValue().Value != "opt-in") {
        Add(Source, TierOption + " is 'default' or 'opt-in', not '" +
                        Entry.getValue().Value + "'");
      }
    }
    std::sort(Problems.begin() + First, Problems.end());
  }
  return Problems;
}
