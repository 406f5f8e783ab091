//===-- Report.cpp - From findings to what users see -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Report.h"
#include "clang-tidy/ClangTidy.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;
using clang::tidy::ClangTidyError;

/// Shortens \p Path to start from \p Directory when it is below that.
static void makeRelative(std::string &Path, llvm::StringRef Directory) {
  llvm::StringRef Rest = Path;
  if (Rest.consume_front(Directory) && Rest.consume_front("/"))
    Path = Rest.str();
}

/// Paths as somebody in \p Directory would write them.
static ClangTidyError displayed(ClangTidyError E, llvm::StringRef Directory) {
  E.BuildDirectory = Directory.str();
  makeRelative(E.Message.FilePath, Directory);
  for (clang::tooling::DiagnosticMessage &Note : E.Notes)
    makeRelative(Note.FilePath, Directory);
  return E;
}

std::string async_tidy::count(size_t N, llvm::StringRef Noun) {
  return (llvm::Twine(N) + " " + Noun + (N == 1 ? "" : "s")).str();
}

ExitCode async_tidy::report(llvm::ArrayRef<RecordReader> Records,
                            llvm::ArrayRef<ClangTidyError> Findings,
                            size_t FromCache, const ReportOptions &Options) {
  llvm::SmallString<256> Directory;
  llvm::sys::fs::current_path(Directory);

  std::vector<ClangTidyError> Shown;
  llvm::StringSet<> FilesWithFindings;
  for (const ClangTidyError &E : Findings) {
    FilesWithFindings.insert(E.Message.FilePath);
    Shown.push_back(displayed(E, Directory));
  }
  for (const RecordReader &R : Records)
    if (R.head().FirstError)
      Shown.push_back(displayed(*R.head().FirstError, Directory));

  // Printing and fixing are clang-tidy's own.
  clang::tidy::ClangTidyContext Context(Options.Provider());
  unsigned AsErrors = 0;
  clang::tidy::handleErrors(
      Shown, Context, Options.Fix ? clang::tidy::FB_Fix : clang::tidy::FB_NoFix,
      AsErrors,
      llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
          llvm::vfs::createPhysicalFileSystem()));
  llvm::outs().flush();

  if (!Options.ExportFixes.empty() && !Findings.empty()) {
    std::error_code EC;
    llvm::raw_fd_ostream OS(Options.ExportFixes, EC, llvm::sys::fs::OF_None);
    if (EC) {
      llvm::WithColor::error(llvm::errs(), "async-tidy")
          << "can't write '" << Options.ExportFixes << "': " << EC.message()
          << '\n';
      return ExitUsage;
    }
    clang::tidy::exportReplacements(Records.front().head().File, Findings.vec(),
                                    OS);
  }

  llvm::StringSet<> Remarks;
  size_t Failed = 0;
  for (const RecordReader &Reader : Records) {
    const Record &R = Reader.head();
    if (!R.Remark.empty() && Remarks.insert(R.Remark).second && !Options.Quiet)
      llvm::WithColor::remark(llvm::errs(), "async-tidy") << R.Remark << '\n';
    if (!R.Failed)
      continue;
    ++Failed;
    std::string File = R.File;
    makeRelative(File, Directory);
    llvm::WithColor::error(llvm::errs(), "async-tidy")
        << "'" << File << "' was not analyzed: "
        << (R.FirstError ? "it did not parse, " + count(R.NumErrors, "error")
                         : R.Failure)
        << '\n';
  }
  if (!Options.Quiet) {
    llvm::errs() << "async-tidy: " << count(Findings.size(), "finding");
    if (!Findings.empty())
      llvm::errs() << " in " << count(FilesWithFindings.size(), "file");
    llvm::errs() << "; " << count(Records.size() - Failed, "file")
                 << " analyzed";
    if (Failed)
      llvm::errs() << ", " << Failed << " not";
    if (FromCache)
      llvm::errs() << " (" << FromCache << " from the cache)";
    llvm::errs() << '\n';
  }

  if (Failed)
    return ExitIncomplete;
  if (AsErrors)
    return ExitFindings;
  for (const ClangTidyError &E : Findings)
    if (const CheckInfo *Info = findCheck(E.DiagnosticName);
        Options.FailOn && (!Info || Info->Level <= *Options.FailOn))
      return ExitFindings;
  return ExitClean;
}
