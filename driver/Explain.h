//===-- Explain.h - The pages of checks, on a terminal -------- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_EXPLAIN_H
#define ASYNC_TIDY_DRIVER_EXPLAIN_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace async_tidy {

/// \p Markdown as a terminal shows it: headings and code set apart, links as
/// what they are called. Without \p Color, only by layout.
std::string forTerminal(llvm::StringRef Markdown, bool Color);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_EXPLAIN_H
