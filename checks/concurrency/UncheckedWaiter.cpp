//===-- UncheckedWaiter.cpp - async-unchecked-waiter ----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Check.h"
#include "core/Containers.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds functions that register who waits until a value is reached, and don't
/// look whether it has been reached already.
class UncheckedWaiterCheck final : public Check {
public:
  using Check::Check;

  void analyze(Unit &U) override;
};

const Register<UncheckedWaiterCheck> R({
    .Name = "async-unchecked-waiter",
    .Group = "concurrency",
    .Level = Severity::Warning,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "who waits until a value is reached is registered without a "
               "look whether it has been reached, and may wait for ever",
});

/// A function that tells those who wait how far things have come: it compares
/// that with the keys of their container, and keeps it in a member.
struct Notifier {
  const FunctionDecl *Function;
  const ValueDecl *Waiters;
  const ValueDecl *Reached;
  const Expr *Stored;
  QualType Key;
};

} // namespace

static const ValueDecl *keyOf(const ValueDecl *D) {
  return cast<ValueDecl>(patternOf(D)->getCanonicalDecl());
}

/// The member of its object that \p E is, in a member function.
static const ValueDecl *memberBehind(const Expr *E) {
  const FieldDecl *Member = ownMember(E);
  return Member ? keyOf(Member) : nullptr;
}

static bool mentionsAny(const Stmt *S,
                        llvm::function_ref<bool(const ValueDecl *)> Is) {
  bool Found = false;
  walkBody(S, [&](const Stmt *Part) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Part))
      Found |= Is(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(Part))
      Found |= Is(keyOf(Member->getMemberDecl()));
    return !Found;
  });
  return Found;
}

/// The type of the keys of container \p D, the first of its template's
/// arguments, where it has more than one.
static QualType keyType(const ValueDecl *D) {
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      D->getType().getNonReferenceType()->getAsCXXRecordDecl());
  if (!Spec || Spec->getTemplateArgs().size() < 2 ||
      Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type ||
      Spec->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return QualType();
  return Spec->getTemplateArgs()[0].getAsType();
}

/// Whether \p RD, or something that it holds, has a member that makes a task
/// of an empty list of arguments: a promise.
static const CXXRecordDecl *promiseIn(QualType T, Unit &U, unsigned Depth = 0) {
  const CXXRecordDecl *RD = T.getNonReferenceType()->getAsCXXRecordDecl();
  if (!RD || Depth > 3)
    return nullptr;
  RD = definitionOf(RD);
  if (!RD || !RD->hasDefinition() || RD->isDependentType())
    return nullptr;
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD);
      Spec && RD->isInStdNamespace()) {
    for (const TemplateArgument &Argument : Spec->getTemplateArgs().asArray())
      if (Argument.getKind() == TemplateArgument::Type)
        if (const CXXRecordDecl *Promise =
                promiseIn(Argument.getAsType(), U, Depth + 1))
          return Promise;
    return nullptr;
  }
  if (U.C.taskType(T))
    return nullptr;
  for (const CXXMethodDecl *Method : RD->methods())
    if (Method->param_empty() && !Method->isStatic() &&
        U.M.libraryAround(Method) &&
        U.C.taskType(Method->getReturnType()).Kind == TaskType::Task)
      return RD;
  for (const FieldDecl *Field : RD->fields())
    if (const CXXRecordDecl *Promise =
            promiseIn(Field->getType(), U, Depth + 1))
      return Promise;
  return nullptr;
}

static bool isRelational(const Expr *E) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isRelationalOp();
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
  return Call && (Call->getOperator() == OO_Less ||
                  Call->getOperator() == OO_LessEqual ||
                  Call->getOperator() == OO_Greater ||
                  Call->getOperator() == OO_GreaterEqual);
}

/// Whether the member call \p E looks keys up by their order.
static bool looksUpByOrder(const Expr *E) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(calleeOf(E));
  return Method && Method->getIdentifier() &&
         (Method->getName() == "upper_bound" ||
          Method->getName() == "lower_bound");
}

