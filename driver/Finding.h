//===-- Finding.h - A finding, linked ---------------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What all that comes after the link step is about.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FINDING_H
#define ASYNC_TIDY_DRIVER_FINDING_H

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "core/Registry.h"
#include <string>

namespace async_tidy {

/// What is known of a finding from before.
enum class FindingState {
  New,       ///< nothing
  Unchanged, ///< it was there already
  Accepted,  ///< somebody has said why it may stay
};

/// The name that findings about NOLINT comments have.
inline constexpr llvm::StringLiteral NolintName = "async-tidy-nolint";

struct LinkedFinding {
  /// Notes that the check wrote come first, and then those of the chain of
  /// calls, if it has one.
  LinkedFinding(clang::tidy::ClangTidyError Diagnostic, std::string Function,
                std::string Code)
      : Diagnostic(std::move(Diagnostic)), Function(std::move(Function)),
        Code(std::move(Code)), ChainBegin(this->Diagnostic.Notes.size()) {}

  clang::tidy::ClangTidyError Diagnostic;
  std::string Function; ///< the one that it is in; or empty
  std::string Code;     ///< the tokens that it is about
  size_t ChainBegin;    ///< the first note of the chain

  /// The same for all that look the same, wherever they are; and which of
  /// those this one is, from 1. See Fingerprint.h.
  std::string Fingerprint;
  unsigned Number = 1;

  FindingState State = FindingState::New;
  std::string Reason; ///< why it is accepted

  llvm::StringRef check() const { return Diagnostic.DiagnosticName; }
  llvm::StringRef file() const { return Diagnostic.Message.FilePath; }
  unsigned offset() const { return Diagnostic.Message.FileOffset; }
  llvm::StringRef message() const { return Diagnostic.Message.Message; }

  bool isError() const {
    return Diagnostic.IsWarningAsError ||
           Diagnostic.DiagLevel == clang::tidy::ClangTidyError::Error;
  }
  /// What is no check's, as about a NOLINT without its end, is an error.
  Severity severity() const {
    const CheckInfo *Info = findCheck(check());
    return Info                    ? Info->Level
           : check() == NolintName ? Severity::Style
                                   : Severity::Error;
  }
  /// The fingerprint, made unique in a program.
  std::string identity() const {
    return Fingerprint + ":" + std::to_string(Number);
  }
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FINDING_H
