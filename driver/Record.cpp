//===-- Record.cpp - What the analysis of one file leaves -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Record.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace async_tidy;
using clang::tidy::ClangTidyError;
using clang::tooling::DiagnosticMessage;

static constexpr llvm::StringLiteral Magic = "async-tidy record\n";
/// To be changed with every change of the format.
static constexpr uint32_t Version = 2;
static constexpr size_t HeaderSize = Magic.size() + 4 + 16;
/// What a path starts with that was below the root.
static constexpr llvm::StringLiteral RootMark = "${root}/";

static std::string checksum(llvm::StringRef Payload) {
  llvm::XXH128_hash_t Hash =
      llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Payload));
  char Bytes[16];
  llvm::support::endian::write64le(Bytes, Hash.low64);
  llvm::support::endian::write64le(Bytes + 8, Hash.high64);
  return std::string(Bytes, sizeof(Bytes));
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

namespace {

class Writer {
public:
  explicit Writer(llvm::StringRef Root) : Root(Root) {}

  std::string write(const Record &R) {
    path(R.File);
    number(R.Failed);
    number(R.NumErrors);
    number(R.FirstError.has_value());
    if (R.FirstError)
      error(*R.FirstError);
    text(R.Failure);
    text(R.Remark);

    number(R.Functions.size());
    for (const FunctionFacts &F : R.Functions)
      function(F);
    number(R.Methods.size());
    for (const MethodFacts &M : R.Methods) {
      key(M.Key);
      text(M.Name);
      number(M.IsPure | M.IsLocal << 1);
      number(M.Overrides.size());
      for (const FunctionKey &K : M.Overrides)
        key(K);
    }

    number(R.Findings.size());
    for (const RecordedFinding &F : R.Findings)
      finding(F);

    std::string Payload;
    llvm::raw_string_ostream OS(Payload);
    llvm::encodeULEB128(Table.size(), OS);
    for (llvm::StringRef Text : Table) {
      llvm::encodeULEB128(Text.size(), OS);
      OS << Text;
    }
    OS << Body;
    char Number[4];
    llvm::support::endian::write32le(Number, Version);
    return Magic.str() + std::string(Number, 4) + checksum(Payload) + Payload;
  }

private:
  void number(uint64_t N) { llvm::encodeULEB128(N, Out); }
  void text(llvm::StringRef Text) {
    auto [It, New] = Ids.try_emplace(Text, Table.size());
    if (New)
      Table.push_back(It->getKey());
    number(It->second);
    Canonical << Text << '\0';
  }
  void path(llvm::StringRef Path) {
    llvm::StringRef Rest = Path;
    if (!Root.empty() && Rest.consume_front(Root) && Rest.consume_front("/"))
      text((RootMark + Rest).str());
    else
      text(Path);
  }
  void key(const FunctionKey &K) {
    char Bytes[16];
    llvm::support::endian::write64le(Bytes, K.High);
    llvm::support::endian::write64le(Bytes + 8, K.Low);
    Out.write(Bytes, sizeof(Bytes));
  }
  void location(const FactLocation &At) {
    path(At.File);
    number(At.Offset);
  }

  /// Written with its size and a hash, so that readers who have seen it in
  /// another record skip it. The hash is of the texts, not of their numbers.
  void function(const FunctionFacts &F) {
    std::string Whole;
    std::swap(Body, Whole);
    CanonicalText.clear();
    text(F.Name);
    number(F.IsCoroutine | F.Suspends << 1 | F.TakesToken << 2 |
           F.HasHandler << 3 | F.IsNoexcept << 4);
    number(F.Blocks.size());
    for (const BlockingFact &B : F.Blocks) {
      number(unsigned(B.Why));
      text(B.Callee);
      text(B.Does);
      text(B.Instead);
      location(B.At);
      number(B.IsRare);
    }
    number(F.Throws.size());
    for (const ThrowFact &T : F.Throws) {
      text(T.Operation);
      location(T.At);
    }
    number(F.Calls.size());
    for (const CallFact &C : F.Calls) {
      key(C.Callee);
      text(C.Name);
      location(C.At);
      number(C.IsRare | C.IsVirtual << 1 | C.IsAwaited << 2 | C.IsCaught << 3 |
             C.IsStart << 4 | C.IsElsewhere << 5);
      Canonical << C.Callee.High << ' ' << C.Callee.Low << ' ' << C.At.Offset;
    }
    number(F.Parameters.size());
    for (const ParameterFact &P : F.Parameters) {
      number(P.Number << 1 | P.IsSuspended);
      text(P.Name);
      location(P.At);
    }
    Canonical << Body.size();
    std::swap(Body, Whole);
    key(F.Key);
    char Bytes[8];
    llvm::support::endian::write64le(
        Bytes, llvm::xxh3_64bits(llvm::arrayRefFromStringRef(CanonicalText)));
    Out.write(Bytes, sizeof(Bytes));
    number(Whole.size());
    Out << Whole;
  }

