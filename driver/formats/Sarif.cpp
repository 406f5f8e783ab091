//===-- Sarif.cpp - Findings as SARIF 2.1.0 -------------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Fingerprint.h"
#include "driver/formats/Format.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace async_tidy;
using clang::tooling::DiagnosticMessage;
using llvm::json::OStream;

static llvm::StringRef levelOf(Severity S) {
  switch (S) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Style:
    return "note";
  }
  llvm_unreachable("no such severity");
}

/// A path as a URI has it.
static std::string encoded(llvm::StringRef Path) {
  std::string Uri;
  for (unsigned char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C))
      Uri += char(C);
    else
      Uri += "%" + llvm::utohexstr(C, /*LowerCase=*/false, /*Width=*/2);
  }
  return Uri;
}

namespace {

class Sarif {
public:
  Sarif(const RunResult &R, llvm::raw_ostream &OS) : R(R), J(OS, 2) {}

  void write() {
    for (const auto *All : {&R.Findings, &R.Suppressed})
      for (const LinkedFinding &F : *All)
        if (Rules.try_emplace(F.check(), RuleNames.size()).second)
          RuleNames.push_back(F.check());
    J.object([&] {
      J.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/"
                             "errata01/os/schemas/sarif-schema-2.1.0.json");
      J.attribute("version", "2.1.0");
      J.attributeArray("runs", [&] { J.object([&] { run(); }); });
    });
  }

private:
  void text(llvm::StringRef Name, llvm::StringRef Text) {
    J.attributeObject(Name, [&] { J.attribute("text", utf8(Text)); });
  }

  void run() {
    J.attributeObject("tool", [&] {
      J.attributeObject("driver", [&] {
        J.attribute("name", "async-tidy");
        J.attribute("version", ASYNC_TIDY_VERSION);
        J.attribute("semanticVersion", ASYNC_TIDY_VERSION);
        if (!R.DocsUrl.empty())
          J.attribute("informationUri", R.DocsUrl);
        J.attributeArray("rules", [&] {
          for (llvm::StringRef Name : RuleNames)
            J.object([&] { rule(Name); });
        });
      });
    });
    J.attributeArray("invocations", [&] {
      J.object([&] {
        J.attribute("executionSuccessful", R.Failures.empty());
        if (R.Failures.empty())
          return;
        J.attributeArray("toolExecutionNotifications", [&] {
          for (const FileFailure &F : R.Failures)
            J.object([&] { failure(F); });
        });
      });
    });
    if (!R.Root.empty())
      J.attributeObject("originalUriBaseIds", [&] {
        J.attributeObject("SRCROOT", [&] {
          J.attribute("uri", "file://" + encoded(R.Root) + "/");
          text("description", "the folder of the project");
        });
      });
    J.attribute("columnKind", "utf16CodeUnits");
    J.attributeArray("results", [&] {
      for (const LinkedFinding &F : R.Findings)
        J.object([&] { result(F, /*InSource=*/false); });
      for (const LinkedFinding &F : R.Suppressed)
        J.object([&] { result(F, /*InSource=*/true); });
    });
  }

  /// "async-blocking-call" as "AsyncBlockingCall", as the standard wants names.
  static std::string pascalCase(llvm::StringRef Name) {
    std::string Result;
    for (llvm::StringRef Word : llvm::split(Name, '-')) {
      Result += llvm::toUpper(Word.front());
      Result += Word.drop_front();
    }
    return Result;
  }

  void rule(llvm::StringRef Name) {
    const CheckInfo *Info = findCheck(Name);
    llvm::StringRef Page = pageOf(Name);
    J.attribute("id", Name);
    J.attribute("name", pascalCase(Name));
    // A summary has no capital letter and no full stop; a sentence has both.
    std::string Summary =
        Info ? llvm::toUpper(Info->Summary.front()) +
                   Info->Summary.drop_front().str() + "."
             : "What is wrong with the comments that suppress findings.";
    text("shortDescription", Summary);
    llvm::StringRef Why = sectionOf(Page, "Why is this bad");
    text("fullDescription", Why.empty() ? llvm::StringRef(Summary) : Why);
    J.attributeObject("help", [&] {
      J.attribute("text", utf8(Page.empty() ? llvm::StringRef(Summary) : Page));
      if (!Page.empty())
        J.attribute("markdown", utf8(Page));
    });
    if (!R.DocsUrl.empty() && Info)
      J.attribute("helpUri", llvm::StringRef(R.DocsUrl).rtrim('/').str() +
                                 "/checks/" + Name.str() + ".md");
    J.attributeObject("defaultConfiguration", [&] {
      J.attribute("level", levelOf(Info ? Info->Level : Severity::Error));
    });
    J.attributeObject("properties", [&] {
      J.attributeArray("tags", [&] {
        J.value("coroutines");
        if (Info)
          J.value(Info->Group);
      });
      J.attribute("precision",
                  Info && Info->When == Tier::OptIn ? "medium" : "very-high");
      llvm::StringRef Level = levelOf(Info ? Info->Level : Severity::Error);
      J.attribute("problem.severity",
                  Level == "note" ? llvm::StringRef("recommendation") : Level);
    });
  }

