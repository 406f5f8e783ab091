//===-- Configuration.cpp - Options of files and of the command line ------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Configuration.h"
#include "clang-tidy/ClangTidy.h"
#include "core/Check.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;
using namespace async_tidy;
using clang::tidy::ClangTidyOptions;

/// The globs that say which of our checks run. A project's .clang-tidy that
/// never names one of them was not written with async-tidy in mind: its '-*'
/// does not switch it off. Other checks are clang-tidy's business, and what the
/// command line says is taken as it stands.
static std::string
effectiveChecks(const ClangTidyOptions &Configured,
                const std::optional<std::string> &CommandLine) {
  SmallVector<StringRef, 16> Globs, Kept{"async-*"};
  (Configured.Checks ? StringRef(*Configured.Checks) : StringRef())
      .split(Globs, ',', -1, /*KeepEmpty=*/false);
  auto IsOurs = [](StringRef Glob) {
    return Glob.ltrim("- \n").starts_with("async-");
  };
  // A bare '-*' counts only where a later glob brings some of ours back.
  const bool Selects = any_of(Globs, [&](StringRef Glob) {
    return IsOurs(Glob) && !Glob.ltrim(" \n").starts_with("-");
  });
  if (any_of(Globs, IsOurs))
    copy_if(Globs, std::back_inserter(Kept), [&](StringRef Glob) {
      return IsOurs(Glob) ||
             (Selects && (Glob.trim() == "*" || Glob.trim() == "-*"));
    });
  if (CommandLine)
    Kept.push_back(*CommandLine);
  // These are not a module's, and a bare '*' would switch them on.
  Kept.append({"-clang-analyzer-*", "-clang-diagnostic-*"});
  return join(Kept, ",");
}

namespace {

/// The options of clang-tidy, with async-* checks on unless they are named.
class OptionsProvider : public clang::tidy::ClangTidyOptionsProvider {
public:
  OptionsProvider(std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Inner,
                  const ConfigurationRequest &Request)
      : Inner(std::move(Inner)), Request(Request) {}

  const clang::tidy::ClangTidyGlobalOptions &getGlobalOptions() override {
    return Inner->getGlobalOptions();
  }

  std::vector<OptionsSource> getRawOptions(StringRef File) override {
    ClangTidyOptions Options;
    unsigned Order = 0;
    // Where sources are not on this machine, what applies is what is here.
    if (!sys::fs::exists(sys::path::parent_path(File)))
      File = sys::path::filename(File);
    for (const OptionsSource &Source : Inner->getRawOptions(File))
      Options.mergeWith(Source.first, ++Order);
    Options.Checks = effectiveChecks(Options, Request.Checks);
    if (Request.UseColor)
      Options.UseColor = *Request.UseColor;
    return {{Options, "async-tidy"}};
  }

private:
  std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Inner;
  const ConfigurationRequest Request;
};

} // namespace

std::string async_tidy::unknownCheck(StringRef Globs) {
  SmallVector<StringRef, 8> Parts;
  Globs.split(Parts, ',', -1, /*KeepEmpty=*/false);
  for (StringRef Part : Parts) {
    Part = Part.trim();
    Part.consume_front("-");
    if (Part.empty() || Part.contains('*') || findCheck(Part))
      continue;
    StringRef Nearest;
    unsigned Best = Part.size() / 3;
    for (const RegisteredCheck &C : registeredChecks())
      if (unsigned D = Part.edit_distance(C.Info.Name); D <= Best) {
        Best = D;
        Nearest = C.Info.Name;
      }
    return ("unknown check '" + Part + "'" +
            (Nearest.empty() ? "; see --list-checks"
                             : "; did you mean '" + Nearest + "'?"))
        .str();
  }
  return "";
}

Expected<ClangTidyOptions>
async_tidy::parseConfiguration(MemoryBufferRef Text) {
  std::string Problem;
  auto Parsed = clang::tidy::parseConfigurationWithDiags(
      Text, [&](const SMDiagnostic &D) {
        if (Problem.empty())
          Problem = (Twine(D.getFilename()) + ":" + Twine(D.getLineNo()) +
                     ": " + D.getMessage())
                        .str();
      });
  if (Parsed)
    return *Parsed;
  return createStringError(Problem.empty()
                               ? Text.getBufferIdentifier() + " is not valid"
                               : Twine(Problem));
}

