//===-- main.cpp - The command line of async-tidy -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Embedded.h"
#include "driver/Analysis.h"
#include "driver/Baseline.h"
#include "driver/Comparison.h"
#include "driver/Completion.h"
#include "driver/Configuration.h"
#include "driver/ConfigurationCommands.h"
#include "driver/Explain.h"
#include "driver/FactsCommand.h"
#include "driver/Files.h"
#include "driver/Git.h"
#include "driver/Link.h"
#include "driver/ModelsCommand.h"
#include "driver/Plan.h"
#include "driver/Report.h"
#include "driver/Revision.h"
#include "driver/UnusedNolint.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/WithColor.h"
#include <set>

using namespace llvm;
using namespace async_tidy;

static cl::OptionCategory OwnOptions("async-tidy options");
static cl::SubCommand &Run = cl::SubCommand::getTopLevel();
static cl::SubCommand
    RecordCommand("record", "Analyze one file, and write its record to a file");
static cl::SubCommand LinkCommand("link",
                                  "Report the findings of records in files");
static cl::SubCommand
    FactsCommand("facts", "Show what is known of functions, or export it for "
                          "the plugin in clang-tidy");
static cl::SubCommand CacheCommand("cache",
                                   "Show the size and use of the cache, or "
                                   "remove what is old");
static cl::SubCommand
    BaselineCommand("baseline", "Write the findings that there are to a file, "
                                "so that only new ones count");
static cl::SubCommand ExplainCommand("explain", "Show the page of a check");
static cl::SubCommand
    CompletionCommand("completion", "Print what teaches a shell, bash, zsh or "
                                    "fish, to complete flags");
static cl::SubCommand ModelsCommand("models",
                                    "List what is known of libraries, or "
                                    "validate a model file");

static cl::list<std::string> Sources(cl::Positional, cl::ZeroOrMore,
                                     cl::desc("[files or folders]"),
                                     cl::cat(OwnOptions));
static cl::opt<std::string>
    BuildPath("p", cl::value_desc("folder"), cl::sub(Run),
              cl::sub(RecordCommand), cl::sub(FactsCommand),
              cl::sub(CacheCommand), cl::sub(BaselineCommand),
              cl::cat(OwnOptions),
              cl::desc("The build folder with compile_commands.json (default: "
                       "searched upwards from the first file)"));
static cl::opt<std::string> Checks(
    "checks", cl::value_desc("globs"), cl::sub(Run), cl::sub(LinkCommand),
    cl::sub(BaselineCommand), cl::cat(OwnOptions),
    cl::desc("Comma-separated globs of checks, '-' before those to leave out; "
             "added to the 'Checks' of .clang-tidy (default: async-*)"));
static cl::opt<std::string>
    Config("config", cl::value_desc("yaml"), cl::sub(Run),
           cl::sub(RecordCommand), cl::sub(LinkCommand), cl::sub(FactsCommand),
           cl::sub(BaselineCommand), cl::cat(OwnOptions),
           cl::desc("A configuration to use instead of .clang-tidy files"));
static cl::opt<std::string>
    ConfigFile("config-file", cl::value_desc("file"), cl::sub(Run),
               cl::sub(RecordCommand), cl::sub(LinkCommand),
               cl::sub(FactsCommand), cl::sub(BaselineCommand),
               cl::cat(OwnOptions),
               cl::desc("A file to use instead of .clang-tidy files"));
static cl::opt<std::string>
    HeaderFilter("header-filter", cl::value_desc("regex"), cl::sub(Run),
                 cl::sub(LinkCommand), cl::sub(BaselineCommand),
                 cl::cat(OwnOptions),
                 cl::desc("Headers to report findings in (default: all but "
                          "the system's)"));
static cl::opt<std::string>
    ExcludeHeaderFilter("exclude-header-filter", cl::value_desc("regex"),
                        cl::sub(Run), cl::sub(LinkCommand),
                        cl::sub(BaselineCommand), cl::cat(OwnOptions),
                        cl::desc("Headers to report no findings in"));
static cl::opt<std::string>
    LineFilter("line-filter", cl::value_desc("json"), cl::sub(Run),
               cl::sub(LinkCommand), cl::cat(OwnOptions),
               cl::desc("Files and lines to report findings in, as clang-tidy "
                        "takes them"));
static cl::list<std::string>
    ExtraArg("extra-arg", cl::value_desc("flag"), cl::sub(Run),
             cl::sub(RecordCommand), cl::sub(FactsCommand),
             cl::sub(BaselineCommand), cl::cat(OwnOptions),
             cl::desc("A flag to add to the end of each compile command"));