  void artifact(llvm::StringRef File) {
    J.attributeObject("artifactLocation", [&] {
      std::string Path = relativeTo(File, R.Root);
      if (Path == File) {
        J.attribute("uri", "file://" + encoded(File));
        return;
      }
      J.attribute("uri", encoded(Path));
      J.attribute("uriBaseId", "SRCROOT");
    });
  }
  void region(llvm::StringRef Name, const Span &S, llvm::StringRef File = "") {
    J.attributeObject(Name, [&] {
      J.attribute("startLine", S.Begin.Line);
      J.attribute("startColumn", S.Begin.Column16);
      J.attribute("endLine", S.End.Line);
      // A region without an end reaches to the end of its line.
      J.attribute("endColumn", S.End.Column16);
      // A few words of code, for those who do not have it.
      if (llvm::StringRef Line = R.Text->line(File, S.Begin.Line);
          !Line.empty())
        text("snippet",
             S.Begin.Line == S.End.Line
                 ? Line.slice(S.Begin.Column - 1,
                              std::max(S.End.Column - 1, S.Begin.Column))
                 : Line.drop_front(S.Begin.Column - 1));
    });
  }
  void physical(const DiagnosticMessage &M) {
    J.attributeObject("physicalLocation", [&] {
      artifact(M.FilePath);
      Span S = spanOf(R, M);
      // What has no extent is its character.
      if (S.Begin.Line == S.End.Line && S.Begin.Column == S.End.Column)
        ++S.End.Column16;
      region("region", S, M.FilePath);
    });
  }

  void result(const LinkedFinding &F, bool InSource) {
    J.attribute("ruleId", F.check());
    J.attribute("ruleIndex", Rules.lookup(F.check()));
    J.attribute("level", F.isError() ? "error" : levelOf(F.severity()));
    text("message", F.message());
    if (!F.file().empty())
      J.attributeArray("locations", [&] {
        J.object([&] {
          physical(F.Diagnostic.Message);
          if (!F.Function.empty())
            J.attributeArray("logicalLocations", [&] {
              J.object([&] {
                J.attribute("fullyQualifiedName", utf8(F.Function));
                J.attribute("kind", "function");
              });
            });
        });
      });
    J.attributeObject("partialFingerprints",
                      [&] { J.attribute(FingerprintVersion, F.identity()); });
    if (R.IsComparison && !InSource)
      J.attribute("baselineState",
                  F.State == FindingState::New ? "new" : "unchanged");
    if (InSource || F.State == FindingState::Accepted)
      J.attributeArray("suppressions", [&] {
        J.object([&] {
          J.attribute("kind", InSource ? "inSource" : "external");
          J.attribute("status", "accepted");
          J.attribute("justification",
                      InSource ? "a NOLINT comment" : utf8(F.Reason));
        });
      });
    llvm::ArrayRef<DiagnosticMessage> Notes = F.Diagnostic.Notes;
    related(Notes.take_front(F.ChainBegin));
    flow(F, Notes.drop_front(F.ChainBegin));
    fix(F);
  }

  void related(llvm::ArrayRef<DiagnosticMessage> Notes) {
    if (llvm::all_of(Notes, [](const auto &N) { return N.FilePath.empty(); }))
      return;
    J.attributeArray("relatedLocations", [&] {
      int Id = 0;
      for (const DiagnosticMessage &Note : Notes)
        if (!Note.FilePath.empty())
          J.object([&] {
            J.attribute("id", ++Id);
            physical(Note);
            text("message", Note.Message);
          });
    });
  }

  /// From the finding, call by call, to what it ends in.
  void flow(const LinkedFinding &F, llvm::ArrayRef<DiagnosticMessage> Chain) {
    if (Chain.empty())
      return;
    auto Step = [&](const DiagnosticMessage &M) {
      if (!M.FilePath.empty())
        J.object([&] {
          J.attributeObject("location", [&] {
            physical(M);
            text("message", M.Message);
          });
        });
    };
    J.attributeArray("codeFlows", [&] {
      J.object([&] {
        J.attributeArray("threadFlows", [&] {
          J.object([&] {
            J.attributeArray("locations", [&] {
              Step(F.Diagnostic.Message);
              llvm::for_each(Chain, Step);
            });
          });
        });
      });
    });
  }

  void fix(const LinkedFinding &F) {
    std::vector<clang::tooling::Replacement> All = replacementsOf(F);
    if (All.empty())
      return;
    J.attributeArray("fixes", [&] {
      J.object([&] {
        text("description", "what --fix does");
        J.attributeArray("artifactChanges", [&] {
          for (size_t I = 0; I != All.size();) {
            const std::string File = All[I].getFilePath().str();
            J.object([&] {
              artifact(File);
              J.attributeArray("replacements", [&] {
                for (; I != All.size() && All[I].getFilePath() == File; ++I)
                  J.object([&] {
                    region("deletedRegion", spanOf(R, File, All[I].getOffset(),
                                                   All[I].getLength()));
                    text("insertedContent", All[I].getReplacementText());
                  });
              });
            });
          }
        });
      });
    });
  }

  void failure(const FileFailure &F) {
    J.attribute("level", "error");
    text("message", "'" + relativeTo(F.File, R.Root) +
                        "' was not analyzed: " + F.Why +
                        (F.FirstError ? ": " + F.FirstError->Message.Message
                                      : std::string()));
    J.attributeArray("locations", [&] {
      J.object([&] {
        if (F.FirstError && !F.FirstError->Message.FilePath.empty())
          physical(F.FirstError->Message);
        else
          J.attributeObject("physicalLocation", [&] { artifact(F.File); });
      });
    });
  }

  const RunResult &R;
  OStream J;
  llvm::StringMap<int> Rules;
  std::vector<llvm::StringRef> RuleNames;
};

} // namespace

void async_tidy::writeSarif(const RunResult &R, llvm::raw_ostream &OS) {
  Sarif(R, OS).write();
  OS << '\n';
}
