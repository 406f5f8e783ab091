//===-- main.cpp - The command line of async-tidy -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidy.h"
#include "core/Check.h"
#include "core/Embedded.h"
#include "driver/ModelsCommand.h"
#include "driver/Plan.h"
#include "driver/Progress.h"
#include "driver/Report.h"
#include "driver/Worker.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;
using namespace async_tidy;
using clang::tidy::ClangTidyOptions;

static cl::OptionCategory OwnOptions("async-tidy options");

static cl::list<std::string> Sources(cl::Positional, cl::ZeroOrMore,
                                     cl::desc("[files or folders]"),
                                     cl::cat(OwnOptions));
static cl::opt<std::string>
    BuildPath("p", cl::value_desc("folder"), cl::cat(OwnOptions),
              cl::desc("The build folder with compile_commands.json (default: "
                       "searched upwards from the first file)"));
static cl::opt<std::string> Checks(
    "checks", cl::value_desc("globs"), cl::cat(OwnOptions),
    cl::desc("Comma-separated globs of checks, '-' before those to leave out; "
             "added to the 'Checks' of .clang-tidy (default: async-*)"));
static cl::opt<std::string>
    Config("config", cl::value_desc("yaml"), cl::cat(OwnOptions),
           cl::desc("A configuration to use instead of .clang-tidy files"));
static cl::opt<std::string>
    ConfigFile("config-file", cl::value_desc("file"), cl::cat(OwnOptions),
               cl::desc("A file to use instead of .clang-tidy files"));
static cl::opt<std::string>
    HeaderFilter("header-filter", cl::value_desc("regex"), cl::cat(OwnOptions),
                 cl::desc("Headers to report findings in (default: all but "
                          "the system's)"));
static cl::opt<std::string>
    ExcludeHeaderFilter("exclude-header-filter", cl::value_desc("regex"),
                        cl::cat(OwnOptions),
                        cl::desc("Headers to report no findings in"));
static cl::opt<std::string>
    LineFilter("line-filter", cl::value_desc("json"), cl::cat(OwnOptions),
               cl::desc("Files and lines to report findings in, as clang-tidy "
                        "takes them"));
static cl::list<std::string>
    ExtraArg("extra-arg", cl::value_desc("flag"), cl::cat(OwnOptions),
             cl::desc("A flag to add to the end of each compile command"));
static cl::list<std::string>
    ExtraArgBefore("extra-arg-before", cl::value_desc("flag"),
                   cl::cat(OwnOptions),
                   cl::desc("A flag to add to the start of each compile "
                            "command"));
static cl::list<std::string>
    RemovedArg("removed-arg", cl::value_desc("flag"), cl::cat(OwnOptions),
               cl::desc("A flag to take out of each compile command"));
static cl::opt<std::string>
    WarningsAsErrors("warnings-as-errors", cl::value_desc("globs"),
                     cl::cat(OwnOptions),
                     cl::desc("Checks whose findings are errors"));
static cl::opt<bool> Fix("fix", cl::cat(OwnOptions),
                         cl::desc("Apply the fixes of findings"));
static cl::opt<std::string>
    ExportFixes("export-fixes", cl::value_desc("file"), cl::cat(OwnOptions),
                cl::desc("Write findings and fixes to a file that "
                         "clang-apply-replacements reads"));
static cl::opt<std::string>
    FailOn("fail-on", cl::value_desc("severity"), cl::init("style"),
           cl::cat(OwnOptions),
           cl::desc("The least severity of a finding that makes the exit code "
                    "1: error, warning, style (default), never"));
static cl::opt<bool> UseColor("use-color", cl::cat(OwnOptions),
                              cl::desc("Colors, also when not on a terminal"));
static cl::opt<bool> Quiet("quiet", cl::cat(OwnOptions),
                           cl::desc("Findings and errors only"));
static cl::opt<bool> ListChecks("list-checks", cl::cat(OwnOptions),
                                cl::desc("List the checks and exit"));
static cl::opt<std::string>
    Explain("explain", cl::value_desc("check"), cl::cat(OwnOptions),
            cl::desc("Print the page of a check and exit"));

static cl::SubCommand ModelsCommand("models",
                                    "List what is known of libraries, or "
                                    "validate a model file");
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

static int usageError(const Twine &Message) {
  WithColor::error(errs(), "async-tidy") << Message << '\n';
  return ExitUsage;
}

