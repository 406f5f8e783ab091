//===-- Baseline.cpp - Findings that are known ----------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Baseline.h"
#include "driver/Place.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include <map>

using namespace async_tidy;
using llvm::yaml::IO;

namespace {

/// A text that is always quoted: code has what YAML takes for its own.
struct Quoted {
  std::string Text;
  bool operator==(const Quoted &) const = default;
};

struct Entry {
  Quoted File, Function, Code, Reason;
  std::string Check;
  unsigned Count = 1;
};

struct Contents {
  unsigned Version = 1;
  std::vector<Entry> Findings;
};

} // namespace

template <> struct llvm::yaml::ScalarTraits<Quoted> {
  static void output(const Quoted &Q, void *, raw_ostream &OS) { OS << Q.Text; }
  static StringRef input(StringRef Text, void *, Quoted &Q) {
    Q.Text = Text.str();
    return "";
  }
  static QuotingType mustQuote(StringRef Text) {
    return std::max(needsQuotes(Text), QuotingType::Single);
  }
};

template <> struct llvm::yaml::MappingTraits<Entry> {
  static void mapping(IO &Y, Entry &E) {
    Y.mapRequired("file", E.File);
    Y.mapRequired("check", E.Check);
    Y.mapOptional("function", E.Function, Quoted());
    Y.mapRequired("code", E.Code);
    Y.mapOptional("count", E.Count, 1u);
    Y.mapOptional("reason", E.Reason, Quoted());
  }
  static std::string validate(IO &, Entry &E) {
    return E.Count ? "" : "'count' has to be at least 1";
  }
  static const bool flow = true;
};

template <> struct llvm::yaml::MappingTraits<Contents> {
  static void mapping(IO &Y, Contents &D) {
    Y.mapRequired("version", D.Version);
    // Whatever a later one has is not said to be wrong.
    if (!Y.outputting())
      Y.setAllowUnknownKeys(D.Version != 1);
    if (D.Version == 1)
      Y.mapRequired("findings", D.Findings);
  }
};

LLVM_YAML_IS_SEQUENCE_VECTOR(Entry)

/// \p Text without the marks that git puts around both sides of a conflict.
static std::string withBothSides(llvm::StringRef Text) {
  std::string Result;
  bool InAncestor = false;
  for (llvm::StringRef Line : llvm::split(Text, '\n')) {
    if (Line.starts_with("|||||||"))
      InAncestor = true;
    else if (Line.starts_with("======="))
      InAncestor = false;
    else if (!InAncestor && !Line.starts_with("<<<<<<<") &&
             !Line.starts_with(">>>>>>>"))
      Result += (Line + "\n").str();
  }
  return Result;
}

llvm::Expected<std::vector<KnownFinding>>
async_tidy::readBaseline(llvm::StringRef File, llvm::StringRef Root,
                         Conflicts C) {
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
  if (!Buffer) {
    if (Buffer.getError() == std::errc::no_such_file_or_directory)
      return llvm::createStringError("there is no baseline '" + File +
                                     "'; write it with 'async-tidy baseline "
                                     "--write=" +
                                     File + "'");
    return llvm::createStringError("can't read '" + File +
                                   "': " + Buffer.getError().message());
  }
  llvm::StringRef Read = (*Buffer)->getBuffer();
  std::string Text = Read.str();
  if (Read.starts_with("<<<<<<<") || Read.contains("\n<<<<<<<")) {
    if (C == Conflicts::Refuse)
      return llvm::createStringError(
          "'" + File +
          "' has conflicts of a merge; 'async-tidy baseline --update=" + File +
          "' resolves them");
    Text = withBothSides(Read);
  }

  std::string Problem;
  llvm::yaml::Input Y(
      llvm::MemoryBufferRef(Text, File), /*Ctxt=*/nullptr,
      [](const llvm::SMDiagnostic &D, void *Context) {
        auto &To = *static_cast<std::string *>(Context);
        if (To.empty())
          To = (D.getFilename() + ":" + llvm::Twine(D.getLineNo()) + ": " +
                D.getMessage())
                   .str();
      },
      &Problem);
  Contents D;
  Y >> D;
  if (Y.error())
    return llvm::createStringError(
        (Problem.empty() ? File + ": it is not a baseline"
                         : llvm::Twine(Problem)) +
        "; a baseline is written by 'async-tidy baseline'");
  if (D.Version != 1)
    return llvm::createStringError(
        "'" + File + "' is of version " + llvm::Twine(D.Version) +
        ", which another release of async-tidy wrote; this one knows "
        "version 1");

  std::vector<KnownFinding> Known;
  for (Entry &E : D.Findings) {
    KnownFinding K;
    K.File = Root.empty() ? E.File.Text : absolutePath(E.File.Text, Root);
    K.Check = std::move(E.Check);
    K.Function = std::move(E.Function.Text);
    K.Code = std::move(E.Code.Text);
    K.Fingerprint = fingerprint(K.Check, K.Function, K.Code);
    K.Count = E.Count;
    K.Reason = std::move(E.Reason.Text);
    Known.push_back(std::move(K));
  }
  return Known;
}

static auto order(const KnownFinding &K) {
  return std::tie(K.File, K.Check, K.Function, K.Code, K.Reason);
}

std::string async_tidy::writeBaseline(std::vector<KnownFinding> Known,
                                      llvm::StringRef Root) {
  llvm::stable_sort(Known, [](const KnownFinding &A, const KnownFinding &B) {
    return order(A) < order(B);
  });
  Contents D;
  for (const KnownFinding &K : Known) {
    Entry E;
    E.File.Text = relativeTo(K.File, Root);
    E.Check = K.Check;
    E.Function.Text = K.Function;
    E.Code.Text = K.Code;
    E.Count = K.Count;
    E.Reason.Text = K.Reason;
    D.Findings.push_back(std::move(E));
  }
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "# Findings of async-tidy that this project has. 'async-tidy baseline\n"
        "# --update' rewrites this file; what it keeps is the 'reason' that\n"
        "# somebody has given to an entry, which makes it an accepted one.\n";
  if (D.Findings.empty()) {
    OS << "version: 1\nfindings: []\n";
    return Text;
  }
  llvm::yaml::Output Y(OS, /*Ctxt=*/nullptr, /*WrapColumn=*/0);
  std::string Body;
  Y << D;
  // Without the marks of a YAML stream, which say nothing here.
  llvm::StringRef Rest = Text;
  auto [Comment, Yaml] = Rest.split("---\n");
  return (Comment + Yaml.split("...\n").first).str();
}

std::vector<KnownFinding>
async_tidy::asKnown(llvm::ArrayRef<LinkedFinding> Findings) {
  std::vector<KnownFinding> All;
  std::map<std::tuple<llvm::StringRef, llvm::StringRef, llvm::StringRef>,
           size_t>
      Seen; // by file, fingerprint and reason
  for (const LinkedFinding &F : Findings) {
    auto [It, New] = Seen.try_emplace(
        {F.file(), F.Fingerprint, llvm::StringRef(F.Reason)}, All.size());
    if (!New) {
      ++All[It->second].Count;
      continue;
    }
    KnownFinding K;
    K.File = F.file().str();
    K.Check = F.check().str();
    K.Function = F.Function;
    K.Code = F.Code;
    K.Fingerprint = F.Fingerprint;
    K.Reason = F.Reason;
    All.push_back(std::move(K));
  }
  return All;
}
