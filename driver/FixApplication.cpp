//===-- FixApplication.cpp - Applying the fixes of findings ---------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/FixApplication.h"
#include "driver/Files.h"
#include "driver/RunResult.h"
#include "clang/Format/Format.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;
using clang::tooling::Replacement;
using clang::tooling::Replacements;

/// Adds \p Fix to what \p Result changes. \returns whether it fits.
static bool add(FixedFiles &Result, const llvm::StringMap<Replacements> &Fix) {
  std::map<std::string, Replacements> Tried;
  for (const auto &Entry : Fix)
    for (const Replacement &R : Entry.second) {
      auto &All = Tried
                      .try_emplace(R.getFilePath().str(),
                                   Result.Files[R.getFilePath().str()].Changes)
                      .first->second;
      if (llvm::is_contained(All, R))
        continue;
      // Replacements::add() joins insertions at one place, in an order that
      // says nothing.
      if (llvm::any_of(All, [&](const Replacement &Other) {
            return Other.getOffset() == R.getOffset() &&
                   (!Other.getLength() || !R.getLength());
          })) {
        return false;
      }
      if (llvm::Error E = All.add(R)) {
        llvm::consumeError(std::move(E));
        return false;
      }
    }
  for (auto &[File, All] : Tried)
    Result.Files[File].Changes = std::move(All);
  return true;
}

llvm::Expected<FixedFiles>
async_tidy::fixed(llvm::ArrayRef<LinkedFinding> Findings, SourceText &Text,
                  llvm::function_ref<std::string(llvm::StringRef)> StyleOf) {
  FixedFiles Result;
  for (const LinkedFinding &F : Findings)
    if (F.State == FindingState::New && !F.Diagnostic.Message.Fix.empty())
      ++(add(Result, F.Diagnostic.Message.Fix) ? Result.Applied
                                               : Result.Conflicts);
  for (auto It = Result.Files.begin(); It != Result.Files.end();) {
    auto &[Name, F] = *It;
    if (F.Changes.empty()) {
      It = Result.Files.erase(It);
      continue;
    }
    F.Before = Text.text(Name).str();
    auto Style = clang::format::getStyle(StyleOf(Name), Name, "none");
    if (!Style)
      return Style.takeError();
    auto Clean =
        clang::format::cleanupAroundReplacements(F.Before, F.Changes, *Style);
    if (!Clean)
      return Clean.takeError();
    auto Formatted =
        clang::format::formatReplacements(F.Before, *Clean, *Style);
    if (!Formatted)
      return Formatted.takeError();
    F.Changes = std::move(*Formatted);
    auto After = clang::tooling::applyAllReplacements(F.Before, F.Changes);
    if (!After)
      return After.takeError();
    F.After = std::move(*After);
    ++It;
  }
  return Result;
}

llvm::Error async_tidy::write(const FixedFiles &Fixed) {
  for (const auto &[Name, F] : Fixed.Files) {
    // A link stays a link, and a file keeps who may read it.
    llvm::SmallString<256> Real;
    if (llvm::sys::fs::real_path(Name, Real))
      Real = Name;
    llvm::ErrorOr<llvm::sys::fs::perms> Permissions =
        llvm::sys::fs::getPermissions(Real);
    if (llvm::Error E = writeFile(Real, {F.After}))
      return E;
    if (Permissions)
      llvm::sys::fs::setPermissions(Real, *Permissions);
  }
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// As a diff
//===----------------------------------------------------------------------===//

static std::vector<llvm::StringRef> linesOf(llvm::StringRef Text) {
  std::vector<llvm::StringRef> Lines;
  while (!Text.empty()) {
    size_t End = Text.find('\n');
    End = End == Text.npos ? Text.size() : End + 1;
    Lines.push_back(Text.take_front(End));
    Text = Text.drop_front(End);
  }
  return Lines;
}

namespace {
/// Lines that become other lines; both half-open, from 0.
struct Hunk {
  size_t Begin, End;
  size_t NewBegin, NewEnd;
};
} // namespace

/// Which lines \p F changes, from the replacements: nothing has to be searched.
static std::vector<Hunk> hunksOf(const FixedFiles::File &F) {
  auto LineAt = [](llvm::StringRef Text, size_t Offset) -> size_t {
    return Text.take_front(Offset).count('\n');
  };
  std::vector<Hunk> Hunks;
  long Shift = 0;
  for (const Replacement &R : F.Changes) {
    const size_t Begin = R.getOffset(), End = Begin + R.getLength();
    const size_t NewBegin = Begin + Shift,
                 NewEnd = NewBegin + R.getReplacementText().size();
    Shift += long(R.getReplacementText().size()) - long(R.getLength());
    Hunk H{LineAt(F.Before, Begin), LineAt(F.Before, End) + 1,
           LineAt(F.After, NewBegin), LineAt(F.After, NewEnd) + 1};
    if (!Hunks.empty() && H.Begin < Hunks.back().End) {
      Hunks.back().End = std::max(Hunks.back().End, H.End);
      Hunks.back().NewEnd = std::max(Hunks.back().NewEnd, H.NewEnd);
    } else {
      Hunks.push_back(H);
    }
  }
  return Hunks;
}

static void writeHunks(llvm::raw_ostream &OS, const FixedFiles::File &F) {
  constexpr size_t Context = 3;
  const std::vector<llvm::StringRef> Old = linesOf(F.Before),
                                     New = linesOf(F.After);
  std::vector<Hunk> Hunks = hunksOf(F);
  auto Line = [&](char Mark, llvm::StringRef Text) {
    OS << Mark << Text;
    if (!Text.ends_with("\n"))
      OS << "\n\\ No newline at end of file\n";
  };
  for (size_t I = 0; I != Hunks.size();) {
    // Hunks whose contexts touch are shown as one.
    size_t Last = I;
    while (Last + 1 != Hunks.size() &&
           Hunks[Last + 1].Begin <= Hunks[Last].End + 2 * Context)
      ++Last;
    const size_t Before = std::min(Context, Hunks[I].Begin);
    const size_t From = Hunks[I].Begin - Before,
                 To = std::min(Hunks[Last].End + Context, Old.size());
    const size_t NewFrom = Hunks[I].NewBegin - Before;
    const size_t NewTo =
        Hunks[Last].NewEnd + (To - std::min(Hunks[Last].End, To));
    OS << "@@ -" << From + 1 << ',' << To - From << " +" << NewFrom + 1 << ','
       << std::min(NewTo, New.size()) - NewFrom << " @@\n";
    size_t At = From;
    for (; I <= Last; ++I) {
      for (; At < Hunks[I].Begin; ++At)
        Line(' ', Old[At]);
      for (; At < std::min(Hunks[I].End, Old.size()); ++At)
        Line('-', Old[At]);
      for (size_t N = Hunks[I].NewBegin;
           N < std::min(Hunks[I].NewEnd, New.size()); ++N)
        Line('+', New[N]);
    }
    for (; At < To; ++At)
      Line(' ', Old[At]);
  }
}

std::string async_tidy::asDiff(const FixedFiles &Fixed, llvm::StringRef Root) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const auto &[Name, F] : Fixed.Files) {
    const std::string Path = relativeTo(Name, Root);
    OS << "--- a/" << Path << "\n+++ b/" << Path << '\n';
    writeHunks(OS, F);
  }
  return Text;
}
