//===-- UnifiedDiff.cpp - The lines that a diff adds ----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/UnifiedDiff.h"
#include "driver/Place.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace async_tidy;

/// What git writes in quotes, as C would: names with characters that it would
/// not print.
static std::string unquoted(llvm::StringRef Text) {
  std::string Name;
  while (!Text.empty() && Text.front() != '"') {
    if (!Text.consume_front("\\") || Text.empty()) {
      Name += Text.front();
      Text = Text.drop_front();
      continue;
    }
    llvm::StringRef Digits =
        Text.take_while([](char C) { return C >= '0' && C <= '7'; })
            .take_front(3);
    unsigned Byte = 0;
    if (!Digits.getAsInteger(8, Byte)) {
      Name += char(Byte);
      Text = Text.drop_front(Digits.size());
      continue;
    }
    static constexpr llvm::StringLiteral Letters = "abtnvfr";
    const size_t At = Letters.find(Text.front());
    Name += At == Letters.npos ? Text.front() : "\a\b\t\n\v\f\r"[At];
    Text = Text.drop_front();
  }
  return Name;
}

/// The name in a line that begins with '---' or '+++', without that.
static std::string nameIn(llvm::StringRef Text) {
  if (Text.consume_front("\""))
    return unquoted(Text);
  // A time may follow, or, where the name has spaces, nothing.
  return Text.split('\t').first.rtrim('\r').str();
}

/// The file that \p Name stands for, where \p Old is what it was called.
static std::string pathOf(llvm::StringRef Name, llvm::StringRef Old,
                          llvm::StringRef Root,
                          llvm::function_ref<bool(llvm::StringRef)> IsFile) {
  std::string Whole = absolutePath(Name, Root);
  auto [Prefix, Rest] = Name.split('/');
  // Without prefixes, both names are the same.
  if (Prefix.empty() || Rest.empty() || Name == Old)
    return Whole;
  std::string Stripped = absolutePath(Rest, Root);
  // 'b/', or 'w/', 'i/' and more with diff.mnemonicPrefix; and folders, as of
  // the diff that is not git's.
  const bool IsLikely = Prefix.size() == 1;
  if (IsFile(IsLikely ? Stripped : Whole))
    return IsLikely ? Stripped : Whole;
  if (IsFile(IsLikely ? Whole : Stripped))
    return IsLikely ? Whole : Stripped;
  return IsLikely ? Stripped : Whole;
}

static void add(clang::tidy::FileFilter &F, unsigned Line) {
  if (!F.LineRanges.empty() && F.LineRanges.back().second + 1 == Line)
    F.LineRanges.back().second = Line;
  else
    F.LineRanges.push_back({Line, Line});
}

llvm::Expected<std::vector<clang::tidy::FileFilter>>
async_tidy::addedLines(llvm::StringRef Diff, llvm::StringRef Root,
                       llvm::function_ref<bool(llvm::StringRef Path)> IsFile) {
  auto Wrong = [](const llvm::Twine &Why) {
    return llvm::createStringError(
        "not a unified diff" + Why +
        "; as in: git diff -U0 main | async-tidy --changed-lines=-");
  };
  std::vector<clang::tidy::FileFilter> Files;
  clang::tidy::FileFilter *Current = nullptr;
  std::string OldName;
  // The lines of a hunk that are still to come: what begins like a header in
  // them is none.
  unsigned Old = 0, New = 0, Line = 0, Number = 0;
  bool IsDiff = Diff.trim().empty();
  for (llvm::StringRef Text : llvm::split(Diff, '\n')) {
    ++Number;
    auto At = [&](llvm::StringRef Why) {
      return Wrong(": line " + llvm::Twine(Number) + " " + Why);
    };
    if (Old || New) {
      // Some editors take a space off that stands alone.
      const char Mark = Text.empty() || Text == "\r" ? ' ' : Text.front();
      if (Mark == '\\')
        continue;
      const bool InOld = Mark != '+', InNew = Mark != '-';
      if (!llvm::is_contained({' ', '+', '-'}, Mark) || (InOld && !Old) ||
          (InNew && !New))
        return At("is none of its hunk");
      if (Mark == '+' && Current)
        add(*Current, Line);
      Old -= InOld;
      New -= InNew;
      Line += InNew;
      continue;
    }
    if (Text.starts_with("@@@ "))
      return At("is of a merge, which has several old files; compare with one "
                "commit");
    // A file whose name or mode is all that changes has no lines.
    IsDiff |= Text.starts_with("diff ") || Text.starts_with("Binary files ");
    if (Text.starts_with("diff "))
      OldName.clear();
    if (Text.consume_front("--- ")) {
      OldName = nameIn(Text);
    } else if (Text.consume_front("+++ ")) {
      IsDiff = true;
      const std::string Name = nameIn(Text);
      Current = nullptr;
      if (Name == "/dev/null")
        continue;
      Current = &Files.emplace_back();
      Current->Name = pathOf(Name, OldName, Root, IsFile);
    } else if (Text.consume_front("@@ -")) {
      auto Read = [&](unsigned &N) { return !Text.consumeInteger(10, N); };
      unsigned From = 0;
      Old = New = 1;
      if (!Read(From) || (Text.consume_front(",") && !Read(Old)) ||
          !Text.consume_front(" +") || !Read(Line) ||
          (Text.consume_front(",") && !Read(New)) || !Text.consume_front(" @@"))
        return At("should say which lines differ");
    }
  }
  // The end of the last line is no line.
  if (Old || New)
    return Wrong(": it ends in the middle of a hunk");
  if (!IsDiff)
    return Wrong("");
  // Of a file whose lines were only removed, none is wanted; an entry without
  // ranges would mean all.
  llvm::erase_if(Files, [](const auto &F) { return F.LineRanges.empty(); });
  return Files;
}
