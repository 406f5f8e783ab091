//===-- Sources.h - Who tells work to stop ----------------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Sources of cancellation: what is done with them, and what listens to them.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CANCELLATION_SOURCES_H
#define ASYNC_TIDY_CHECKS_CANCELLATION_SOURCES_H

#include "core/Unit.h"
#include "clang/AST/ExprCXX.h"
#include <vector>

namespace async_tidy {

/// What a mention of a source does.
enum class SourceUse {
  Asks,  ///< whether it has been told
  Gives, ///< a token
  Other, ///< anything: tells it, passes it on
};

/// What \p Ref, which names a source, is used for; and in \p Token, the call
/// that gives a token, or is given the source in the place of one.
SourceUse useOf(const clang::Expr *Ref, const BodyMap &Body, Models &M,
                const clang::CallExpr *&Token);

/// The library of source type \p T; none for a pointer or a reference to one.
LibraryRef sourceLibrary(clang::QualType T, Models &M);

/// Whether \p Init makes a source of its own, and not one that shares what
/// another one says.
bool isNewSource(const clang::Expr *Init);

/// A local source, and what it is used for.
struct LocalSource {
  const clang::VarDecl *Var;
  LibraryRef Library;
  /// Where a token of it is made.
  llvm::SmallVector<const clang::CallExpr *, 2> Tokens;
  /// Nothing else is done with it but to ask it.
  bool IsIdle = true;
};

/// Those of \p F that somebody listens to.
std::vector<LocalSource> localSources(Unit &U, const FunctionSummary &F);

/// The work that listens to \p Source, is started, and goes on when that is
/// gone; null when there is none. \p Token is what it listens to.
const clang::CallExpr *outlivingWork(const LocalSource &Source,
                                     const FunctionSummary &F, Unit &U,
                                     const clang::CallExpr *&Token);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CANCELLATION_SOURCES_H
