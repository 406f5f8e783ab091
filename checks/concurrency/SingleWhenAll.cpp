//===-- SingleWhenAll.cpp - async-single-when-all -------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds a single task that is awaited together with no other.
class SingleWhenAllCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<SingleWhenAllCheck> R({
    .Name = "async-single-when-all",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::OptIn, // its result or its errors may be what is wanted
    .Since = "0.1",
    .Summary = "to wait for all of one task takes a detour",
});

} // namespace

/// Whether \p Callee takes its first argument as an lvalue only, and so leaves
/// what the task gives to whoever has it.
static bool leavesResult(const FunctionDecl *Callee) {
  const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern();
  if (!Pattern)
    Pattern = Callee;
  if (!Pattern->getNumParams())
    return false;
  QualType T = Pattern->getParamDecl(0)->getType();
  if (const auto *Pack = T->getAs<PackExpansionType>())
    T = Pack->getPattern();
  return T->isLValueReferenceType() &&
         !T.getNonReferenceType().isConstQualified();
}

void SingleWhenAllCheck::analyze(Unit &U) {
  for (const FunctionSummary &F : U.functions())
    walkFunction(F.Function, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      const auto *NS =
          Callee ? dyn_cast<NamespaceDecl>(
                       Callee->getDeclContext()->getEnclosingNamespaceContext())
                 : nullptr;
      // A member waits for its object, too.
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
      if (!NS || (Method && Method->isInstance()) ||
          isa<CXXOperatorCallExpr>(Call))
        return true;
      const LibraryRef Library = U.M.libraryAround(Callee);
      if (!Library)
        return true;
      const std::string Name = qualifiedName(Callee);
      if (llvm::none_of(Library.Library->Combines, [&](StringRef Combiner) {
            return Library.qualify(Combiner) == Name;
          }))
        return true;
      const auto Arguments = writtenArguments(Call);
      if (Arguments.size() != 1 ||
          U.C.taskType(Arguments.front()->getType()).Kind != TaskType::Task ||
          isa<PackExpansionExpr>(Arguments.front()) || leavesResult(Callee))
        return true;
      // In a template it may be one of many.
      if (F.Function->isTemplateInstantiation() ||
          F.Function->isDependentContext())
        return true;
      Finding Found;
      Found.Loc = Call->getExprLoc();
      Found.Ranges.push_back(Call->getSourceRange());
      Found.Message = "'" + displayCallee(Call, Callee) +
                      "' waits for one task here; await the task itself";
      report(std::move(Found));
      return true;
    });
}
