//===-- Statistics.cpp - How many findings of what ------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Statistics.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <set>

using namespace async_tidy;

namespace {
struct Counts {
  size_t New = 0, Known = 0, Suppressed = 0, Fixable = 0;
  std::set<llvm::StringRef> Files;
};
} // namespace

std::string async_tidy::statistics(const RunResult &R) {
  std::map<llvm::StringRef, Counts> Checks;
  for (const LinkedFinding &F : R.Findings) {
    Counts &C = Checks[F.check()];
    ++(F.State == FindingState::New ? C.New : C.Known);
    C.Fixable += !F.Diagnostic.Message.Fix.empty();
    C.Files.insert(F.file());
  }
  for (const LinkedFinding &F : R.Suppressed)
    ++Checks[F.check()].Suppressed;
  std::vector<std::pair<llvm::StringRef, Counts>> Rows(Checks.begin(),
                                                       Checks.end());
  llvm::stable_sort(Rows, [](const auto &A, const auto &B) {
    return A.second.New + A.second.Known > B.second.New + B.second.Known;
  });
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << (R.IsComparison ? "    new" : "  found")
     << (R.IsComparison ? "   known" : "")
     << "   files  with fix  NOLINT  check\n";
  for (const auto &[Name, C] : Rows) {
    OS << llvm::formatv("{0,7}", C.New);
    if (R.IsComparison)
      OS << llvm::formatv(" {0,7}", C.Known);
    OS << llvm::formatv(" {0,7} {1,9} {2,7}  {3}\n", C.Files.size(), C.Fixable,
                        C.Suppressed, Name);
  }
  return Text;
}
