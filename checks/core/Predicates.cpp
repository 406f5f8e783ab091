//===-- Predicates.cpp - Which calls a model's entry is about -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Predicates.h"
#include "core/Coroutines.h"
#include "core/Names.h"
#include "core/Walk.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;
using namespace async_tidy;

namespace {
/// Unknown is a value of its own: it satisfies neither 'when' nor the absence
/// of 'unless'.
enum class Answer { No, Unknown, Yes };
} // namespace

static bool isZeroValue(const APValue &V) {
  switch (V.getKind()) {
  case APValue::Int:
    return V.getInt().isZero();
  case APValue::Float:
    return V.getFloat().isZero();
  case APValue::LValue:
    return V.isNullPointer();
  case APValue::Struct:
    // A duration is zero when its count is.
    for (unsigned I = 0; I != V.getStructNumBases(); ++I)
      if (!isZeroValue(V.getStructBase(I)))
        return false;
    for (unsigned I = 0; I != V.getStructNumFields(); ++I)
      if (!isZeroValue(V.getStructField(I)))
        return false;
    return true;
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// What a local variable holds
//===----------------------------------------------------------------------===//

/// The variable that \p E names, and nothing more than names.
static const VarDecl *variable(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(stripImplicit(E));
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// The variable whose address \p E is.
static const VarDecl *variableBehind(const Expr *E) {
  const auto *Op = dyn_cast<UnaryOperator>(stripImplicit(E));
  return Op && Op->getOpcode() == UO_AddrOf ? variable(Op->getSubExpr())
                                            : nullptr;
}

/// Whether \p E is \p Var or one of its members.
static bool isPartOf(const Expr *E, const VarDecl *Var) {
  E = E->IgnoreParens();
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E))
    return Cast->getCastKind() != CK_LValueToRValue &&
           isPartOf(Cast->getSubExpr(), Var);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref->getDecl() == Var;
  const auto *Member = dyn_cast<MemberExpr>(E);
  if (!Member || !isa<FieldDecl>(Member->getMemberDecl()))
    return false;
  if (!Member->isArrow())
    return isPartOf(Member->getBase(), Var);
  // Macros write (&var)->member.
  const auto *Op = dyn_cast<UnaryOperator>(Member->getBase()->IgnoreParens());
  return Op && Op->getOpcode() == UO_AddrOf && isPartOf(Op->getSubExpr(), Var);
}

/// Whether \p Call is of a C function that the system's headers declare. What
/// these do with a descriptor is no secret, and models can tell it.
static bool callsSystem(const CallExpr *Call, ASTContext &Ctx) {
  const FunctionDecl *FD = Call->getDirectCallee();
  return FD && FD->isExternC() &&
         Ctx.getSourceManager().isInSystemHeader(FD->getLocation());
}

namespace {

/// All that the code shows of the values which a local variable gets.
struct Stored {
  /// What is assigned to the variable or to one of its members.
  llvm::SmallVector<const Expr *, 4> Values;
  /// It may also change in ways that the code does not show.
  bool Escapes = false;
  /// The value is stored elsewhere, or given to a function that may keep it.
  bool HandedOn = false;
};

} // namespace

/// What the function around local variable \p Var, lambdas in it included,
/// stores there; whatever \p Call does to it comes too late to count.
static Stored storedIn(const VarDecl *Var, const Expr *Call, ASTContext &Ctx) {
  Stored Found;
  const auto *Owner =
      dyn_cast_or_null<FunctionDecl>(Var->getParentFunctionOrMethod());
  if (!Owner || !Owner->hasBody()) {
    Found.Escapes = true;
    return Found;
  }
  auto Store = [&](const Expr *Value) {
    // Of 'a = b = 0' the inner assignment tells.
    const auto *Op = dyn_cast<BinaryOperator>(Value->IgnoreParenImpCasts());
    if (!Op || !Op->isAssignmentOp())
      Found.Values.push_back(Value);
  };
  if (const Expr *Init = Var->getInit()) {
    const auto *Construct = dyn_cast<CXXConstructExpr>(Init);
    if (!Construct || !Construct->getConstructor()->isTrivial() ||
        Construct->getNumArgs() != 0 || Construct->requiresZeroInitialization())
      Store(Init);
  }
  llvm::SmallVector<const Stmt *, 32> Work{Owner->getBody()};
  while (!Work.empty()) {
    const Stmt *S = Work.pop_back_val();
    if (!S || S == Call || isa<UnaryExprOrTypeTraitExpr>(S))
      continue;
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S);
        Cast &&
        (Cast->getCastKind() == CK_LValueToRValue ||
         Cast->getType().isConstQualified()) &&
        isPartOf(Cast->getSubExpr(), Var))
      continue; // only read
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      Found.Escapes |= Ref->getDecl() == Var;
    } else if (const auto *Op = dyn_cast<BinaryOperator>(S);
               Op && Op->isAssignmentOp() && isPartOf(Op->getLHS(), Var)) {
      Store(Op->getRHS());
      Work.push_back(Op->getRHS());
      continue;
    } else if (const auto *Op = dyn_cast<BinaryOperator>(S)) {
      Found.HandedOn |= Op->isAssignmentOp() && variable(Op->getRHS()) == Var;
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
      if (Op->isAssignmentOp() && Op->getNumArgs() == 2 &&
          isPartOf(Op->getArg(0), Var)) {
        Store(Op->getArg(1));
        Work.push_back(Op->getArg(1));
        continue;
      }
    } else if (const auto *Other = dyn_cast<CallExpr>(S)) {
      // bind(fd, ...) does something with it, event_new(loop, fd, ...) hands
      // it to somebody.
      for (unsigned I = callsSystem(Other, Ctx); I < Other->getNumArgs(); ++I)
        Found.HandedOn |= variable(Other->getArg(I)) == Var;
    } else if (const auto *List = dyn_cast<InitListExpr>(S)) {
      for (const Expr *Element : List->inits())
        Found.HandedOn |= Element && variable(Element) == Var;
    } else if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      // Its body tells what becomes of a captured variable.
      Work.push_back(Lambda->getBody());
      for (const Expr *Init : Lambda->capture_inits())
        if (Init && variable(Init) != Var)
          Work.push_back(Init);
      continue;
    } else if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(S)) {
      Work.push_back(Suspend->getOperand());
      continue;
    }
    Work.append(S->child_begin(), S->child_end());
  }
  return Found;
}

