//===-- Filter.cpp - Which findings a user wants to see -------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Filter.h"
#include "core/Check.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace async_tidy;
using clang::tidy::ClangTidyError;

Filter::FileOptions &Filter::optionsOf(llvm::StringRef MainFile) {
  std::unique_ptr<FileOptions> &Known = Files[MainFile];
  if (!Known) {
    clang::tidy::ClangTidyOptions O = Options->getOptions(MainFile);
    auto Tier = O.CheckOptions.find(TierOption);
    std::string Excluded = O.ExcludeHeaderFilterRegex.value_or("");
    Known.reset(new FileOptions{
        clang::tidy::CachedGlobList(O.Checks.value_or("")),
        clang::tidy::CachedGlobList(O.WarningsAsErrors.value_or("")),
        O.Checks.value_or(""),
        Tier == O.CheckOptions.end() ? "default" : Tier->second.Value,
        llvm::Regex(O.HeaderFilterRegex.value_or("")), llvm::Regex(Excluded),
        !Excluded.empty()});
  }
  return *Known;
}

bool Filter::wantsOptIn(llvm::StringRef MainFile) {
  return optionsOf(MainFile).Tier == "opt-in";
}

/// The number of the line, from 1, that holds byte \p Offset of \p File.
static unsigned lineOf(llvm::StringRef File, unsigned Offset) {
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  return Buffer ? 1 + (*Buffer)->getBuffer().take_front(Offset).count('\n') : 0;
}

bool Filter::isInLines(llvm::StringRef File, unsigned Offset) {
  const auto &Lines = Options->getGlobalOptions().LineFilter;
  if (Lines.empty())
    return true;
  for (const clang::tidy::FileFilter &Wanted : Lines)
    if (File.ends_with(Wanted.Name))
      return Wanted.LineRanges.empty() ||
             llvm::any_of(Wanted.LineRanges,
                          [Line = lineOf(File, Offset)](const auto &Range) {
                            return Range.first <= Line && Line <= Range.second;
                          });
  return false;
}

bool Filter::accepts(ClangTidyError &E, llvm::StringRef MainFile) {
  FileOptions &O = optionsOf(MainFile);
  // What is wrong with a NOLINT, or the configuration, is always said.
  if (findCheck(E.DiagnosticName) &&
      (!O.Checks.contains(E.DiagnosticName) ||
       !isAskedFor(E.DiagnosticName, O.Globs, O.Tier)))
    return false;
  // As in clang-tidy, one place that a user wants to see is enough.
  bool InCode = false, InLines = false;
  auto Look = [&](const clang::tooling::DiagnosticMessage &M) {
    llvm::StringRef File = M.FilePath;
    InCode |= File.empty() || File == MainFile ||
              (O.Headers.match(File) &&
               !(O.HasExcluded && O.ExcludedHeaders.match(File)));
    InLines |= File.empty() || isInLines(File, M.FileOffset);
  };
  Look(E.Message);
  llvm::for_each(E.Notes, Look);
  if (!InCode || !InLines)
    return false;
  E.IsWarningAsError = O.Errors.contains(E.DiagnosticName);
  return true;
}
