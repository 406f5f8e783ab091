//===-- Worker.cpp - From a file to its record -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Worker.h"
#include "clang-tidy/ClangTidy.h"
#include "clang-tidy/ClangTidyModule.h"
#include "core/Check.h"
#include "core/Names.h"
#include "core/Unit.h"
#include "driver/Place.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/xxhash.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Collects the facts, and keeps the parser from bodies that nobody looks at.
class FactsConsumer final : public ASTConsumer {
public:
  FactsConsumer(Record &R, FunctionRanges &Ranges) : R(R), Ranges(Ranges) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    // What coroutines are like, their promises and awaiters tell.
    const auto *FD = dyn_cast<NamedDecl>(D);
    const IdentifierInfo *Name = FD ? FD->getIdentifier() : nullptr;
    if (Name && (Name->getName() == "initial_suspend" ||
                 Name->getName() == "await_ready" ||
                 Name->getName() == "await_suspend"))
      return false;
    Models &M = Unit::of(D->getASTContext()).M;
    return M.isLibraryCode(D) && !(FD && M.instantiates(FD));
  }

  void HandleTranslationUnit(ASTContext &Ctx) override {
    R.Failed = false;
    if (!Ctx.getDiagnostics().hasUncompilableErrorOccurred()) {
      Ranges.collect(Ctx);
      R.Functions = Unit::of(Ctx).facts().vec();
      R.Methods = Unit::of(Ctx).methods().vec();
      std::vector<const FunctionDecl *> GivenUp = Unit::of(Ctx).givenUp();
      if (!GivenUp.empty())
        R.Remark =
            "'" + displayName(GivenUp.front()) + "'" +
            (GivenUp.size() > 1 ? " and " + std::to_string(GivenUp.size() - 1) +
                                      " more functions of its file are"
                                : " is") +
            " too large to follow the flow of control in: checks that "
            "do so found nothing there";
    }
  }

private:
  Record &R;
  FunctionRanges &Ranges;
};

/// Keeps what a NOLINT hides, which clang-tidy only counts.
class Consumer final : public tidy::ClangTidyDiagnosticConsumer {
public:
  explicit Consumer(tidy::ClangTidyContext &Context)
      : ClangTidyDiagnosticConsumer(Context), Context(Context) {}

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    // It goes first, as it is told once what is wrong with a file's NOLINTs.
    ClangTidyDiagnosticConsumer::HandleDiagnostic(Level, Info);
    SmallVector<tooling::Diagnostic, 1> Ignored;
    if (Level == DiagnosticsEngine::Warning && Info.getLocation().isValid() &&
        Context.shouldSuppressDiagnostic(Level, Info, Ignored)) {
      const SourceManager &SM = Info.getSourceManager();
      const std::string Check = Context.getCheckName(Info.getID());
      SmallString<256> Formatted;
      Info.FormatDiagnostic(Formatted);
      StringRef Text = Formatted;
      Text.consume_back(std::string(" [") + Check + "]");
      Suppressed.emplace_back(Check, tidy::ClangTidyError::Warning,
                              Context.getCurrentBuildDirectory(), false);
      Suppressed.back().Message = tooling::DiagnosticMessage(
          Text, SM, SM.getFileLoc(Info.getLocation()));
    }
  }

  std::vector<tidy::ClangTidyError> Suppressed;

private:
  tidy::ClangTidyContext &Context;
};

class Action final : public ASTFrontendAction {
public:
  Action(tidy::ClangTidyASTConsumerFactory &Checks, Record &R,
         FunctionRanges &Ranges,
         std::vector<const CompatibilityModel *> &Missing)
      : Checks(Checks), R(R), Ranges(Ranges), Missing(Missing) {}

  bool BeginInvocation(CompilerInstance &CI) override {
    CI.getFrontendOpts().SkipFunctionBodies = true;
    return true;
  }

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef File) override {
    Unit::forget();
    std::vector<std::unique_ptr<ASTConsumer>> Consumers;
    Consumers.push_back(Checks.createASTConsumer(CI, File));
    Consumers.push_back(std::make_unique<FactsConsumer>(R, Ranges));
    return std::make_unique<MultiplexConsumer>(std::move(Consumers));
  }

  void EndSourceFileAction() override {
    CompilerInstance &CI = getCompilerInstance();
    if (!CI.getDiagnostics().hasUncompilableErrorOccurred() ||
        !CI.getLangOpts().Coroutines)
      return;
    Preprocessor &PP = CI.getPreprocessor();
    auto IsDefined = [&](StringRef Name) { return PP.isMacroDefined(Name); };
    for (const LibraryModel *L :
         Unit::of(CI.getASTContext()).M.index().libraries())
      for (const CompatibilityModel &C : L->Compatibility)
        if (IsDefined(C.Defined) && llvm::none_of(C.Undefined, IsDefined))
          Missing.push_back(&C);
  }

