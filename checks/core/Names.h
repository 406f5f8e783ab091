//===-- Names.h - How declarations and types are called -*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Names of declarations as models and messages write them: namespaces and
/// classes joined by '::', without inline or anonymous namespaces and without
/// template arguments.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_NAMES_H
#define ASYNC_TIDY_CHECKS_CORE_NAMES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>

namespace async_tidy {

/// The complete name of \p D, as in "std::this_thread::sleep_for". A
/// constructor is named like a member function, "std::thread::thread".
std::string qualifiedName(const clang::NamedDecl *D);

/// How a message calls function \p FD: its complete name, or where it is when
/// it is a lambda.
std::string displayName(const clang::FunctionDecl *FD);

/// How a message calls the callee of \p Call: for a member function, by the
/// name that the code gives the object's class.
std::string displayCallee(const clang::Expr *Call,
                          const clang::FunctionDecl *Callee);

/// How a message writes type \p T: as the code does, with its namespaces.
std::string displayType(clang::QualType T, const clang::ASTContext &Ctx);

/// The class that \p T is, or refers or points to; null when it is none.
const clang::CXXRecordDecl *recordOf(clang::QualType T);

/// The definition of \p RD or, where only a template has one, the template's.
const clang::CXXRecordDecl *definitionOf(const clang::CXXRecordDecl *RD);

/// Whether \p Test says yes to \p RD or to a class that it derives from.
bool anyOfClasses(const clang::CXXRecordDecl *RD,
                  llvm::function_ref<bool(const clang::CXXRecordDecl *)> Test);

/// Whether \p RD, or a class that it derives from, has a member \p Name.
bool hasMember(const clang::CXXRecordDecl *RD, llvm::StringRef Name);

/// \p E without parentheses, implicit conversions, and the nodes that hold
/// temporaries.
const clang::Expr *stripImplicit(const clang::Expr *E);

/// The function that \p E calls, constructors and overloaded operators
/// included; null when that is not known at compile time.
const clang::FunctionDecl *calleeOf(const clang::Expr *E);

/// Whether everybody can copy objects of class \p RD. Says yes when that is not
/// known.
bool isCopyable(const clang::CXXRecordDecl *RD);

/// Whether \p T is a std::function or another class that is made of a function
/// type, and holds what can be called so.
bool isFunctionHolder(clang::QualType T);

/// The arguments that \p E was written with: without the object of an
/// overloaded member operator, and without default arguments.
llvm::SmallVector<const clang::Expr *, 4>
writtenArguments(const clang::Expr *E);

/// The number of argument \p E of call \p Call, counted from 1; 0 for what is
/// none of them, the object.
unsigned argumentNumber(const clang::Expr *E, const clang::Expr *Call);

/// The object of a member call; null when \p E is not one.
const clang::Expr *objectOf(const clang::Expr *E);

/// What models call argument \p Number of call \p E: counted from 1, and 0 is
/// the object. Null when \p E has none.
const clang::Expr *argumentOf(const clang::Expr *E, unsigned Number);

/// \p E without what only passes it on: 'std::move', 'std::forward'.
const clang::Expr *withoutForwarding(const clang::Expr *E);

/// The data member of its own object that \p E, in a member function, names;
/// null for other expressions, and where \p E is null.
const clang::FieldDecl *ownMember(const clang::Expr *E);

/// Whether \p RD, which may be null, is a std::atomic, or what one is made of.
bool isAtomic(const clang::CXXRecordDecl *RD);

/// The variable, member or parameter that \p E names; null for other
/// expressions.
const clang::ValueDecl *namedBy(const clang::Expr *E);

/// The declaration that an instance of a member, or a member of an instance of
/// a template, was made from; \p D itself when it is none.
const clang::ValueDecl *patternOf(const clang::ValueDecl *D);

/// A declaration by its complete name, through typedefs of classes and aliases
/// of namespaces; null when this file has none.
const clang::NamedDecl *findDeclaration(llvm::StringRef QualifiedName,
                                        clang::ASTContext &Ctx);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_NAMES_H
