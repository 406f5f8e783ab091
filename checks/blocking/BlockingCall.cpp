//===-- BlockingCall.cpp - async-blocking-call -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "blocking/Blocking.h"
#include "core/Fixes.h"
#include "core/Names.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;
using namespace async_tidy;

namespace {

/// Finds input, output and other calls that block in coroutines.
class BlockingCallCheck final : public BlockingCheckBase {
public:
  BlockingCallCheck(StringRef Name, tidy::ClangTidyContext *Context)
      : BlockingCheckBase({Effect::Call}, Name, Context) {}

  void analyze(Unit &U) override {
    BlockingCheckBase::analyze(U);
    analyzeHandovers(U);
  }

private:
  llvm::SmallVector<FixItHint, 2> fix(Unit &U, const FunctionSummary &F,
                                      const BlockingSite &Site) override;
};

const Register<BlockingCallCheck> R({
    .Name = "async-blocking-call",
    .Group = "blocking",
    .Level = Severity::Error,
    .When = Tier::Default,
    .Since = "0.1",
    .Summary = "blocking input, output or process control in a coroutine or a "
               "callback stops the thread and every task on it",
});

} // namespace

/// Whether the operations of \p Operations take the tokens of \p Own, which may
/// be the same library; under the same outer namespace.
static bool takesTokensOf(const LibraryRef &Operations, const LibraryRef &Own) {
  if (!Operations.Library || Operations.Library == Own.Library)
    return Operations.Namespace == Own.Namespace;
  return Operations.Library->TokensOf == Own.Library->Library &&
         Operations.Namespace.split("::").first ==
             Own.Namespace.split("::").first;
}

/// 'read(s, b)' becomes 'co_await async_read(s, b, use_awaitable)', and with an
/// error code as the last argument the token becomes redirect_error(...).
llvm::SmallVector<FixItHint, 2>
BlockingCallCheck::fix(Unit &U, const FunctionSummary &F,
                       const BlockingSite &Site) {
  const BlockingModel &Model = *Site.Model->Model;
  const LibraryRef &L = F.Coro->Library;
  const auto *Call = dyn_cast<CallExpr>(Site.Call);
  const NamedDecl *Name = Site.Callee;
  if (!Call || Model.AsyncName.empty() || !takesUsualToken(F) ||
      !takesTokensOf(Site.Model->Library, L) || !mayAwaitAt(F.Function, Call) ||
      !textOf(Call, U.Ctx))
    return {};

  // Where the function's own name stands.
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  SourceLocation NameLoc;
  std::string Async = Model.AsyncName;
  if (size_t At = Async.find("{name}"); At != std::string::npos)
    Async.replace(At, 6, Name->getName());
  if (const auto *Member = dyn_cast<MemberExpr>(Callee)) {
    NameLoc = Member->getMemberLoc();
    // The operation has to be there under that name.
    const CXXRecordDecl *RD =
        definitionOf(recordOf(Member->getBase()->getType()));
    if (!anyOfClasses(RD, [&](const CXXRecordDecl *Class) {
          return !Class->lookup(&U.Ctx.Idents.get(Async)).empty();
        }))
      return {};
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(Callee)) {
    NameLoc = Ref->getLocation();
    // It stands beside the function.
    std::string Beside = qualifiedName(Site.Callee);
    Beside.resize(Beside.size() - lastComponent(Beside).size());
    if (!isDeclared(Beside + Async, U.Ctx))
      return {};
  } else {
    return {};
  }

  std::string Token = L.qualify(L.Library->AwaitToken);
  auto Arguments = writtenArguments(Call);
  auto Fixes = insertAwait(F.Function, Call, U.Ctx);
  Fixes.push_back(FixItHint::CreateReplacement(NameLoc, Async));
  const Expr *Last = Arguments.empty() ? nullptr : Arguments.back();
  const TypeModel *Known = Last ? U.M.type(Last->getType()) : nullptr;
  if (Known && Known->ErrorCode) {
    std::string Redirect = L.qualify(L.Library->RedirectError);
    std::optional<std::string> Error = textOf(Last, U.Ctx);
    // The operation does not return the error, as the call may.
    const TypeModel *Returned = U.M.type(Call->getType());
    if (Returned && Returned->ErrorCode && !isStatement(F.Function, Call))
      return {};
    if (!Error || L.Library->RedirectError.empty() ||
        !areDeclared(Redirect + " " + Token, L.Namespace, U.Ctx))
      return {};
    Fixes.push_back(FixItHint::CreateReplacement(
        Last->getSourceRange(), Redirect + "(" + Token + ", " + *Error + ")"));
  } else {
    if (!isDeclared(Token, U.Ctx))
      return {};
    Fixes.push_back(FixItHint::CreateInsertion(Call->getRParenLoc(),
                                               (Last ? ", " : "") + Token));
  }
  return Fixes;
}
