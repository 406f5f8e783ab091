//===-- ModelSchema.cpp - Which keys a model file has ---------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelSchema.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;
using llvm::StringRef;

const SchemaNode::Key *SchemaNode::find(StringRef Name) const {
  auto It = llvm::find_if(Keys, [&](const Key &K) { return K.Name == Name; });
  return It == Keys.end() ? nullptr : &*It;
}

//===----------------------------------------------------------------------===//
// SchemaIO
//===----------------------------------------------------------------------===//

bool SchemaIO::preflightKey(StringRef Key, bool Required, bool,
                            bool &UseDefault, void *&) {
  UseDefault = false;
  At.back()->Keys.push_back({Key.str(), Required, std::move(Meaning),
                             std::make_unique<SchemaNode>()});
  Meaning.clear();
  At.push_back(At.back()->Keys.back().Value.get());
  return true;
}

unsigned SchemaIO::beginSequence() {
  At.back()->What = SchemaNode::List;
  return 1;
}

bool SchemaIO::preflightElement(unsigned, void *&) {
  At.back()->Of = std::make_unique<SchemaNode>();
  At.push_back(At.back()->Of.get());
  return true;
}

/// Numbers and flags complain about the empty text that they are given.
void SchemaIO::setError(const llvm::Twine &Message) {
  std::string Text = Message.str();
  if (At.back()->What != SchemaNode::Text)
    return;
  if (StringRef(Text).contains("boolean"))
    At.back()->What = SchemaNode::Flag;
  else if (StringRef(Text).contains("number"))
    At.back()->What = SchemaNode::Number;
}

//===----------------------------------------------------------------------===//
// Comparing
//===----------------------------------------------------------------------===//

namespace {

class Comparison {
public:
  explicit Comparison(llvm::MemoryBufferRef Text)
      : Text(Text), Stream(Text, SM, /*ShowColors=*/false) {
    SM.setDiagHandler(
        [](const llvm::SMDiagnostic &D, void *This) {
          static_cast<Comparison *>(This)->add(D);
        },
        this);
  }

  std::string run(const SchemaNode &Schema) {
    llvm::yaml::document_iterator Document = Stream.begin();
    llvm::yaml::Node *Root =
        Document == Stream.end() ? nullptr : Document->getRoot();
    if (Root && !llvm::isa<llvm::yaml::NullNode>(Root))
      node(*Root, Schema, "a model");
    else if (!Stream.failed())
      Problems = Text.getBufferIdentifier().str() + ": the file says nothing";
    return Problems;
  }

private:
  void problem(llvm::yaml::Node &Node, const llvm::Twine &Message) {
    add(SM.GetMessage(Node.getSourceRange().Start, llvm::SourceMgr::DK_Error,
                      Message));
  }

  void add(const llvm::SMDiagnostic &D) {
    llvm::raw_string_ostream(Problems)
        << D.getFilename() << ':' << D.getLineNo() << ':' << D.getColumnNo() + 1
        << ": " << D.getMessage() << '\n';
  }

  /// The right word in place of \p Wrong, or all of them.
  static std::string suggestion(StringRef Wrong,
                                llvm::ArrayRef<std::string> Right) {
    StringRef Nearest;
    unsigned Best = std::max<size_t>(2, Wrong.size() / 3) + 1;
    for (const std::string &Word : Right)
      if (unsigned D = Wrong.edit_distance(Word); D < Best) {
        Best = D;
        Nearest = Word;
      }
    if (!Nearest.empty())
      return ("did you mean '" + Nearest + "'?").str();
    return "there is '" + llvm::join(Right, "', '") + "'";
  }