private:
  tidy::ClangTidyASTConsumerFactory &Checks;
  Record &R;
  FunctionRanges &Ranges;
  std::vector<const CompatibilityModel *> &Missing;
};

class ActionFactory final : public tooling::FrontendActionFactory {
public:
  ActionFactory(tidy::ClangTidyContext &Context,
                IntrusiveRefCntPtr<llvm::vfs::OverlayFileSystem> FS, Record &R,
                FunctionRanges &Ranges, bool AsAnalyzer,
                std::vector<const CompatibilityModel *> &Missing)
      : Checks(Context, std::move(FS)), R(R), Ranges(Ranges),
        AsAnalyzer(AsAnalyzer), Missing(Missing) {}

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<Action>(Checks, R, Ranges, Missing);
  }

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                     FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> PCHs,
                     DiagnosticConsumer *Diags) override {
    // As clang-tidy does, so that both see the same code.
    Invocation->getPreprocessorOpts().SetUpStaticAnalyzer = AsAnalyzer;
    return FrontendActionFactory::runInvocation(std::move(Invocation), Files,
                                                std::move(PCHs), Diags);
  }

private:
  tidy::ClangTidyASTConsumerFactory Checks;
  Record &R;
  FunctionRanges &Ranges;
  const bool AsAnalyzer;
  std::vector<const CompatibilityModel *> &Missing;
};

} // namespace

/// The guard that is the message of \p E, if it is one.
static std::optional<Guard> takeGuard(const tidy::ClangTidyError &E) {
  StringRef Text = E.Message.Message;
  if (!Text.consume_front(GuardPrefix))
    return std::nullopt;
  llvm::Expected<Guard> G = Guard::parse(Text);
  if (!G) // written by this very program
    llvm::report_fatal_error(G.takeError());
  return std::move(*G);
}

/// Makes the paths of \p E absolute: other files are analyzed elsewhere.
static void makeAbsolute(tidy::ClangTidyError &E) {
  auto Fix = [&](tooling::DiagnosticMessage &Message) {
    if (!Message.FilePath.empty())
      Message.FilePath = absolutePath(Message.FilePath, E.BuildDirectory);
    llvm::StringMap<tooling::Replacements> Fixes;
    for (const auto &Entry : Message.Fix)
      for (const tooling::Replacement &R : Entry.second) {
        const std::string File =
            absolutePath(R.getFilePath(), E.BuildDirectory);
        // One file by two names, in which the parts of a fix overlap: there is
        // no right way to apply it.
        if (llvm::Error Overlaps = Fixes[File].add(
                {File, R.getOffset(), R.getLength(), R.getReplacementText()})) {
          llvm::consumeError(std::move(Overlaps));
          Message.Fix.clear();
          return;
        }
      }
    Message.Fix = std::move(Fixes);
  };
  Fix(E.Message);
  for (tooling::DiagnosticMessage &Note : E.Notes)
    Fix(Note);
}

std::vector<std::string>
async_tidy::modelFilesOf(const tidy::ClangTidyOptions &Options,
                         llvm::StringRef File) {
  auto Option = Options.CheckOptions.find(ModelsOption);
  return Option == Options.CheckOptions.end()
             ? std::vector<std::string>()
             : modelFiles(Option->second.Value, File);
}

//===----------------------------------------------------------------------===//
// Task
//===----------------------------------------------------------------------===//

