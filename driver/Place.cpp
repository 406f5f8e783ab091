//===-- Place.cpp - Where a finding is, whatever moves --------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Place.h"
#include "core/Names.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/CharInfo.h"
#include "clang/Lex/Lexer.h"
#include "llvm/Support/Path.h"

using namespace clang;
using namespace async_tidy;

std::string async_tidy::absolutePath(llvm::StringRef Path,
                                     llvm::StringRef Directory) {
  llvm::SmallString<256> Full(Path);
  llvm::sys::path::make_absolute(Directory, Full);
  llvm::sys::path::remove_dots(Full, /*remove_dot_dot=*/true);
  return Full.str().str();
}

//===----------------------------------------------------------------------===//
// FunctionRanges
//===----------------------------------------------------------------------===//

namespace async_tidy {

class FunctionCollector : public RecursiveASTVisitor<FunctionCollector> {
public:
  FunctionCollector(ASTContext &Ctx, FunctionRanges &Result)
      : SM(Ctx.getSourceManager()), Result(Result) {
    if (auto Folder = SM.getFileManager()
                          .getVirtualFileSystem()
                          .getCurrentWorkingDirectory())
      Directory = *Folder;
  }

  bool TraverseDecl(Decl *D) {
    if (D && D->getLocation().isValid() &&
        SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
      return true;
    return RecursiveASTVisitor::TraverseDecl(D);
  }
  // Their bodies belong to the function around them.
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }

  bool VisitFunctionDecl(FunctionDecl *FD) {
    if (!FD->isThisDeclarationADefinition() || FD->isImplicit())
      return true;
    const SourceLocation Begin = SM.getFileLoc(FD->getBeginLoc()),
                         End = SM.getFileLoc(FD->getEndLoc());
    auto [File, From] = SM.getDecomposedLoc(Begin);
    auto [EndFile, To] = SM.getDecomposedLoc(End);
    if (File == EndFile)
      Result.Files[absolutePath(SM.getFilename(Begin), Directory)].push_back(
          {From, To, qualifiedName(FD)});
    return true;
  }

private:
  const SourceManager &SM;
  FunctionRanges &Result;
  std::string Directory;
};

} // namespace async_tidy

void FunctionRanges::collect(ASTContext &Ctx) {
  FunctionCollector(Ctx, *this).TraverseDecl(Ctx.getTranslationUnitDecl());
}

std::string
FunctionRanges::functionAt(const tooling::DiagnosticMessage &M) const {
  auto File = Files.find(M.FilePath);
  if (File == Files.end())
    return "";
  const Range *Best = nullptr;
  for (const Range &R : File->second)
    if (R.Begin <= M.FileOffset && M.FileOffset <= R.End &&
        (!Best || R.End - R.Begin < Best->End - Best->Begin))
      Best = &R;
  return Best ? Best->Name : "";
}

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

/// Beyond it, a statement is known by its beginning.
static constexpr size_t MaxTokens = 200;

std::string async_tidy::codeIn(llvm::StringRef Text, unsigned Begin,
                               unsigned End) {
  if (Begin >= Text.size())
    return "";
  static const LangOptions Language = [] {
    LangOptions L;
    L.CPlusPlus = L.CPlusPlus11 = L.CPlusPlus14 = L.CPlusPlus17 =
        L.CPlusPlus20 = L.LineComment = L.Bool = true;
    return L;
  }();
  Lexer Tokens(SourceLocation(), Language, Text.begin(), Text.begin() + Begin,
               Text.end());
  std::string Code;
  int Depth = 0, Braces = 0;
  Token T;
  for (size_t N = 0; N != MaxTokens;) {
    const bool IsLast = Tokens.LexFromRawLexer(T);
    const unsigned Past = Tokens.getBufferLocation() - Text.begin();
    if (T.is(tok::eof) || (End && Past - T.getLength() >= End))
      break;
    const bool Opens = T.isOneOf(tok::l_paren, tok::l_square, tok::l_brace);
    const bool Closes = T.isOneOf(tok::r_paren, tok::r_square, tok::r_brace);
    if (!End && Depth == 0 && (Closes || T.isOneOf(tok::semi, tok::l_brace)))
      break;
    Depth += Opens - Closes;
    if (T.is(tok::r_brace) && Braces)
      --Braces;
    if (!Braces) {
      // As it is in the file: with escaped newlines, if somebody has such.
      llvm::StringRef Spelling =
          Text.substr(Past - T.getLength(), T.getLength());
      if (!Code.empty() && isAsciiIdentifierContinue(Code.back()) &&
          isAsciiIdentifierContinue(Spelling.front()))
        Code += ' ';
      Code += Spelling;
      ++N;
    }
    if (T.is(tok::l_brace))
      ++Braces;
    if (IsLast)
      break;
  }
  return Code;
}

std::string async_tidy::codeAt(const tooling::DiagnosticMessage &M,
                               llvm::vfs::FileSystem &FS) {
  if (M.FilePath.empty())
    return "";
  auto Buffer = FS.getBufferForFile(M.FilePath);
  if (!Buffer)
    return "";
  unsigned Begin = M.FileOffset, End = 0;
  for (const tooling::FileByteRange &R : M.Ranges)
    if (R.Length && R.FileOffset <= M.FileOffset &&
        M.FileOffset < R.FileOffset + R.Length) {
      Begin = R.FileOffset;
      End = R.FileOffset + R.Length;
      break;
    }
  return codeIn((*Buffer)->getBuffer(), Begin, End);
}
