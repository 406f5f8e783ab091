//===-- Timeouts.cpp - What ends a wait that takes too long -----*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cancellation/Timeouts.h"
#include "cancellation/Tokens.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

/// Whether a \p T is a point in time, or an amount of it, in \p Library or in
/// the standard one.
static bool isTime(QualType T, LibraryRef Library, Models &M) {
  const CXXRecordDecl *RD = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!RD || RD->isLambda() || tokenType(T, M))
    return false;
  const std::string Name = qualifiedName(RD);
  return Name == "std::chrono::duration" || Name == "std::chrono::time_point" ||
         // A library may have units of its own.
         (!RD->isInStdNamespace() &&
          M.libraryAround(RD).Library == Library.Library);
}

llvm::SmallVector<TimeoutCall, 1> async_tidy::timeoutCalls(const Expr *E,
                                                           Unit &U) {
  llvm::SmallVector<TimeoutCall, 1> Found;
  const FunctionModel *Known = isa<CallExpr>(E) ? U.M.function(E) : nullptr;
  if (!Known)
    return Found;
  for (const ModelRef<TimeoutModel> &Ref : Known->Timeouts) {
    const Expr *Limit = argumentOf(E, Ref.Model->Limit);
    if (!Limit || isa<CXXDefaultArgExpr>(Limit) ||
        !isTime(stripImplicit(Limit)->getType(), Ref.Library, U.M))
      continue;
    const Expr *Work = Ref.Model->Of ? argumentOf(E, *Ref.Model->Of) : nullptr;
    if (Work || !Ref.Model->Of)
      Found.push_back({E, Ref, Limit, Work});
  }
  return Found;
}