/// The command as clang-tidy would run it.
static std::vector<std::string>
commandLine(const Job &J, const tidy::ClangTidyOptions &Options) {
  tooling::ArgumentsAdjuster Adjust = tooling::combineAdjusters(
      tooling::getClangStripOutputAdjuster(),
      tooling::combineAdjusters(
          tooling::getClangSyntaxOnlyAdjuster(),
          tooling::getClangStripDependencyFileAdjuster()));
  auto Insert = [&](const std::optional<std::vector<std::string>> &Arguments,
                    tooling::ArgumentInsertPosition Where) {
    if (Arguments)
      Adjust = tooling::combineAdjusters(
          std::move(Adjust),
          tooling::getInsertArgumentAdjuster(*Arguments, Where));
  };
  Insert(Options.ExtraArgsBefore, tooling::ArgumentInsertPosition::BEGIN);
  Insert(Options.ExtraArgs, tooling::ArgumentInsertPosition::END);
  // No count of warnings on standard error, either.
  Insert(std::vector<std::string>{"-w", "-fno-caret-diagnostics",
                                  "-resource-dir=" CLANG_RESOURCE_DIR},
         tooling::ArgumentInsertPosition::BEGIN);

  std::vector<std::string> Line =
      Adjust(J.Command.CommandLine, J.Command.Filename);
  if (Options.RemovedArgs)
    llvm::erase_if(Line, [&](const std::string &A) {
      return llvm::is_contained(*Options.RemovedArgs, A);
    });
  return Line;
}

Task async_tidy::makeTask(const Job &J, const tidy::ClangTidyOptions &Options) {
  Task T;
  T.File = J.File;
  T.Directory = J.Command.Directory;
  T.CommandLine = commandLine(J, Options);
  T.ModelFiles = modelFilesOf(Options, J.File);
  T.Options = tidy::ClangTidyOptions::getDefaults();
  T.Options.Checks = "async-*,-clang-analyzer-*,-clang-diagnostic-*";
  T.Options.HeaderFilterRegex = ".*";
  T.Options.SystemHeaders = Options.SystemHeaders;
  for (const auto &Option : Options.CheckOptions)
    if (Option.getKey().starts_with("async") && Option.getKey() != TierOption &&
        Option.getKey() != FactsOption)
      T.Options.CheckOptions[Option.getKey()] = Option.getValue();
  return T;
}

/// Identifies the program itself: whoever builds it anew has another one.
static uint64_t hashOfProgram(FileStates &Now) {
  static int Anchor;
  return Now.contentOf(llvm::sys::fs::getMainExecutable("async-tidy", &Anchor));
}

FunctionKey async_tidy::keyOf(const Task &T, FileStates &Now) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  auto Add = [&](StringRef Item) { OS << Item.size() << ':' << Item; };
  Add(ASYNC_TIDY_VERSION);
  Add(getClangFullVersion());
  OS << hashOfProgram(Now) << ' ';
  Add(T.File);
  Add(T.Directory);
  for (const std::string &A : T.CommandLine)
    Add(A);
  OS << T.Options.SystemHeaders.value_or(false);
  std::vector<StringRef> Options;
  for (const auto &Option : T.Options.CheckOptions)
    Options.push_back(Option.getKey());
  llvm::sort(Options);
  for (StringRef Option : Options) {
    Add(Option);
    Add(T.Options.CheckOptions.find(Option)->second.Value);
  }
  for (const std::string &File : T.ModelFiles) {
    Add(File);
    OS << Now.contentOf(File) << ' ';
  }
  for (const char *Variable :
       {"CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "COMPILER_PATH",
        "CCC_OVERRIDE_OPTIONS", "SDKROOT"})
    Add(llvm::sys::Process::GetEnv(Variable).value_or(""));
  llvm::XXH128_hash_t Hash =
      llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Text));
  return {Hash.high64, Hash.low64};
}

//===----------------------------------------------------------------------===//
// Analysis
//===----------------------------------------------------------------------===//