Expected<OptionsProviderFactory>
async_tidy::configuration(const ConfigurationRequest &Request) {
  clang::tidy::ClangTidyGlobalOptions Global;
  if (!Request.LineFilter.empty() &&
      clang::tidy::parseLineFilter(Request.LineFilter, Global))
    return createStringError("--line-filter is not valid: " +
                             Request.LineFilter);
  if (Request.Lines) {
    if (!Request.LineFilter.empty())
      return createStringError(
          "--line-filter and --changed-lines exclude each other");
    Global.LineFilter = *Request.Lines;
    // An empty filter would let everything pass.
    if (Global.LineFilter.empty())
      Global.LineFilter.push_back({"/no/line/at/all", {{0, 0}}});
  }
  ClangTidyOptions Defaults = ClangTidyOptions::getDefaults();
  Defaults.Checks = "";

  if (Request.Config && !Request.ConfigFile.empty())
    return createStringError("--config and --config-file exclude each other");
  std::optional<ClangTidyOptions> Given;
  if (Request.Config || !Request.ConfigFile.empty()) {
    std::string Text = Request.Config.value_or(""), Name = "--config";
    if (!Request.ConfigFile.empty()) {
      Name = Request.ConfigFile;
      auto Buffer = MemoryBuffer::getFile(Name, /*IsText=*/true);
      if (!Buffer)
        return createStringError("can't read '" + Name +
                                 "': " + Buffer.getError().message());
      Text = (*Buffer)->getBuffer().str();
    }
    auto Parsed = parseConfiguration(MemoryBufferRef(Text, Name));
    if (!Parsed)
      return Parsed.takeError();
    Given = *Parsed;
  }
  return [=]() -> std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> {
    std::unique_ptr<clang::tidy::ClangTidyOptionsProvider> Inner;
    if (Given)
      Inner = std::make_unique<clang::tidy::ConfigOptionsProvider>(
          Global, Defaults, *Given, Request.Override);
    else
      Inner = std::make_unique<clang::tidy::FileOptionsProvider>(
          Global, Defaults, Request.Override);
    return std::make_unique<OptionsProvider>(std::move(Inner), Request);
  };
}

/// Calls \p Visit on the .clang-tidy files beside and above \p File, the
/// nearest first, until it returns false.
static void forEachConfigurationFile(
    StringRef File,
    function_ref<bool(StringRef Folder, const MemoryBuffer *Text)> Visit) {
  for (StringRef Folder = sys::path::parent_path(File); !Folder.empty();
       Folder = sys::path::parent_path(Folder)) {
    SmallString<256> Path(Folder);
    sys::path::append(Path, ".clang-tidy");
    auto Buffer = MemoryBuffer::getFile(Path, /*IsText=*/true);
    if (!Visit(Folder, Buffer ? Buffer->get() : nullptr))
      return;
  }
}

std::vector<std::string> async_tidy::configurationFiles(StringRef File) {
  std::vector<std::string> Files;
  forEachConfigurationFile(File, [&](StringRef, const MemoryBuffer *Text) {
    if (Text)
      Files.push_back(Text->getBufferIdentifier().str());
    return true;
  });
  return Files;
}

Error async_tidy::checkConfigurationFiles(ArrayRef<Job> Jobs) {
  StringSet<> Seen;
  std::string Problem;
  for (const Job &J : Jobs)
    forEachConfigurationFile(J.File, [&](StringRef Folder,
                                         const MemoryBuffer *Text) {
      if (!Problem.empty() || !Seen.insert(Folder).second)
        return false;
      if (!Text || Text->getBuffer().trim().empty())
        return true;
      if (auto Parsed = parseConfiguration(Text->getMemBufferRef()); !Parsed)
        Problem = toString(Parsed.takeError());
      return true;
    });
  if (Problem.empty())
    return Error::success();
  return createStringError(Problem + "; correct the file, or pass another "
                                     "configuration with --config-file or "
                                     "--config");
}

Expected<std::vector<Task>>
async_tidy::makeTasks(ArrayRef<Job> Jobs,
                      clang::tidy::ClangTidyOptionsProvider &Options) {
  std::vector<Task> Tasks;
  bool HasChecks = false;
  for (const Job &J : Jobs) {
    ClangTidyOptions O = Options.getOptions(J.File);
    HasChecks =
        HasChecks || !clang::tidy::getCheckNames(O, false, false).empty();
    Tasks.push_back(makeTask(J, O));
    if (auto Index = ModelIndex::with(Tasks.back().ModelFiles); !Index)
      return createStringError(ModelsOption + ": " +
                               toString(Index.takeError()));
  }
  // Globs that leave nothing in any file are a mistake, not a wish.
  if (!HasChecks)
    return createStringError("no checks are enabled; 'Checks' is '" +
                             *Options.getOptions(Jobs.front().File).Checks +
                             "'");
  return Tasks;
}