/// The globs that say which of our checks run. A project's .clang-tidy that
/// never names one of them was not written with async-tidy in mind: its '-*'
/// does not switch it off. Other checks are clang-tidy's business, and what the
/// command line says is taken as it stands.
static std::string effectiveChecks(const ClangTidyOptions &Configured) {
  SmallVector<StringRef, 16> Globs, Kept{"async-*"};
  (Configured.Checks ? StringRef(*Configured.Checks) : StringRef())
      .split(Globs, ',', -1, /*KeepEmpty=*/false);
  auto IsOurs = [](StringRef Glob) {
    return Glob.ltrim("- \n").starts_with("async-");
  };
  // A bare '-*' counts only where a later glob brings some of ours back.
  const bool Selects = any_of(Globs, [&](StringRef Glob) {
    return IsOurs(Glob) && !Glob.ltrim(" \n").starts_with("-");
  });
  if (any_of(Globs, IsOurs))
    copy_if(Globs, std::back_inserter(Kept), [&](StringRef Glob) {
      return IsOurs(Glob) ||
             (Selects && (Glob.trim() == "*" || Glob.trim() == "-*"));
    });
  if (Checks.getNumOccurrences())
    Kept.push_back(Checks);
  // These are not a module's, and a bare '*' would switch them on.
  Kept.append({"-clang-analyzer-*", "-clang-diagnostic-*"});
  return join(Kept, ",");
}

namespace {

/// The options of clang-tidy, with async-* checks on unless they are named.
class OptionsProvider : public clang::tidy::ClangTidyOptionsProvider {
public:
  explicit OptionsProvider(
      std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Inner)
      : Inner(std::move(Inner)) {}

  const clang::tidy::ClangTidyGlobalOptions &getGlobalOptions() override {
    return Inner->getGlobalOptions();
  }

  std::vector<OptionsSource> getRawOptions(StringRef File) override {
    ClangTidyOptions Options;
    unsigned Order = 0;
    for (const OptionsSource &Source : Inner->getRawOptions(File))
      Options.mergeWith(Source.first, ++Order);
    Options.Checks = effectiveChecks(Options);
    if (UseColor.getNumOccurrences())
      Options.UseColor = UseColor;
    return {{Options, "async-tidy"}};
  }

private:
  std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Inner;
};

} // namespace

/// An error message when \p Globs name a check that does not exist.
static std::string unknownCheck(StringRef Globs) {
  SmallVector<StringRef, 8> Parts;
  Globs.split(Parts, ',', -1, /*KeepEmpty=*/false);
  for (StringRef Part : Parts) {
    Part = Part.trim();
    Part.consume_front("-");
    if (Part.empty() || Part.contains('*') || findCheck(Part))
      continue;
    StringRef Nearest;
    unsigned Best = Part.size() / 3;
    for (const RegisteredCheck &C : registeredChecks())
      if (unsigned D = Part.edit_distance(C.Info.Name); D <= Best) {
        Best = D;
        Nearest = C.Info.Name;
      }
    return ("unknown check '" + Part + "'" +
            (Nearest.empty() ? "; see --list-checks"
                             : "; did you mean '" + Nearest + "'?"))
        .str();
  }
  return "";
}

static Expected<OptionsProviderFactory> optionsFactory() {
  clang::tidy::ClangTidyGlobalOptions Global;
  if (!LineFilter.empty())
    if (clang::tidy::parseLineFilter(LineFilter, Global))
      return createStringError("--line-filter is not valid: " + LineFilter);

  ClangTidyOptions Override;
  auto Set = [](auto &Option, auto &Value) {
    if (Value.getNumOccurrences())
      Option = Value;
  };
  Set(Override.HeaderFilterRegex, HeaderFilter);
  Set(Override.ExcludeHeaderFilterRegex, ExcludeHeaderFilter);
  Set(Override.WarningsAsErrors, WarningsAsErrors);
  Set(Override.ExtraArgs, ExtraArg);
  Set(Override.ExtraArgsBefore, ExtraArgBefore);
  Set(Override.RemovedArgs, RemovedArg);

  ClangTidyOptions Defaults = ClangTidyOptions::getDefaults();
  Defaults.Checks = "";

  if (!Config.empty() && !ConfigFile.empty())
    return createStringError("--config and --config-file exclude each other");
  std::optional<ClangTidyOptions> Given;
  if (Config.getNumOccurrences() || !ConfigFile.empty()) {
    std::string Text = Config, Name = "--config";
    if (!ConfigFile.empty()) {
      auto Buffer = MemoryBuffer::getFile(ConfigFile, /*IsText=*/true);
      if (!Buffer)
        return createStringError("can't read '" + ConfigFile +
                                 "': " + Buffer.getError().message());
      Text = (*Buffer)->getBuffer().str();
      Name = ConfigFile;
    }
    std::string Problem;
    auto Parsed = clang::tidy::parseConfigurationWithDiags(
        MemoryBufferRef(Text, Name), [&](const SMDiagnostic &D) {
          Problem = (Twine(D.getFilename()) + ":" + Twine(D.getLineNo()) +
                     ": " + D.getMessage())
                        .str();
        });
    if (!Parsed)
      return createStringError(Problem.empty() ? Name + " is not valid"
                                               : Problem);
    Given = *Parsed;
  }
  return [=]() -> std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> {
    std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Inner;
    if (Given)
      Inner = std::make_unique<clang::tidy::ConfigOptionsProvider>(
          Global, Defaults, *Given, Override);
    else
      Inner = std::make_unique<clang::tidy::FileOptionsProvider>(
          Global, Defaults, Override);
    return std::make_unique<OptionsProvider>(std::move(Inner));
  };
}