/// \p AsAnalyzer defines __clang_analyzer__.
static Record attempt(const Task &T,
                      IntrusiveRefCntPtr<llvm::vfs::OverlayFileSystem> FS,
                      bool AsAnalyzer,
                      llvm::ArrayRef<const CompatibilityModel *> Known,
                      std::vector<const CompatibilityModel *> &Missing) {
  Record R;
  R.File = T.File;
  tidy::ClangTidyContext Context(std::make_unique<tidy::DefaultOptionsProvider>(
      tidy::ClangTidyGlobalOptions(), T.Options));
  Context.setCurrentBuildDirectory(T.Directory);
  Consumer Found(Context);
  auto DiagOptions = std::make_unique<DiagnosticOptions>();
  DiagnosticsEngine Engine(DiagnosticIDs::create(), *DiagOptions, &Found,
                           /*ShouldOwnClient=*/false);
  Context.setDiagnosticsEngine(std::move(DiagOptions), &Engine);

  auto Files = llvm::makeIntrusiveRefCnt<FileManager>(FileSystemOptions(), FS);
  std::vector<std::string> Line = T.CommandLine;
  for (const CompatibilityModel *C : Known)
    for (const std::string &Definition : C->Define)
      Line.insert(Line.begin() + 1, "-D" + Definition);
  FunctionRanges Ranges;
  ActionFactory Factory(Context, FS, R, Ranges, AsAnalyzer, Missing);
  tooling::ToolInvocation Run(std::move(Line), &Factory, Files.get(),
                              std::make_shared<PCHContainerOperations>());
  Run.setDiagnosticConsumer(&Found);
  R.Failed = true; // until the consumer has seen the whole file
  Run.run();

  auto Add = [&](tidy::ClangTidyError E, bool IsSuppressed) {
    makeAbsolute(E);
    std::optional<Guard> G = takeGuard(E);
    std::string Function = Ranges.functionAt(E.Message);
    std::string Code = codeAt(E.Message, *FS);
    R.Findings.push_back({std::move(E), std::move(G), std::move(Function),
                          std::move(Code), IsSuppressed});
  };
  for (tidy::ClangTidyError &E : Found.take()) {
    if (E.DiagnosticName == "clang-diagnostic-error") {
      ++R.NumErrors;
      // One without a place says less: 'too many errors emitted'.
      makeAbsolute(E);
      if (!R.FirstError || R.FirstError->Message.FilePath.empty())
        R.FirstError = std::move(E);
      continue;
    }
    Add(std::move(E), /*IsSuppressed=*/false);
  }
  for (tidy::ClangTidyError &E : Found.Suppressed)
    Add(std::move(E), /*IsSuppressed=*/true);
  R.Failed |= R.NumErrors != 0;
  if (R.Failed) {
    R.Findings.clear();
    R.Functions.clear();
    R.Methods.clear();
    if (!R.FirstError)
      R.Failure = "clang could not run on its command";
  }
  return R;
}

/// Tries what is known to help, when a file does not parse.
static Record attempts(const Task &T,
                       IntrusiveRefCntPtr<llvm::vfs::OverlayFileSystem> FS) {
  std::vector<const CompatibilityModel *> Missing, None;
  Record R = attempt(T, FS, /*AsAnalyzer=*/true, {}, Missing);
  if (!R.Failed)
    return R;
  if (!Missing.empty()) {
    Record Again = attempt(T, FS, /*AsAnalyzer=*/true, Missing, None);
    if (Again.Failed)
      return R;
    for (const CompatibilityModel *C : Missing) {
      Again.Remark = C->Because + "; analyzed with";
      for (const std::string &Definition : C->Define)
        Again.Remark += " -D" + Definition;
    }
    return Again;
  }
  // Some headers show less to analyzers, and too little to compile.
  Record Again = attempt(T, FS, /*AsAnalyzer=*/false, {}, None);
  if (Again.Failed)
    return R;
  Again.Remark = "does not compile with __clang_analyzer__, which clang-tidy "
                 "defines; analyzed without";
  return Again;
}

Record async_tidy::analyze(const Task &T, std::vector<Dependency> &Seen,
                           IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  auto Failed = [&](std::string Why) {
    Record R;
    R.File = T.File;
    R.Failed = true;
    R.Failure = std::move(Why);
    return R;
  };
  auto Recording = llvm::makeIntrusiveRefCnt<RecordingFileSystem>(
      Files ? std::move(Files) : llvm::vfs::createPhysicalFileSystem());
  auto FS = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(Recording);
  auto Run = [&] {
    if (std::error_code EC = FS->setCurrentWorkingDirectory(T.Directory))
      return Failed("its command's folder '" + T.Directory +
                    "' can't be entered: " + EC.message());
    if (!FS->exists(T.File))
      return Failed("no such file");
    auto Index = ModelIndex::with(T.ModelFiles);
    if (!Index) // main has said so before the first file
      return Failed(toString(Index.takeError()));
    Unit::useModels(**Index);
    return attempts(T, FS);
  };
  Record R = Run();
  Seen = Recording->dependencies();
  return R;
}
