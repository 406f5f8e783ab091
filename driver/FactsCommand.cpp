//===-- FactsCommand.cpp - 'async-tidy facts' -----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/FactsCommand.h"
#include "core/FactsFile.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

std::string async_tidy::exportFacts(const FactGraph &Graph,
                                    llvm::ArrayRef<RecordReader> Records) {
  FactsFile F;
  llvm::StringSet<> Sources;
  auto AddSource = [&](llvm::StringRef File) {
    if (Sources.insert(File).second)
      F.Sources.push_back({File.str(), FactsFile::hashOfFile(File)});
  };
  for (const RecordReader &R : Records)
    AddSource(R.head().File);
  F.Conclusions = Graph.conclusions();
  for (const Conclusion &C : F.Conclusions)
    for (const Chain::Step &Step : C.Why.Steps)
      AddSource(Step.File);
  Graph.forEachFunction([&](const FunctionFacts &Function) {
    if (Graph.runsElsewhere(Function.Key))
      F.Elsewhere.push_back(Function.Key);
    for (const ParameterFact &P : Function.Parameters) {
      F.Parameters.push_back({Function.Key, P.Number, P.Name.str(),
                              P.At.File.str(), P.At.Offset, P.IsSuspended,
                              Function.Name.str()});
      AddSource(P.At.File);
    }
  });
  return F.write();
}

std::string async_tidy::dumpFacts(const FactGraph &Graph) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  auto At = [&](const FactLocation &L) {
    OS << "  (" << L.File << ", byte " << L.Offset << ")\n";
  };
  Graph.forEachFunction([&](const FunctionFacts &F) {
    OS << F.Name;
    const std::pair<bool, const char *> Words[] = {
        {F.IsCoroutine, F.Suspends ? "coroutine" : "coroutine, never suspends"},
        {F.TakesToken, "takes a cancellation token"},
        {F.HasHandler, "catches everything"},
        {F.IsNoexcept, "noexcept"}};
    llvm::StringRef Before = ": ";
    for (const auto &[Is, Word] : Words)
      if (Is) {
        OS << Before << Word;
        Before = ", ";
      }
    OS << '\n';
    for (const BlockingFact &B : F.Blocks) {
      OS << "  blocks in " << B.Callee << ": " << B.Does << ", "
         << categoryName(B.Why) << (B.IsRare ? ", rarely" : "");
      At(B.At);
    }
    for (const ThrowFact &T : F.Throws) {
      OS << "  throws" << (T.Operation.empty() ? "" : " if it fails: ")
         << T.Operation;
      At(T.At);
    }
    for (const CallFact &C : F.Calls) {
      OS << (C.IsStart ? "  hands over " : "  calls ") << C.Name
         << (C.IsElsewhere ? ", elsewhere" : "")
         << (C.IsVirtual ? ", virtual" : "") << (C.IsAwaited ? ", awaited" : "")
         << (C.IsCaught ? ", caught" : "") << (C.IsRare ? ", rarely" : "");
      At(C.At);
    }
    for (const ParameterFact &P : F.Parameters) {
      if (P.Number == ObjectParameter)
        OS << "  uses its object";
      else
        OS << "  uses parameter " << P.Number << " '" << P.Name << "'";
      OS << (P.IsSuspended ? " after a suspension" : " when it runs");
      At(P.At);
    }
  });
  return Text;
}

std::string async_tidy::makeRule(llvm::StringRef Target,
                                 llvm::ArrayRef<std::string> Prerequisites) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  auto Write = [&](llvm::StringRef Path) {
    for (char C : Path) {
      if (C == ' ' || C == '#' || C == '\\')
        OS << '\\';
      OS << (C == '$' ? "$$" : llvm::StringRef(&C, 1));
    }
  };
  Write(Target);
  OS << ':';
  for (const std::string &P : Prerequisites) {
    OS << " \\\n  ";
    Write(P);
  }
  OS << '\n';
  return Text;
}
