//===-- Markdown.h - Pages of checks as HTML ------------------ -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// As much of Markdown as the pages of checks have, so that their text flows on
/// a screen of any width.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FORMATS_MARKDOWN_H
#define ASYNC_TIDY_DRIVER_FORMATS_MARKDOWN_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace async_tidy {

/// Calls \p Visit with the parts of \p Line, in their order. Of a link, only
/// the text is one.
void forEachPart(
    llvm::StringRef Line,
    llvm::function_ref<void(llvm::StringRef Part, bool IsCode)> Visit);

/// Without the title. Of links, only the text is left: where they lead to is
/// not part of a report.
std::string asHtml(llvm::StringRef Markdown);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FORMATS_MARKDOWN_H
