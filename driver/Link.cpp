//===-- Link.cpp - From records to findings -------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Link.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

using namespace async_tidy;
using clang::tidy::ClangTidyError;

static llvm::Error inRecordOf(llvm::StringRef File, llvm::Error E) {
  return llvm::createStringError("the record of '" + File +
                                 "' can't be read: " + toString(std::move(E)));
}

llvm::Error Program::link(llvm::MutableArrayRef<RecordReader> Records,
                          Overriders Needed) {
  for (RecordReader &R : Records)
    if (llvm::Error E = R.addFacts(Graph, Memory))
      return inRecordOf(R.head().File, std::move(E));
  Graph.solve(Needed);
  return llvm::Error::success();
}

static auto place(const ClangTidyError &E) {
  return std::tie(E.Message.FilePath, E.Message.FileOffset, E.DiagnosticName);
}

/// Makes the finding that \p E is if \p G holds, which is because of \p C.
static void complete(ClangTidyError &E, const Guard &G, Chain C) {
  E.Message.Message = completeMessage(G, C);
  for (Chain::Step &Step : C.Steps) {
    clang::tooling::DiagnosticMessage Note(Step.Text);
    Note.FilePath = std::move(Step.File);
    Note.FileOffset = Step.Offset;
    E.Notes.push_back(std::move(Note));
  }
}

llvm::Expected<std::vector<ClangTidyError>>
async_tidy::findings(llvm::MutableArrayRef<RecordReader> Records,
                     const Program &P, Filter &Wanted) {
  std::vector<ClangTidyError> All;
  for (unsigned I = 0; I != Records.size(); ++I) {
    auto Resolve = [&](const Guard &G) { return P.graph().resolve(G, I); };
    auto Add = [&](RecordedFinding F, std::optional<Chain> Why) {
      if (Why)
        complete(F.Diagnostic, *F.Condition, std::move(*Why));
      if (Wanted.accepts(F.Diagnostic, Records[I].head().File))
        All.push_back(std::move(F.Diagnostic));
    };
    if (llvm::Error E = Records[I].forEachFinding(Resolve, Add))
      return inRecordOf(Records[I].head().File, std::move(E));
  }
  llvm::stable_sort(All, [](const ClangTidyError &A, const ClangTidyError &B) {
    return place(A) < place(B);
  });
  All.erase(llvm::unique(All,
                         [](const ClangTidyError &A, const ClangTidyError &B) {
                           return place(A) == place(B);
                         }),
            All.end());
  return All;
}