//===----------------------------------------------------------------------===//
// Predicates
//===----------------------------------------------------------------------===//

std::optional<bool> async_tidy::constantIsZero(const Expr *E, ASTContext &Ctx) {
  const Expr *Bare = stripImplicit(E);
  Expr::EvalResult Result;
  if (!Bare->isGLValue() && Bare->EvaluateAsConstantExpr(Result, Ctx))
    return isZeroValue(Result.Val);
  Result = Expr::EvalResult();
  if (E->EvaluateAsRValue(Result, Ctx) && !Result.HasSideEffects)
    return isZeroValue(Result.Val);
  return std::nullopt;
}

/// Whether \p Var is zero whenever \p Call runs. A value that only the run
/// knows is as good as not zero: a wait that takes its time from a setting
/// waits.
static Answer holdsZero(const VarDecl *Var, const Expr *Call, ASTContext &Ctx) {
  if (Var->getType().isConstQualified() && Var->hasInit() &&
      !Var->getInit()->isValueDependent())
    if (const APValue *V = Var->evaluateValue())
      return isZeroValue(*V) ? Answer::Yes : Answer::No;
  if (!Var->isLocalVarDecl())
    return Answer::No;
  Stored Found = storedIn(Var, Call, Ctx);
  for (const Expr *Value : Found.Values)
    if (Value->isValueDependent() || Value->isTypeDependent())
      return Answer::Unknown;
    else if (!constantIsZero(Value, Ctx).value_or(false))
      return Answer::No;
  return Found.Escapes || Found.Values.empty() ? Answer::Unknown : Answer::Yes;
}

