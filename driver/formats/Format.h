//===-- Format.h - How findings are written ------------------- -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One writer per format, each in a file of its own, and what they share.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_FORMATS_FORMAT_H
#define ASYNC_TIDY_DRIVER_FORMATS_FORMAT_H

#include "driver/RunResult.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace async_tidy {

struct Format {
  llvm::StringRef Name;
  void (*Write)(const RunResult &R, llvm::raw_ostream &OS);
};

/// All formats, in the order in which help lists them.
llvm::ArrayRef<Format> formats();

void writeText(const RunResult &R, llvm::raw_ostream &OS);
void writeJson(const RunResult &R, llvm::raw_ostream &OS);
void writeSarif(const RunResult &R, llvm::raw_ostream &OS);
void writeGithub(const RunResult &R, llvm::raw_ostream &OS);
void writeGitlab(const RunResult &R, llvm::raw_ostream &OS);
void writeRdjson(const RunResult &R, llvm::raw_ostream &OS);
void writeJunit(const RunResult &R, llvm::raw_ostream &OS);
void writeHtml(const RunResult &R, llvm::raw_ostream &OS);

/// From where to where something is.
struct Span {
  Position Begin, End;
};

/// What \p M is about: the range that it highlights, or its place.
Span spanOf(const RunResult &R, const clang::tooling::DiagnosticMessage &M);
Span spanOf(const RunResult &R, llvm::StringRef File, unsigned Offset,
            unsigned Length);

/// The replacements of the fix of \p F, by file and place.
std::vector<clang::tooling::Replacement> replacementsOf(const LinkedFinding &F);

/// \p Text, which comes from source files, as JSON demands it.
std::string utf8(llvm::StringRef Text);
/// The same without control characters, and escaped for XML and HTML.
std::string escaped(llvm::StringRef Text);

llvm::StringRef stateName(FindingState S);

/// The page of \p Check, as Markdown; empty when there is none.
llvm::StringRef pageOf(llvm::StringRef Check);
/// The section \p Title of \p Page.
llvm::StringRef sectionOf(llvm::StringRef Page, llvm::StringRef Title);

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_FORMATS_FORMAT_H
