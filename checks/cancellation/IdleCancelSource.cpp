//===-- IdleCancelSource.cpp - async-idle-cancel-source -------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Sources.h"
#include "core/Check.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds local sources that are told nowhere: some are there because somebody
/// wants to have a token.
class IdleCancelSourceCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<IdleCancelSourceCheck> R({
    .Name = "async-idle-cancel-source",
    .Group = "cancellation",
    .Level = Severity::Warning,
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "work listens to a local source of cancellation that nothing "
               "tells to cancel it",
});

} // namespace

void IdleCancelSourceCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    for (const LocalSource &Source : localSources(U, F)) {
      const CallExpr *Token = nullptr;
      if (!Source.IsIdle || outlivingWork(Source, F, U, Token))
        continue;
      Finding Found;
      Found.Loc = Source.Var->getLocation();
      Found.Message = "nobody tells '" + Source.Var->getNameAsString() +
                      "' to cancel anything, and nobody else can: what listens "
                      "to it is never cancelled; tell it when it is time to "
                      "stop, or leave it out";
      Found.Notes.push_back(
          {Source.Tokens.front()->getExprLoc(), "listened to here"});
      report(std::move(Found));
    }
}
