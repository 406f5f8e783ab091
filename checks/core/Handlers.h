//===-- Handlers.h - What exception handlers catch --------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which handlers get an exception: those for its class, for one that it
/// derives from, and for everything.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_HANDLERS_H
#define ASYNC_TIDY_CHECKS_CORE_HANDLERS_H

#include "core/Models.h"
#include "clang/AST/StmtCXX.h"

namespace async_tidy {

class BodyMap;

/// Whether \p RD is std::exception.
bool isStdException(const clang::CXXRecordDecl *RD);

/// Whether \p RD is std::exception, or derives from it.
bool isAnyStdException(const clang::CXXRecordDecl *RD);

/// Whether a handler for class \p Caught catches objects of class \p Thrown.
bool isCaughtAs(const clang::CXXRecordDecl *Caught,
                const clang::CXXRecordDecl *Thrown);

/// Whether \p RD is a class of \p Library that is called as one of \p Names
/// says. A name that is in nobody's namespace ('::std::system_error') does not
/// count: its class says other things, too.
bool isOneOf(const clang::CXXRecordDecl *RD, llvm::ArrayRef<std::string> Names,
             LibraryRef Library);

/// Whether \p Handler is catch (...).
bool catchesAll(const clang::CXXCatchStmt *Handler);

/// Whether \p Handler is for whatever goes wrong: catch (...), or one for
/// std::exception.
bool catchesExceptions(const clang::CXXCatchStmt *Handler);

/// Whether \p Handler is for a class, and catches one of those called
/// \p Names, as \p Library has them: catch (...) does not count.
bool catchesAny(const clang::CXXCatchStmt *Handler,
                llvm::ArrayRef<std::string> Names, LibraryRef Library,
                clang::ASTContext &Ctx);

/// Whether \p Handler is for one of the classes that \c isOneOf tells, and for
/// nothing else: nobody writes the name of a library's own exception by
/// accident.
bool isForAny(const clang::CXXCatchStmt *Handler,
              llvm::ArrayRef<std::string> Names, LibraryRef Library);

/// The handlers of \p Try, in their order.
llvm::SmallVector<const clang::CXXCatchStmt *, 2>
handlersOf(const clang::CXXTryStmt *Try);

/// The handlers that an exception of \p S comes to, as long as none catches it:
/// those of all blocks around it in the function of \p Body, from the inside
/// out.
llvm::SmallVector<const clang::CXXCatchStmt *, 2>
handlersAround(const clang::Stmt *S, const BodyMap &Body);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_HANDLERS_H
