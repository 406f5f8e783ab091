//===-- Commands.cpp - What the subcommands do ------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Commands.h"
#include "driver/Analysis.h"
#include "driver/Baseline.h"
#include "driver/CommandLine.h"
#include "driver/Comparison.h"
#include "driver/FactsCommand.h"
#include "driver/Files.h"
#include "driver/Invocation.h"
#include "driver/Link.h"
#include "driver/Revision.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace async_tidy;
using namespace async_tidy::flags;

/// Of a new file, and where a build kept too little.
static void remarkMissing(RunResult &R, size_t Missing) {
  if (Missing)
    R.Remarks.push_back(async_tidy::count(Missing, "file") +
                        (Missing == 1 ? " has" : " have") + " no record in '" +
                        BaseRecords + "'; what is found there counts as new");
}

int async_tidy::analyzeAndReport(PlanOptions Planned,
                                 const ReportOptions &Reporting) {
  // What is wrong with these is said before the work begins.
  std::optional<Revision> Before;
  if (!Base.empty()) {
    auto Found = Revision::find(projectRoot(), Base);
    if (!Found)
      return usageError("--base: " + toString(Found.takeError()));
    Before.emplace(std::move(*Found));
  }
  std::vector<KnownFinding> Known;
  if (!BaselineFile.empty()) {
    auto Read = readBaseline(BaselineFile, projectRoot());
    if (!Read)
      return usageError(Read.takeError());
    Known = std::move(*Read);
  }
  std::vector<std::unique_ptr<MemoryBuffer>> OldRecords;
  if (!BaseRecords.empty()) {
    auto Read = readRecords(BaseRecords);
    if (!Read)
      return usageError("--base-records: " + toString(Read.takeError()));
    OldRecords = std::move(*Read);
  }

  const bool IsAll = Sources.empty();
  Planned.Sources = Sources;
  auto W = workFor(std::move(Planned), Reporting.Provider);
  if (!W)
    return usageError(W.takeError());
  Cache Kept = cacheFor(W->BuildFolder);
  AnalysisSettings Settings = analysisSettings();
  // What the cache does not keep, this run does.
  Settings.WantsDependencies = Before && !Kept.isEnabled();
  AnalysisResult Now = analyzed(W->Tasks, Kept, Settings);
  if (Now.IsInterrupted)
    return ExitInterrupted;
  auto Linked = async_tidy::linkRecords(references(Now.Records), "", IsAll,
                                        Reporting.Provider);
  if (!Linked)
    return usageError(Linked.takeError());
  RunResult R = resultOf(**Linked, Reporting);
  R.FromCache = Now.FromCache;

  if (Before) {
    auto Tasks = makeTasks(jobsBefore(W->Jobs, *Before), *Reporting.Provider());
    if (!Tasks)
      return usageError(Tasks.takeError());
    Settings.Files = Before->files();
    Settings.Earlier = Settings.WantsDependencies ? &Now : nullptr;
    Settings.EarlierTasks = W->Tasks;
    AnalysisResult Then = analyzed(*Tasks, Kept, Settings);
    if (Then.IsInterrupted)
      return ExitInterrupted;
    R.Remarks.push_back("compared with " + Before->description().str() + ": " +
                        async_tidy::count(Before->numChanged(), "file") +
                        " differ" + (Before->numChanged() == 1 ? "s" : "") +
                        "; " + std::to_string(Tasks->size() - Then.FromCache) +
                        " of " + async_tidy::count(Tasks->size(), "file") +
                        " had to be analyzed as they were");
    if (!Before->remark().empty())
      R.Remarks.push_back(Before->remark().str());
    OldRecords = std::move(Then.Records);
  }
  if (!OldRecords.empty() || Before) {
    size_t Failed = 0;
    for (const auto &B : OldRecords)
      if (auto Reader = RecordReader::open(*B, projectRoot()))
        Failed += Reader->head().Failed;
      else
        consumeError(Reader.takeError());
    if (Failed)
      R.Remarks.push_back(
          async_tidy::count(Failed, "file") +
          " could not be analyzed as before; what is found there counts as "
          "new");
    auto Old = knownIn(OldRecords, Before ? "" : projectRoot(), IsAll);
    if (!Old)
      return usageError(Old.takeError());
    if (Before)
      for (KnownFinding &K : *Old)
        K.File = Before->presentName(K.File);
    else
      remarkMissing(R, numWithoutRecord(**Linked, OldRecords, projectRoot()));
    compareWith(R, **Linked, *Old);
  }
  if (!BaselineFile.empty()) {
    std::vector<unsigned> Matched = compareWith(R, **Linked, Known);
    // Only of the whole program, with all checks, is it known what is gone.
    if (IsAll && R.Failures.empty() && !Base.getNumOccurrences() &&
        !BaseRecords.getNumOccurrences() && !Checks.getNumOccurrences() &&
        !LineFilter.getNumOccurrences() && !ChangedLines.getNumOccurrences() &&
        !HeaderFilter.getNumOccurrences() &&
        !ExcludeHeaderFilter.getNumOccurrences())
      remarkLeftOver(R, leftOver(Known, Matched));
  }
  return report(R, Reporting);
}

