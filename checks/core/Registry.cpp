//===-- Registry.cpp - The checks that are part of the program -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Registry.h"

using namespace async_tidy;

static std::vector<RegisteredCheck> &checks() {
  // Checks register from static initializers of other files.
  static std::vector<RegisteredCheck> Checks;
  return Checks;
}

void async_tidy::registerCheck(RegisteredCheck Check) {
  auto At = llvm::lower_bound(checks(), Check.Info.Name,
                              [](const RegisteredCheck &C, llvm::StringRef N) {
                                return C.Info.Name < N;
                              });
  checks().insert(At, std::move(Check));
}

llvm::ArrayRef<RegisteredCheck> async_tidy::registeredChecks() {
  return checks();
}

const CheckInfo *async_tidy::findCheck(llvm::StringRef Name) {
  for (const RegisteredCheck &C : checks())
    if (C.Info.Name == Name)
      return &C.Info;
  return nullptr;
}

llvm::StringRef async_tidy::severityName(Severity S) {
  switch (S) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Style:
    return "style";
  }
  llvm_unreachable("covered switch");
}

llvm::StringRef async_tidy::tierName(Tier T) {
  return T == Tier::Default ? "default" : "opt-in";
}
