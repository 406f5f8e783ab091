//===-- Questions.cpp - What is answered without an analysis ----*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Questions.h"
#include "core/Check.h"
#include "core/Embedded.h"
#include "driver/CommandLine.h"
#include "driver/Configuration.h"
#include "driver/ConfigurationCommands.h"
#include "driver/Explain.h"
#include "driver/Invocation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Process.h"
#include <set>

using namespace llvm;
using namespace async_tidy;
using namespace async_tidy::flags;

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

int async_tidy::listChecks() {
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

int async_tidy::explain(StringRef Name) {
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

int async_tidy::showPages() {
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

int async_tidy::verifyConfigurations(PlanOptions Planned) {
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
