//===-- Facts.cpp - What is known of functions, across files --------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/Facts.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

std::string FunctionKey::str() const {
  return llvm::utohexstr(High, /*LowerCase=*/true, 16) +
         llvm::utohexstr(Low, /*LowerCase=*/true, 16);
}

std::optional<FunctionKey> FunctionKey::parse(llvm::StringRef Hex) {
  FunctionKey K;
  if (Hex.size() != 32 || Hex.take_front(16).getAsInteger(16, K.High) ||
      Hex.drop_front(16).getAsInteger(16, K.Low))
    return std::nullopt;
  return K;
}

Effect async_tidy::effectOf(Category C) {
  switch (C) {
  case Category::Sleep:
    return Effect::Sleep;
  case Category::Wait:
    return Effect::Wait;
  case Category::EventLoop:
    return Effect::EventLoop;
  default:
    return Effect::Call;
  }
}

std::string Guard::str() const {
  auto Write = [](llvm::ArrayRef<FunctionKey> All) {
    llvm::json::Array Keys;
    for (const FunctionKey &K : All)
      Keys.push_back(K.str());
    return Keys;
  };
  llvm::json::Object Remedies;
  for (unsigned I = 0; I != NumCategories; ++I)
    if (!Instead[I].empty())
      Remedies[categoryName(Category(I))] = Instead[I];
  std::string Text;
  llvm::raw_string_ostream(Text) << llvm::json::Value(
      llvm::json::Object{{"functions", Write(Functions)},
                         {"inside", Write(Inside)},
                         {"kind", unsigned(Kind)},
                         {"parameter", Parameter},
                         {"started", IsStarted},
                         {"message", Message},
                         {"instead", std::move(Remedies)}});
  return Text;
}

llvm::Expected<Guard> Guard::parse(llvm::StringRef Text) {
  auto Malformed = [] {
    return llvm::createStringError("malformed guard in a record");
  };
  llvm::Expected<llvm::json::Value> Value = llvm::json::parse(Text);
  if (!Value)
    return Value.takeError();
  const llvm::json::Object *Object = Value->getAsObject();
  if (!Object)
    return Malformed();
  const llvm::json::Array *Keys = Object->getArray("functions");
  const llvm::json::Array *Inside = Object->getArray("inside");
  std::optional<int64_t> Kind = Object->getInteger("kind");
  std::optional<int64_t> Parameter = Object->getInteger("parameter");
  auto Message = Object->getString("message");
  if (!Keys || !Inside || !Message || !Kind || *Kind < 0 ||
      *Kind >= NumEffects || !Parameter || *Parameter < 0)
    return Malformed();
  Guard G;
  G.Kind = Effect(*Kind);
  G.Parameter = *Parameter;
  G.IsStarted = Object->getBoolean("started").value_or(false);
  G.Message = Message->str();
  auto Read = [](const llvm::json::Array &Keys, std::vector<FunctionKey> &All) {
    for (const llvm::json::Value &Key : Keys)
      if (auto K = FunctionKey::parse(Key.getAsString().value_or("")))
        All.push_back(*K);
    return All.size() == Keys.size();
  };
  if (!Read(*Keys, G.Functions) || !Read(*Inside, G.Inside))
    return Malformed();
  if (const llvm::json::Object *Remedies = Object->getObject("instead"))
    for (unsigned I = 0; I != NumCategories; ++I)
      if (auto Remedy = Remedies->getString(categoryName(Category(I))))
        G.Instead[I] = Remedy->str();
  return G;
}

std::string async_tidy::completeMessage(const Guard &G, const Chain &C) {
  std::string Text = G.Message;
  if (!C.Does.empty())
    Text += ": " + C.Does;
  if (C.Why)
    if (const std::string &Instead =
            C.Instead.empty() ? G.Instead[unsigned(*C.Why)] : C.Instead;
        !Instead.empty())
      Text += "; " + Instead;
  return Text;
}