static Answer isZero(const Expr *E, const Expr *Call, ASTContext &Ctx) {
  if (E->isValueDependent() || E->isTypeDependent())
    return Answer::Unknown;
  if (std::optional<bool> Zero = constantIsZero(E, Ctx))
    return *Zero ? Answer::Yes : Answer::No;
  const VarDecl *Var = variable(E);
  return Var && !Var->getType()->isArrayType() ? holdsZero(Var, Call, Ctx)
                                               : Answer::No;
}

static Answer isPointerToZero(const Expr *E, const Expr *Call,
                              ASTContext &Ctx) {
  if (E->isValueDependent() || E->isTypeDependent())
    return Answer::Unknown;
  const VarDecl *Var = variableBehind(E);
  return Var ? holdsZero(Var, Call, Ctx) : Answer::No;
}

namespace {

/// Looks for names in what somebody has written, each thing once.
class Mentioned {
public:
  Mentioned(llvm::ArrayRef<StringRef> Names, ASTContext &Ctx)
      : Names(Names), Ctx(Ctx) {}

  bool in(const Stmt *S) {
    if (!S)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      if (isOne(Ref->getDecl()))
        return true;
      // A constant stands for what it was made from.
      if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
          Var && Var->isUsableInConstantExpressions(Ctx))
        return in(Var->getAnyInitializer());
    }
    if (const auto *Member = dyn_cast<MemberExpr>(S))
      if (isOne(Member->getMemberDecl()))
        return true;
    if (inMacro(S->getBeginLoc()))
      return true;
    // Of the calls that the compiler adds, nobody has written one.
    if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(S))
      return in(Suspend->getOperand());
    if (const auto *Await = dyn_cast<DependentCoawaitExpr>(S))
      return in(Await->getOperand());
    if (const auto *Return = dyn_cast<CoreturnStmt>(S))
      return in(Return->getOperand());
    if (const auto *Body = dyn_cast<CoroutineBodyStmt>(S))
      return in(Body->getBody());
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return in(Child); });
  }

private:
  bool isOne(const NamedDecl *D) const {
    return D->getDeclName().isIdentifier() &&
           llvm::is_contained(Names, D->getName());
  }

  /// Whether one of the macros that \p Loc comes from is called so. All that
  /// an expansion gives has the same name, and comes from the same macros.
  bool inMacro(SourceLocation Loc) {
    const SourceManager &SM = Ctx.getSourceManager();
    while (Loc.isMacroID() && Expansions.insert(SM.getFileID(Loc)).second) {
      if (llvm::is_contained(
              Names, Lexer::getImmediateMacroName(Loc, SM, Ctx.getLangOpts())))
        return true;
      Loc = SM.getImmediateMacroCallerLoc(Loc);
    }
    return false;
  }

  const llvm::ArrayRef<StringRef> Names;
  ASTContext &Ctx;
  /// What was looked at before.
  llvm::DenseSet<FileID> Expansions;
};

} // namespace

bool async_tidy::mentions(const Stmt *S, StringRef Name, ASTContext &Ctx) {
  return Mentioned(Name, Ctx).in(S);
}

bool async_tidy::mentionsAny(const Stmt *S, llvm::ArrayRef<std::string> Names,
                             ASTContext &Ctx) {
  llvm::SmallVector<StringRef, 16> Bare;
  for (const std::string &Name : Names)
    Bare.push_back(lastComponent(Name));
  return !Bare.empty() && Mentioned(Bare, Ctx).in(S);
}

/// Whether the value of \p E is known in every bit: literals and enumerators
/// joined by operators.
static bool isSpelledOut(const Expr *E, ASTContext &Ctx) {
  Expr::EvalResult Result;
  return !E->isValueDependent() && E->EvaluateAsRValue(Result, Ctx);
}

