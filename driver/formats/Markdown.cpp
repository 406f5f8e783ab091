//===-- Markdown.cpp - Pages of checks as HTML ----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Markdown.h"
#include "driver/formats/Format.h"
#include "llvm/ADT/StringExtras.h"

using namespace async_tidy;

namespace {

class Renderer {
public:
  std::string render(llvm::StringRef Markdown) {
    bool InCode = false;
    for (llvm::StringRef Line : llvm::split(Markdown, '\n')) {
      if (Line.starts_with("```")) {
        close();
        OS << (InCode ? "</pre>\n" : "<pre>");
        InCode = !InCode;
        // Of an example, it matters which of the two it is.
        if (InCode && (Line.ends_with(" bad") || Line.ends_with(" good")))
          OS << "<i>// " << Line.rsplit(' ').second << "</i>\n";
      } else if (InCode) {
        OS << escaped(Line) << '\n';
      } else if (Line.starts_with("# ")) {
        continue;
      } else if (Line.starts_with("#")) {
        close();
        OS << "<h3>" << inlined(Line.ltrim('#').trim()) << "</h3>\n";
      } else if (Line.starts_with("|")) {
        row(Line);
      } else if (Line.trim().empty()) {
        close();
      } else if (Line.starts_with("- ")) {
        open("ul");
        OS << "<li>" << inlined(Line.drop_front(2)) << '\n';
      } else {
        if (Open.empty())
          open("p");
        OS << inlined(Line.trim()) << '\n';
      }
    }
    close();
    return std::move(Text);
  }

private:
  void open(llvm::StringRef Element) {
    if (Open == Element)
      return;
    close();
    Open = Element;
    OS << '<' << Open << '>';
  }
  void close() {
    if (!Open.empty())
      OS << "</" << Open << ">\n";
    Open = "";
    IsHeader = true;
  }

  void row(llvm::StringRef Line) {
    open("table");
    if (Line.find_first_not_of("|- :") == Line.npos) {
      IsHeader = false;
      return;
    }
    const char *Cell = IsHeader ? "th" : "td";
    OS << "<tr>";
    llvm::SmallVector<llvm::StringRef> Cells;
    Line.trim().trim('|').split(Cells, " | ");
    for (llvm::StringRef C : Cells)
      OS << '<' << Cell << '>' << inlined(C.trim()) << "</" << Cell << '>';
    OS << "</tr>\n";
  }

  static std::string inlined(llvm::StringRef Line) {
    std::string Result;
    forEachPart(Line, [&](llvm::StringRef Part, bool IsCode) {
      Result += IsCode ? "<code>" + escaped(Part) + "</code>" : escaped(Part);
    });
    return Result;
  }

  std::string Text;
  llvm::raw_string_ostream OS{Text};
  llvm::StringRef Open; ///< the element that further lines belong to
  bool IsHeader = true;
};

} // namespace

void async_tidy::forEachPart(
    llvm::StringRef Line,
    llvm::function_ref<void(llvm::StringRef Part, bool IsCode)> Visit) {
  while (!Line.empty()) {
    if (Line.front() == '`') {
      auto [Code, Rest] = Line.drop_front().split('`');
      Visit(Code, /*IsCode=*/true);
      Line = Rest;
      continue;
    }
    if (Line.front() == '[') {
      const size_t Middle = Line.find("](");
      const size_t End = Line.find(')', Middle);
      if (Middle != Line.npos && End != Line.npos) {
        forEachPart(Line.slice(1, Middle), Visit);
        Line = Line.drop_front(End + 1);
        continue;
      }
    }
    const size_t Next = std::min(Line.find_first_of("`[", 1), Line.size());
    Visit(Line.take_front(Next), /*IsCode=*/false);
    Line = Line.drop_front(Next);
  }
}

std::string async_tidy::asHtml(llvm::StringRef Markdown) {
  return Renderer().render(Markdown);
}
