//===-- Link.cpp - From records to findings -------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Link.h"
#include "driver/Fingerprint.h"
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

static auto place(const LinkedFinding &F) {
  const ClangTidyError &E = F.Diagnostic;
  return std::tie(E.Message.FilePath, E.Message.FileOffset, E.DiagnosticName);
}

/// Makes the finding that \p F is if \p G holds, which is because of \p C.
static void complete(LinkedFinding &F, const Guard &G, Chain C) {
  ClangTidyError &E = F.Diagnostic;
  E.Message.Message = completeMessage(G, C);
  for (Chain::Step &Step : C.Steps) {
    clang::tooling::DiagnosticMessage Note(Step.Text);
    Note.FilePath = std::move(Step.File);
    Note.FileOffset = Step.Offset;
    E.Notes.push_back(std::move(Note));
  }
}

void async_tidy::arrange(std::vector<LinkedFinding> &All) {
  llvm::stable_sort(All, [](const LinkedFinding &A, const LinkedFinding &B) {
    return place(A) < place(B);
  });
  All.erase(llvm::unique(All,
                         [](const LinkedFinding &A, const LinkedFinding &B) {
                           return place(A) == place(B);
                         }),
            All.end());
  identify(All);
}

llvm::Expected<LinkedFindings>
async_tidy::findings(llvm::MutableArrayRef<RecordReader> Records,
                     const Program &P, Filter &Wanted) {
  LinkedFindings All;
  for (unsigned I = 0; I != Records.size(); ++I) {
    auto Resolve = [&](const Guard &G) { return P.graph().resolve(G, I); };
    auto Add = [&](RecordedFinding F, std::optional<Chain> Why) {
      LinkedFinding L(std::move(F.Diagnostic), std::move(F.Function),
                      std::move(F.Code));
      if (Why)
        complete(L, *F.Condition, std::move(*Why));
      if (F.IsSuppressed)
        All.AllSuppressed.push_back(L);
      if (Wanted.accepts(L.Diagnostic, Records[I].head().File))
        (F.IsSuppressed ? All.Suppressed : All.Shown).push_back(std::move(L));
    };
    if (llvm::Error E = Records[I].forEachFinding(Resolve, Add))
      return inRecordOf(Records[I].head().File, std::move(E));
  }
  arrange(All.Shown);
  arrange(All.Suppressed);
  return All;
}

llvm::Expected<std::unique_ptr<LinkedRecords>>
async_tidy::linkRecords(llvm::ArrayRef<llvm::MemoryBufferRef> Buffers,
                        llvm::StringRef Root, bool IsAll,
                        const OptionsProviderFactory &Provider) {
  auto Result = std::make_unique<LinkedRecords>();
  for (llvm::MemoryBufferRef Buffer : Buffers) {
    auto Reader = RecordReader::open(Buffer, Root);
    if (!Reader)
      return llvm::createStringError(
          "'" + Buffer.getBufferIdentifier() +
          "' can't be linked: " + toString(Reader.takeError()));
    Result->Readers.push_back(std::move(*Reader));
  }
  if (Buffers.empty())
    return std::move(Result);
  // Whatever order they are named in.
  llvm::stable_sort(Result->Readers,
                    [](const RecordReader &A, const RecordReader &B) {
                      return A.head().File < B.head().File;
                    });
  Filter Wanted(Provider());
  if (llvm::Error E = Result->Linked.link(
          Result->Readers, Wanted.wantsOptIn(Result->Readers[0].head().File)
                               ? Overriders::Any
                           : IsAll ? Overriders::All
                                   : Overriders::Local))
    return std::move(E);
  auto Found = findings(Result->Readers, Result->Linked, Wanted);
  if (!Found)
    return Found.takeError();
  Result->Found = std::move(*Found);
  return std::move(Result);
}
