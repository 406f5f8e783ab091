//===-- Plan.cpp - What is to be analyzed, and how -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Plan.h"
#include "clang/Driver/Types.h"
#include "clang/Options/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace async_tidy;
using namespace clang;
using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;

std::vector<std::string>
async_tidy::normalizeCommand(const std::vector<std::string> &CommandLine) {
  if (CommandLine.empty())
    return {};
  const llvm::opt::OptTable &Table = getDriverOptTable();
  std::vector<const char *> Arguments;
  for (const std::string &A : llvm::drop_begin(CommandLine))
    Arguments.push_back(A.c_str());
  unsigned MissingIndex, MissingCount;
  llvm::opt::InputArgList Parsed =
      Table.ParseArgs(Arguments, MissingIndex, MissingCount,
                      llvm::opt::Visibility(options::ClangOption));

  llvm::DenseSet<unsigned> Dropped;
  auto Drop = [&](const llvm::opt::Arg *A, unsigned Values) {
    for (unsigned I = 0; I <= Values; ++I)
      Dropped.insert(A->getIndex() + I);
  };
  for (const llvm::opt::Arg *A : Parsed) {
    const llvm::opt::Option &O = A->getOption();
    // A value in an argument of its own goes with its flag.
    unsigned Separate =
        A->getNumValues() &&
                A->getSpelling() == StringRef(Arguments[A->getIndex()])
            ? A->getNumValues()
            : 0;
    if (O.matches(options::OPT_UNKNOWN))
      Drop(A, 0);
    else if (O.matches(options::OPT_fplugin_EQ) ||
             O.matches(options::OPT_fplugin_arg) ||
             O.matches(options::OPT_include_pch) ||
             O.matches(options::OPT_pedantic_errors) ||
             O.matches(options::OPT_save_temps_EQ) ||
             O.matches(options::OPT_save_temps))
      Drop(A, Separate);
  }
  std::vector<std::string> Result{CommandLine.front()};
  for (unsigned I = 0; I != Arguments.size(); ++I) {
    // CMake hands clang a precompiled header in four arguments.
    auto Is = [&](unsigned At, StringRef Text) {
      return At < Arguments.size() && Arguments[At] == Text;
    };
    if (Is(I, "-Xclang") && Is(I + 1, "-include-pch") && Is(I + 2, "-Xclang")) {
      I += 3;
      continue;
    }
    if (!Dropped.contains(I))
      Result.push_back(Arguments[I]);
  }
  return Result;
}

static std::string absolute(StringRef Path, StringRef Directory) {
  llvm::SmallString<256> Full(Path);
  llvm::sys::path::make_absolute(Directory, Full);
  llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.str().str();
}

static bool isSource(StringRef File) {
  StringRef Extension = llvm::sys::path::extension(File);
  if (Extension.empty())
    return false;
  driver::types::ID Type =
      driver::types::lookupTypeForExtension(Extension.drop_front());
  return Type != driver::types::TY_INVALID &&
         driver::types::isAcceptedByClang(Type) &&
         driver::types::isDerivedFromC(Type) && driver::types::isSrcFile(Type);
}

/// The compile_commands.json in \p Folder or the nearest folder above it that
/// has one; empty when none has.
static std::string databaseFile(StringRef Folder) {
  for (; !Folder.empty(); Folder = llvm::sys::path::parent_path(Folder)) {
    llvm::SmallString<256> File(Folder);
    llvm::sys::path::append(File, "compile_commands.json");
    if (llvm::sys::fs::exists(File))
      return File.str().str();
  }
  return "";
}

/// The folder in which the search for a database begins.
static std::string searchFrom(const PlanOptions &Options,
                              StringRef WorkingDirectory) {
  const bool HasBuildPath = !Options.BuildPath.empty();
  std::string From =
      absolute(HasBuildPath              ? Options.BuildPath
               : Options.Sources.empty() ? "."
                                         : Options.Sources.front(),
               WorkingDirectory);
  if (!HasBuildPath && !llvm::sys::fs::is_directory(From))
    From = llvm::sys::path::parent_path(From).str();
  return From;
}

std::string async_tidy::findBuildFolder(const PlanOptions &Options) {
  llvm::SmallString<256> WorkingDirectory, Real;
  if (Options.Fixed || llvm::sys::fs::current_path(WorkingDirectory))
    return "";
  std::string File = databaseFile(searchFrom(Options, WorkingDirectory));
  // A link in the sources to the one in the build folder is common.
  if (File.empty() || llvm::sys::fs::real_path(File, Real))
    return "";
  return llvm::sys::path::parent_path(Real).str();
}