static Answer has(const Expr *E, StringRef Name, const Expr *Call,
                  ASTContext &Ctx) {
  if (mentions(E, Name, Ctx))
    return Answer::Yes;
  if (isSpelledOut(E, Ctx) && !variableBehind(E))
    return Answer::No;
  // An object that a call returns has no flags in it.
  if (isa<CallExpr>(stripImplicit(E)) && E->getType()->isRecordType())
    return Answer::No;
  // Flags in a variable, or in a member of a structure that E points to.
  const VarDecl *Pointee = variableBehind(E);
  const VarDecl *Var = Pointee ? Pointee : variable(E);
  if (!Var || !Var->isLocalVarDecl())
    return Pointee ? Answer::No : Answer::Unknown;
  Stored Found = storedIn(Var, Call, Ctx);
  bool Known = !Found.Escapes && !Found.Values.empty();
  for (const Expr *Value : Found.Values) {
    if (mentions(Value, Name, Ctx))
      return Answer::Yes;
    Known &= isSpelledOut(Value, Ctx);
  }
  // A structure is filled in here, or cleared by a function.
  return Known || Pointee ? Answer::No : Answer::Unknown;
}

/// The literal that string \p E begins with: of a string or path made from
/// one, of a concatenation, of a variable that starts as one.
static const StringLiteral *leadingLiteral(const Expr *E) {
  // A variable may be initialised with itself.
  llvm::SmallPtrSet<const VarDecl *, 4> Seen;
  while (E) {
    E = stripImplicit(E);
    if (const auto *Literal = dyn_cast<StringLiteral>(E))
      return Literal;
    if (const auto *Var = variable(E))
      E = Seen.insert(Var).second ? Var->getAnyInitializer() : nullptr;
    else if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
      E = Construct->getNumArgs() ? Construct->getArg(0) : nullptr;
    else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E))
      E = Member->getImplicitObjectArgument(); // s.c_str()
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      E = Op->isInfixBinaryOp() ? Op->getArg(0) : nullptr;
    else if (const auto *Made = dyn_cast<UserDefinedLiteral>(E))
      E = Made->getNumArgs() ? Made->getArg(0) : nullptr;
    else
      return nullptr;
  }
  return nullptr;
}

static Answer startsWith(const Expr *E, llvm::ArrayRef<std::string> Prefixes) {
  const StringLiteral *Literal = leadingLiteral(E);
  return Literal && Literal->getCharByteWidth() == 1 &&
                 llvm::any_of(Prefixes,
                              [Literal](StringRef Prefix) {
                                return Literal->getBytes().starts_with(Prefix);
                              })
             ? Answer::Yes
             : Answer::No;
}

static Answer isFrom(const ArgumentPredicate &P, LibraryRef Library,
                     const Expr *E, const Expr *Call, ASTContext &Ctx) {
  const VarDecl *Var = variable(E);
  if (!Var || !Var->isLocalVarDecl())
    return Answer::Unknown;
  Stored Found = storedIn(Var, Call, Ctx);
  if (Found.Escapes || (Found.HandedOn && !P.Without.empty()))
    return Answer::Unknown;
  Answer Result = Answer::Unknown;
  for (const Expr *Value : Found.Values) {
    if (isSpelledOut(Value, Ctx))
      continue; // -1, until there is something better
    const Expr *Source = stripImplicit(Value);
    const FunctionDecl *FD = calleeOf(Source);
    if (!FD || (Library.Namespace.empty() && !FD->isExternC()) ||
        llvm::none_of(P.From,
                      [Name = qualifiedName(FD), &Library](StringRef Wanted) {
                        return Name == Library.qualify(Wanted);
                      }))
      return Answer::Unknown;
    Result = Answer::Yes;
    auto Arguments = writtenArguments(Source);
    if (!P.UnlessStartsWith.empty() && !Arguments.empty() &&
        startsWith(Arguments.front(), P.UnlessStartsWith) == Answer::Yes)
      return Answer::No;
    if (P.Without.empty())
      continue;
    for (const Expr *Argument : Arguments) {
      if (!Argument->getType()->isIntegralOrEnumerationType())
        continue;
      Answer Flag = has(Argument, P.Without, Call, Ctx);
      if (Flag == Answer::Yes)
        return Answer::No;
      // The first argument says where, the others how.
      if (Flag == Answer::Unknown && Argument != Arguments.front())
        return Answer::Unknown;
    }
  }
  return Result;
}

