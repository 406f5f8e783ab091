//===-- Link.cpp - From records to findings -*- C++ -*-===//
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

static auto place(const ClangTidyError &E) {
  return std::tie(E.Message.FilePath, E.Message.FileOffset, E.DiagnosticName);
}

std::vector<ClangTidyError> async_tidy::link(llvm::ArrayRef<Record> Records) {
  FactGraph Graph;
  for (const Record &R : Records)
    Graph.add(R.Functions);
  Graph.solve();

  std::vector<ClangTidyError> Findings;
  for (unsigned I = 0; I != Records.size(); ++I)
    for (const RecordedFinding &F : Records[I].Findings) {
      ClangTidyError E = F.Diagnostic;
      if (F.Condition) {
        std::optional<BlockingChain> Chain = Graph.resolve(*F.Condition, I);
        if (!Chain)
          continue;
        E.Message.Message = completeMessage(*F.Condition, *Chain);
        for (const BlockingChain::Step &Step : Chain->Steps) {
          clang::tooling::DiagnosticMessage Note(Step.Text);
          Note.FilePath = Step.At.File;
          Note.FileOffset = Step.At.Offset;
          E.Notes.push_back(std::move(Note));
        }
      }
      Findings.push_back(std::move(E));
    }

  llvm::stable_sort(Findings,
                    [](const ClangTidyError &A, const ClangTidyError &B) {
                      return place(A) < place(B);
                    });
  Findings.erase(
      llvm::unique(Findings,
                   [](const ClangTidyError &A, const ClangTidyError &B) {
                     return place(A) == place(B);
                   }),
      Findings.end());
  return Findings;
}