  /// The condition comes first, and the rest has its size before it, so that
  /// readers can skip what does not hold.
  void finding(const RecordedFinding &F) {
    number(F.Condition.has_value());
    if (F.Condition) {
      number(unsigned(F.Condition->Kind));
      number(uint64_t(F.Condition->Parameter) << 1 | F.Condition->IsStarted);
      for (const auto *Keys : {&F.Condition->Functions, &F.Condition->Inside}) {
        number(Keys->size());
        for (const FunctionKey &K : *Keys)
          key(K);
      }
    }
    std::string Whole;
    std::swap(Body, Whole);
    if (F.Condition) {
      text(F.Condition->Message);
      for (const std::string &Instead : F.Condition->Instead)
        text(Instead);
    }
    text(F.Function);
    text(F.Code);
    number(F.IsSuppressed);
    error(F.Diagnostic);
    std::swap(Body, Whole);
    number(Whole.size());
    Out << Whole;
  }

  void message(const DiagnosticMessage &M) {
    text(M.Message);
    path(M.FilePath);
    number(M.FileOffset);
    number(M.Ranges.size());
    for (const clang::tooling::FileByteRange &Range : M.Ranges) {
      path(Range.FilePath);
      number(Range.FileOffset);
      number(Range.Length);
    }
    // In a fixed order.
    std::vector<llvm::StringRef> Files(M.Fix.keys().begin(),
                                       M.Fix.keys().end());
    llvm::sort(Files);
    number(Files.size());
    for (llvm::StringRef File : Files) {
      path(File);
      const clang::tooling::Replacements &All = M.Fix.find(File)->second;
      number(All.size());
      for (const clang::tooling::Replacement &R : All) {
        path(R.getFilePath());
        number(R.getOffset());
        number(R.getLength());
        text(R.getReplacementText());
      }
    }
  }
  void error(const ClangTidyError &E) {
    text(E.DiagnosticName);
    number(E.DiagLevel);
    path(E.BuildDirectory);
    message(E.Message);
    number(E.Notes.size());
    for (const DiagnosticMessage &Note : E.Notes)
      message(Note);
  }

  const llvm::StringRef Root;
  std::string Body, CanonicalText;
  llvm::raw_string_ostream Out{Body}, Canonical{CanonicalText};
  llvm::StringMap<unsigned> Ids;
  std::vector<llvm::StringRef> Table;
};

} // namespace

