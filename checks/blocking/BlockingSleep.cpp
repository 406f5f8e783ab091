//===-- BlockingSleep.cpp - async-blocking-sleep -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/Blocking.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds sleeps that suspend the thread instead of the coroutine.
class BlockingSleepCheck final : public BlockingCheckBase {
public:
  BlockingSleepCheck(StringRef Name, tidy::ClangTidyContext *Context)
      : BlockingCheckBase({Effect::Sleep}, Name, Context) {}

  void analyze(Unit &U) override {
    BlockingCheckBase::analyze(U);
    analyzeHandovers(U);
  }

private:
  llvm::SmallVector<FixItHint, 2> fix(Unit &U, const FunctionSummary &F,
                                      const BlockingSite &Site) override;
};

const Register<BlockingSleepCheck> R({
    .Name = "async-blocking-sleep",
    .Group = "blocking",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary =
        "a sleep in a coroutine or a callback stops the thread and every task "
        "on it",
});

} // namespace

/// Whether \p T is a duration that converts to any clock's without loss: one
/// that counts in whole numbers.
static bool isWholeDuration(QualType T) {
  const auto *Spec =
      dyn_cast_or_null<ClassTemplateSpecializationDecl>(recordOf(T));
  return Spec && qualifiedName(Spec) == "std::chrono::duration" &&
         Spec->getTemplateArgs()[0].getAsType()->isIntegerType();
}

llvm::SmallVector<FixItHint, 2>
BlockingSleepCheck::fix(Unit &U, const FunctionSummary &F,
                        const BlockingSite &Site) {
  const BlockingModel &Model = *Site.Model->Model;
  const LibraryRef &L = F.Coro->Library;
  const RemedyModel *Remedy = L.remedy(Category::Sleep);
  if (Model.Duration.empty() || !Remedy || Remedy->Fix.empty() ||
      (!L.Library->AwaitToken.empty() && !takesUsualToken(F)) ||
      !mayAwaitAt(F.Function, Site.Call) ||
      Site.Call->getBeginLoc().isMacroID() ||
      Site.Call->getEndLoc().isMacroID() ||
      (!Site.Call->getType()->isVoidType() &&
       !isStatement(F.Function, Site.Call)))
    return {};
  auto Arguments = writtenArguments(Site.Call);
  if (Arguments.empty())
    return {};
  // A C function is given a number, which the model turns into a duration.
  if (Model.Duration == "{1}" ? !isWholeDuration(Arguments[0]->getType())
                              : !Arguments[0]->getType()->isIntegerType())
    return {};
  std::optional<std::string> Argument = textOf(Arguments[0], U.Ctx);
  if (!Argument)
    return {};
  auto Replace = [](std::string Text, StringRef From, StringRef To) {
    if (size_t At = Text.find(From); At != std::string::npos)
      Text.replace(At, From.size(), To);
    return Text;
  };
  std::string Text = L.expand(Remedy->Fix);
  if (!areDeclared(Text, L.Namespace, U.Ctx))
    return {};
  Text = Replace(Text, "{duration}", Replace(Model.Duration, "{1}", *Argument));
  if (StringRef(Text).contains("std::chrono::seconds") &&
      !isDeclared("std::chrono::seconds", U.Ctx))
    return {};
  return {FixItHint::CreateReplacement(Site.Call->getSourceRange(), Text)};
}
