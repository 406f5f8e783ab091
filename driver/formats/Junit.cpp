//===-- Junit.cpp - Findings as failed tests ------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Format.h"

using namespace async_tidy;

namespace {
/// A file, as a suite of tests.
struct Suite {
  std::vector<const LinkedFinding *> Findings;
  const FileFailure *Failure = nullptr;
};
} // namespace

static std::string placeOf(const RunResult &R,
                           const clang::tooling::DiagnosticMessage &M) {
  const Position P = R.Text->position(M.FilePath, M.FileOffset);
  return relativeTo(M.FilePath, R.Root) + ":" + std::to_string(P.Line) + ":" +
         std::to_string(P.Column);
}

static void writeFinding(const RunResult &R, llvm::raw_ostream &OS,
                         const LinkedFinding &F) {
  OS << "    <testcase name=\"" << escaped(F.check()) << " at line "
     << R.Text->position(F.file(), F.offset()).Line << "\" classname=\""
     << escaped(relativeTo(F.file(), R.Root)) << "\">\n      <failure type=\""
     << severityName(F.severity()) << "\" message=\"" << escaped(F.message())
     << "\">" << escaped(placeOf(R, F.Diagnostic.Message)) << ": "
     << escaped(F.message()) << " [" << escaped(F.check()) << "]\n";
  for (const clang::tooling::DiagnosticMessage &Note : F.Diagnostic.Notes) {
    if (!Note.FilePath.empty())
      OS << escaped(placeOf(R, Note)) << ": ";
    OS << "note: " << escaped(Note.Message) << '\n';
  }
  OS << "</failure>\n    </testcase>\n";
}

void async_tidy::writeJunit(const RunResult &R, llvm::raw_ostream &OS) {
  std::map<std::string, Suite> Suites;
  for (const LinkedFinding &F : R.Findings)
    if (F.State == FindingState::New)
      Suites[relativeTo(F.file(), R.Root)].Findings.push_back(&F);
  for (const FileFailure &F : R.Failures)
    Suites[relativeTo(F.File, R.Root)].Failure = &F;

  const size_t Findings = R.countOf(FindingState::New);
  // A report without a single test is an error to some who read it.
  const bool IsClean = Suites.empty();
  OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
     << "<testsuites name=\"async-tidy\" tests=\""
     << Findings + R.Failures.size() + IsClean << "\" failures=\"" << Findings
     << "\" errors=\"" << R.Failures.size() << "\">\n";
  if (IsClean)
    OS << "  <testsuite name=\"async-tidy\" tests=\"1\" failures=\"0\" "
          "errors=\"0\">\n    <testcase name=\"no findings\" "
          "classname=\"async-tidy\"/>\n  </testsuite>\n";
  for (const auto &[File, S] : Suites) {
    OS << "  <testsuite name=\"" << escaped(File) << "\" tests=\""
       << S.Findings.size() + bool(S.Failure) << "\" failures=\""
       << S.Findings.size() << "\" errors=\"" << bool(S.Failure) << "\">\n";
    for (const LinkedFinding *F : S.Findings)
      writeFinding(R, OS, *F);
    if (S.Failure) {
      OS << "    <testcase name=\"analysis\" classname=\"" << escaped(File)
         << "\">\n      <error type=\"not analyzed\" message=\""
         << escaped(S.Failure->Why) << "\">";
      if (const auto &E = S.Failure->FirstError;
          E && !E->Message.FilePath.empty())
        OS << escaped(placeOf(R, E->Message)) << ": "
           << escaped(E->Message.Message);
      OS << "</error>\n    </testcase>\n";
    }
    OS << "  </testsuite>\n";
  }
  OS << "</testsuites>\n";
}
