//===-- Embedded.h - Files that are part of the program ---------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Text files that the build puts into the program: cmake/Embed.cmake writes
/// the definitions.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_EMBEDDED_H
#define ASYNC_TIDY_CHECKS_CORE_EMBEDDED_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace async_tidy {

struct EmbeddedFile {
  llvm::StringRef Name; ///< the file's name, without its folder
  llvm::StringRef Text;
};

/// checks/models/*.yaml
llvm::ArrayRef<EmbeddedFile> embeddedModels();

/// docs/checks/*.md
llvm::ArrayRef<EmbeddedFile> embeddedDocs();

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_EMBEDDED_H