static cl::list<std::string>
    ExtraArgBefore("extra-arg-before", cl::value_desc("flag"), cl::sub(Run),
                   cl::sub(RecordCommand), cl::sub(FactsCommand),
                   cl::sub(BaselineCommand), cl::cat(OwnOptions),
                   cl::desc("A flag to add to the start of each compile "
                            "command"));
static cl::list<std::string>
    RemovedArg("removed-arg", cl::value_desc("flag"), cl::sub(Run),
               cl::sub(RecordCommand), cl::sub(FactsCommand),
               cl::sub(BaselineCommand), cl::cat(OwnOptions),
               cl::desc("A flag to take out of each compile command"));
static cl::opt<std::string>
    WarningsAsErrors("warnings-as-errors", cl::value_desc("globs"),
                     cl::sub(Run), cl::sub(LinkCommand), cl::cat(OwnOptions),
                     cl::desc("Checks whose findings are errors"));
static cl::opt<bool> Fix("fix", cl::sub(Run), cl::sub(LinkCommand),
                         cl::cat(OwnOptions),
                         cl::desc("Apply the fixes of findings"));
static cl::opt<bool> FixDryRun("fix-dry-run", cl::sub(Run),
                               cl::sub(LinkCommand), cl::cat(OwnOptions),
                               cl::desc("Print what --fix would change, as a "
                                        "diff"));
static cl::opt<bool> FixDirty("fix-dirty", cl::sub(Run), cl::sub(LinkCommand),
                              cl::cat(OwnOptions),
                              cl::desc("Apply fixes also to files with changes "
                                       "that are not committed"));
static cl::opt<std::string>
    ExportFixes("export-fixes", cl::value_desc("file"), cl::sub(Run),
                cl::sub(LinkCommand), cl::cat(OwnOptions),
                cl::desc("Write findings and fixes to a file that "
                         "clang-apply-replacements reads"));
static cl::opt<std::string>
    FailOn("fail-on", cl::value_desc("severity"), cl::init("style"),
           cl::sub(Run), cl::sub(LinkCommand), cl::cat(OwnOptions),
           cl::desc("The least severity of a finding that makes the exit code "
                    "1: error, warning, style (default), never"));
static cl::list<std::string> Outputs(
    "output", cl::value_desc("format[:file]"), cl::sub(Run),
    cl::sub(LinkCommand), cl::cat(OwnOptions),
    cl::desc("A report to write, to standard output without a file: text "
             "(default), json, sarif, github, gitlab, rdjson, junit, html; may "
             "be given several times"));
static cl::opt<std::string>
    DocsUrl("docs-url", cl::value_desc("url"), cl::sub(Run),
            cl::sub(LinkCommand), cl::cat(OwnOptions),
            cl::desc("Where the folder docs is on the web, for reports that "
                     "link to the pages of checks"));
static cl::opt<bool> Statistics("statistics", cl::sub(Run),
                                cl::sub(LinkCommand), cl::cat(OwnOptions),
                                cl::desc("Show how many findings each check "
                                         "has"));
static cl::opt<std::string>
    BaselineFile("baseline", cl::value_desc("file"), cl::sub(Run),
                 cl::sub(LinkCommand), cl::cat(OwnOptions),
                 cl::desc("Findings that are known, and do not count; written "
                          "by 'async-tidy baseline'"));
static cl::opt<std::string>
    Base("base", cl::value_desc("commit"), cl::sub(Run), cl::cat(OwnOptions),
         cl::desc("Only what is new since the work tree parted from this "
                  "commit of git counts"));
static cl::opt<std::string>
    BaseRecords("base-records", cl::value_desc("folder"), cl::sub(Run),
                cl::sub(LinkCommand), cl::cat(OwnOptions),
                cl::desc("Only what is not found in these records counts"));
static cl::opt<bool>
    UnusedNolint("unused-nolint", cl::sub(Run), cl::sub(LinkCommand),
                 cl::cat(OwnOptions),
                 cl::desc("Report NOLINT comments that name async checks and "
                          "suppress nothing"));
static cl::opt<std::string> ChangedLines(
    "changed-lines", cl::value_desc("- or commit"), cl::sub(Run),
    cl::sub(LinkCommand), cl::cat(OwnOptions),
    cl::desc("Report findings only in lines that a diff on standard input "
             "adds, or that differ from this commit of git"));
