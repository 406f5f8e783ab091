//===-- UnusedNolint.cpp - Suppressions that suppress nothing -------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/UnusedNolint.h"
#include "clang-tidy/GlobList.h"
#include "clang/Lex/Lexer.h"

using namespace async_tidy;
using namespace clang;

namespace {

/// A NOLINT in a comment.
struct Suppression {
  unsigned Offset;
  unsigned First, Last; ///< the lines that it is for
  llvm::StringRef Checks;
};

} // namespace

/// The comments of \p Text that have the word NOLINT in them.
static std::vector<std::pair<unsigned, llvm::StringRef>>
nolintComments(llvm::StringRef Text) {
  LangOptions Language;
  Language.CPlusPlus = Language.CPlusPlus11 = Language.CPlusPlus14 =
      Language.LineComment = true;
  Lexer Tokens(SourceLocation(), Language, Text.begin(), Text.begin(),
               Text.end());
  Tokens.SetCommentRetentionState(true);
  std::vector<std::pair<unsigned, llvm::StringRef>> All;
  Token T;
  for (bool IsLast = false; !IsLast;) {
    IsLast = Tokens.LexFromRawLexer(T);
    if (T.isNot(tok::comment))
      continue;
    const unsigned Begin =
        Tokens.getBufferLocation() - Text.begin() - T.getLength();
    llvm::StringRef Comment = Text.substr(Begin, T.getLength());
    if (Comment.contains("NOLINT"))
      All.push_back({Begin, Comment});
  }
  return All;
}

static std::vector<Suppression> suppressions(llvm::StringRef File,
                                             SourceText &Text) {
  std::vector<Suppression> All;
  std::vector<Suppression> Open; // NOLINTBEGIN
  for (auto [Begin, Comment] : nolintComments(Text.text(File)))
    for (size_t At = Comment.find("NOLINT"); At != Comment.npos;
         At = Comment.find("NOLINT", At + 1)) {
      llvm::StringRef Rest = Comment.drop_front(At + strlen("NOLINT"));
      llvm::StringRef Kind = Rest.take_while(isUppercase);
      Rest = Rest.drop_front(Kind.size());
      const size_t End = Rest.find(')');
      if (!Rest.starts_with("(") || End == Rest.npos)
        continue;
      Suppression S{unsigned(Begin + At), 0, 0, Rest.slice(1, End)};
      S.First = S.Last = Text.position(File, S.Offset).Line;
      if (Kind == "NEXTLINE")
        S.Last = ++S.First;
      if (Kind == "BEGIN") {
        Open.push_back(S);
      } else if (Kind != "END") {
        All.push_back(S);
      } else if (!Open.empty()) {
        Open.back().Last = S.First;
        All.push_back(Open.back());
        Open.pop_back();
      }
    }
  return All;
}

/// Whether all that \p Checks name are ours.
static bool areOurs(llvm::StringRef Checks) {
  llvm::SmallVector<llvm::StringRef, 4> Globs;
  Checks.split(Globs, ',');
  return llvm::all_of(Globs, [](llvm::StringRef Glob) {
    return Glob.trim().starts_with("async-");
  });
}

std::vector<LinkedFinding>
async_tidy::unusedNolints(llvm::ArrayRef<std::string> Files,
                          llvm::ArrayRef<LinkedFinding> Suppressed,
                          SourceText &Text) {
  std::vector<LinkedFinding> Unused;
  for (const std::string &File : Files)
    for (const Suppression &S : suppressions(File, Text)) {
      if (!areOurs(S.Checks))
        continue;
      tidy::GlobList Globs(S.Checks);
      if (llvm::any_of(Suppressed, [&](const LinkedFinding &F) {
            if (F.file() != File || !Globs.contains(F.check()))
              return false;
            const unsigned Line = Text.position(File, F.offset()).Line;
            return S.First <= Line && Line <= S.Last;
          }))
        continue;
      tidy::ClangTidyError E(NolintName, tidy::ClangTidyError::Warning, "",
                             /*IsWarningAsError=*/false);
      E.Message.Message =
          ("this comment suppresses nothing of '" + S.Checks + "'; take it out")
              .str();
      E.Message.FilePath = File;
      E.Message.FileOffset = S.Offset;
      Unused.push_back(LinkedFinding(std::move(E), "", S.Checks.str()));
    }
  return Unused;
}
