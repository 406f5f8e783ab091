//===-- Record.h - What the analysis of one file leaves ---------*- C++ -*-===//
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
/// As bytes, a record is: a magic number, the version of the format, a checksum
/// of what follows, a table of strings, and then numbers that refer to it.
/// Bytes of another version, or damaged ones, are refused as a whole.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_DRIVER_RECORD_H
#define ASYNC_TIDY_DRIVER_RECORD_H

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "core/FactGraph.h"
#include "driver/Input.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Support/StringSaver.h"
#include <optional>
#include <string>
#include <vector>

namespace async_tidy {

struct RecordedFinding {
  clang::tidy::ClangTidyError Diagnostic;
  std::optional<Guard> Condition = std::nullopt;
  /// The complete name of the function that it is in, lambdas aside; or empty.
  std::string Function = {};
  /// The tokens that it is about, without the space between them.
  std::string Code = {};
  /// A NOLINT hides it.
  bool IsSuppressed = false;
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
  std::vector<MethodFacts> Methods;
};

/// The bytes of \p R. Paths below \p Root, an absolute path, are written as
/// relative to it; if it is empty, all are absolute.
std::string writeRecord(const Record &R, llvm::StringRef Root);

/// Whether \p Bytes are an undamaged record of this version.
bool isRecord(llvm::MemoryBufferRef Bytes);

/// Reads a record, each part when it is asked for. The memory behind it must
/// outlive what is read.
class RecordReader {
public:
  /// Fails when the bytes are damaged, or another version wrote them. What was
  /// written as relative is taken to be below \p Root.
  static llvm::Expected<RecordReader> open(llvm::MemoryBufferRef Bytes,
                                           llvm::StringRef Root);

  /// All but facts and findings.
  const Record &head() const { return Head; }
  /// Adds the facts to \p Graph as its next record; those that it knows already
  /// are not read. \p Memory must outlive the graph.
  llvm::Error addFacts(FactGraph &Graph, llvm::BumpPtrAllocator &Memory);
  /// Calls \p Visit on each finding without a condition, and on those for whose
  /// condition \p Holds gives a reason. The others, which are most, are not
  /// read. Of the guard that \p Holds gets, only what it asks about is set.
  llvm::Error forEachFinding(
      llvm::function_ref<std::optional<Chain>(const Guard &)> Holds,
      llvm::function_ref<void(RecordedFinding, std::optional<Chain>)> Visit);

private:
  RecordReader(llvm::StringRef Payload, llvm::StringRef Root)
      : Payload(Payload), Root(Root) {}
  llvm::Error readHead();
  llvm::StringRef text(Input &C) const;
  std::string path(Input &C) const;
  FactLocation location(Input &C, llvm::StringSaver &Saver) const;
  void readMessage(Input &C, clang::tooling::DiagnosticMessage &M) const;
  clang::tidy::ClangTidyError readError(Input &C) const;

  llvm::StringRef Payload;
  std::string Root;
  std::vector<llvm::StringRef> Strings;
  Record Head;
  uint64_t Facts = 0, Findings = 0; ///< where they begin
};

} // namespace async_tidy

#endif // ASYNC_TIDY_DRIVER_RECORD_H