static cl::opt<bool> UseColor("use-color", cl::sub(Run), cl::sub(LinkCommand),
                              cl::cat(OwnOptions),
                              cl::desc("Colors, also when not on a terminal"));
static cl::opt<bool> Quiet("quiet", cl::sub(Run), cl::sub(LinkCommand),
                           cl::sub(RecordCommand), cl::sub(FactsCommand),
                           cl::sub(BaselineCommand), cl::cat(OwnOptions),
                           cl::desc("Findings and errors only"));
static cl::opt<bool> ListChecks("list-checks", cl::cat(OwnOptions),
                                cl::desc("List the checks and exit"));
static cl::opt<bool> DumpConfig("dump-config", cl::cat(OwnOptions),
                                cl::desc("Print the options that apply to the "
                                         "first file, or here, and exit"));
static cl::opt<bool> VerifyConfig(
    "verify-config", cl::cat(OwnOptions),
    cl::desc("Check the names in the configuration of the files and exit"));
static cl::opt<std::string>
    Explain("explain", cl::value_desc("check"), cl::cat(OwnOptions),
            cl::desc("Print the page of a check and exit"));

static cl::list<std::string> ExplainedChecks(cl::Positional, cl::OneOrMore,
                                             cl::desc("<checks>"),
                                             cl::sub(ExplainCommand),
                                             cl::cat(OwnOptions));
static cl::opt<std::string> Shell(cl::Positional, cl::Required,
                                  cl::desc("<bash, zsh or fish>"),
                                  cl::sub(CompletionCommand),
                                  cl::cat(OwnOptions));

static cl::list<std::string> ModelNames(cl::Positional, cl::ZeroOrMore,
                                        cl::desc("[libraries]"),
                                        cl::sub(ModelsCommand),
                                        cl::cat(OwnOptions));
static cl::list<std::string> CheckModels("check", cl::value_desc("file"),
                                         cl::sub(ModelsCommand),
                                         cl::cat(OwnOptions),
                                         cl::desc("Validate a model file"));
static cl::opt<bool>
    ModelReference("reference", cl::sub(ModelsCommand), cl::cat(OwnOptions),
                   cl::desc("Print what a model file can say, as Markdown"));

static cl::opt<unsigned>
    Jobs("j", cl::value_desc("number"), cl::init(0), cl::Prefix, cl::sub(Run),
         cl::sub(FactsCommand), cl::sub(BaselineCommand), cl::cat(OwnOptions),
         cl::desc("Files to analyze at a time (default: the processors)"));
static cl::opt<unsigned>
    Timeout("timeout", cl::value_desc("seconds"), cl::init(600), cl::sub(Run),
            cl::sub(RecordCommand), cl::sub(FactsCommand),
            cl::sub(BaselineCommand), cl::cat(OwnOptions),
            cl::desc("Give up on a file after this time (default: 600; 0: "
                     "never)"));
static cl::opt<unsigned> MemoryLimit(
    "memory-limit", cl::value_desc("megabytes"), cl::init(0), cl::sub(Run),
    cl::sub(RecordCommand), cl::sub(FactsCommand), cl::sub(BaselineCommand),
    cl::cat(OwnOptions),
    cl::desc("Give up on a file that needs more memory (default: no limit)"));
static cl::opt<std::string>
    CacheFolder("cache-dir", cl::value_desc("folder"), cl::sub(Run),
                cl::sub(FactsCommand), cl::sub(CacheCommand),
                cl::sub(BaselineCommand), cl::cat(OwnOptions),
                cl::desc("Where results are kept (default: .async-tidy in the "
                         "build folder)"));
static cl::opt<bool> NoCache("no-cache", cl::sub(Run), cl::sub(FactsCommand),
                             cl::sub(BaselineCommand), cl::cat(OwnOptions),
                             cl::desc("Keep no results, and use none"));

static cl::opt<std::string> RecordSource(cl::Positional, cl::Required,
                                         cl::desc("<file>"),
                                         cl::sub(RecordCommand),
                                         cl::cat(OwnOptions));
static cl::list<std::string> RecordFiles(cl::Positional, cl::OneOrMore,
                                         cl::desc("<records>"),
                                         cl::sub(LinkCommand),
                                         cl::cat(OwnOptions));
static cl::opt<std::string>
    Output("o", cl::value_desc("file"), cl::sub(RecordCommand),
           cl::sub(FactsCommand), cl::cat(OwnOptions),
           cl::desc("The file to write; '-' is standard output"));