static std::optional<Notifier> notifier(const FunctionDecl *FD, Unit &U) {
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  if (!Method || !Method->isInstance() || Method->getParent()->isLambda() ||
      FD->param_empty() || FD->isDependentContext())
    return std::nullopt;
  // The container whose elements are promises, and a member that is set to how
  // far things have come.
  const ValueDecl *Waiters = nullptr, *Reached = nullptr;
  const Expr *Stored = nullptr;
  auto IsParameter = [&](const ValueDecl *D) {
    return isa<ParmVarDecl>(D) && llvm::is_contained(FD->parameters(), D);
  };
  auto Set = [&](const Expr *Left, const Expr *Right, const Expr *At) {
    const ValueDecl *D = memberBehind(Left);
    if (D && mentionsAny(Right, IsParameter)) {
      Reached = D;
      Stored = At;
    }
  };
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S))
      if (const ValueDecl *D = memberBehind(E);
          D && !Waiters && isContainer(D->getType(), U.M) &&
          !keyType(D).isNull() && promiseIn(D->getType(), U))
        Waiters = D;
    if (const auto *Assign = dyn_cast<BinaryOperator>(S);
        Assign && Assign->getOpcode() == BO_Assign)
      Set(Assign->getLHS(), Assign->getRHS(), Assign);
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
             Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2)
      Set(Op->getArg(0), Op->getArg(1), Op);
    return true;
  });
  if (!Waiters || !Reached)
    return std::nullopt;
  const QualType Key = keyType(Waiters).getCanonicalType();
  if (Reached->getType().getCanonicalType().getUnqualifiedType() !=
      Key.getUnqualifiedType())
    return std::nullopt;
  bool Compares = false;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E || Compares)
      return !Compares;
    if (!isRelational(E) && !looksUpByOrder(E))
      return true;
    Compares = mentionsAny(E, [&](const ValueDecl *D) {
      return IsParameter(D) || keyOf(D) == Reached;
    });
    return true;
  });
  if (!Compares)
    return std::nullopt;
  return Notifier{FD, Waiters, Reached, Stored, Key};
}

/// Where \p FD registers a parameter with the keys of \p N; null when it does
/// not.
static const Expr *registers(const FunctionDecl *FD, const Notifier &N,
                             Unit &U) {
  const Expr *At = nullptr;
  walkFunction(FD, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    const Expr *Object = E ? objectOf(E) : nullptr;
    if (!Object || memberBehind(Object) != N.Waiters || At)
      return true;
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(calleeOf(E));
    if (!Method ||
        !((Op && Op->getOperator() == OO_Subscript) ||
          (Method->getIdentifier() && U.M.index().isAdding(Method->getName()))))
      return true;
    const auto Arguments = writtenArguments(E);
    if (!Arguments.empty() &&
        mentionsAny(Arguments.front(), [&](const ValueDecl *D) {
          return isa<ParmVarDecl>(D) &&
                 llvm::is_contained(FD->parameters(), D) &&
                 D->getType()
                         .getNonReferenceType()
                         .getCanonicalType()
                         .getUnqualifiedType() == N.Key.getUnqualifiedType();
        }))
      At = E;
    return true;
  });
  return At;
}

/// Whether \p FD looks how far things have come: at the member, or by a call of
/// something that may do so.
static bool looks(const FunctionDecl *FD, const Notifier &N, Unit &U) {
  bool Looks = false;
  walkFunction(FD, [&](const Stmt *S) {
    if (const auto *Member = dyn_cast<MemberExpr>(S)) {
      Looks |= keyOf(Member->getMemberDecl()) == N.Reached;
    } else if (isa<LambdaExpr>(S)) {
      Looks = true;
    }
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
      if (isa<CXXThisExpr>(stripImplicit(Call->getImplicitObjectArgument())))
        Looks = true;
    // To be told the same about another key is to look.
    if (const auto *E = dyn_cast<Expr>(S); E && isRelational(E))
      Looks = true;
    return !Looks;
  });
  return Looks;
}

void UncheckedWaiterCheck::analyze(Unit &U) {
  std::vector<Notifier> Notifiers;
  for (const FunctionSummary &F : U.functions())
    if (std::optional<Notifier> N = notifier(F.Function, U))
      Notifiers.push_back(*N);
  if (Notifiers.empty())
    return;
  for (const FunctionSummary &F : U.functions())
    for (const Notifier &N : Notifiers) {
      const auto *Method = dyn_cast<CXXMethodDecl>(F.Function);
      if (!Method || F.Function == N.Function ||
          Method->getParent()->getCanonicalDecl() !=
              cast<CXXMethodDecl>(N.Function)->getParent()->getCanonicalDecl())
        continue;
      const bool GivesTask =
          F.Coro || U.C.taskType(F.Function->getReturnType());
      const Expr *At = GivesTask ? registers(F.Function, N, U) : nullptr;
      if (!At || looks(F.Function, N, U))
        continue;
      // Its callers may have looked.
      if (llvm::any_of(U.starts(F.Function), [&](const StartSite &Site) {
            return looks(U.functions()[Site.Caller].Function, N, U);
          }))
        continue;
      Finding Found;
      Found.Loc = At->getExprLoc();
      Found.Ranges.push_back(At->getSourceRange());
      Found.Message = "this waiter is registered without a look at '" +
                      N.Reached->getNameAsString() +
                      "': when that has come so far already, nobody tells it "
                      "any more; test it first";
      Found.Notes.push_back(
          {N.Stored->getExprLoc(), "how far things have come is kept here"});
      report(std::move(Found));
    }
}
