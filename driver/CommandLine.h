//===-- CommandLine.h - What the command line says --------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The subcommands and flags of async-tidy. Their texts are in CommandLine.cpp.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_COMMANDLINE_H
#define ASYNC_TIDY_DRIVER_COMMANDLINE_H

#include "llvm/Support/CommandLine.h"

namespace async_tidy::flags {

extern llvm::cl::OptionCategory OwnOptions;
extern llvm::cl::SubCommand &Run;
extern llvm::cl::SubCommand RecordCommand;
extern llvm::cl::SubCommand LinkCommand;
extern llvm::cl::SubCommand FactsCommand;
extern llvm::cl::SubCommand CacheCommand;
extern llvm::cl::SubCommand BaselineCommand;
extern llvm::cl::SubCommand ExplainCommand;
extern llvm::cl::SubCommand CompletionCommand;
extern llvm::cl::SubCommand ModelsCommand;
extern llvm::cl::list<std::string> Sources;
extern llvm::cl::opt<std::string> BuildPath;
extern llvm::cl::opt<std::string> Checks;
extern llvm::cl::opt<std::string> Config;
extern llvm::cl::opt<std::string> ConfigFile;
extern llvm::cl::opt<std::string> HeaderFilter;
extern llvm::cl::opt<std::string> ExcludeHeaderFilter;
extern llvm::cl::opt<std::string> LineFilter;
extern llvm::cl::list<std::string> ExtraArg;
extern llvm::cl::list<std::string> ExtraArgBefore;
extern llvm::cl::list<std::string> RemovedArg;
extern llvm::cl::opt<std::string> WarningsAsErrors;
extern llvm::cl::opt<bool> Fix;
extern llvm::cl::opt<bool> FixDryRun;
extern llvm::cl::opt<bool> FixDirty;
extern llvm::cl::opt<std::string> ExportFixes;
extern llvm::cl::opt<std::string> FailOn;
extern llvm::cl::list<std::string> Outputs;
extern llvm::cl::opt<std::string> DocsUrl;
extern llvm::cl::opt<bool> Statistics;
extern llvm::cl::opt<std::string> BaselineFile;
extern llvm::cl::opt<std::string> Base;
extern llvm::cl::opt<std::string> BaseRecords;
extern llvm::cl::opt<bool> UnusedNolint;
extern llvm::cl::opt<std::string> ChangedLines;
extern llvm::cl::opt<bool> UseColor;
extern llvm::cl::opt<bool> Quiet;
extern llvm::cl::opt<bool> ListChecks;
extern llvm::cl::opt<bool> DumpConfig;
extern llvm::cl::opt<bool> VerifyConfig;
extern llvm::cl::opt<std::string> Explain;
extern llvm::cl::list<std::string> ExplainedChecks;
extern llvm::cl::opt<std::string> Shell;
extern llvm::cl::list<std::string> ModelNames;
extern llvm::cl::list<std::string> CheckModels;
extern llvm::cl::opt<bool> ModelReference;
extern llvm::cl::opt<unsigned> Jobs;
extern llvm::cl::opt<unsigned> Timeout;
extern llvm::cl::opt<unsigned> MemoryLimit;
extern llvm::cl::opt<std::string> CacheFolder;
extern llvm::cl::opt<bool> NoCache;
extern llvm::cl::opt<std::string> RecordSource;
extern llvm::cl::list<std::string> RecordFiles;
extern llvm::cl::opt<std::string> Output;
extern llvm::cl::opt<std::string> Depfile;
extern llvm::cl::opt<std::string> Root;
extern llvm::cl::opt<std::string> WriteBaseline;
extern llvm::cl::opt<std::string> UpdateBaseline;
extern llvm::cl::opt<std::string> FactsAction;
extern llvm::cl::list<std::string> FactSources;
extern llvm::cl::opt<std::string> Prune;
extern llvm::cl::opt<bool> Clear;

} // namespace async_tidy::flags

#endif // ASYNC_TIDY_DRIVER_COMMANDLINE_H