static cl::opt<std::string>
    Depfile("depfile", cl::value_desc("file"), cl::sub(RecordCommand),
            cl::cat(OwnOptions),
            cl::desc("Write what the record depends on, as a rule for Make or "
                     "Ninja"));
static cl::opt<std::string>
    Root("root", cl::value_desc("folder"), cl::sub(RecordCommand),
         cl::sub(LinkCommand), cl::sub(Run), cl::sub(BaselineCommand),
         cl::cat(OwnOptions),
         cl::desc("The folder of the project: paths below it are relative in "
                  "reports and records (default for reports: of the git "
                  "work tree, or the current one)"));

static cl::opt<std::string> WriteBaseline("write", cl::value_desc("file"),
                                          cl::sub(BaselineCommand),
                                          cl::cat(OwnOptions),
                                          cl::desc("Write a new baseline"));
static cl::opt<std::string>
    UpdateBaseline("update", cl::value_desc("file"), cl::sub(BaselineCommand),
                   cl::cat(OwnOptions),
                   cl::desc("Bring a baseline up to date, and keep its "
                            "reasons"));

static cl::opt<std::string> FactsAction(cl::Positional, cl::Required,
                                        cl::desc("<export or dump>"),
                                        cl::sub(FactsCommand),
                                        cl::cat(OwnOptions));
static cl::list<std::string> FactSources(cl::Positional, cl::ZeroOrMore,
                                         cl::desc("[files or folders]"),
                                         cl::sub(FactsCommand),
                                         cl::cat(OwnOptions));

static cl::opt<std::string>
    Prune("prune", cl::value_desc("policy"), cl::ValueOptional,
          cl::sub(CacheCommand), cl::cat(OwnOptions),
          cl::desc("Remove what was not used for long; for instance "
                   "prune_after=7d:cache_size_bytes=1g"));
static cl::opt<bool> Clear("clear", cl::sub(CacheCommand), cl::cat(OwnOptions),
                           cl::desc("Remove the whole cache"));

static int usageError(const Twine &Message) {
  WithColor::error(errs(), "async-tidy") << Message << '\n';
  return ExitUsage;
}
static int usageError(Error E) { return usageError(toString(std::move(E))); }

static int listChecksAsJson() {
  json::OStream J(outs(), /*IndentSize=*/2);
  J.array([&] {
    for (const RegisteredCheck &C : registeredChecks())
      J.object([&] {
        J.attribute("name", C.Info.Name);
        J.attribute("group", C.Info.Group);
        J.attribute("severity", severityName(C.Info.Level));
        J.attribute("tier", tierName(C.Info.When));
        J.attribute("since", C.Info.Since);
        J.attribute("summary", C.Info.Summary);
      });
  });
  outs() << '\n';
  return ExitClean;
}

static int listChecks() {
  if (Outputs.size() == 1 && Outputs.front() == "json")
    return listChecksAsJson();
  size_t Width = 0;
  for (const RegisteredCheck &C : registeredChecks())
    Width = std::max(Width, C.Info.Name.size());
  for (const RegisteredCheck &C : registeredChecks())
    outs() << left_justify(C.Info.Name, Width) << "  "
           << left_justify(severityName(C.Info.Level), 7) << "  "
           << left_justify(tierName(C.Info.When), 7) << "  " << C.Info.Summary
           << '\n';
  return ExitClean;
}

static int explain(StringRef Name) {
  for (const EmbeddedFile &Page : embeddedDocs())
    if (Page.Name == (Name + ".md").str()) {
      outs() << Page.Text;
      return ExitClean;
    }
  std::string Problem = unknownCheck(Name);
  return usageError(Problem.empty()
                        ? "unknown check '" + Name + "'; see --list-checks"
                        : Twine(Problem));
}

/// 'async-tidy explain'.
static int showPages() {
  for (StringRef Name : ExplainedChecks) {
    std::string Full =
        Name.starts_with("async-") ? Name.str() : "async-" + Name.str();
    StringRef Page = pageOf(Full);
    if (Page.empty())
      return explain(Full);
    outs() << forTerminal(Page, sys::Process::StandardOutHasColors());
  }
  return ExitClean;
}

/// The configurations that apply to the files of the command line.
static Expected<std::vector<std::unique_ptr<MemoryBuffer>>>
configurations(PlanOptions Planned);

