//===-- Findings.h - Findings that were never found -----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_TEST_UNIT_FINDINGS_H
#define ASYNC_TIDY_TEST_UNIT_FINDINGS_H

#include "driver/Fingerprint.h"

namespace async_tidy {

inline LinkedFinding finding(llvm::StringRef File, llvm::StringRef Check,
                             llvm::StringRef Function, llvm::StringRef Code,
                             unsigned Offset = 0) {
  LinkedFinding F(clang::tidy::ClangTidyError(
                      Check, clang::tidy::ClangTidyError::Warning, "/", false),
                  Function.str(), Code.str());
  F.Diagnostic.Message.FilePath = File.str();
  F.Diagnostic.Message.FileOffset = Offset;
  F.Fingerprint = fingerprint(Check, Function, Code);
  return F;
}

inline KnownFinding known(llvm::StringRef File, llvm::StringRef Check,
                          llvm::StringRef Function, llvm::StringRef Code,
                          unsigned Count = 1, llvm::StringRef Reason = "") {
  KnownFinding K;
  K.File = File.str();
  K.Check = Check.str();
  K.Function = Function.str();
  K.Code = Code.str();
  K.Fingerprint = fingerprint(Check, Function, Code);
  K.Count = Count;
  K.Reason = Reason.str();
  return K;
}

} // namespace async_tidy

#endif // ASYNC_TIDY_TEST_UNIT_FINDINGS_H