static llvm::Expected<std::unique_ptr<CompilationDatabase>>
database(const PlanOptions &Options, StringRef WorkingDirectory) {
  const bool HasBuildPath = !Options.BuildPath.empty();
  std::string From = searchFrom(Options, WorkingDirectory);
  if (!llvm::sys::fs::exists(From))
    return llvm::createStringError(
        "no such folder: '" + (HasBuildPath ? Options.BuildPath : From) + "'");
  std::string Problem;
  if (auto Database =
          CompilationDatabase::autoDetectFromDirectory(From, Problem))
    return Database;
  if (std::string File = databaseFile(From); !File.empty())
    return llvm::createStringError("'" + File +
                                   "' is not a valid compilation database; "
                                   "configure the build once more");
  if (HasBuildPath)
    return llvm::createStringError(
        "no compile_commands.json in '" + Options.BuildPath +
        "' or a folder above it; with CMake, configure with "
        "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON and pass the build folder "
        "with -p");
  return llvm::createStringError(
      "no compile_commands.json in '" + From +
      "' or a folder above it; pass the build folder with -p, or the "
      "compiler's flags behind '--', as in: async-tidy a.cpp -- -std=c++20");
}

llvm::Expected<Plan> async_tidy::plan(PlanOptions Options) {
  llvm::SmallString<256> WorkingDirectory;
  if (std::error_code EC = llvm::sys::fs::current_path(WorkingDirectory))
    return llvm::createStringError(EC, "no current folder: " + EC.message());

  Plan Result;
  Result.BuildFolder = findBuildFolder(Options);
  std::unique_ptr<CompilationDatabase> Database = std::move(Options.Fixed);
  const bool IsFixed = bool(Database);
  if (IsFixed && Options.Sources.empty())
    return llvm::createStringError(
        "no file is named before '--'; as in: async-tidy a.cpp -- -std=c++20");
  if (!IsFixed) {
    auto Found = database(Options, WorkingDirectory);
    if (!Found)
      return Found.takeError();
    Database = std::move(*Found);
  }

  std::vector<CompileCommand> Commands;
  if (Options.Sources.empty()) {
    Commands = Database->getAllCompileCommands();
    if (Commands.empty()) // compile_flags.txt names flags, but no files
      return llvm::createStringError(
          "the compilation database names no files; name those to analyze");
  }
  for (const std::string &Source : Options.Sources) {
    std::string Path = absolute(Source, WorkingDirectory);
    if (llvm::sys::fs::is_directory(Path)) {
      if (IsFixed)
        return llvm::createStringError("'" + Source +
                                       "' is a folder; with '--', name the "
                                       "files to analyze");
      std::string Prefix = StringRef(Path).ends_with("/") ? Path : Path + "/";
      size_t Before = Commands.size();
      for (CompileCommand &C : Database->getAllCompileCommands())
        if (std::string File = absolute(C.Filename, C.Directory);
            StringRef(File).starts_with(Prefix) && isSource(File))
          Commands.push_back(std::move(C));
      if (Commands.size() == Before)
        return llvm::createStringError(
            "the compilation database has no file in '" + Path + "'");
      continue;
    }
    if (!llvm::sys::fs::exists(Path))
      return llvm::createStringError("no such file: '" + Source + "'");
    std::vector<CompileCommand> Found = Database->getCompileCommands(Path);
    if (Found.empty())
      return llvm::createStringError(
          "the compilation database has no command for '" + Source +
          "'; name the flags behind '--' to analyze it without one");
    llvm::append_range(Commands, std::move(Found));
  }

  std::vector<Job> &Jobs = Result.Jobs;
  llvm::StringSet<> Seen;
  for (CompileCommand &C : Commands) {
    std::string File = absolute(C.Filename, C.Directory);
    if (!isSource(File) && Options.Sources.empty())
      continue; // assembler, resources
    // What a file's options are is looked up by its absolute path, and where
    // the output would go makes no difference.
    for (std::string &A : C.CommandLine)
      if (A == C.Filename)
        A = File;
    C.Filename = File;
    C.CommandLine = tooling::getClangStripOutputAdjuster()(
        normalizeCommand(C.CommandLine), File);
    std::string Key = File + '\0' + C.Directory;
    for (const std::string &A : C.CommandLine)
      Key += '\0' + A;
    if (Seen.insert(Key).second)
      Jobs.push_back({std::move(File), std::move(C)});
  }
  if (Jobs.empty())
    return llvm::createStringError(
        "the compilation database has no C or C++ file");
  llvm::stable_sort(Jobs,
                    [](const Job &A, const Job &B) { return A.File < B.File; });
  return Result;
}