std::string async_tidy::writeRecord(const Record &R, llvm::StringRef Root) {
  return Writer(Root).write(R);
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// The payload of a record, if it is one.
static llvm::Expected<llvm::StringRef> payload(llvm::MemoryBufferRef Bytes) {
  llvm::StringRef Text = Bytes.getBuffer();
  if (Text.size() < HeaderSize || !Text.starts_with(Magic))
    return llvm::createStringError("it is not a record, or not all of one");
  const uint32_t Written =
      llvm::support::endian::read32le(Text.data() + Magic.size());
  if (Written != Version)
    return llvm::createStringError(
        "another version of async-tidy wrote it (format " +
        llvm::Twine(Written) + ", not " + llvm::Twine(Version) + ")");
  llvm::StringRef Payload = Text.drop_front(HeaderSize);
  if (checksum(Payload) != Text.substr(Magic.size() + 4, 16))
    return llvm::createStringError("it is damaged");
  return Payload;
}

bool async_tidy::isRecord(llvm::MemoryBufferRef Bytes) {
  auto Payload = payload(Bytes);
  if (Payload)
    return true;
  llvm::consumeError(Payload.takeError());
  return false;
}

llvm::Expected<RecordReader> RecordReader::open(llvm::MemoryBufferRef Bytes,
                                                llvm::StringRef Root) {
  llvm::Expected<llvm::StringRef> Payload = payload(Bytes);
  if (!Payload)
    return Payload.takeError();
  RecordReader Reader(*Payload, Root);
  if (llvm::Error E = Reader.readHead())
    return std::move(E);
  return std::move(Reader);
}

llvm::StringRef RecordReader::text(Input &C) const {
  uint64_t Id = C.number();
  return Id < Strings.size() ? Strings[Id] : llvm::StringRef();
}

std::string RecordReader::path(Input &C) const {
  llvm::StringRef Path = text(C);
  if (Path.consume_front(RootMark))
    return (Root.empty() ? Path : llvm::StringRef(Root + "/" + Path.str()))
        .str();
  return Path.str();
}

FactLocation RecordReader::location(Input &C, llvm::StringSaver &Saver) const {
  FactLocation At;
  At.File = text(C);
  if (At.File.consume_front(RootMark) && !Root.empty())
    At.File = Saver.save(Root + "/" + At.File);
  At.Offset = C.number();
  return At;
}

void RecordReader::readMessage(Input &C, DiagnosticMessage &M) const {
  M.Message = text(C).str();
  M.FilePath = path(C);
  M.FileOffset = C.number();
  for (uint64_t N = C.number(); C && N; --N) {
    clang::tooling::FileByteRange Range;
    Range.FilePath = path(C);
    Range.FileOffset = C.number();
    Range.Length = C.number();
    M.Ranges.push_back(std::move(Range));
  }
  for (uint64_t N = C.number(); C && N; --N) {
    clang::tooling::Replacements &All = M.Fix[path(C)];
    for (uint64_t I = C.number(); C && I; --I) {
      std::string File = path(C);
      unsigned Offset = C.number();
      unsigned Length = C.number();
      // They came from such a set, and do not overlap.
      llvm::consumeError(All.add({File, Offset, Length, text(C)}));
    }
  }
}

ClangTidyError RecordReader::readError(Input &C) const {
  llvm::StringRef Name = text(C);
  auto Level = ClangTidyError::Level(C.number());
  std::string Directory = path(C);
  ClangTidyError E(Name, Level, Directory, /*IsWarningAsError=*/false);
  readMessage(C, E.Message);
  for (uint64_t N = C.number(); C && N; --N)
    readMessage(C, E.Notes.emplace_back());
  return E;
}

llvm::Error RecordReader::readHead() {
  Input C(Payload);
  for (uint64_t N = C.number(); C && N; --N) {
    uint64_t Size = C.number();
    Strings.push_back(C.bytes(Size));
  }
  Head.File = path(C);
  Head.Failed = C.number();
  Head.NumErrors = C.number();
  if (C.number())
    Head.FirstError = readError(C);
  Head.Failure = text(C).str();
  Head.Remark = text(C).str();
  Facts = C.tell();
  return C.takeError();
}

static FunctionKey readKey(Input &C) {
  FunctionKey K;
  K.High = C.fixed64();
  K.Low = C.fixed64();
  return K;
}

llvm::Error RecordReader::addFacts(FactGraph &Graph,
                                   llvm::BumpPtrAllocator &Memory) {
  llvm::StringSaver Saver(Memory);
  Input C(Payload, Facts);
  Graph.beginRecord();
  auto Keep = [&](auto &Items) { return llvm::ArrayRef(Items).copy(Memory); };
  std::vector<BlockingFact> Blocks;
  std::vector<ThrowFact> Throws;
  std::vector<CallFact> Calls;
  std::vector<ParameterFact> Parameters;
  for (uint64_t N = C.number(); C && N; --N) {
    FunctionFacts F;
    F.Key = readKey(C);
    const uint64_t Content = C.fixed64();
    const uint64_t Size = C.number();
    if (!Graph.isNew(F.Key, Content)) {
      C.skip(Size);
      continue;
    }
    F.Name = text(C);
    uint64_t Bits = C.number();
    F.IsCoroutine = Bits & 1;
    F.Suspends = Bits & 2;
    F.TakesToken = Bits & 4;
    F.HasHandler = Bits & 8;
    F.IsNoexcept = Bits & 16;
    Blocks.clear();
    for (uint64_t I = C.number(); C && I; --I) {
      BlockingFact &B = Blocks.emplace_back();
      B.Why =
          Category(std::min<uint64_t>(C.number(), unsigned(NumCategories) - 1));
      B.Callee = text(C);
      B.Does = text(C);
      B.Instead = text(C);
      B.At = location(C, Saver);
      B.IsRare = C.number();
    }
    Throws.clear();
    for (uint64_t I = C.number(); C && I; --I) {
      ThrowFact &T = Throws.emplace_back();
      T.Operation = text(C);
      T.At = location(C, Saver);
    }
    Calls.clear();
    for (uint64_t I = C.number(); C && I; --I) {
      CallFact &Call = Calls.emplace_back();
      Call.Callee = readKey(C);
      Call.Name = text(C);
      Call.At = location(C, Saver);
      Bits = C.number();
      Call.IsRare = Bits & 1;
      Call.IsVirtual = Bits & 2;
      Call.IsAwaited = Bits & 4;
      Call.IsCaught = Bits & 8;
      Call.IsStart = Bits & 16;
      Call.IsElsewhere = Bits & 32;
    }
    Parameters.clear();
    for (uint64_t I = C.number(); C && I; --I) {
      ParameterFact &P = Parameters.emplace_back();
      Bits = C.number();
      P.Number = Bits >> 1;
      P.IsSuspended = Bits & 1;
      P.Name = text(C);
      P.At = location(C, Saver);
    }
    F.Blocks = Keep(Blocks);
    F.Throws = Keep(Throws);
    F.Calls = Keep(Calls);
    F.Parameters = Keep(Parameters);
    if (C)
      Graph.add(F, Content);
  }
  llvm::SmallVector<FunctionKey, 4> Overrides;
  for (uint64_t N = C.number(); C && N; --N) {
    MethodFacts M;
    M.Key = readKey(C);
    M.Name = text(C);
    const uint64_t Bits = C.number();
    M.IsPure = Bits & 1;
    M.IsLocal = Bits & 2;
    Overrides.clear();
    for (uint64_t I = C.number(); C && I; --I)
      Overrides.push_back(readKey(C));
    M.Overrides = Keep(Overrides);
    if (C)
      Graph.add(M);
  }
  Findings = C.tell();
  return C.takeError();
}

llvm::Error RecordReader::forEachFinding(
    llvm::function_ref<std::optional<Chain>(const Guard &)> Holds,
    llvm::function_ref<void(RecordedFinding, std::optional<Chain>)> Visit) {
  Input C(Payload, Findings);
  for (uint64_t N = C.number(); C && N; --N) {
    std::optional<Guard> G;
    if (C.number()) {
      G.emplace();
      G->Kind = Effect(std::min<uint64_t>(C.number(), NumEffects - 1));
      uint64_t Parameter = C.number();
      G->Parameter = unsigned(Parameter >> 1);
      G->IsStarted = Parameter & 1;
      for (auto *Keys : {&G->Functions, &G->Inside})
        for (uint64_t I = C.number(); C && I; --I)
          Keys->push_back(readKey(C));
    }
    const uint64_t Size = C.number();
    std::optional<Chain> Why = C && G ? Holds(*G) : std::nullopt;
    if (G && !Why) {
      C.skip(Size);
      continue;
    }
    if (G) {
      G->Message = text(C).str();
      for (std::string &Instead : G->Instead)
        Instead = text(C).str();
    }
    std::string Function = text(C).str();
    std::string Code = text(C).str();
    const bool IsSuppressed = C.number();
    ClangTidyError E = readError(C);
    if (C)
      Visit({std::move(E), std::move(G), std::move(Function), std::move(Code),
             IsSuppressed},
            std::move(Why));
  }
  return C.takeError();
}
