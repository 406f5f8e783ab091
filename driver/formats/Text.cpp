//===-- Text.cpp - Findings for people, as compilers write them -----------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Format.h"
#include "clang/Basic/DiagnosticFrontend.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "llvm/Support/FileSystem.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Prints as clang-tidy does, whose own printer only knows standard output.
class Printer {
public:
  Printer(const RunResult &R, llvm::raw_ostream &OS)
      : Printing(OS, Options),
        Engine(DiagnosticIDs::create(), Options, &Printing,
               /*ShouldOwnClient=*/false),
        Sources(Engine, Files) {
    Options.ShowColors = R.UseColor && &OS == &llvm::outs();
    Printing.BeginSourceFile(Language, nullptr);
    llvm::SmallString<256> Folder;
    if (!llvm::sys::fs::current_path(Folder))
      Directory = Folder.str().str();
  }

  void print(const tidy::ClangTidyError &E) {
    auto Level = static_cast<DiagnosticsEngine::Level>(E.DiagLevel);
    std::string Name = E.DiagnosticName;
    if (E.IsWarningAsError) {
      Name += ",-warnings-as-errors";
      Level = DiagnosticsEngine::Error;
    }
    {
      DiagnosticBuilder D =
          Engine.Report(at(E.Message.FilePath, E.Message.FileOffset),
                        Engine.getCustomDiagID(Level, "%0 [%1]"))
          << E.Message.Message << Name;
      add(D, E.Message);
    }
    for (const tooling::DiagnosticMessage &Note : E.Notes) {
      DiagnosticBuilder D =
          Engine.Report(at(Note.FilePath, Note.FileOffset),
                        Engine.getCustomDiagID(DiagnosticsEngine::Note, "%0"));
      D << Note.Message;
      add(D, Note);
    }
  }

private:
  SourceLocation at(llvm::StringRef File, unsigned Offset) {
    if (File.empty())
      return {};
    auto Entry = Files.getOptionalFileRef(relativeTo(File, Directory));
    if (!Entry)
      return {};
    FileID Id = Sources.getOrCreateFileID(*Entry, SrcMgr::C_User);
    return Sources.getLocForStartOfFile(Id).getLocWithOffset(Offset);
  }
  CharSourceRange range(llvm::StringRef File, unsigned Offset,
                        unsigned Length) {
    SourceLocation Begin = at(File, Offset);
    return CharSourceRange::getCharRange(Begin, Begin.getLocWithOffset(Length));
  }
  void add(const DiagnosticBuilder &D, const tooling::DiagnosticMessage &M) {
    for (const tooling::FileByteRange &R : M.Ranges)
      D << range(R.FilePath, R.FileOffset, R.Length);
    for (const auto &File : M.Fix)
      for (const tooling::Replacement &R : File.second)
        if (R.isApplicable())
          D << FixItHint::CreateReplacement(
              range(R.getFilePath(), R.getOffset(), R.getLength()),
              R.getReplacementText());
  }

  std::string Directory;
  LangOptions Language;
  FileManager Files{FileSystemOptions()};
  DiagnosticOptions Options;
  TextDiagnosticPrinter Printing;
  DiagnosticsEngine Engine;
  SourceManager Sources;
};

} // namespace

void async_tidy::writeText(const RunResult &R, llvm::raw_ostream &OS) {
  Printer P(R, OS);
  for (const LinkedFinding &F : R.Findings)
    if (F.State == FindingState::New)
      P.print(F.Diagnostic);
  for (const FileFailure &F : R.Failures)
    if (F.FirstError)
      P.print(*F.FirstError);
}