static int verifyConfigurations(PlanOptions Planned) {
  auto Texts = configurations(std::move(Planned));
  if (!Texts)
    return usageError(Texts.takeError());
  std::vector<MemoryBufferRef> References;
  for (const auto &Text : *Texts)
    References.push_back(*Text);
  std::vector<std::string> Problems = verifyConfiguration(References);
  for (const std::string &Problem : Problems)
    usageError(Problem);
  if (!Problems.empty())
    return ExitUsage;
  if (!Quiet)
    outs() << async_tidy::count(References.size(), "configuration")
           << " without a mistake\n";
  return ExitClean;
}

/// What an interrupted program returns to a shell.
static constexpr int ExitInterrupted = 130;

/// The lines that --changed-lines stands for.
static std::optional<std::vector<clang::tidy::FileFilter>> WantedLines;

static ConfigurationRequest configurationRequest() {
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

/// A path as records have it.
static std::string absolute(StringRef Path) {
  SmallString<256> Full(Path);
  sys::fs::make_absolute(Full);
  sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.size() > 1 ? Full.str().rtrim('/').str() : Full.str().str();
}

/// The folder that reports show paths from.
static std::string projectRoot() {
  if (!Root.empty())
    return absolute(Root);
  SmallString<256> Here;
  sys::fs::current_path(Here);
  std::string Top = workTreeOf(Here);
  return Top.empty() ? Here.str().str() : Top;
}

static Error readChangedLines() {
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
    return addedLines((*Diff)->getBuffer(), projectRoot());
  }();
  if (!Lines)
    return Lines.takeError();
  WantedLines = std::move(*Lines);
  return Error::success();
}

