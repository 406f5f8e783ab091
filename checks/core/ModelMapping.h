//===-- ModelMapping.h - How the parts of a model are read ------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The mapping functions of a model's parts, which fill them from a document
/// and describe themselves to a \c SchemaIO. They are defined by subject: what
/// blocks (ModelBlocking.cpp), who runs what (ModelRunning.cpp), what objects
/// are (ModelObjects.cpp), how work fails (ModelFailures.cpp), and the library
/// as a whole (ModelFile.cpp).
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_MODELMAPPING_H
#define ASYNC_TIDY_CHECKS_CORE_MODELMAPPING_H

#include "core/ModelFile.h"
#include "core/ModelSchema.h"
#include "llvm/Support/YAMLTraits.h"

LLVM_YAML_IS_FLOW_SEQUENCE_VECTOR(async_tidy::ArgumentPredicate)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::BlockingModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::TaskModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::CallableModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ExecutorModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::HopModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::LockModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ThreadLockModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ThreadScopeModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ScopeModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ConditionModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ContainerModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ThreadAffineModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ReferenceCountedModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::UncancellableModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::OwnErrorsModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RemedyModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::TimeoutModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::CompatibilityModel)

namespace async_tidy {

/// A pair of words for a flag of the structures.
template <const char *No, const char *Yes> struct Either {
  bool Value;
};

} // namespace async_tidy

namespace llvm::yaml {

using namespace async_tidy;

/// Maps a key, and says what it is for where somebody wants to know.
template <class T>
void need(IO &Y, const char *Key, T &Value, StringRef Meaning) {
  if (auto *Schema = static_cast<SchemaIO *>(Y.getContext()))
    Schema->describe(Meaning);
  Y.mapRequired(Key, Value);
}
template <class T>
void may(IO &Y, const char *Key, T &Value, StringRef Meaning) {
  if (auto *Schema = static_cast<SchemaIO *>(Y.getContext()))
    Schema->describe(Meaning);
  Y.mapOptional(Key, Value);
}

template <class T>
void may(IO &Y, const char *Key, std::optional<T> &Value, StringRef Meaning) {
  if (!Y.getContext())
    return Y.mapOptional(Key, Value);
  // An optional value can only be read from a document.
  T Present{};
  may(Y, Key, Present, Meaning);
}

template <const char *No, const char *Yes>
struct ScalarEnumerationTraits<Either<No, Yes>> {
  static void enumeration(IO &Y, Either<No, Yes> &V) {
    Y.enumCase(V.Value, Yes, true);
    Y.enumCase(V.Value, No, false);
  }
};

template <> struct ScalarEnumerationTraits<Fate> {
  static void enumeration(IO &Y, Fate &V);
};

template <> struct MappingTraits<ArgumentPredicate> {
  static void mapping(IO &Y, ArgumentPredicate &P);
  static std::string validate(IO &, ArgumentPredicate &P);
  static const bool flow = true;
};

template <> struct MappingTraits<BlockingModel> {
  static void mapping(IO &Y, BlockingModel &M);
  static std::string validate(IO &, BlockingModel &M);
};

template <> struct MappingTraits<RemedyModel> {
  static void mapping(IO &Y, RemedyModel &M);
};

template <> struct MappingTraits<CallableModel> {
  static void mapping(IO &Y, CallableModel &M);
};

template <> struct MappingTraits<ExecutorModel> {
  static void mapping(IO &Y, ExecutorModel &M);
};

template <> struct MappingTraits<HopModel> {
  static void mapping(IO &Y, HopModel &M);
  static std::string validate(IO &, HopModel &M);
};

template <> struct MappingTraits<TaskModel> {
  static void mapping(IO &Y, TaskModel &M);
};

template <> struct MappingTraits<LockModel> {
  static void mapping(IO &Y, LockModel &M);
};

template <> struct MappingTraits<ThreadLockModel> {
  static void mapping(IO &Y, ThreadLockModel &M);
};

template <> struct MappingTraits<ThreadScopeModel> {
  static void mapping(IO &Y, ThreadScopeModel &M);
};

template <> struct MappingTraits<ScopeModel> {
  static void mapping(IO &Y, ScopeModel &M);
};

template <> struct MappingTraits<ConditionModel> {
  static void mapping(IO &Y, ConditionModel &M);
};

template <> struct MappingTraits<ReferenceCountedModel> {
  static void mapping(IO &Y, ReferenceCountedModel &M);
};

template <> struct MappingTraits<ContainerModel> {
  static void mapping(IO &Y, ContainerModel &M);
};

template <> struct MappingTraits<ThreadAffineModel> {
  static void mapping(IO &Y, ThreadAffineModel &M);
};

template <> struct MappingTraits<UncancellableModel> {
  static void mapping(IO &Y, UncancellableModel &M);
};

template <> struct MappingTraits<OwnErrorsModel> {
  static void mapping(IO &Y, OwnErrorsModel &M);
};

template <> struct MappingTraits<TimeoutModel> {
  static void mapping(IO &Y, TimeoutModel &M);
  static std::string validate(IO &, TimeoutModel &M);
};

template <> struct MappingTraits<CancellationModel> {
  static void mapping(IO &Y, CancellationModel &M);
  static std::string validate(IO &, CancellationModel &M);
};

template <> struct MappingTraits<ExceptionModel> {
  static void mapping(IO &Y, ExceptionModel &M);
};

template <> struct MappingTraits<ConventionModel> {
  static void mapping(IO &Y, ConventionModel &M);
};

template <> struct MappingTraits<CompatibilityModel> {
  static void mapping(IO &Y, CompatibilityModel &M);
};

} // namespace llvm::yaml

#endif // ASYNC_TIDY_CHECKS_CORE_MODELMAPPING_H
