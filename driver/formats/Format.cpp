//===-- Format.cpp - What formats share -----------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Format.h"
#include "core/Embedded.h"
#include "llvm/ADT/StringExtras.h"

using namespace async_tidy;

static constexpr Format Formats[] = {
    {"text", writeText},     {"json", writeJson},     {"sarif", writeSarif},
    {"github", writeGithub}, {"gitlab", writeGitlab}, {"rdjson", writeRdjson},
    {"junit", writeJunit},   {"html", writeHtml}};

llvm::ArrayRef<Format> async_tidy::formats() { return Formats; }

std::string async_tidy::relativeTo(llvm::StringRef Path,
                                   llvm::StringRef Folder) {
  llvm::StringRef Rest = Path;
  return (!Folder.empty() && Rest.consume_front(Folder) &&
                  Rest.consume_front("/")
              ? Rest
              : Path)
      .str();
}

Span async_tidy::spanOf(const RunResult &R, llvm::StringRef File,
                        unsigned Offset, unsigned Length) {
  return {R.Text->position(File, Offset),
          R.Text->position(File, Offset + Length)};
}

Span async_tidy::spanOf(const RunResult &R,
                        const clang::tooling::DiagnosticMessage &M) {
  for (const clang::tooling::FileByteRange &Range : M.Ranges)
    if (Range.Length && Range.FileOffset <= M.FileOffset &&
        M.FileOffset < Range.FileOffset + Range.Length) {
      Span S = spanOf(R, M.FilePath, Range.FileOffset, Range.Length);
      // The place is what matters; of an expression over many lines, forges
      // show the first.
      S.Begin = R.Text->position(M.FilePath, M.FileOffset);
      return S;
    }
  return spanOf(R, M.FilePath, M.FileOffset, 0);
}

std::vector<clang::tooling::Replacement>
async_tidy::replacementsOf(const LinkedFinding &F) {
  std::vector<clang::tooling::Replacement> All;
  for (const auto &File : F.Diagnostic.Message.Fix)
    llvm::append_range(All, File.second);
  llvm::sort(All);
  return All;
}

std::string async_tidy::utf8(llvm::StringRef Text) {
  return llvm::json::isUTF8(Text) ? Text.str() : llvm::json::fixUTF8(Text);
}

std::string async_tidy::escaped(llvm::StringRef Text) {
  std::string Clean = utf8(Text), Result;
  llvm::erase_if(
      Clean, [](unsigned char C) { return C < ' ' && C != '\n' && C != '\t'; });
  llvm::raw_string_ostream OS(Result);
  llvm::printHTMLEscaped(Clean, OS);
  return Result;
}

llvm::StringRef async_tidy::stateName(FindingState S) {
  switch (S) {
  case FindingState::New:
    return "new";
  case FindingState::Unchanged:
    return "unchanged";
  case FindingState::Accepted:
    return "accepted";
  }
  llvm_unreachable("no such state");
}

llvm::StringRef async_tidy::pageOf(llvm::StringRef Check) {
  for (const EmbeddedFile &Page : embeddedDocs())
    if (Page.Name == (Check + ".md").str())
      return Page.Text;
  return "";
}

llvm::StringRef async_tidy::sectionOf(llvm::StringRef Page,
                                      llvm::StringRef Title) {
  auto [Before, Rest] = Page.split(("\n## " + Title + "\n").str());
  return Rest.split("\n## ").first.trim();
}