/// A message about the first .clang-tidy file that applies to \p Jobs and is
/// malformed. clang-tidy's own reader goes on without it.
static std::string malformedConfiguration(ArrayRef<Job> Jobs) {
  StringSet<> Seen;
  for (const Job &J : Jobs)
    for (StringRef Folder = sys::path::parent_path(J.File);
         !Folder.empty() && Seen.insert(Folder).second;
         Folder = sys::path::parent_path(Folder)) {
      SmallString<256> Path(Folder);
      sys::path::append(Path, ".clang-tidy");
      auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/true);
      if (!Buffer || (*Buffer)->getBuffer().trim().empty())
        continue;
      std::string Problem;
      auto Parsed = clang::tidy::parseConfigurationWithDiags(
          MemoryBufferRef((*Buffer)->getBuffer(), Path),
          [&](const SMDiagnostic &D) {
            if (Problem.empty())
              Problem = (Twine(D.getFilename()) + ":" + Twine(D.getLineNo()) +
                         ": " + D.getMessage())
                            .str();
          });
      if (!Parsed)
        return Problem.empty() ? Path.str().str() + " is not valid" : Problem;
    }
  return "";
}

static int listChecks() {
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

int main(int argc, const char **argv) {
  InitLLVM Init(argc, argv);
  InitializeAllTargetInfos();
  InitializeAllTargetMCs();
  InitializeAllAsmParsers();

  cl::HideUnrelatedOptions(OwnOptions);
  cl::HideUnrelatedOptions(OwnOptions, ModelsCommand);
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
          "  async-tidy models                the libraries that it knows\n",
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
  if (ListChecks)
    return listChecks();
  if (!Explain.empty())
    return explain(Explain);
  if (std::string Unknown = unknownCheck(Checks); !Unknown.empty())
    return usageError(Unknown);

  ReportOptions Reporting;
  Reporting.Fix = Fix;
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

  Expected<OptionsProviderFactory> Options = optionsFactory();
  if (!Options)
    return usageError(toString(Options.takeError()));
  Reporting.Provider = *Options;

  Planned.BuildPath = BuildPath;
  Planned.Sources = Sources;
  Expected<std::vector<Job>> Jobs = plan(std::move(Planned));
  if (!Jobs)
    return usageError(toString(Jobs.takeError()));

  if (Config.getNumOccurrences() == 0 && ConfigFile.empty())
    if (std::string Malformed = malformedConfiguration(*Jobs);
        !Malformed.empty())
      return usageError(Malformed);

  // Globs that leave nothing in any file are a mistake, not a wish.
  if (none_of(*Jobs, [&](const Job &J) {
        return !clang::tidy::getCheckNames((*Options)()->getOptions(J.File),
                                           false, false)
                    .empty();
      }))
    return usageError("no checks are enabled; 'Checks' is '" +
                      *(*Options)()->getOptions(Jobs->front().File).Checks +
                      "'");

  for (const Job &J : *Jobs) {
    auto Index = ModelIndex::with(
        modelFilesOf((*Options)()->getOptions(J.File), J.File));
    if (!Index)
      return usageError(ModelsOption + ": " + toString(Index.takeError()));
  }

  setLinking(Linking::Later);
  Progress Shown(Jobs->size(), !Quiet);
  std::vector<Record> Records;
  for (const Job &J : *Jobs) {
    Shown.start(J.File);
    Records.push_back(analyze(J, *Options));
  }
  Shown.finish();
  return report(Records, Reporting);
}
