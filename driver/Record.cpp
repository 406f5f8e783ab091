//===-- Record.cpp - What the analysis of one file leaves -----------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Record.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

using namespace async_tidy;
using clang::tidy::ClangTidyError;
using clang::tooling::DiagnosticMessage;

static constexpr llvm::StringLiteral Magic = "async-tidy record\n";
/// To be changed with every change of the format.
static constexpr uint32_t Version = 1;
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
    for (const RecordedFinding &F : R.Findings) {
      error(F.Diagnostic);
      text(F.Condition ? F.Condition->str() : "");
    }

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

llvm::StringRef RecordReader::text(Cursor &C) const {
  uint64_t Id = Data.getULEB128(C);
  return Id < Strings.size() ? Strings[Id] : llvm::StringRef();
}

std::string RecordReader::path(Cursor &C) const {
  llvm::StringRef Path = text(C);
  if (Path.consume_front(RootMark))
    return (Root.empty() ? Path : llvm::StringRef(Root + "/" + Path.str()))
        .str();
  return Path.str();
}

FactLocation RecordReader::location(Cursor &C, llvm::StringSaver &Saver) const {
  FactLocation At;
  At.File = text(C);
  if (At.File.consume_front(RootMark) && !Root.empty())
    At.File = Saver.save(Root + "/" + At.File);
  At.Offset = Data.getULEB128(C);
  return At;
}

void RecordReader::readMessage(Cursor &C, DiagnosticMessage &M) const {
  M.Message = text(C).str();
  M.FilePath = path(C);
  M.FileOffset = Data.getULEB128(C);
  for (uint64_t N = Data.getULEB128(C); C && N; --N) {
    clang::tooling::FileByteRange Range;
    Range.FilePath = path(C);
    Range.FileOffset = Data.getULEB128(C);
    Range.Length = Data.getULEB128(C);
    M.Ranges.push_back(std::move(Range));
  }
  for (uint64_t N = Data.getULEB128(C); C && N; --N) {
    clang::tooling::Replacements &All = M.Fix[path(C)];
    for (uint64_t I = Data.getULEB128(C); C && I; --I) {
      std::string File = path(C);
      unsigned Offset = Data.getULEB128(C);
      unsigned Length = Data.getULEB128(C);
      // They came from such a set, and do not overlap.
      llvm::consumeError(All.add({File, Offset, Length, text(C)}));
    }
  }
}

ClangTidyError RecordReader::readError(Cursor &C) const {
  llvm::StringRef Name = text(C);
  auto Level = ClangTidyError::Level(Data.getULEB128(C));
  std::string Directory = path(C);
  ClangTidyError E(Name, Level, Directory, /*IsWarningAsError=*/false);
  readMessage(C, E.Message);
  for (uint64_t N = Data.getULEB128(C); C && N; --N)
    readMessage(C, E.Notes.emplace_back());
  return E;
}

llvm::Error RecordReader::readHead() {
  Cursor C(0);
  for (uint64_t N = Data.getULEB128(C); C && N; --N) {
    uint64_t Size = Data.getULEB128(C);
    Strings.push_back(Data.getBytes(C, Size));
  }
  Head.File = path(C);
  Head.Failed = Data.getULEB128(C);
  Head.NumErrors = Data.getULEB128(C);
  if (Data.getULEB128(C))
    Head.FirstError = readError(C);
  Head.Failure = text(C).str();
  Head.Remark = text(C).str();
  Facts = C.tell();
  return C.takeError();
}

static FunctionKey readKey(const llvm::DataExtractor &Data,
                           llvm::DataExtractor::Cursor &C) {
  FunctionKey K;
  K.High = Data.getU64(C);
  K.Low = Data.getU64(C);
  return K;
}

llvm::Error RecordReader::addFacts(FactGraph &Graph,
                                   llvm::BumpPtrAllocator &Memory) {
  llvm::StringSaver Saver(Memory);
  Cursor C(Facts);
  Graph.beginRecord();
  auto Keep = [&](auto &Items) { return llvm::ArrayRef(Items).copy(Memory); };
  std::vector<BlockingFact> Blocks;
  std::vector<ThrowFact> Throws;
  std::vector<CallFact> Calls;
  std::vector<ParameterFact> Parameters;
  for (uint64_t N = Data.getULEB128(C); C && N; --N) {
    FunctionFacts F;
    F.Key = readKey(Data, C);
    const uint64_t Content = Data.getU64(C);
    const uint64_t Size = Data.getULEB128(C);
    if (!Graph.isNew(F.Key, Content)) {
      Data.skip(C, Size);
      continue;
    }
    F.Name = text(C);
    uint64_t Bits = Data.getULEB128(C);
    F.IsCoroutine = Bits & 1;
    F.Suspends = Bits & 2;
    F.TakesToken = Bits & 4;
    F.HasHandler = Bits & 8;
    F.IsNoexcept = Bits & 16;
    Blocks.clear();
    for (uint64_t I = Data.getULEB128(C); C && I; --I) {
      BlockingFact &B = Blocks.emplace_back();
      B.Why = Category(
          std::min<uint64_t>(Data.getULEB128(C), unsigned(NumCategories) - 1));
      B.Callee = text(C);
      B.Does = text(C);
      B.Instead = text(C);
      B.At = location(C, Saver);
      B.IsRare = Data.getULEB128(C);
    }
    Throws.clear();
    for (uint64_t I = Data.getULEB128(C); C && I; --I) {
      ThrowFact &T = Throws.emplace_back();
      T.Operation = text(C);
      T.At = location(C, Saver);
    }
    Calls.clear();
    for (uint64_t I = Data.getULEB128(C); C && I; --I) {
      CallFact &Call = Calls.emplace_back();
      Call.Callee = readKey(Data, C);
      Call.Name = text(C);
      Call.At = location(C, Saver);
      Bits = Data.getULEB128(C);
      Call.IsRare = Bits & 1;
      Call.IsVirtual = Bits & 2;
      Call.IsAwaited = Bits & 4;
      Call.IsCaught = Bits & 8;
      Call.IsStart = Bits & 16;
      Call.IsElsewhere = Bits & 32;
    }
    Parameters.clear();
    for (uint64_t I = Data.getULEB128(C); C && I; --I) {
      ParameterFact &P = Parameters.emplace_back();
      Bits = Data.getULEB128(C);
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
  for (uint64_t N = Data.getULEB128(C); C && N; --N) {
    MethodFacts M;
    M.Key = readKey(Data, C);
    M.Name = text(C);
    const uint64_t Bits = Data.getULEB128(C);
    M.IsPure = Bits & 1;
    M.IsLocal = Bits & 2;
    Overrides.clear();
    for (uint64_t I = Data.getULEB128(C); C && I; --I)
      Overrides.push_back(readKey(Data, C));
    M.Overrides = Keep(Overrides);
    if (C)
      Graph.add(M);
  }
  Findings = C.tell();
  return C.takeError();
}

llvm::Expected<std::vector<RecordedFinding>> RecordReader::findings() {
  Cursor C(Findings);
  std::vector<RecordedFinding> All;
  for (uint64_t N = Data.getULEB128(C); C && N; --N) {
    RecordedFinding F{readError(C), std::nullopt};
    if (llvm::StringRef Text = text(C); C && !Text.empty()) {
      llvm::Expected<Guard> G = Guard::parse(Text);
      if (!G) {
        llvm::consumeError(C.takeError());
        return G.takeError();
      }
      F.Condition = std::move(*G);
    }
    All.push_back(std::move(F));
  }
  if (llvm::Error E = C.takeError())
    return std::move(E);
  return All;
}
