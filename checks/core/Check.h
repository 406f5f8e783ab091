//===-- Check.h - What every check is made of -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The base of all checks. A check looks at a \c Unit and reports; it declares
/// each option once, as a member.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_CHECK_H
#define ASYNC_TIDY_CHECKS_CORE_CHECK_H

#include "clang-tidy/ClangTidyCheck.h"
#include "core/Registry.h"
#include "core/Unit.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace async_tidy {

/// Who resolves the guards of findings: the check itself, at the end of the
/// translation unit and from what that alone tells; or a driver that links
/// the records of a whole program afterwards. The driver says so once, before
/// the first check runs.
enum class Linking { WithinUnit, Later };
void setLinking(Linking L);
Linking linking();

/// Starts the message of a guarded finding on its way to the driver: what
/// follows is the guard, with the message that users see. Not a note, because
/// clang-tidy may put an error about a NOLINT between a finding and its notes.
inline constexpr llvm::StringLiteral GuardPrefix = "async-tidy-guard: ";

/// The option, of all checks together, that asks for more than the default.
inline constexpr llvm::StringLiteral TierOption = "async.Tier";

/// Whether the check called \p Name runs, where \p Checks are the globs and
/// \p Tier is the value of the option: an opt-in check has to be asked for, by
/// its name or by its tier.
bool isAskedFor(llvm::StringRef Name, llvm::StringRef Checks,
                llvm::StringRef Tier);

/// The option, of all checks together, that names model files.
inline constexpr llvm::StringLiteral ModelsOption = "async.Models";

/// The option, of all checks together, that names a file with what is known of
/// other files.
inline constexpr llvm::StringLiteral FactsOption = "async.Facts";

/// A finding, before it becomes a diagnostic.
struct Finding {
  clang::SourceLocation Loc;
  std::string Message;
  llvm::SmallVector<clang::SourceRange, 2> Ranges;
  llvm::SmallVector<clang::FixItHint, 2> Fixes;
  llvm::SmallVector<std::pair<clang::SourceLocation, std::string>, 2> Notes;
};

class Check : public clang::tidy::ClangTidyCheck {
public:
  Check(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context);

  /// Finds what is wrong in \p U.
  virtual void analyze(Unit &U) = 0;

  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) final;
  void onStartOfTranslationUnit() final;
  void check(const clang::ast_matchers::MatchFinder::MatchResult &R) final;
  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Opts) final;
  bool isLanguageVersionSupported(const clang::LangOptions &L) const final {
    return L.Coroutines;
  }

protected:
  /// Reports \p F, unless the same place has been reported already: several
  /// instantiations of a template are one finding.
  void report(Finding F);

  /// Reports \p F if \p G holds, which only the link step knows. The guard's
  /// message is completed with the reason, and the chain becomes notes.
  void reportIf(Guard G, Finding F);

  /// A list option, written 'a;b;c'.
  class ListOption {
  public:
    ListOption(Check &Owner, llvm::StringRef Name, llvm::StringRef Default);
    bool contains(llvm::StringRef Item) const {
      return llvm::is_contained(Items, Item);
    }

  private:
    friend class Check;
    llvm::StringRef Name;
    std::string Text;
    std::vector<std::string> Items;
  };

private:
  void emit(const Finding &F);
  bool useModels(clang::ASTContext &Ctx);
  bool useFacts(clang::ASTContext &Ctx);
  /// Where to report what is at \p Loc; invalid when nothing is to be said.
  clang::SourceLocation reportable(clang::SourceLocation Loc) const;

  const bool Enabled;
  const std::string ModelOption, FactOption;
  std::vector<const ListOption *> Lists;
  Unit *Current = nullptr;
  llvm::DenseSet<clang::SourceLocation> Reported;
  std::vector<std::pair<Guard, Finding>> Guarded;
  llvm::DenseMap<std::pair<clang::SourceLocation, unsigned>, unsigned>
      GuardedAt;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_CHECK_H