int async_tidy::writeOrUpdateBaseline(PlanOptions Planned,
                                      const ReportOptions &Reporting) {
  if (WriteBaseline.empty() == UpdateBaseline.empty())
    return usageError("'async-tidy baseline' takes either --write=<file> or "
                      "--update=<file>");
  const std::string File =
      WriteBaseline.empty() ? UpdateBaseline : WriteBaseline;
  std::vector<KnownFinding> Known;
  if (!UpdateBaseline.empty()) {
    auto Read = readBaseline(File, projectRoot(), Conflicts::TakeBoth);
    if (!Read)
      return usageError(Read.takeError());
    Known = std::move(*Read);
  } else if (sys::fs::exists(File)) {
    return usageError("'" + File + "' exists; --update=" + File +
                      " brings it up to date, and keeps its reasons");
  }
  auto W = workFor(std::move(Planned), Reporting.Provider);
  if (!W)
    return usageError(W.takeError());
  Cache Kept = cacheFor(W->BuildFolder);
  AnalysisResult Now = analyzed(W->Tasks, Kept, analysisSettings());
  if (Now.IsInterrupted)
    return ExitInterrupted;
  auto Linked = async_tidy::linkRecords(references(Now.Records), "",
                                        /*IsAll=*/true, Reporting.Provider);
  if (!Linked)
    return usageError(Linked.takeError());
  RunResult R = resultOf(**Linked, Reporting);
  if (!R.Failures.empty()) {
    for (const FileFailure &F : R.Failures)
      WithColor::error(errs(), "async-tidy")
          << "'" << relativeTo(F.File, R.Root)
          << "' was not analyzed: " << F.Why << '\n';
    WithColor::error(errs(), "async-tidy")
        << "'" << File << "' is not written, as findings would be missing\n";
    return ExitIncomplete;
  }
  std::vector<unsigned> Matched = compareWith(R, **Linked, Known);
  size_t Gone = 0;
  for (const KnownFinding &K : leftOver(Known, Matched))
    Gone += K.Count;
  if (Error E = writeFile(File, {writeBaseline(asKnown(R.Findings), R.Root)}))
    return usageError(std::move(E));
  if (!Quiet) {
    errs() << "async-tidy: " << File << ": "
           << async_tidy::count(R.Findings.size(), "finding");
    if (!UpdateBaseline.empty())
      errs() << "; " << R.countOf(FindingState::New) << " added, " << Gone
             << " taken out";
    errs() << '\n';
  }
  return ExitClean;
}

int async_tidy::linkFiles(const ReportOptions &Reporting) {
  std::vector<std::unique_ptr<MemoryBuffer>> Files;
  for (const std::string &Name : RecordFiles) {
    auto Buffer = MemoryBuffer::getFile(Name, /*IsText=*/false,
                                        /*RequiresNullTerminator=*/false);
    if (!Buffer)
      return usageError("can't read '" + Name +
                        "': " + Buffer.getError().message());
    Files.push_back(std::move(*Buffer));
  }
  const std::string RecordRoot = Root.empty() ? "" : absolute(Root);
  auto Linked = async_tidy::linkRecords(references(Files), RecordRoot,
                                        /*IsAll=*/true, Reporting.Provider);
  if (!Linked)
    return usageError(Linked.takeError());
  RunResult R = resultOf(**Linked, Reporting);
  if (!BaseRecords.empty()) {
    auto Old = readRecords(BaseRecords);
    if (!Old)
      return usageError("--base-records: " + toString(Old.takeError()));
    auto Known = knownIn(*Old, RecordRoot, /*IsAll=*/true);
    if (!Known)
      return usageError(Known.takeError());
    remarkMissing(R, numWithoutRecord(**Linked, *Old, RecordRoot));
    compareWith(R, **Linked, *Known);
  }
  if (!BaselineFile.empty()) {
    auto Known = readBaseline(BaselineFile, R.Root);
    if (!Known)
      return usageError(Known.takeError());
    remarkLeftOver(R, leftOver(*Known, compareWith(R, **Linked, *Known)));
  }
  return report(R, Reporting);
}

