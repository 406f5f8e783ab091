//===-- CommandLine.cpp - The flags of async-tidy ---------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/CommandLine.h"

using namespace llvm;

namespace async_tidy::flags {

cl::OptionCategory OwnOptions("async-tidy options");
cl::SubCommand &Run = cl::SubCommand::getTopLevel();
cl::SubCommand
    RecordCommand("record", "Analyze one file, and write its record to a file");
cl::SubCommand LinkCommand("link", "Report the findings of records in files");
cl::SubCommand FactsCommand("facts",
                            "Show what is known of functions, or export it for "
                            "the plugin in clang-tidy");
cl::SubCommand CacheCommand("cache", "Show the size and use of the cache, or "
                                     "remove what is old");
cl::SubCommand BaselineCommand("baseline",
                               "Write the findings that there are to a file, "
                               "so that only new ones count");
cl::SubCommand ExplainCommand("explain", "Show the page of a check");
cl::SubCommand CompletionCommand("completion",
                                 "Print what teaches a shell, bash, zsh or "
                                 "fish, to complete flags");
cl::SubCommand ModelsCommand("models", "List what is known of libraries, or "
                                       "validate a model file");

cl::list<std::string> Sources(cl::Positional, cl::ZeroOrMore,
                              cl::desc("[files or folders]"),
                              cl::cat(OwnOptions));
cl::opt<std::string>
    BuildPath("p", cl::value_desc("folder"), cl::sub(Run),
              cl::sub(RecordCommand), cl::sub(FactsCommand),
              cl::sub(CacheCommand), cl::sub(BaselineCommand),
              cl::cat(OwnOptions),
              cl::desc("The build folder with compile_commands.json (default: "
                       "searched upwards from the first file)"));
cl::opt<std::string> Checks(
    "checks", cl::value_desc("globs"), cl::sub(Run), cl::sub(LinkCommand),
    cl::sub(BaselineCommand), cl::cat(OwnOptions),
    cl::desc("Comma-separated globs of checks, '-' before those to leave out; "
             "added to the 'Checks' of .clang-tidy (default: async-*)"));
cl::opt<std::string>
    Config("config", cl::value_desc("yaml"), cl::sub(Run),
           cl::sub(RecordCommand), cl::sub(LinkCommand), cl::sub(FactsCommand),
           cl::sub(BaselineCommand), cl::cat(OwnOptions),
           cl::desc("A configuration to use instead of .clang-tidy files"));
cl::opt<std::string>
    ConfigFile("config-file", cl::value_desc("file"), cl::sub(Run),
               cl::sub(RecordCommand), cl::sub(LinkCommand),
               cl::sub(FactsCommand), cl::sub(BaselineCommand),
               cl::cat(OwnOptions),
               cl::desc("A file to use instead of .clang-tidy files"));
cl::opt<std::string>
    HeaderFilter("header-filter", cl::value_desc("regex"), cl::sub(Run),
                 cl::sub(LinkCommand), cl::sub(BaselineCommand),
                 cl::cat(OwnOptions),
                 cl::desc("Headers to report findings in (default: all but "
                          "the system's)"));
cl::opt<std::string>
    ExcludeHeaderFilter("exclude-header-filter", cl::value_desc("regex"),
                        cl::sub(Run), cl::sub(LinkCommand),
                        cl::sub(BaselineCommand), cl::cat(OwnOptions),
                        cl::desc("Headers to report no findings in"));
cl::opt<std::string>
    LineFilter("line-filter", cl::value_desc("json"), cl::sub(Run),
               cl::sub(LinkCommand), cl::cat(OwnOptions),
               cl::desc("Files and lines to report findings in, as clang-tidy "
                        "takes them"));
cl::list<std::string>
    ExtraArg("extra-arg", cl::value_desc("flag"), cl::sub(Run),
             cl::sub(RecordCommand), cl::sub(FactsCommand),
             cl::sub(BaselineCommand), cl::cat(OwnOptions),
             cl::desc("A flag to add to the end of each compile command"));
cl::list<std::string>
    ExtraArgBefore("extra-arg-before", cl::value_desc("flag"), cl::sub(Run),
                   cl::sub(RecordCommand), cl::sub(FactsCommand),
                   cl::sub(BaselineCommand), cl::cat(OwnOptions),
                   cl::desc("A flag to add to the start of each compile "
                            "command"));
cl::list<std::string>
    RemovedArg("removed-arg", cl::value_desc("flag"), cl::sub(Run),
               cl::sub(RecordCommand), cl::sub(FactsCommand),
               cl::sub(BaselineCommand), cl::cat(OwnOptions),
               cl::desc("A flag to take out of each compile command"));
cl::opt<std::string>
    WarningsAsErrors("warnings-as-errors", cl::value_desc("globs"),
                     cl::sub(Run), cl::sub(LinkCommand), cl::cat(OwnOptions),
                     cl::desc("Checks whose findings are errors"));
cl::opt<bool> Fix("fix", cl::sub(Run), cl::sub(LinkCommand),
                  cl::cat(OwnOptions), cl::desc("Apply the fixes of findings"));
cl::opt<bool> FixDryRun("fix-dry-run", cl::sub(Run), cl::sub(LinkCommand),
                        cl::cat(OwnOptions),
                        cl::desc("Print what --fix would change, as a "
                                 "diff"));
cl::opt<bool> FixDirty("fix-dirty", cl::sub(Run), cl::sub(LinkCommand),
                       cl::cat(OwnOptions),
                       cl::desc("Apply fixes also to files with changes "
                                "that are not committed"));
cl::opt<std::string>
    ExportFixes("export-fixes", cl::value_desc("file"), cl::sub(Run),
                cl::sub(LinkCommand), cl::cat(OwnOptions),
                cl::desc("Write findings and fixes to a file that "
                         "clang-apply-replacements reads"));
cl::opt<std::string>
    FailOn("fail-on", cl::value_desc("severity"), cl::init("style"),
           cl::sub(Run), cl::sub(LinkCommand), cl::cat(OwnOptions),
           cl::desc("The least severity of a finding that makes the exit code "
                    "1: error, warning, style (default), never"));
cl::list<std::string> Outputs(
    "output", cl::value_desc("format[:file]"), cl::sub(Run),
    cl::sub(LinkCommand), cl::cat(OwnOptions),
    cl::desc("A report to write, to standard output without a file: text "
             "(default), json, sarif, github, gitlab, rdjson, junit, html; may "
             "be given several times"));
cl::opt<std::string>
    DocsUrl("docs-url", cl::value_desc("url"), cl::init(ASYNC_TIDY_DOCS_URL),
            cl::sub(Run), cl::sub(LinkCommand), cl::cat(OwnOptions),
            cl::desc("Where the folder docs is on the web, for reports that "
                     "link to the pages of checks"));
cl::opt<bool> Statistics("statistics", cl::sub(Run), cl::sub(LinkCommand),
                         cl::cat(OwnOptions),
                         cl::desc("Show how many findings each check "
                                  "has"));
cl::opt<std::string>
    BaselineFile("baseline", cl::value_desc("file"), cl::sub(Run),
                 cl::sub(LinkCommand), cl::cat(OwnOptions),
                 cl::desc("Findings that are known, and do not count; written "
                          "by 'async-tidy baseline'"));
cl::opt<std::string>
    Base("base", cl::value_desc("commit"), cl::sub(Run), cl::cat(OwnOptions),
         cl::desc("Only what is new since the work tree parted from this "
                  "commit of git counts"));
cl::opt<std::string>
    BaseRecords("base-records", cl::value_desc("folder"), cl::sub(Run),
                cl::sub(LinkCommand), cl::cat(OwnOptions),
                cl::desc("Only what is not found in these records counts"));
cl::opt<bool>
    UnusedNolint("unused-nolint", cl::sub(Run), cl::sub(LinkCommand),
                 cl::cat(OwnOptions),
                 cl::desc("Report NOLINT comments that name async checks and "
                          "suppress nothing"));
cl::opt<std::string> ChangedLines(
    "changed-lines", cl::value_desc("- or commit"), cl::sub(Run),
    cl::sub(LinkCommand), cl::cat(OwnOptions),
    cl::desc("Report findings only in lines that a diff on standard input "
             "adds, or that differ from this commit of git"));
cl::opt<bool> UseColor("use-color", cl::sub(Run), cl::sub(LinkCommand),
                       cl::cat(OwnOptions),
                       cl::desc("Colors, also when not on a terminal"));
cl::opt<bool> Quiet("quiet", cl::sub(Run), cl::sub(LinkCommand),
                    cl::sub(RecordCommand), cl::sub(FactsCommand),
                    cl::sub(BaselineCommand), cl::cat(OwnOptions),
                    cl::desc("Findings and errors only"));
cl::opt<bool> ListChecks("list-checks", cl::cat(OwnOptions),
                         cl::desc("List the checks and exit"));
cl::opt<bool> DumpConfig("dump-config", cl::cat(OwnOptions),
                         cl::desc("Print the options that apply to the "
                                  "first file, or here, and exit"));
cl::opt<bool> VerifyConfig(
    "verify-config", cl::cat(OwnOptions),
    cl::desc("Check the names in the configuration of the files and exit"));
cl::opt<std::string> Explain("explain", cl::value_desc("check"),
                             cl::cat(OwnOptions),
                             cl::desc("Print the page of a check and exit"));

cl::list<std::string> ExplainedChecks(cl::Positional, cl::OneOrMore,
                                      cl::desc("<checks>"),
                                      cl::sub(ExplainCommand),
                                      cl::cat(OwnOptions));
cl::opt<std::string> Shell(cl::Positional, cl::Required,
                           cl::desc("<bash, zsh or fish>"),
                           cl::sub(CompletionCommand), cl::cat(OwnOptions));

cl::list<std::string> ModelNames(cl::Positional, cl::ZeroOrMore,
                                 cl::desc("[libraries]"),
                                 cl::sub(ModelsCommand), cl::cat(OwnOptions));
cl::list<std::string> CheckModels("check", cl::value_desc("file"),
                                  cl::sub(ModelsCommand), cl::cat(OwnOptions),
                                  cl::desc("Validate a model file"));
cl::opt<bool>
    ModelReference("reference", cl::sub(ModelsCommand), cl::cat(OwnOptions),
                   cl::desc("Print what a model file can say, as Markdown"));

cl::opt<unsigned>
    Jobs("j", cl::value_desc("number"), cl::init(0), cl::Prefix, cl::sub(Run),
         cl::sub(FactsCommand), cl::sub(BaselineCommand), cl::cat(OwnOptions),
         cl::desc("Files to analyze at a time (default: the processors)"));
cl::opt<unsigned>
    Timeout("timeout", cl::value_desc("seconds"), cl::init(600), cl::sub(Run),
            cl::sub(RecordCommand), cl::sub(FactsCommand),
            cl::sub(BaselineCommand), cl::cat(OwnOptions),
            cl::desc("Give up on a file after this time (default: 600; 0: "
                     "never)"));
cl::opt<unsigned> MemoryLimit(
    "memory-limit", cl::value_desc("megabytes"), cl::init(0), cl::sub(Run),
    cl::sub(RecordCommand), cl::sub(FactsCommand), cl::sub(BaselineCommand),
    cl::cat(OwnOptions),
    cl::desc("Give up on a file that needs more memory (default: no limit)"));
cl::opt<std::string>
    CacheFolder("cache-dir", cl::value_desc("folder"), cl::sub(Run),
                cl::sub(FactsCommand), cl::sub(CacheCommand),
                cl::sub(BaselineCommand), cl::cat(OwnOptions),
                cl::desc("Where results are kept (default: .async-tidy in the "
                         "build folder)"));
cl::opt<bool> NoCache("no-cache", cl::sub(Run), cl::sub(FactsCommand),
                      cl::sub(BaselineCommand), cl::cat(OwnOptions),
                      cl::desc("Keep no results, and use none"));

cl::opt<std::string> RecordSource(cl::Positional, cl::Required,
                                  cl::desc("<file>"), cl::sub(RecordCommand),
                                  cl::cat(OwnOptions));
cl::list<std::string> RecordFiles(cl::Positional, cl::OneOrMore,
                                  cl::desc("<records>"), cl::sub(LinkCommand),
                                  cl::cat(OwnOptions));
cl::opt<std::string>
    Output("o", cl::value_desc("file"), cl::sub(RecordCommand),
           cl::sub(FactsCommand), cl::cat(OwnOptions),
           cl::desc("The file to write; '-' is standard output"));
cl::opt<std::string>
    Depfile("depfile", cl::value_desc("file"), cl::sub(RecordCommand),
            cl::cat(OwnOptions),
            cl::desc("Write what the record depends on, as a rule for Make or "
                     "Ninja"));
cl::opt<std::string>
    Root("root", cl::value_desc("folder"), cl::sub(RecordCommand),
         cl::sub(LinkCommand), cl::sub(Run), cl::sub(BaselineCommand),
         cl::cat(OwnOptions),
         cl::desc("The folder of the project: paths below it are relative in "
                  "reports and records (default for reports: of the git "
                  "work tree, or the current one)"));

cl::opt<std::string> WriteBaseline("write", cl::value_desc("file"),
                                   cl::sub(BaselineCommand),
                                   cl::cat(OwnOptions),
                                   cl::desc("Write a new baseline"));
cl::opt<std::string>
    UpdateBaseline("update", cl::value_desc("file"), cl::sub(BaselineCommand),
                   cl::cat(OwnOptions),
                   cl::desc("Bring a baseline up to date, and keep its "
                            "reasons"));

cl::opt<std::string> FactsAction(cl::Positional, cl::Required,
                                 cl::desc("<export or dump>"),
                                 cl::sub(FactsCommand), cl::cat(OwnOptions));
cl::list<std::string> FactSources(cl::Positional, cl::ZeroOrMore,
                                  cl::desc("[files or folders]"),
                                  cl::sub(FactsCommand), cl::cat(OwnOptions));

cl::opt<std::string>
    Prune("prune", cl::value_desc("policy"), cl::ValueOptional,
          cl::sub(CacheCommand), cl::cat(OwnOptions),
          cl::desc("Remove what was not used for long; for instance "
                   "prune_after=7d:cache_size_bytes=1g"));
cl::opt<bool> Clear("clear", cl::sub(CacheCommand), cl::cat(OwnOptions),
                    cl::desc("Remove the whole cache"));

} // namespace async_tidy::flags
