//===-- Rdjson.cpp - Findings as reviewdog takes them ---------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Format.h"

using namespace async_tidy;
using llvm::json::OStream;

static llvm::StringRef severityOf(const LinkedFinding &F) {
  if (F.isError() || F.severity() == Severity::Error)
    return "ERROR";
  return F.severity() == Severity::Warning ? "WARNING" : "INFO";
}

static void writePosition(OStream &J, llvm::StringRef Name, Position P) {
  J.attributeObject(Name, [&] {
    J.attribute("line", P.Line);
    J.attribute("column", P.Column); // of bytes, as it wants them
  });
}
static void writeRange(OStream &J, const Span &S) {
  J.attributeObject("range", [&] {
    writePosition(J, "start", S.Begin);
    writePosition(J, "end", S.End);
  });
}
static void writeLocation(OStream &J, const RunResult &R,
                          const clang::tooling::DiagnosticMessage &M) {
  J.attributeObject("location", [&] {
    J.attribute("path", utf8(relativeTo(M.FilePath, R.Root)));
    writeRange(J, spanOf(R, M));
  });
}

static void writeDiagnostic(OStream &J, const RunResult &R,
                            const LinkedFinding &F) {
  J.attribute("message", utf8(F.message()));
  writeLocation(J, R, F.Diagnostic.Message);
  J.attribute("severity", severityOf(F));
  J.attributeObject("code", [&] {
    J.attribute("value", F.check());
    if (!R.DocsUrl.empty() && findCheck(F.check()))
      J.attribute("url", llvm::StringRef(R.DocsUrl).rtrim('/').str() +
                             "/checks/" + F.check().str() + ".md");
  });
  // A suggestion is for the file of the diagnostic, and each stands alone.
  if (std::vector<clang::tooling::Replacement> Fix = replacementsOf(F);
      Fix.size() == 1 && Fix.front().getFilePath() == F.file())
    J.attributeArray("suggestions", [&] {
      J.object([&] {
        writeRange(J, spanOf(R, F.file(), Fix.front().getOffset(),
                             Fix.front().getLength()));
        J.attribute("text", utf8(Fix.front().getReplacementText()));
      });
    });
  if (F.Diagnostic.Notes.empty())
    return;
  J.attributeArray("related_locations", [&] {
    for (const clang::tooling::DiagnosticMessage &Note : F.Diagnostic.Notes)
      if (!Note.FilePath.empty())
        J.object([&] {
          J.attribute("message", utf8(Note.Message));
          writeLocation(J, R, Note);
        });
  });
}

void async_tidy::writeRdjson(const RunResult &R, llvm::raw_ostream &OS) {
  OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attributeObject("source", [&] { J.attribute("name", "async-tidy"); });
    J.attributeArray("diagnostics", [&] {
      for (const LinkedFinding &F : R.Findings)
        if (F.State == FindingState::New)
          J.object([&] { writeDiagnostic(J, R, F); });
      for (const FileFailure &F : R.Failures)
        J.object([&] {
          J.attribute("message", utf8("this file was not analyzed: " + F.Why));
          J.attributeObject("location", [&] {
            J.attribute("path", utf8(relativeTo(F.File, R.Root)));
          });
          J.attribute("severity", "ERROR");
        });
    });
  });
  OS << '\n';
}