int async_tidy::recordFile(PlanOptions Planned,
                           const ReportOptions &Reporting) {
  if (Output.empty())
    return usageError("name the record to write with -o");
  Planned.Sources = {RecordSource};
  auto W = workFor(std::move(Planned), Reporting.Provider);
  if (!W)
    return usageError(W.takeError());
  const std::vector<Task> &Tasks = W->Tasks;
  if (Tasks.size() != 1)
    return usageError("'" + RecordSource + "' has " + Twine(Tasks.size()) +
                      " commands; a record is of one: name the flags behind "
                      "'--'");
  AnalysisSettings Settings = analysisSettings();
  Settings.ShowProgress = false;
  Settings.WantsDependencies = true;
  Cache None("");
  AnalysisResult R = analyzed(Tasks, None, Settings);
  if (R.IsInterrupted)
    return ExitInterrupted;
  auto Reader = cantFail(RecordReader::open(*R.Records[0], Settings.Root));
  if (Reader.head().Failed) {
    RunResult Failure;
    addRecords(Failure, Reader);
    return report(Failure, Reporting);
  }
  if (Error E = writeFile(Output, {R.Records[0]->getBuffer()}))
    return usageError(std::move(E));
  if (!Depfile.empty()) {
    std::vector<std::string> Files = configurationFiles(Tasks[0].File);
    append_range(Files, Tasks[0].ModelFiles);
    for (const Dependency &D : R.Files[0])
      if (D.What == Dependency::Content && D.State)
        Files.push_back(D.Path);
    if (Error E = writeFile(Depfile, {makeRule(Output, Files)}))
      return usageError(std::move(E));
  }
  return ExitClean;
}

int async_tidy::facts(PlanOptions Planned, const ReportOptions &Reporting) {
  const bool Export = FactsAction == "export";
  if (!Export && FactsAction != "dump")
    return usageError("'async-tidy facts' takes 'export' or 'dump', not '" +
                      FactsAction + "'");
  if (Export && Output.empty())
    return usageError("name the file to write with -o");
  Planned.Sources = FactSources;
  auto W = workFor(std::move(Planned), Reporting.Provider);
  if (!W)
    return usageError(W.takeError());
  Cache Known = cacheFor(W->BuildFolder);
  AnalysisResult R = analyzed(W->Tasks, Known, analysisSettings());
  if (R.IsInterrupted)
    return ExitInterrupted;
  std::vector<RecordReader> Readers;
  for (MemoryBufferRef Buffer : references(R.Records))
    Readers.push_back(cantFail(RecordReader::open(Buffer, "")));
  Program Linked;
  if (Error E = Linked.link(Readers, FactSources.empty() ? Overriders::All
                                                         : Overriders::Local))
    return usageError(std::move(E));
  std::string Text =
      Export ? exportFacts(Linked.graph(), Readers) : dumpFacts(Linked.graph());
  if (Error E = writeFile(Output.empty() ? "-" : Output.getValue(), {Text}))
    return usageError(std::move(E));
  // Failed files leave the facts incomplete: that is said, and returned.
  RunResult Summary;
  addRecords(Summary, Readers);
  Summary.FromCache = R.FromCache;
  return report(Summary, Reporting);
}

int async_tidy::cacheCommand() {
  PlanOptions Planned;
  Planned.BuildPath = BuildPath;
  Cache Known = cacheFor(findBuildFolder(Planned));
  if (!Known.isEnabled())
    return usageError("there is no build folder here; name it with -p, or the "
                      "cache with --cache-dir");
  if (Clear)
    if (Error E = Known.clear())
      return usageError(std::move(E));
  if (Prune.getNumOccurrences())
    if (Error E =
            Known.prune(Prune.empty() ? "prune_interval=0s" : Prune.getValue()))
      return usageError("--prune: " + toString(std::move(E)));
  auto [Number, Bytes] = Known.size();
  CacheStatistics S = Known.statistics();
  outs() << Known.folder() << ": "
         << (Number == 1 ? "1 entry" : Twine(Number).str() + " entries") << ", "
         << format("%.1f MB\n", double(Bytes) / (1 << 20));
  auto Rate = [](uint64_t Hits, uint64_t Misses) {
    std::string Text;
    raw_string_ostream OS(Text);
    OS << Hits << " of " << Hits + Misses;
    if (Hits + Misses)
      OS << format(" (%.0f %%)", 100.0 * double(Hits) / double(Hits + Misses));
    return Text;
  };
  outs() << "files from the cache in the last run: " << Rate(S.Hits, S.Misses)
         << "; in all: " << Rate(S.AllHits, S.AllMisses) << '\n';
  return ExitClean;
}
