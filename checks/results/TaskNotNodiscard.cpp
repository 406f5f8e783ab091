//===-- TaskNotNodiscard.cpp - async-task-not-nodiscard -------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Names.h"
#include "results/Loss.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds a project's own task types that may be dropped without a warning.
class TaskNotNodiscardCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<TaskNotNodiscardCheck> R({
    .Name = "async-task-not-nodiscard",
    .Group = "results",
    .Level = Severity::Style,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "a lazy task type without [[nodiscard]] lets its users forget "
               "the co_await",
});

} // namespace

void TaskNotNodiscardCheck::analyze(Unit &U) {
  // The types that the file's coroutines return.
  llvm::SmallSetVector<const CXXRecordDecl *, 8> Types;
  for (const FunctionSummary &F : U.functions()) {
    const QualType T = F.Function->getReturnType();
    if (!F.Coro || F.Coro->When != Start::Lazy || T->isDependentType())
      continue;
    const TaskType Type = U.C.taskType(T.getUnqualifiedType());
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    if (Type.Kind == TaskType::Task && !Type.Model.Model && RD &&
        !isNodiscardClass(T))
      Types.insert(RD->getCanonicalDecl());
  }
  for (const CXXRecordDecl *RD : Types) {
    // Where the author writes it: at the template.
    const CXXRecordDecl *Written = RD;
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD);
        Spec && !Spec->isExplicitSpecialization())
      Written = Spec->getSpecializedTemplate()->getTemplatedDecl();
    Written = definitionOf(Written);
    if (!Written || U.M.isLibraryCode(Written) ||
        Written->hasAttr<WarnUnusedResultAttr>())
      continue;
    const SourceLocation Loc = Written->getLocation();
    if (Loc.isMacroID())
      continue;
    Finding Found;
    Found.Loc = Loc;
    Found.Message = "'" + qualifiedName(Written) +
                    "' is a lazy task, and may be dropped without a warning: "
                    "who forgets the co_await skips the work; declare it "
                    "[[nodiscard]]";
    // Before a name with a qualifier, an attribute stands elsewhere.
    if (!Written->getQualifierLoc())
      Found.Fixes.push_back(FixItHint::CreateInsertion(Loc, "[[nodiscard]] "));
    report(Found);
  }
}
