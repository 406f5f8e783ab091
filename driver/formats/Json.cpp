//===-- Json.cpp - All that is known of findings, as JSON -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// docs/findings.schema.json describes what is written here. Whoever takes
// something away, or gives it another meaning, counts the version up.
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Format.h"
#include "clang/Basic/Version.h"

using namespace async_tidy;
using llvm::json::OStream;

static constexpr int Version = 1;

static void writeSpan(OStream &J, const RunResult &R, llvm::StringRef File,
                      const Span &S) {
  J.attribute("file", utf8(relativeTo(File, R.Root)));
  J.attribute("line", S.Begin.Line);
  J.attribute("column", S.Begin.Column);
  J.attribute("endLine", S.End.Line);
  J.attribute("endColumn", S.End.Column);
}

static void writeNotes(OStream &J, const RunResult &R,
                       llvm::ArrayRef<clang::tooling::DiagnosticMessage> All) {
  for (const clang::tooling::DiagnosticMessage &Note : All)
    J.object([&] {
      J.attribute("message", utf8(Note.Message));
      if (!Note.FilePath.empty())
        writeSpan(J, R, Note.FilePath, spanOf(R, Note));
    });
}

static void writeFinding(OStream &J, const RunResult &R,
                         const LinkedFinding &F) {
  J.attribute("check", F.check());
  J.attribute("severity", severityName(F.severity()));
  J.attribute("level", F.isError() ? "error" : "warning");
  J.attribute("message", utf8(F.message()));
  if (!F.file().empty())
    writeSpan(J, R, F.file(), spanOf(R, F.Diagnostic.Message));
  J.attribute("function", utf8(F.Function));
  J.attribute("code", utf8(F.Code));
  J.attribute("fingerprint", F.identity());
  J.attribute("state", stateName(F.State));
  if (!F.Reason.empty())
    J.attribute("reason", utf8(F.Reason));
  llvm::ArrayRef<clang::tooling::DiagnosticMessage> Notes = F.Diagnostic.Notes;
  J.attributeArray("notes",
                   [&] { writeNotes(J, R, Notes.take_front(F.ChainBegin)); });
  J.attributeArray("chain",
                   [&] { writeNotes(J, R, Notes.drop_front(F.ChainBegin)); });
  J.attributeArray("fix", [&] {
    for (const clang::tooling::Replacement &Part : replacementsOf(F))
      J.object([&] {
        writeSpan(
            J, R, Part.getFilePath(),
            spanOf(R, Part.getFilePath(), Part.getOffset(), Part.getLength()));
        J.attribute("text", utf8(Part.getReplacementText()));
      });
  });
}

void async_tidy::writeJson(const RunResult &R, llvm::raw_ostream &OS) {
  OStream J(OS, /*IndentSize=*/2);
  J.object([&] {
    J.attribute("version", Version);
    J.attributeObject("tool", [&] {
      J.attribute("name", "async-tidy");
      J.attribute("version", ASYNC_TIDY_VERSION);
      J.attribute("clang", CLANG_VERSION_STRING);
    });
    J.attribute("root", utf8(R.Root));
    J.attributeObject("summary", [&] {
      for (FindingState S :
           {FindingState::New, FindingState::Unchanged, FindingState::Accepted})
        J.attribute(stateName(S), int64_t(R.countOf(S)));
      J.attribute("suppressed", int64_t(R.Suppressed.size()));
      J.attribute("analyzed", int64_t(R.Analyzed));
      J.attribute("failed", int64_t(R.Failures.size()));
    });
    J.attributeArray("findings", [&] {
      for (const LinkedFinding &F : R.Findings)
        J.object([&] { writeFinding(J, R, F); });
    });
    J.attributeArray("failures", [&] {
      for (const FileFailure &F : R.Failures)
        J.object([&] {
          J.attribute("file", utf8(relativeTo(F.File, R.Root)));
          J.attribute("why", utf8(F.Why));
          if (!F.FirstError)
            return;
          J.attributeObject("error", [&] {
            const clang::tooling::DiagnosticMessage &M = F.FirstError->Message;
            J.attribute("message", utf8(M.Message));
            if (!M.FilePath.empty())
              writeSpan(J, R, M.FilePath, spanOf(R, M));
          });
        });
    });
  });
  OS << '\n';
}
