//===-- main.cpp - The command line of async-tidy ---------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "driver/CommandLine.h"
#include "driver/Commands.h"
#include "driver/Completion.h"
#include "driver/ConfigurationCommands.h"
#include "driver/Invocation.h"
#include "driver/ModelsCommand.h"
#include "driver/Questions.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/TargetSelect.h"

using namespace llvm;
using namespace async_tidy;
using namespace async_tidy::flags;

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
