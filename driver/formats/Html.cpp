//===-- Html.cpp - Findings as a page that needs nothing else -------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/formats/Format.h"
#include "driver/formats/Markdown.h"
#include "llvm/ADT/StringSet.h"
#include <set>

using namespace async_tidy;
using clang::tooling::DiagnosticMessage;

static constexpr llvm::StringLiteral Style = R"css(
:root { color-scheme: light dark; --edge: #8884; --dim: #777; --mark: #fc35;
  --error: #c22; --warning: #b60; --style: #27a; }
* { box-sizing: border-box; }
body { font: 16px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 70rem;
  padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0 0 .3rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
form > * { flex: 1 1 9rem; min-width: 0; }
label { font-size: .8rem; color: var(--dim); }
select, input { display: block; width: 100%; font: inherit; height: 2.3rem;
  padding: 0 .4rem; }
details { border: 1px solid var(--edge); border-radius: .4rem; margin: .5rem 0;
  padding: .5rem .7rem; }
details[hidden] { display: none; }
summary { cursor: pointer; }
.place { color: var(--dim); font-size: .85rem; }
.badge { border-radius: .3rem; color: #fff; font-size: .75rem;
  padding: .1rem .4rem; }
.error { background: var(--error); } .warning { background: var(--warning); }
.style { background: var(--style); }
.known { background: #666; }
pre { border: 1px solid var(--edge); border-radius: .3rem; font-size: .85rem;
  margin: .4rem 0; overflow-x: auto; overflow-wrap: normal; padding: .4rem; }
pre b { background: var(--mark); display: block; font-weight: inherit;
  width: max-content; min-width: 100%; }
i { color: var(--dim); font-style: normal; user-select: none; }
ol, ul { padding-left: 1.4rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
code { font-size: .9em; }
table { border-collapse: collapse; display: block; font-size: .8rem;
  overflow-wrap: normal; overflow-x: auto; }
td, th { border: 1px solid var(--edge); padding: .1rem .3rem;
  text-align: left; }
)css";

static constexpr llvm::StringLiteral Script = R"js(
const findings = [...document.querySelectorAll('.finding')];
const form = document.querySelector('form');
function apply() {
  const text = form.text.value.toLowerCase();
  let shown = 0;
  for (const f of findings) {
    const fits = ['check', 'file', 'severity', 'state'].every(
        k => !form[k] || !form[k].value || form[k].value === f.dataset[k]) &&
        (!text || f.textContent.toLowerCase().includes(text));
    f.hidden = !fits;
    shown += fits;
  }
  document.querySelector('#shown').textContent = shown;
}
for (const event of ['input', 'change'])
  form.addEventListener(event, apply);
form.addEventListener('submit', e => e.preventDefault());
apply();
)js";

/// How many blanks all of \p Lines begin with, those that are empty apart.
static size_t commonIndent(llvm::ArrayRef<llvm::StringRef> Lines) {
  std::optional<llvm::StringRef> Common;
  for (llvm::StringRef Line : Lines) {
    llvm::StringRef Blanks = Line.take_while(llvm::isSpace);
    if (Blanks.size() == Line.size())
      continue;
    if (!Common)
      Common = Blanks;
    // Tabs and spaces are not the same.
    while (!Blanks.starts_with(*Common))
      Common = Common->drop_back();
  }
  return Common ? Common->size() : 0;
}

/// \p Path, which may be broken behind each folder.
static std::string breakable(llvm::StringRef Path) {
  const std::string Text = escaped(Path);
  std::string Result;
  for (llvm::StringRef Left = Text; !Left.empty();) {
    auto [Folder, Rest] = Left.split('/');
    Result += Folder;
    if (Folder.size() != Left.size())
      Result += "/<wbr>";
    Left = Rest;
  }
  return Result;
}

namespace {

class Page {
public:
  Page(const RunResult &R, llvm::raw_ostream &OS) : R(R), OS(OS) {}

  void write() {
    OS << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
          "<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, "
          "initial-scale=1\">\n<title>async-tidy: "
       << R.countOf(FindingState::New) << " findings</title>\n<style>" << Style
       << "</style>\n</head>\n<body>\n<h1>async-tidy</h1>\n";
    summary();
    filters();
    for (const LinkedFinding &F : R.Findings)
      finding(F);
    checks();
    OS << "<script>" << Script << "</script>\n</body>\n</html>\n";
  }

private:
  void summary() {
    OS << "<p><span id=\"shown\">" << R.Findings.size() << "</span> of "
       << R.Findings.size() << " findings shown";
    if (R.IsComparison)
      OS << "; " << R.countOf(FindingState::New) << " new, "
         << R.countOf(FindingState::Unchanged) << " unchanged, "
         << R.countOf(FindingState::Accepted) << " accepted";
    OS << "; " << R.Analyzed << " files analyzed.</p>\n";
    for (const FileFailure &F : R.Failures) {
      OS << "<p><span class=\"badge error\">not analyzed</span> "
         << breakable(relativeTo(F.File, R.Root)) << ": " << escaped(F.Why);
      if (F.FirstError)
        OS << ": " << escaped(F.FirstError->Message.Message);
      OS << "</p>\n";
    }
  }

  void select(llvm::StringRef Name, llvm::StringRef Label,
              const std::set<std::string> &Values) {
    OS << "<label>" << Label << "<select name=\"" << Name
       << "\"><option value=\"\">all</option>";
    for (const std::string &V : Values)
      OS << "<option>" << escaped(V) << "</option>";
    OS << "</select></label>\n";
  }
  void filters() {
    std::set<std::string> Checks, Files, Severities, States;
    for (const LinkedFinding &F : R.Findings) {
      Checks.insert(F.check().str());
      Files.insert(relativeTo(F.file(), R.Root));
      Severities.insert(severityName(F.severity()).str());
      States.insert(stateName(F.State).str());
    }
    OS << "<form>\n";
    select("check", "Check", Checks);
    select("file", "File", Files);
    select("severity", "Severity", Severities);
    if (R.IsComparison)
      select("state", "State", States);
    OS << "<label>Text<input name=\"text\" type=\"search\"></label>\n"
          "</form>\n";
  }

  /// Some lines around \p M, its own highlighted.
  void source(const DiagnosticMessage &M, unsigned Around) {
    if (M.FilePath.empty() || R.Text->text(M.FilePath).empty())
      return;
    const Span S = spanOf(R, M);
    const unsigned From = S.Begin.Line > Around ? S.Begin.Line - Around : 1;
    const unsigned To = std::min(S.End.Line, S.Begin.Line + 20) + Around;
    llvm::SmallVector<llvm::StringRef, 8> Lines;
    for (unsigned N = From; N <= To; ++N) {
      llvm::StringRef Line = R.Text->line(M.FilePath, N);
      if (Line.data() == nullptr || (Line.empty() && N > S.End.Line))
        break;
      Lines.push_back(Line);
    }
    // A phone has no room for the space that all lines begin with.
    const size_t Indent = commonIndent(Lines);
    const int Width = llvm::utostr(To).size();
    OS << "<pre>";
    for (auto [I, Line] : llvm::enumerate(Lines)) {
      const unsigned N = From + I;
      const bool Marked = S.Begin.Line <= N && N <= S.End.Line;
      OS << (Marked ? "<b>" : "") << "<i>" << llvm::format("%*u ", Width, N)
         << "</i>" << escaped(Line.drop_front(std::min(Indent, Line.size())))
         << (Marked ? "</b>" : "\n");
    }
    OS << "</pre>\n";
  }
  void place(const DiagnosticMessage &M) {
    if (M.FilePath.empty())
      return;
    const Position P = R.Text->position(M.FilePath, M.FileOffset);
    OS << "<span class=\"place\">" << breakable(relativeTo(M.FilePath, R.Root))
       << ':' << P.Line << ':' << P.Column << "</span>";
  }

  void finding(const LinkedFinding &F) {
    const DiagnosticMessage &M = F.Diagnostic.Message;
    llvm::StringRef Severity = severityName(F.severity());
    OS << "<details class=\"finding\" data-check=\"" << escaped(F.check())
       << "\" data-file=\"" << escaped(relativeTo(F.file(), R.Root))
       << "\" data-severity=\"" << Severity << "\" data-state=\""
       << stateName(F.State) << "\">\n<summary><span class=\"badge " << Severity
       << "\">" << Severity << "</span> ";
    if (F.State != FindingState::New)
      OS << "<span class=\"badge known\">" << stateName(F.State) << "</span> ";
    OS << escaped(F.message()) << "<br>";
    place(M);
    OS << "</summary>\n";
    if (!F.Reason.empty())
      OS << "<p>Accepted: " << escaped(F.Reason) << "</p>\n";
    source(M, 3);
    notes(F);
    for (const clang::tooling::Replacement &Part : replacementsOf(F)) {
      const Position P = R.Text->position(Part.getFilePath(), Part.getOffset());
      OS << "<p>Fix, line " << P.Line << ':';
      if (Part.getLength())
        OS << " replace <code>"
           << escaped(R.Text->text(Part.getFilePath())
                          .substr(Part.getOffset(), Part.getLength()))
           << "</code> with";
      else
        OS << " insert";
      OS << " <code>" << escaped(Part.getReplacementText()) << "</code></p>\n";
    }
    OS << "<p class=\"place\">";
    if (!F.Function.empty())
      OS << "in " << escaped(F.Function) << "; ";
    if (findCheck(F.check()))
      OS << "<a href=\"#" << escaped(F.check()) << "\">" << escaped(F.check())
         << "</a>";
    else
      OS << escaped(F.check());
    OS << "; " << F.identity() << "</p>\n</details>\n";
  }

  void notes(const LinkedFinding &F) {
    if (F.Diagnostic.Notes.empty())
      return;
    OS << "<ol>\n";
    for (const DiagnosticMessage &Note : F.Diagnostic.Notes) {
      OS << "<li>" << escaped(Note.Message) << "<br>";
      place(Note);
      source(Note, 1);
      OS << "</li>\n";
    }
    OS << "</ol>\n";
  }

  void checks() {
    llvm::StringSet<> Seen;
    for (const LinkedFinding &F : R.Findings) {
      if (!findCheck(F.check()) || !Seen.insert(F.check()).second)
        continue;
      if (Seen.size() == 1)
        OS << "<h2>The checks</h2>\n";
      OS << "<details id=\"" << escaped(F.check()) << "\"><summary>"
         << escaped(F.check()) << ": " << escaped(findCheck(F.check())->Summary)
         << "</summary>\n"
         << asHtml(pageOf(F.check())) << "</details>\n";
    }
  }

  const RunResult &R;
  llvm::raw_ostream &OS;
};

} // namespace

void async_tidy::writeHtml(const RunResult &R, llvm::raw_ostream &OS) {
  Page(R, OS).write();
}
