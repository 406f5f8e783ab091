//===-- Closures.h - How lambdas die -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Follows a lambda from where it is written, through moves, wrappers and
/// functions of the project, to what destroys it while the coroutine that it
/// has started is suspended.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_LIFETIME_CLOSURES_H
#define ASYNC_TIDY_CHECKS_LIFETIME_CLOSURES_H

#include "core/Escapes.h"
#include "clang/AST/ExprCXX.h"

namespace async_tidy {

/// How a lambda dies before its coroutine has ended.
struct ClosureEnd {
  std::string How; ///< as in "the task is stored, and the lambda dies ..."
  /// The coroutine has begun to run by then.
  bool IsStarted = false;
  /// The call that the lambda is, where it is called at once.
  const clang::CallExpr *Call = nullptr;
  /// Where that happens, when it is in another function.
  const clang::Expr *At = nullptr;
};

class Closures {
public:
  explicit Closures(Unit &U) : U(U) {}

  /// What becomes of \p Lambda, which stands in \p In and whose calls start a
  /// coroutine that returns \p Task. Nothing when it lives as long as that, or
  /// nobody can tell.
  std::optional<ClosureEnd> endOf(const clang::LambdaExpr *Lambda,
                                  const clang::FunctionDecl *In,
                                  clang::QualType Task, Start When);

private:
  /// What holds the lambda.
  enum class Holder {
    Temporary, ///< the expression, until its end
    Variable,  ///< a local variable or a parameter by value
    Reference, ///< a parameter that is a reference: the caller
    Capture,   ///< another lambda
  };
  /// Where in the code the lambda is.
  struct Position {
    const clang::FunctionDecl *In;
    Holder By;
    /// The lambda that has captured this one, and where that stands.
    const clang::LambdaExpr *Outer = nullptr;
    const Position *OuterAt = nullptr;
    unsigned Depth = 0;
  };
  struct Result {
    enum {
      Unknown,
      Dies,
      Borrowed, ///< the caller's expression decides
      Detached, ///< the same, and nobody waits for the task
    } What = Unknown;
    ClosureEnd End;
  };

  Result follow(const clang::Expr *E, const Position &At);
  Result variable(const clang::ValueDecl *Var, const Position &At);
  Result given(const clang::Expr *To, unsigned Number, const Position &At,
               bool &GoesOn);
  Result returned(const Position &At);
  Result lent(const clang::Expr *Call, const Position &At);
  Result captured(const clang::LambdaExpr *By, const clang::Expr *Init,
                  const Position &At);
  Result dies(std::string How, bool IsStarted, const clang::Expr *Where);

  Unit &U;
  clang::QualType Task;
  Start When = Start::Unknown;
};

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_LIFETIME_CLOSURES_H
