//===-- Report.cpp - From findings to what users see ----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Report.h"
#include "clang-tidy/ClangTidy.h"
#include "driver/Files.h"
#include "driver/FixApplication.h"
#include "driver/Git.h"
#include "driver/Statistics.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;
using clang::tidy::ClangTidyError;
using llvm::errs;
using llvm::WithColor;

std::string async_tidy::count(size_t N, llvm::StringRef Noun) {
  return (llvm::Twine(N) + " " + Noun + (N == 1 ? "" : "s")).str();
}

static ExitCode failure(llvm::Error E) {
  WithColor::error(errs(), "async-tidy") << toString(std::move(E)) << '\n';
  return ExitUsage;
}

llvm::Expected<std::vector<OutputRequest>>
async_tidy::parseOutputs(llvm::ArrayRef<std::string> Requests) {
  std::vector<OutputRequest> Outputs;
  llvm::StringSet<> Paths;
  for (llvm::StringRef Request : Requests) {
    auto [Name, Path] = Request.split(':');
    const auto *It = llvm::find_if(
        formats(), [&](const Format &F) { return F.Name == Name; });
    if (It == formats().end()) {
      std::string Known;
      for (const Format &F : formats())
        Known += (Known.empty() ? "" : ", ") + F.Name.str();
      return llvm::createStringError("--output: there is no format '" + Name +
                                     "'; there are " + Known);
    }
    if (Path.empty())
      Path = "-";
    if (!Paths.insert(Path).second)
      return llvm::createStringError(
          "--output: two reports go to " +
          (Path == "-" ? "standard output; name a file for one of them, as in "
                         "--output=sarif:report.sarif"
                       : "'" + Path.str() + "'"));
    Outputs.push_back({It, Path.str()});
  }
  if (Outputs.empty())
    Outputs.push_back({formats().begin(), "-"});
  return Outputs;
}

void async_tidy::addRecords(RunResult &R,
                            llvm::ArrayRef<RecordReader> Records) {
  llvm::StringSet<> Remarks;
  for (const RecordReader &Reader : Records) {
    const Record &Head = Reader.head();
    if (!Head.Remark.empty() && Remarks.insert(Head.Remark).second)
      R.Remarks.push_back(Head.Remark);
    if (!Head.Failed) {
      ++R.Analyzed;
      continue;
    }
    R.Failures.push_back(
        {Head.File,
         Head.FirstError ? "it did not parse, " + count(Head.NumErrors, "error")
                         : Head.Failure,
         Head.FirstError});
  }
}

/// Writes all reports, those that go to files first.
static llvm::Error writeReports(const RunResult &R,
                                const ReportOptions &Options) {
  for (const OutputRequest &O : Options.Outputs) {
    if (O.Path == "-")
      continue;
    std::string Text;
    llvm::raw_string_ostream OS(Text);
    O.How->Write(R, OS);
    if (llvm::Error E = writeFile(O.Path, {Text}))
      return E;
  }
  for (const OutputRequest &O : Options.Outputs)
    // What would be fixed is shown in the place of a text.
    if (O.Path == "-" &&
        !(Options.Fix == FixMode::Show && O.How->Name == "text"))
      O.How->Write(R, llvm::outs());
  llvm::outs().flush();
  return llvm::Error::success();
}

static llvm::Error exportFixes(const RunResult &R, llvm::StringRef File) {
  std::vector<ClangTidyError> All;
  for (const LinkedFinding &F : R.Findings)
    if (F.State == FindingState::New)
      All.push_back(F.Diagnostic);
  if (All.empty())
    return llvm::Error::success();
  std::error_code EC;
  llvm::raw_fd_ostream OS(File, EC, llvm::sys::fs::OF_None);
  if (EC)
    return llvm::createStringError("can't write '" + File +
                                   "': " + EC.message());
  clang::tidy::exportReplacements(All.front().Message.FilePath, All, OS);
  return llvm::Error::success();
}

