//===-- Invocation.cpp - What a run is asked for ----------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Invocation.h"
#include "core/Check.h"
#include "driver/CommandLine.h"
#include "driver/Git.h"
#include "driver/Revision.h"
#include "driver/UnifiedDiff.h"
#include "driver/UnusedNolint.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/WithColor.h"
#include <set>

using namespace llvm;
using namespace async_tidy;
using namespace async_tidy::flags;

int async_tidy::usageError(const Twine &Message) {
  WithColor::error(errs(), "async-tidy") << Message << '\n';
  return ExitUsage;
}
int async_tidy::usageError(Error E) {
  return usageError(toString(std::move(E)));
}

/// The lines that --changed-lines stands for.
static std::optional<std::vector<clang::tidy::FileFilter>> WantedLines;

ConfigurationRequest async_tidy::configurationRequest() {
  ConfigurationRequest R;
  R.Lines = WantedLines;
  auto Set = [](auto &Option, auto &Value) {
    if (Value.getNumOccurrences())
      Option = Value;
  };
  Set(R.Checks, Checks);
  Set(R.Config, Config);
  R.ConfigFile = ConfigFile;
  R.LineFilter = LineFilter;
  Set(R.UseColor, UseColor);
  Set(R.Override.HeaderFilterRegex, HeaderFilter);
  Set(R.Override.ExcludeHeaderFilterRegex, ExcludeHeaderFilter);
  Set(R.Override.WarningsAsErrors, WarningsAsErrors);
  Set(R.Override.ExtraArgs, ExtraArg);
  Set(R.Override.ExtraArgsBefore, ExtraArgBefore);
  Set(R.Override.RemovedArgs, RemovedArg);
  return R;
}

std::string async_tidy::absolute(StringRef Path) {
  SmallString<256> Full(Path);
  sys::fs::make_absolute(Full);
  sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.size() > 1 ? Full.str().rtrim('/').str() : Full.str().str();
}

std::string async_tidy::projectRoot() {
  if (!Root.empty())
    return absolute(Root);
  SmallString<256> Here;
  sys::fs::current_path(Here);
  std::string Top = workTreeOf(Here);
  return Top.empty() ? Here.str().str() : Top;
}

Error async_tidy::readChangedLines() {
  if (ChangedLines.empty())
    return Error::success();
  auto Lines = [&]() -> Expected<std::vector<clang::tidy::FileFilter>> {
    if (ChangedLines != "-") {
      auto Commit = Revision::find(projectRoot(), ChangedLines);
      if (!Commit)
        return Commit.takeError();
      return Commit->changedLines();
    }
    auto Diff = MemoryBuffer::getSTDIN();
    if (!Diff)
      return createStringError("can't read standard input: " +
                               Diff.getError().message());
    return addedLines((*Diff)->getBuffer(), projectRoot(),
                      [](StringRef Path) { return sys::fs::exists(Path); });
  }();
  if (!Lines)
    return Lines.takeError();
  WantedLines = std::move(*Lines);
  return Error::success();
}

Cache async_tidy::cacheFor(StringRef BuildFolder) {
  if (NoCache)
    return Cache("");
  if (!CacheFolder.empty())
    return Cache(absolute(CacheFolder));
  if (BuildFolder.empty())
    return Cache("");
  SmallString<256> Folder(BuildFolder);
  sys::path::append(Folder, ".async-tidy");
  return Cache(Folder.str().str());
}

AnalysisSettings async_tidy::analysisSettings() {
  AnalysisSettings S;
  S.Limits.Processes =
      Jobs ? unsigned(Jobs)
           : heavyweight_hardware_concurrency().compute_thread_count();
  S.Limits.Seconds = Timeout;
  S.Limits.MegabytesMemory = MemoryLimit;
  S.ShowProgress = !Quiet;
  if (RecordCommand && !Root.empty())
    S.Root = absolute(Root);
  return S;
}

