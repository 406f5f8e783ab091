//===-- Predicates.h - Which calls a model's entry is about -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Decides the conditions that an entry of a model puts on a call.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_PREDICATES_H
#define ASYNC_TIDY_CHECKS_CORE_PREDICATES_H

#include "core/Models.h"

namespace async_tidy {

/// Whether \p Call, which calls a function that \p Entry names, has the shape
/// and the arguments that the entry asks for. A condition that can't be
/// decided from the code counts as not met: unknown stays silent.
bool matches(const BlockingModel &Entry, LibraryRef Library,
             const clang::Expr *Call, clang::ASTContext &Ctx);

/// Whether \p E is known to be zero, a null pointer or a zero duration; nothing
/// when its value is not known.
std::optional<bool> constantIsZero(const clang::Expr *E,
                                   clang::ASTContext &Ctx);

/// Whether \p S mentions something called \p Name: a macro, an enumerator, a
/// function. Null mentions nothing.
bool mentions(const clang::Stmt *S, llvm::StringRef Name,
              clang::ASTContext &Ctx);

/// Whether \p S mentions one of \p Names, each without its namespace.
bool mentionsAny(const clang::Stmt *S, llvm::ArrayRef<std::string> Names,
                 clang::ASTContext &Ctx);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_PREDICATES_H