/// Refuses to change files whose present state git could not bring back.
static llvm::Error checkCommitted(const FixedFiles &Fixed,
                                  llvm::StringRef Root) {
  if (workTreeOf(Root).empty())
    return llvm::Error::success();
  auto G = Git::in(Root);
  if (!G)
    return G.takeError();
  std::vector<std::string> Files;
  for (const auto &[Name, F] : Fixed.Files)
    Files.push_back(Name);
  auto Dirty = G->uncommitted(Files);
  if (!Dirty)
    return Dirty.takeError();
  if (Dirty->empty())
    return llvm::Error::success();
  return llvm::createStringError(
      "nothing is fixed, as '" + Dirty->front() + "'" +
      (Dirty->size() > 1
           ? " and " + count(Dirty->size() - 1, "more file") + " have"
           : std::string(" has")) +
      " changes that are not committed; commit or stash them, or pass "
      "--fix-dirty");
}

static llvm::Error fix(const RunResult &R, const ReportOptions &Options) {
  auto Provider = Options.Provider();
  auto Fixed = fixed(R.Findings, *R.Text, [&](llvm::StringRef File) {
    return Provider->getOptions(File).FormatStyle.value_or("none");
  });
  if (!Fixed)
    return Fixed.takeError();
  if (Options.Fix == FixMode::Show) {
    llvm::outs() << asDiff(*Fixed, R.Root);
    llvm::outs().flush();
  } else if (!Fixed->Files.empty()) {
    if (!Options.FixDirty)
      if (llvm::Error E = checkCommitted(*Fixed, R.Root))
        return E;
    if (llvm::Error E = write(*Fixed))
      return E;
  }
  if (Options.Quiet)
    return llvm::Error::success();
  errs() << "async-tidy: " << Fixed->Applied
         << (Fixed->Applied == 1 ? " fix" : " fixes")
         << (Options.Fix == FixMode::Show ? " to apply" : " applied");
  if (!Fixed->Files.empty())
    errs() << " in " << count(Fixed->Files.size(), "file");
  if (Fixed->Conflicts)
    errs() << "; " << Fixed->Conflicts
           << " left out, as others change the same code: run again";
  errs() << '\n';
  return llvm::Error::success();
}

static void summarize(const RunResult &R) {
  llvm::StringSet<> Files;
  for (const LinkedFinding &F : R.Findings)
    if (F.State == FindingState::New)
      Files.insert(F.file());
  const size_t New = R.countOf(FindingState::New);
  errs() << "async-tidy: "
         << count(New, R.IsComparison ? "new finding" : "finding");
  if (New)
    errs() << " in " << count(Files.size(), "file");
  if (size_t N = R.countOf(FindingState::Unchanged))
    errs() << ", " << N << " unchanged";
  if (size_t N = R.countOf(FindingState::Accepted))
    errs() << ", " << N << " accepted";
  errs() << "; " << count(R.Analyzed, "file") << " analyzed";
  if (!R.Failures.empty())
    errs() << ", " << R.Failures.size() << " not";
  if (R.FromCache)
    errs() << " (" << R.FromCache << " from the cache)";
  errs() << '\n';
}

ExitCode async_tidy::report(const RunResult &R, const ReportOptions &Options) {
  if (llvm::Error E = writeReports(R, Options))
    return failure(std::move(E));
  if (Options.Statistics)
    errs() << statistics(R);
  if (!Options.ExportFixes.empty())
    if (llvm::Error E = exportFixes(R, Options.ExportFixes))
      return failure(std::move(E));
  if (Options.Fix != FixMode::None)
    if (llvm::Error E = fix(R, Options))
      return failure(std::move(E));

  llvm::SmallString<256> Directory;
  llvm::sys::fs::current_path(Directory);
  if (!Options.Quiet)
    for (const std::string &Remark : R.Remarks)
      WithColor::remark(errs(), "async-tidy") << Remark << '\n';
  for (const FileFailure &F : R.Failures)
    WithColor::error(errs(), "async-tidy")
        << "'" << relativeTo(F.File, Directory)
        << "' was not analyzed: " << F.Why << '\n';
  if (!Options.Quiet)
    summarize(R);

  if (!R.Failures.empty())
    return ExitIncomplete;
  for (const LinkedFinding &F : R.Findings)
    if (F.State == FindingState::New &&
        (F.Diagnostic.IsWarningAsError ||
         (Options.FailOn && F.severity() <= *Options.FailOn)))
      return ExitFindings;
  return ExitClean;
}
