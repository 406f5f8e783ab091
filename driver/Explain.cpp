//===-- Explain.cpp - The pages of checks, on a terminal ------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Explain.h"
#include "driver/formats/Markdown.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

namespace {

class Renderer {
public:
  explicit Renderer(bool Color) : Color(Color) {}

  std::string render(llvm::StringRef Markdown) {
    bool InCode = false;
    for (llvm::StringRef Line : llvm::split(Markdown, '\n')) {
      if (Line.starts_with("```")) {
        // Of an example, it matters which of the two it is.
        if (!InCode && (Line.ends_with(" bad") || Line.ends_with(" good")))
          OS << "    "
             << paint(Line.ends_with(" bad") ? "31" : "32",
                      Line.ends_with(" bad") ? "// bad" : "// good")
             << '\n';
        InCode = !InCode;
        continue;
      }
      if (InCode)
        OS << "    " << paint("36", Line) << '\n';
      else if (Line.starts_with("#"))
        OS << paint("1", Line.ltrim('#').trim()) << '\n';
      else if (Line.starts_with("|"))
        row(Line);
      else
        OS << inlined(Line) << '\n';
      if (!Line.starts_with("|"))
        Header.clear();
    }
    return std::move(Text);
  }

private:
  std::string paint(llvm::StringRef How, llvm::StringRef What) {
    return Color && !What.empty()
               ? ("\033[" + How + "m" + What + "\033[0m").str()
               : What.str();
  }

  /// A table becomes one line per cell: "Severity: error".
  void row(llvm::StringRef Line) {
    llvm::SmallVector<llvm::StringRef> Cells;
    Line.trim().trim('|').split(Cells, " | ");
    for (llvm::StringRef &C : Cells)
      C = C.trim();
    if (Header.empty()) {
      Header.assign(Cells.begin(), Cells.end());
      return;
    }
    if (Line.find_first_not_of("|- :") == Line.npos)
      return;
    for (size_t I = 0; I != Cells.size(); ++I)
      OS << (Cells.size() > 2 || I == 0 ? "  " : "    ")
         << (Cells.size() > 2 && I < Header.size() ? Header[I].str() + ": "
                                                   : std::string())
         << inlined(Cells[I]) << '\n';
  }

  /// Without the marks of links and code.
  std::string inlined(llvm::StringRef Line) {
    std::string Result;
    forEachPart(Line, [&](llvm::StringRef Part, bool IsCode) {
      Result += !IsCode ? Part.str()
                : Color ? paint("36", Part)
                        : "'" + Part.str() + "'";
    });
    return Result;
  }

  const bool Color;
  std::string Text;
  llvm::raw_string_ostream OS{Text};
  std::vector<llvm::StringRef> Header;
};

} // namespace

std::string async_tidy::forTerminal(llvm::StringRef Markdown, bool Color) {
  return Renderer(Color).render(Markdown);
}
