//===-- Gitlab.cpp - Findings as GitLab's code quality report -------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Fingerprint.h"
#include "driver/formats/Format.h"

using namespace async_tidy;
using llvm::json::OStream;

static llvm::StringRef severityOf(const LinkedFinding &F) {
  if (F.isError() || F.severity() == Severity::Error)
    return "critical";
  return F.severity() == Severity::Warning ? "major" : "minor";
}

static void writeIssue(OStream &J, const RunResult &R, llvm::StringRef Check,
                       llvm::StringRef Description, llvm::StringRef Severity,
                       llvm::StringRef Fingerprint, llvm::StringRef File,
                       unsigned Line) {
  J.object([&] {
    J.attribute("description", utf8(Description));
    J.attribute("check_name", Check);
    J.attribute("fingerprint", Fingerprint);
    J.attribute("severity", Severity);
    J.attributeObject("location", [&] {
      J.attribute("path", utf8(relativeTo(File, R.Root)));
      J.attributeObject("lines", [&] { J.attribute("begin", Line); });
    });
  });
}

void async_tidy::writeGitlab(const RunResult &R, llvm::raw_ostream &OS) {
  OStream J(OS, /*IndentSize=*/2);
  J.array([&] {
    for (const LinkedFinding &F : R.Findings)
      if (F.State == FindingState::New)
        writeIssue(J, R, F.check(), F.message(), severityOf(F), F.identity(),
                   F.file(), R.Text->position(F.file(), F.offset()).Line);
    for (const FileFailure &F : R.Failures)
      writeIssue(
          J, R, "async-tidy", "this file was not analyzed: " + F.Why, "blocker",
          fingerprint("async-tidy", relativeTo(F.File, R.Root), "") + ":1",
          F.File, 1);
  });
  OS << '\n';
}
