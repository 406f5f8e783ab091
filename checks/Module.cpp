//===-- Module.cpp - The module that clang-tidy loads -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyModule.h"
#include "core/Registry.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"

using namespace clang;

namespace async_tidy {

/// The classes of clang change from release to release: a plugin works in the
/// one that it was built with, and in no other.
static void requireBuildVersion() {
  std::string Running = getClangFullVersion();
  if (StringRef(Running).contains("version " CLANG_VERSION_STRING))
    return;
  llvm::report_fatal_error(
      "async-tidy was built for clang " CLANG_VERSION_STRING
      " and can't be loaded into " +
          llvm::Twine(Running) +
          "; build it against this version, or run clang-tidy-" +
          llvm::Twine(CLANG_VERSION_MAJOR),
      /*gen_crash_diag=*/false);
}

namespace {
class AsyncModule : public tidy::ClangTidyModule {
public:
  void
  addCheckFactories(tidy::ClangTidyCheckFactories &CheckFactories) override {
    requireBuildVersion();
    for (const RegisteredCheck &Check : registeredChecks())
      CheckFactories.registerCheckFactory(Check.Info.Name, Check.Create);
  }
};
} // namespace

static tidy::ClangTidyModuleRegistry::Add<AsyncModule>
    X("async-module", "Finds bugs in C++20 coroutines.");

} // namespace async_tidy