/// The cache of a plan with \p BuildFolder.
static Cache cacheFor(StringRef BuildFolder) {
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

static AnalysisSettings analysisSettings() {
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

static Expected<std::vector<std::unique_ptr<MemoryBuffer>>>
configurations(PlanOptions Planned) {
  std::vector<std::unique_ptr<MemoryBuffer>> Texts;
  if (Config.getNumOccurrences()) {
    Texts.push_back(MemoryBuffer::getMemBufferCopy(Config, "--config"));
    return Texts;
  }
  std::vector<std::string> Files;
  if (!ConfigFile.empty()) {
    Files.push_back(ConfigFile);
  } else {
    Planned.BuildPath = BuildPath;
    Planned.Sources = Sources;
    // Without a build, what is here is all there is.
    std::vector<std::string> Named{absolute("here")};
    if (auto P = plan(std::move(Planned))) {
      for (const Job &J : P->Jobs)
        Named.push_back(J.File);
    } else {
      consumeError(P.takeError());
      for (const std::string &Source : Sources)
        Named.push_back(absolute(Source));
    }
    std::set<std::string> Found;
    for (const std::string &File : Named)
      for (std::string &Name : configurationFiles(File))
        Found.insert(std::move(Name));
    Files.assign(Found.begin(), Found.end());
  }
  for (const std::string &Name : Files) {
    auto Buffer = MemoryBuffer::getFile(Name, /*IsText=*/true);
    if (!Buffer)
      return createStringError("can't read '" + Name +
                               "': " + Buffer.getError().message());
    Texts.push_back(std::move(*Buffer));
  }
  return Texts;
}

namespace {
/// What the commands have in common that analyze files.
struct Planning {
  std::vector<Job> Jobs;
  std::vector<Task> Tasks;
  std::string BuildFolder;
};
} // namespace

static Expected<Planning> workFor(PlanOptions Planned,
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

/// Analyzes \p Tasks. Says what went wrong beyond single files.
static AnalysisResult analyzed(ArrayRef<Task> Tasks, Cache &Known,
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

static std::vector<MemoryBufferRef>
references(ArrayRef<std::unique_ptr<MemoryBuffer>> Records) {
  std::vector<MemoryBufferRef> Buffers;
  for (const auto &B : Records)
    Buffers.push_back(*B);
  return Buffers;
}

static RunResult resultOf(LinkedRecords &Linked,
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

/// Says which entries of a baseline are about nothing any more.
static void remarkLeftOver(RunResult &R, ArrayRef<KnownFinding> Left) {
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

/// What was found before, as something to compare with.
static Expected<std::vector<KnownFinding>>
knownIn(ArrayRef<std::unique_ptr<MemoryBuffer>> Records, StringRef RecordRoot,
        bool IsAll) {
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

static int analyzeAndReport(PlanOptions Planned,
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

/// 'async-tidy baseline'.
static int writeOrUpdateBaseline(PlanOptions Planned,
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

static int linkFiles(const ReportOptions &Reporting) {
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

static int recordFile(PlanOptions Planned, const ReportOptions &Reporting) {
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

static int facts(PlanOptions Planned, const ReportOptions &Reporting) {
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

static int cacheCommand() {
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

int main(int argc, const char **argv) {
  InitLLVM Init(argc, argv);
  InitializeAllTargetInfos();
  InitializeAllTargetMCs();
  InitializeAllAsmParsers();

  cl::HideUnrelatedOptions(OwnOptions);
  for (cl::SubCommand *Command :
       {&RecordCommand, &LinkCommand, &FactsCommand, &CacheCommand,
        &ModelsCommand, &BaselineCommand, &ExplainCommand, &CompletionCommand})
    cl::HideUnrelatedOptions(OwnOptions, *Command);
  cl::SetVersionPrinter([](raw_ostream &OS) {
    OS << "async-tidy " ASYNC_TIDY_VERSION " (clang " CLANG_VERSION_STRING
          ")\n";
  });

  // What stands behind '--' is for the compiler, and taken out first.
  PlanOptions Planned;
  std::string Problem;
  Planned.Fixed = clang::tooling::FixedCompilationDatabase::loadFromCommandLine(
      argc, argv, Problem);
  raw_string_ostream ProblemStream(Problem);
  if (!cl::ParseCommandLineOptions(
          argc, argv,
          "async-tidy finds bugs in C++20 coroutines: blocking calls, tasks "
          "that nobody awaits, swallowed cancellation.\n\n"
          "  async-tidy -p build              every file of the build\n"
          "  async-tidy -p build a.cpp src    these files and folders\n"
          "  async-tidy a.cpp -- -std=c++20   without a build folder\n"
          "  async-tidy models                the libraries that it knows\n"
          "  async-tidy cache -p build        what is kept between runs\n",
          &ProblemStream)) {
    errs() << Problem;
    return ExitUsage;
  }

  if (ModelsCommand) {
    if (ModelReference) {
      outs() << modelReference();
      return ExitClean;
    }
    return CheckModels.empty() ? showModels(ModelNames)
                               : checkModels(CheckModels);
  }
  if (CacheCommand)
    return cacheCommand();
  if (ExplainCommand)
    return showPages();
  if (CompletionCommand) {
    auto Script = completionFor(Shell, OwnOptions);
    if (!Script)
      return usageError(Script.takeError());
    outs() << *Script;
    return ExitClean;
  }
  if (VerifyConfig)
    return verifyConfigurations(std::move(Planned));
  if (ListChecks)
    return listChecks();
  if (!Explain.empty())
    return explain(Explain);
  if (std::string Unknown = unknownCheck(Checks); !Unknown.empty())
    return usageError(Unknown);

  ReportOptions Reporting;
  Reporting.Fix = FixDryRun ? FixMode::Show
                  : Fix     ? FixMode::Apply
                            : FixMode::None;
  Reporting.FixDirty = FixDirty;
  Reporting.Statistics = Statistics;
  auto Requested = parseOutputs(Outputs);
  if (!Requested)
    return usageError(Requested.takeError());
  Reporting.Outputs = std::move(*Requested);
  Reporting.ExportFixes = ExportFixes;
  Reporting.Quiet = Quiet;
  if (FailOn == "never")
    Reporting.FailOn.reset();
  else if (FailOn == "error")
    Reporting.FailOn = Severity::Error;
  else if (FailOn == "warning")
    Reporting.FailOn = Severity::Warning;
  else if (FailOn != "style")
    return usageError("--fail-on is error, warning, style or never, not '" +
                      FailOn + "'");
  if (Error E = readChangedLines())
    return usageError("--changed-lines: " + toString(std::move(E)));
  Expected<OptionsProviderFactory> Options =
      configuration(configurationRequest());
  if (!Options)
    return usageError(Options.takeError());
  Reporting.Provider = *Options;
  if (DumpConfig) {
    outs() << dumpConfiguration(
        *Options, absolute(Sources.empty() ? "here" : Sources.front()));
    return ExitClean;
  }

  if (RecordCommand)
    return recordFile(std::move(Planned), Reporting);
  if (LinkCommand)
    return linkFiles(Reporting);
  if (FactsCommand)
    return facts(std::move(Planned), Reporting);
  if (BaselineCommand)
    return writeOrUpdateBaseline(std::move(Planned), Reporting);
  return analyzeAndReport(std::move(Planned), Reporting);
}