Expected<Planning> async_tidy::workFor(PlanOptions Planned,
                                       const OptionsProviderFactory &Provider) {
  Planned.BuildPath = BuildPath;
  auto P = plan(std::move(Planned));
  if (!P)
    return P.takeError();
  if (Config.getNumOccurrences() == 0 && ConfigFile.empty())
    if (Error E = checkConfigurationFiles(P->Jobs))
      return std::move(E);
  auto Tasks = makeTasks(P->Jobs, *Provider());
  if (!Tasks)
    return Tasks.takeError();
  return Planning{std::move(P->Jobs), std::move(*Tasks),
                  std::move(P->BuildFolder)};
}

AnalysisResult async_tidy::analyzed(ArrayRef<Task> Tasks, Cache &Known,
                                    const AnalysisSettings &Settings) {
  setLinking(Linking::Later);
  AnalysisResult R = analyzeAll(Tasks, Known, Settings);
  if (!R.CacheProblem.empty() && !Quiet)
    WithColor::remark(errs(), "async-tidy")
        << "results are not kept: " << R.CacheProblem << '\n';
  if (R.IsInterrupted)
    WithColor::error(errs(), "async-tidy")
        << "interrupted; "
        << async_tidy::count(
               count_if(R.Records, [](const auto &B) { return bool(B); }),
               "file")
        << " of " << Tasks.size() << " analyzed"
        << (Known.isEnabled() ? ", and kept for the next run" : "") << '\n';
  return R;
}

std::vector<MemoryBufferRef>
async_tidy::references(ArrayRef<std::unique_ptr<MemoryBuffer>> Records) {
  std::vector<MemoryBufferRef> Buffers;
  for (const auto &B : Records)
    Buffers.push_back(*B);
  return Buffers;
}

RunResult async_tidy::resultOf(LinkedRecords &Linked,
                               const ReportOptions &Reporting) {
  RunResult R;
  R.Root = projectRoot();
  R.DocsUrl = DocsUrl;
  R.UseColor = Reporting.Provider()->getOptions("").UseColor.value_or(
      sys::Process::StandardOutHasColors());
  addRecords(R, Linked.Readers);
  R.Findings = std::move(Linked.Found.Shown);
  R.Suppressed = std::move(Linked.Found.Suppressed);
  if (UnusedNolint) {
    std::set<std::string> Files;
    for (const RecordReader &Reader : Linked.Readers)
      if (!Reader.head().Failed)
        Files.insert(Reader.head().File);
    for (const LinkedFinding &F : Linked.Found.AllSuppressed)
      Files.insert(F.file().str());
    append_range(R.Findings,
                 unusedNolints(std::vector(Files.begin(), Files.end()),
                               Linked.Found.AllSuppressed, *R.Text));
    arrange(R.Findings);
  }
  return R;
}

void async_tidy::remarkLeftOver(RunResult &R, ArrayRef<KnownFinding> Left) {
  if (Left.empty())
    return;
  size_t Number = 0;
  for (const KnownFinding &K : Left)
    Number += K.Count;
  const KnownFinding &First = Left.front();
  R.Remarks.push_back(
      async_tidy::count(Number, "finding") + " of the baseline " +
      (Number == 1 ? "is" : "are") + " there no more, such as " + First.Check +
      " in '" + relativeTo(First.File, R.Root) + "': " + First.Code +
      "; 'async-tidy baseline --update=" + BaselineFile.getValue() +
      "' takes " + (Number == 1 ? "it" : "them") + " out");
}

Expected<std::vector<KnownFinding>>
async_tidy::knownIn(ArrayRef<std::unique_ptr<MemoryBuffer>> Records,
                    StringRef RecordRoot, bool IsAll) {
  // The lines that findings are wanted in are those of the present code.
  ConfigurationRequest Request = configurationRequest();
  Request.LineFilter.clear();
  Request.Lines.reset();
  auto Provider = configuration(Request);
  if (!Provider)
    return Provider.takeError();
  auto Linked = async_tidy::linkRecords(references(Records), RecordRoot, IsAll,
                                        *Provider);
  if (!Linked)
    return Linked.takeError();
  return asKnown((*Linked)->Found.Shown);
}
