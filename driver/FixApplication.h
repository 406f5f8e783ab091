//===-- FixApplication.h - Applying the fixes of findings ----- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A fix is applied as a whole or not at all, and a file is replaced as a whole
/// or not at all.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FIXAPPLICATION_H
#define ASYNC_TIDY_DRIVER_FIXAPPLICATION_H

#include "driver/Finding.h"
#include "driver/SourceText.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <map>

namespace async_tidy {

/// What fixing makes of files.
struct FixedFiles {
  struct File {
    std::string Before, After;
    clang::tooling::Replacements Changes;
  };
  std::map<std::string, File> Files; ///< by absolute path
  size_t Applied = 0;
  /// Fixes that would change what another one has changed.
  size_t Conflicts = 0;
};

/// Puts the fixes of new \p Findings together, in their order. Two that say the
/// same are one. \p StyleOf gives the FormatStyle that applies to a file.
llvm::Expected<FixedFiles>
fixed(llvm::ArrayRef<LinkedFinding> Findings, SourceText &Text,
      llvm::function_ref<std::string(llvm::StringRef File)> StyleOf);

/// Writes the files. Those that are written before a failure stay as they are,
/// each whole.
llvm::Error write(const FixedFiles &Fixed);

/// What would be written, as a unified diff with paths as seen from \p Root.
std::string asDiff(const FixedFiles &Fixed, llvm::StringRef Root);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FIXAPPLICATION_H