/// Whether \p E is what a call returned, by value, and not a variable that
/// holds it.
static Answer isTemporary(const Expr *E) {
  E = stripImplicit(E);
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    // std::move(f).get() is about f.
    if (Call->isCallToStdMove())
      return isTemporary(Call->getArg(0));
    if (!Call->isPRValue())
      return Answer::No;
    // A coroutine that never suspends has ended when the call returns.
    const FunctionDecl *FD = Call->getDirectCallee();
    const Stmt *Body = FD ? coroutineBody(FD) : nullptr;
    bool Suspends = !Body;
    walkBody(Body, [&](const Stmt *S) {
      Suspends |= isa<CoroutineSuspendExpr, DependentCoawaitExpr>(S);
      return !Suspends;
    });
    return Suspends ? Answer::Yes : Answer::No;
  }
  return Answer::No;
}

static Answer decide(const ArgumentPredicate &P, LibraryRef Library,
                     const Expr *Call, ASTContext &Ctx) {
  const Expr *E = argumentOf(Call, P.Argument);
  if (!E)
    return Answer::No;
  if (P.Is == ArgumentPredicate::Zero)
    return isZero(E, Call, Ctx);
  if (P.Is == ArgumentPredicate::NonZero) {
    if (E->isValueDependent() || E->isTypeDependent())
      return Answer::Unknown;
    std::optional<bool> Zero = constantIsZero(E, Ctx);
    return !Zero ? Answer::Unknown : *Zero ? Answer::No : Answer::Yes;
  }
  if (P.Is == ArgumentPredicate::PointerToZero)
    return isPointerToZero(E, Call, Ctx);
  if (P.Is == ArgumentPredicate::Temporary)
    return isTemporary(E);
  if (!P.Has.empty())
    return has(E, P.Has, Call, Ctx);
  if (!P.Names.empty()) {
    const ValueDecl *D = namedBy(E);
    return D && qualifiedName(D) == Library.qualify(P.Names) ? Answer::Yes
                                                             : Answer::No;
  }
  if (!P.Type.empty()) {
    const CXXRecordDecl *RD = recordOf(stripImplicit(E)->getType());
    if (!RD)
      return stripImplicit(E)->isTypeDependent() ? Answer::Unknown : Answer::No;
    std::string Wanted = Library.qualify(P.Type);
    return anyOfClasses(RD,
                        [&](const CXXRecordDecl *Class) {
                          return qualifiedName(Class) == Wanted;
                        })
               ? Answer::Yes
               : Answer::No;
  }
  if (!P.StartsWith.empty())
    return startsWith(E, P.StartsWith);
  return isFrom(P, Library, E, Call, Ctx);
}

bool async_tidy::matches(const BlockingModel &Entry, LibraryRef Library,
                         const Expr *Call, ASTContext &Ctx) {
  unsigned Count = writtenArguments(Call).size();
  if ((Entry.MinArguments && Count < *Entry.MinArguments) ||
      (Entry.MaxArguments && Count > *Entry.MaxArguments))
    return false;
  for (const ArgumentPredicate &P : Entry.When)
    if (decide(P, Library, Call, Ctx) != Answer::Yes)
      return false;
  for (const ArgumentPredicate &P : Entry.Unless)
    if (decide(P, Library, Call, Ctx) != Answer::No)
      return false;
  return true;
}
