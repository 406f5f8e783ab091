//===-- ModelSchema.h - Which keys a model file has -------------*- C++ -*-===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The shape of a YAML file, learned from the code that reads one: the same
/// mapping functions that fill a structure from a document also describe
/// themselves to a \c SchemaIO. From that come errors that name the nearest
/// right key, and the reference in the documentation.
///
//===----------------------------------------------------------------------===//

#ifndef ASYNC_TIDY_CHECKS_CORE_MODELSCHEMA_H
#define ASYNC_TIDY_CHECKS_CORE_MODELSCHEMA_H

#include "llvm/Support/MemoryBufferRef.h"
#include "llvm/Support/YAMLTraits.h"
#include <string>
#include <vector>

namespace async_tidy {

/// A place in a document: what may stand there.
struct SchemaNode {
  enum Kind { Text, Number, Flag, Choice, List, Map } What = Text;
  struct Key {
    std::string Name;
    bool Required;
    std::string Meaning;
    std::unique_ptr<SchemaNode> Value;
  };
  std::vector<Key> Keys;           ///< of a map
  std::vector<std::string> Values; ///< of a choice
  std::unique_ptr<SchemaNode> Of;  ///< a list's elements

  const Key *find(llvm::StringRef Name) const;
};

/// Reads nothing: writes down what a mapping function asks for.
class SchemaIO final : public llvm::yaml::IO {
public:
  explicit SchemaIO(SchemaNode &Root) : At{&Root} { setContext(this); }

  /// What the key that is mapped next is for.
  void describe(llvm::StringRef Text) { Meaning = Text.str(); }

  bool outputting() const override { return false; }
  bool mapTag(llvm::StringRef, bool Default) override { return Default; }
  void beginMapping() override { At.back()->What = SchemaNode::Map; }
  void endMapping() override {}
  bool preflightKey(llvm::StringRef Key, bool Required, bool, bool &UseDefault,
                    void *&) override;
  void postflightKey(void *) override { At.pop_back(); }
  std::vector<llvm::StringRef> keys() override { return {}; }
  void beginFlowMapping() override { beginMapping(); }
  void endFlowMapping() override {}
  unsigned beginSequence() override;
  bool preflightElement(unsigned, void *&) override;
  void postflightElement(void *) override { At.pop_back(); }
  void endSequence() override {}
  bool canElideEmptySequence() override { return false; }
  unsigned beginFlowSequence() override { return beginSequence(); }
  bool preflightFlowElement(unsigned I, void *&Save) override {
    return preflightElement(I, Save);
  }
  void postflightFlowElement(void *) override { At.pop_back(); }
  void endFlowSequence() override {}
  void beginEnumScalar() override { At.back()->What = SchemaNode::Choice; }
  bool matchEnumScalar(llvm::StringRef Value, bool) override {
    At.back()->Values.push_back(Value.str());
    return false;
  }
  bool matchEnumFallback() override { return false; }
  void endEnumScalar() override {}
  bool beginBitSetScalar(bool &) override { return false; }
  bool bitSetMatch(llvm::StringRef, bool) override { return false; }
  void endBitSetScalar() override {}
  void scalarString(llvm::StringRef &S, llvm::yaml::QuotingType) override {
    S = "";
  }
  void blockScalarString(llvm::StringRef &S) override { S = ""; }
  void scalarTag(std::string &) override {}
  llvm::yaml::NodeKind getNodeKind() override {
    return llvm::yaml::NodeKind::Scalar;
  }
  void setError(const llvm::Twine &Message) override;
  std::error_code error() override { return {}; }

private:
  std::vector<SchemaNode *> At;
  std::string Meaning;
};

/// Compares a document with \p Schema. \returns one line per unknown key,
/// unknown value or wrong kind of value: "file:line:column: problem; did you
/// mean ...?". Empty when there is none, or the text is no YAML.
std::string compareWithSchema(llvm::MemoryBufferRef Text,
                              const SchemaNode &Schema);

/// The keys of \p Schema as Markdown, each map under a heading of its own.
std::string schemaReference(const SchemaNode &Schema);

} // namespace async_tidy

#endif // ASYNC_TIDY_CHECKS_CORE_MODELSCHEMA_H
