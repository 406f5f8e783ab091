//===-- Registry.h - The checks that are part of the program -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A check registers itself, with everything that lists and documents need to
/// know of it, beside its class:
///
/// \code
///   static const Register<BlockingSleepCheck> R{{
///       .Name = "async-blocking-sleep", .Group = "blocking", ...}};
/// \endcode
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_REGISTRY_H
#define ASYNC_TIDY_CHECKS_CORE_REGISTRY_H

#include "clang-tidy/ClangTidyModule.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace async_tidy {

/// When a check runs.
enum class Tier {
  Default, ///< with async-*: right 95 times in 100 on real code
  OptIn,   ///< when it is named without a wildcard, or async.Tier asks
};

/// What happens to a program with the defect.
enum class Severity { Error, Warning, Style };

struct CheckInfo {
  llvm::StringRef Name;
  llvm::StringRef Group; ///< the folder under checks/
  Severity Level;
  Tier When;
  llvm::StringRef Since;   ///< the first release that has it
  llvm::StringRef Summary; ///< one line, lower case, no full stop
};

llvm::StringRef severityName(Severity S);
llvm::StringRef tierName(Tier T);

struct RegisteredCheck {
  CheckInfo Info;
  clang::tidy::ClangTidyCheckFactories::CheckFactory Create;
};

/// All checks, by name.
llvm::ArrayRef<RegisteredCheck> registeredChecks();

/// What is registered of the check called \p Name; null when none is.
const CheckInfo *findCheck(llvm::StringRef Name);

void registerCheck(RegisteredCheck Check);

template <class CheckClass> struct Register {
  Register(CheckInfo Info) {
    registerCheck({Info, [](llvm::StringRef Name,
                            clang::tidy::ClangTidyContext *Context) {
                     return std::make_unique<CheckClass>(Name, Context);
                   }});
  }
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_REGISTRY_H
