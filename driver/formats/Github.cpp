//===-- Github.cpp - Findings as annotations of GitHub --------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Format.h"

using namespace async_tidy;

/// \p Text as a workflow command takes it; in a property, more is special.
static std::string command(llvm::StringRef Text, bool InProperty) {
  std::string Result;
  for (char C : Text)
    switch (C) {
    case '%':
      Result += "%25";
      break;
    case '\r':
      Result += "%0D";
      break;
    case '\n':
      Result += "%0A";
      break;
    case ':':
      Result += InProperty ? "%3A" : ":";
      break;
    case ',':
      Result += InProperty ? "%2C" : ",";
      break;
    default:
      Result += C;
    }
  return Result;
}

static llvm::StringRef levelOf(const LinkedFinding &F) {
  if (F.isError() || F.severity() == Severity::Error)
    return "error";
  return F.severity() == Severity::Warning ? "warning" : "notice";
}

static void writePlace(const RunResult &R, llvm::raw_ostream &OS,
                       const clang::tooling::DiagnosticMessage &M) {
  const Span S = spanOf(R, M);
  OS << " file=" << command(relativeTo(M.FilePath, R.Root), true)
     << ",line=" << S.Begin.Line << ",endLine=" << S.End.Line;
  // GitHub takes columns only where both are on one line.
  if (S.Begin.Line == S.End.Line)
    OS << ",col=" << S.Begin.Column
       << ",endColumn=" << std::max(S.End.Column, S.Begin.Column + 1) - 1;
}

void async_tidy::writeGithub(const RunResult &R, llvm::raw_ostream &OS) {
  for (const LinkedFinding &F : R.Findings) {
    if (F.State != FindingState::New)
      continue;
    OS << "::" << levelOf(F);
    if (F.file().empty())
      OS << ' ';
    else {
      writePlace(R, OS, F.Diagnostic.Message);
      OS << ',';
    }
    OS << "title=" << command(F.check(), true)
       << "::" << command(F.message(), false);
    for (const clang::tooling::DiagnosticMessage &Note : F.Diagnostic.Notes) {
      OS << "%0A";
      if (!Note.FilePath.empty())
        OS << command(relativeTo(Note.FilePath, R.Root), false) << ':'
           << R.Text->position(Note.FilePath, Note.FileOffset).Line << ": ";
      OS << command(Note.Message, false);
    }
    OS << '\n';
  }
  for (const FileFailure &F : R.Failures) {
    OS << "::error";
    if (F.FirstError && !F.FirstError->Message.FilePath.empty())
      writePlace(R, OS, F.FirstError->Message);
    else
      OS << " file=" << command(relativeTo(F.File, R.Root), true);
    OS << ",title=not analyzed::"
       << command("'" + relativeTo(F.File, R.Root) +
                      "' was not analyzed: " + F.Why,
                  false);
    if (F.FirstError)
      OS << "%0A" << command(F.FirstError->Message.Message, false);
    OS << '\n';
  }
}
