//===-- Handlers.cpp - What exception handlers catch ------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Handlers.h"
#include "core/BodyMap.h"
#include "core/Names.h"

using namespace clang;
using namespace async_tidy;

bool async_tidy::isStdException(const CXXRecordDecl *RD) {
  return RD && qualifiedName(RD) == "std::exception";
}

bool async_tidy::isAnyStdException(const CXXRecordDecl *RD) {
  return anyOfClasses(RD, isStdException);
}

bool async_tidy::isCaughtAs(const CXXRecordDecl *Caught,
                            const CXXRecordDecl *Thrown) {
  return Caught && anyOfClasses(Thrown, [&](const CXXRecordDecl *Class) {
           return declaresSameEntity(Class, Caught);
         });
}

bool async_tidy::isOneOf(const CXXRecordDecl *RD,
                         llvm::ArrayRef<std::string> Names,
                         LibraryRef Library) {
  if (!RD || Names.empty())
    return false;
  const std::string Own = qualifiedName(RD);
  return llvm::any_of(Names, [&](StringRef Name) {
    return !Name.starts_with("::") && Library.qualify(Name) == Own;
  });
}

bool async_tidy::catchesAll(const CXXCatchStmt *Handler) {
  return Handler->getCaughtType().isNull();
}

bool async_tidy::catchesExceptions(const CXXCatchStmt *Handler) {
  return catchesAll(Handler) ||
         isStdException(recordOf(Handler->getCaughtType()));
}

bool async_tidy::catchesAny(const CXXCatchStmt *Handler,
                            llvm::ArrayRef<std::string> Names,
                            LibraryRef Library, ASTContext &Ctx) {
  const CXXRecordDecl *Caught = recordOf(Handler->getCaughtType());
  return Caught && llvm::any_of(Names, [&](StringRef Name) {
           return isCaughtAs(Caught,
                             dyn_cast_or_null<CXXRecordDecl>(
                                 findDeclaration(Library.qualify(Name), Ctx)));
         });
}

bool async_tidy::isForAny(const CXXCatchStmt *Handler,
                          llvm::ArrayRef<std::string> Names,
                          LibraryRef Library) {
  return isOneOf(recordOf(Handler->getCaughtType()), Names, Library);
}

llvm::SmallVector<const CXXCatchStmt *, 2>
async_tidy::handlersOf(const CXXTryStmt *Try) {
  llvm::SmallVector<const CXXCatchStmt *, 2> Found;
  for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
    Found.push_back(Try->getHandler(I));
  return Found;
}

llvm::SmallVector<const CXXCatchStmt *, 2>
async_tidy::handlersAround(const Stmt *S, const BodyMap &Body) {
  llvm::SmallVector<const CXXCatchStmt *, 2> Found;
  for (const Stmt *Child = S; const Stmt *Parent = Body.parent(Child);
       Child = Parent)
    if (const auto *Try = dyn_cast<CXXTryStmt>(Parent);
        Try && Try->getTryBlock() == Child)
      llvm::append_range(Found, handlersOf(Try));
  return Found;
}
