//===-- Record.h - What the analysis of one file leaves -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A record is all that is kept of a translation unit: facts about functions,
/// and findings, some of them with a guard that only the link step decides.
/// It depends on the file, its command and the options, and on nothing else.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_RECORD_H
#define ASYNC_TIDY_DRIVER_RECORD_H

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "core/FactGraph.h"
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

struct RecordedFinding {
  clang::tidy::ClangTidyError Diagnostic;
  std::optional<Guard> Condition;
};

struct Record {
  std::string File; ///< absolute path
  /// Set when the file did not parse: then there are no findings, and the
  /// diagnostic is the first error.
  bool Failed = false;
  unsigned NumErrors = 0;
  std::optional<clang::tidy::ClangTidyError> FirstError;
  std::string Failure; ///< why, when there is no diagnostic
  /// Something to tell the user once, as about the headers of a library.
  std::string Remark;
  std::vector<RecordedFinding> Findings;
  std::vector<FunctionFacts> Functions;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_RECORD_H
