//===-- PreferAsyncOverload.cpp - async-prefer-async-overload -------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds calls in coroutines of a member whose class has another one that does
/// the same and can be awaited.
class PreferAsyncOverloadCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<PreferAsyncOverloadCheck> R({
    .Name = "async-prefer-async-overload",
    .Group = "blocking",
    .Level = Severity::Style,
    // Nothing but a name says that the function waits at all.
    .When = Tier::OptIn,
    .Since = "0.1",
    .Summary = "a coroutine calls a function although its class has a form of "
               "it that can be awaited",
});

} // namespace

/// Whether \p Async takes what \p Method does.
static bool takesTheSame(const CXXMethodDecl *Async,
                         const CXXMethodDecl *Method) {
  if (Async->getNumParams() < Method->getNumParams())
    return false;
  for (unsigned I = 0; I != Async->getNumParams(); ++I) {
    const ParmVarDecl *P = Async->getParamDecl(I);
    if (I >= Method->getNumParams()
            ? !P->hasDefaultArg()
            : P->getType()
                      .getNonReferenceType()
                      .getCanonicalType()
                      .getUnqualifiedType() != Method->getParamDecl(I)
                                                   ->getType()
                                                   .getNonReferenceType()
                                                   .getCanonicalType()
                                                   .getUnqualifiedType())
      return false;
  }
  return true;
}

/// The member of \p RD, or of a base of it, that is the async form of
/// \p Method, and that a coroutine with \p Promise can await.
static const CXXMethodDecl *asyncFormOf(const CXXMethodDecl *Method,
                                        const CXXRecordDecl *RD,
                                        const Coroutine &Coro, Unit &U) {
  const CXXMethodDecl *Found = nullptr;
  anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
    Class = definitionOf(Class);
    if (!Class)
      return false;
    for (const CXXMethodDecl *Other : Class->methods())
      if (Other->getIdentifier() && Other->getAccess() == AS_public &&
          !Other->isDeleted() &&
          U.M.index().isAsyncFormOf(Other->getName(), Method->getName()) &&
          U.C.taskType(Other->getReturnType()).Kind == TaskType::Task &&
          U.C.canAwait(Coro.Promise, Other->getReturnType()) &&
          takesTheSame(Other, Method)) {
        Found = Other;
        return true;
      }
    return false;
  });
  return Found;
}

void PreferAsyncOverloadCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions()) {
    if (!F.Coro || F.Function->isDependentContext() || !U.loopContext(F))
      continue;
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
      if (!Method || !Method->getIdentifier() || Method->isStatic() ||
          U.M.isLibraryCode(Method) || U.C.taskType(Call->getType()))
        return true;
      // What its code says of it, the other checks know; and what an object
      // does for itself is how the async form is made.
      const FunctionDecl *Def = nullptr;
      if (Method->hasBody(Def) ||
          isa<CXXThisExpr>(stripImplicit(Call->getImplicitObjectArgument())))
        return true;
      const CXXRecordDecl *RD = recordOf(Call->getObjectType());
      const CXXMethodDecl *Async =
          RD ? asyncFormOf(Method, RD, *F.Coro, U) : nullptr;
      if (!Async || !U.siteOnLoop(F, Call))
        return true;
      Finding Found;
      Found.Loc = Call->getExprLoc();
      Found.Ranges.push_back(Call->getSourceRange());
      Found.Message = "'" + displayCallee(Call, Method) +
                      "' may block the thread that runs this coroutine; "
                      "co_await '" +
                      Async->getNameAsString() + "' instead";
      Found.Notes.push_back({Async->getLocation(), "declared here"});
      report(std::move(Found));
      return true;
    });
  }
}