  void node(llvm::yaml::Node &Node, const SchemaNode &Schema, StringRef Name) {
    switch (Schema.What) {
    case SchemaNode::Map:
      if (auto *Map = llvm::dyn_cast<llvm::yaml::MappingNode>(&Node))
        return map(*Map, Schema, Name);
      return problem(Node, "'" + Name + "' has keys, and not just a value");
    case SchemaNode::List:
      if (auto *List = llvm::dyn_cast<llvm::yaml::SequenceNode>(&Node)) {
        for (llvm::yaml::Node &Element : *List)
          node(Element, *Schema.Of, Name);
        return;
      }
      return problem(Node, "'" + Name + "' is a list; write it in [ ]");
    case SchemaNode::Choice:
    case SchemaNode::Flag:
    case SchemaNode::Number:
    case SchemaNode::Text:
      break;
    }
    auto *Scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(&Node);
    if (!Scalar)
      return problem(Node, "'" + Name + "' is a single value");
    llvm::SmallString<32> Storage;
    StringRef Value = Scalar->getValue(Storage);
    if (Schema.What == SchemaNode::Choice &&
        !llvm::is_contained(Schema.Values, Value))
      problem(Node, "'" + Name + "' can't be '" + Value + "'; " +
                        suggestion(Value, Schema.Values));
  }

  void map(llvm::yaml::MappingNode &Map, const SchemaNode &Schema,
           StringRef Name) {
    std::vector<std::string> Names;
    for (const SchemaNode::Key &K : Schema.Keys)
      Names.push_back(K.Name);
    for (llvm::yaml::KeyValueNode &Pair : Map) {
      auto *Scalar =
          llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(Pair.getKey());
      if (!Scalar)
        continue;
      llvm::SmallString<32> Storage;
      StringRef Word = Scalar->getValue(Storage);
      if (const SchemaNode::Key *Known = Schema.find(Word)) {
        if (llvm::yaml::Node *Value = Pair.getValue())
          node(*Value, *Known->Value, Known->Name);
      } else {
        problem(*Scalar, "unknown key '" + Word + "' in '" + Name + "'; " +
                             suggestion(Word, Names));
        Pair.skip();
      }
    }
  }

  llvm::MemoryBufferRef Text;
  llvm::SourceMgr SM;
  llvm::yaml::Stream Stream;
  std::string Problems;
};

} // namespace

std::string async_tidy::compareWithSchema(llvm::MemoryBufferRef Text,
                                          const SchemaNode &Schema) {
  return Comparison(Text).run(Schema);
}

//===----------------------------------------------------------------------===//
// Reference
//===----------------------------------------------------------------------===//

static std::string kindOf(const SchemaNode &Node) {
  switch (Node.What) {
  case SchemaNode::Text:
    return "text";
  case SchemaNode::Number:
    return "number";
  case SchemaNode::Flag:
    return "`true` or `false`";
  case SchemaNode::Choice: {
    std::string Text;
    for (const std::string &Value : Node.Values)
      Text += (Text.empty() ? "`" : ", `") + Value + "`";
    return Text;
  }
  case SchemaNode::List:
    return Node.Of->What == SchemaNode::Text  ? "list of texts"
           : Node.Of->What == SchemaNode::Map ? "list of entries"
                                              : "list of " + kindOf(*Node.Of);
  case SchemaNode::Map:
    return "entry";
  }
  return "";
}

static void writeMap(llvm::raw_ostream &OS, const SchemaNode &Map,
                     const std::string &Heading) {
  OS << "\n## " << Heading << "\n\n| Key | Value | Meaning |\n|---|---|---|\n";
  for (const SchemaNode::Key &K : Map.Keys)
    OS << "| `" << K.Name << (K.Required ? "` (required) | " : "` | ")
       << kindOf(*K.Value) << " | " << K.Meaning << " |\n";
  for (const SchemaNode::Key &K : Map.Keys) {
    const SchemaNode *Value = K.Value.get();
    if (Value->What == SchemaNode::List)
      Value = Value->Of.get();
    if (Value->What == SchemaNode::Map)
      writeMap(OS, *Value,
               Heading == "A model" ? "`" + K.Name + "`"
                                    : Heading + " › `" + K.Name + "`");
  }
}

std::string async_tidy::schemaReference(const SchemaNode &Schema) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeMap(OS, Schema, "A model");
  return StringRef(Text).ltrim().str();
}
