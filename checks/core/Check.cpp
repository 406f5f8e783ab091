//===-- Check.cpp - What every check is made of -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace async_tidy;

static Linking CurrentLinking = Linking::WithinUnit;
void async_tidy::setLinking(Linking L) { CurrentLinking = L; }
Linking async_tidy::linking() { return CurrentLinking; }

bool async_tidy::isAskedFor(StringRef Name, StringRef Checks, StringRef Tier) {
  const CheckInfo *Info = findCheck(Name);
  if (!Info || Info->When == async_tidy::Tier::Default || Tier == "opt-in")
    return true;
  llvm::SmallVector<StringRef, 8> Globs;
  Checks.split(Globs, ',');
  return llvm::any_of(Globs,
                      [&](StringRef Glob) { return Glob.trim() == Name; });
}

// A driver that links later also decides later what users see.
Check::Check(StringRef Name, tidy::ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context),
      Enabled(linking() == Linking::Later ||
              isAskedFor(Name, Context->getOptions().Checks.value_or(""),
                         Options.getLocalOrGlobal(TierOption, "default"))),
      ModelOption(Options.getLocalOrGlobal(ModelsOption, "")),
      FactOption(Options.getLocalOrGlobal(FactsOption, "")) {}

Check::ListOption::ListOption(Check &Owner, StringRef Name, StringRef Default)
    : Name(Name), Text(Owner.Options.get(Name, Default)) {
  llvm::SmallVector<StringRef, 4> Parts;
  StringRef(Text).split(Parts, ';', -1, /*KeepEmpty=*/false);
  for (StringRef Part : Parts)
    Items.push_back(Part.trim().str());
  Owner.Lists.push_back(this);
}

void Check::storeOptions(tidy::ClangTidyOptions::OptionMap &Opts) {
  for (const ListOption *List : Lists)
    Options.store(Opts, List->Name, List->Text);
}

void Check::registerMatchers(ast_matchers::MatchFinder *Finder) {
  if (Enabled)
    Finder->addMatcher(ast_matchers::translationUnitDecl().bind("unit"), this);
}

void Check::onStartOfTranslationUnit() {
  Unit::forget();
  Reported.clear();
  Guarded.clear();
  GuardedAt.clear();
}

/// The name of the file that is analyzed.
static StringRef mainFile(ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID());
  return Main ? Main->getName() : StringRef();
}

/// Loads the models that the options name for this file.
bool Check::useModels(ASTContext &Ctx) {
  auto Index = ModelIndex::with(modelFiles(ModelOption, mainFile(Ctx)));
  if (Index) {
    Unit::useModels(**Index);
    return true;
  }
  configurationDiag("%0: %1", DiagnosticIDs::Error)
      << ModelsOption << toString(Index.takeError());
  return false;
}

/// Loads what the options say is known of other files; a driver that links
/// later knows better.
bool Check::useFacts(ASTContext &Ctx) {
  if (FactOption.empty() || linking() == Linking::Later)
    return true;
  auto Facts = FactsFile::load(findAbove(FactOption, mainFile(Ctx)));
  if (!Facts) {
    configurationDiag("%0: %1", DiagnosticIDs::Error)
        << FactsOption << toString(Facts.takeError());
    return false;
  }
  if (!(*Facts)->Stale.empty())
    configurationDiag("%0: '%1' has changed since '%2' was written; write it "
                      "again with 'async-tidy facts export'")
        << FactsOption << (*Facts)->Stale << FactOption;
  Unit::of(Ctx).useFacts(**Facts);
  return true;
}

void Check::check(const ast_matchers::MatchFinder::MatchResult &R) {
  // What a parser made of broken code says nothing about the code.
  if (R.Context->getDiagnostics().hasUncompilableErrorOccurred())
    return;
  if (!useModels(*R.Context) || !useFacts(*R.Context))
    return;
  Current = &Unit::of(*R.Context);
  analyze(*Current);

  for (auto &[G, F] : Guarded) {
    // What this file alone can decide is decided here.
    if (!G.Functions.empty()) {
      llvm::erase_if(G.Functions, [&](const FunctionKey &Key) {
        return Current->hasNoEffect(Key);
      });
      if (G.Functions.empty())
        continue;
    }
    if (linking() == Linking::Later) {
      F.Message = GuardPrefix.str() + G.str();
      emit(F);
      continue;
    }
    std::optional<Chain> Found = Current->graph().resolve(G);
    if (!Found ||
        !Reported.insert(Current->Ctx.getSourceManager().getFileLoc(F.Loc))
             .second)
      continue;
    F.Message = completeMessage(G, *Found);
    for (const Chain::Step &Step : Found->Steps)
      F.Notes.push_back({Current->location(Step.File, Step.Offset), Step.Text});
    emit(F);
  }
}

/// Where a user looks for what is at \p Loc: not in the definition of a system
/// header's macro, and not in a death test.
SourceLocation Check::reportable(SourceLocation Loc) const {
  const SourceManager &SM = Current->Ctx.getSourceManager();
  for (SourceLocation At = Loc; At.isMacroID();
       At = SM.getImmediateMacroCallerLoc(At))
    if (Current->M.index().isDeathTest(
            Lexer::getImmediateMacroName(At, SM, Current->Ctx.getLangOpts())))
      return {};
  return SM.isInSystemMacro(Loc) ? SM.getExpansionLoc(Loc) : Loc;
}

void Check::report(Finding F) {
  F.Loc = reportable(F.Loc);
  if (F.Loc.isValid() &&
      Reported.insert(Current->Ctx.getSourceManager().getFileLoc(F.Loc)).second)
    emit(F);
}

void Check::reportIf(Guard G, Finding F) {
  // In one macro there may be several calls, each with a place in its text.
  const SourceLocation At = F.Loc;
  F.Loc = reportable(F.Loc);
  if (F.Loc.isInvalid())
    return;
  const unsigned What =
      2 * (G.Parameter * NumEffects + unsigned(G.Kind)) + G.Functions.empty();
  auto [It, New] =
      GuardedAt.try_emplace(std::make_pair(At, What), Guarded.size());
  if (New) {
    Guarded.emplace_back(std::move(G), std::move(F));
    return;
  }
  // Another instantiation of the same template.
  Guard &Known = Guarded[It->second].first;
  for (const FunctionKey &Key : G.Functions)
    if (!llvm::is_contained(Known.Functions, Key))
      Known.Functions.push_back(Key);
  // Where one instance is known to matter, the others don't.
  if (G.Inside.empty())
    Known.Inside.clear();
  else if (!Known.Inside.empty())
    llvm::append_range(Known.Inside, G.Inside);
}

void Check::emit(const Finding &F) {
  {
    DiagnosticBuilder D = diag(F.Loc, "%0") << F.Message;
    for (SourceRange Range : F.Ranges)
      D << Range;
    for (const FixItHint &Fix : F.Fixes)
      D << Fix;
  }
  for (const auto &[Loc, Text] : F.Notes)
    diag(Loc, "%0", DiagnosticIDs::Note) << Text;
}
