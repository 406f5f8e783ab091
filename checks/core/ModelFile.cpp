//===-- ModelFile.cpp - Loading a library model ---------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelFile.h"
#include "core/Embedded.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;

LLVM_YAML_IS_FLOW_SEQUENCE_VECTOR(async_tidy::ArgumentPredicate)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::BlockingModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::TaskModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::CallableModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::ExecutorModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::HopModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::RemedyModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(async_tidy::CompatibilityModel)

static constexpr llvm::StringLiteral CategoryNames[] = {
    "sleep",       "wait",    "event-loop",      "file",
    "file-system", "network", "name-resolution", "process",
    "terminal"};
static_assert(std::size(CategoryNames) == NumCategories);

llvm::StringRef async_tidy::categoryName(Category C) {
  return CategoryNames[unsigned(C)];
}

namespace llvm::yaml {

template <> struct ScalarEnumerationTraits<Category> {
  static void enumeration(IO &Y, Category &V) {
    for (unsigned I = 0; I != NumCategories; ++I)
      Y.enumCase(V, CategoryNames[I].data(), Category(I));
  }
};

template <> struct ScalarEnumerationTraits<ArgumentPredicate::Kind> {
  static void enumeration(IO &Y, ArgumentPredicate::Kind &V) {
    Y.enumCase(V, "zero", ArgumentPredicate::Zero);
    Y.enumCase(V, "pointer-to-zero", ArgumentPredicate::PointerToZero);
  }
};

template <> struct ScalarEnumerationTraits<Dropped> {
  static void enumeration(IO &Y, Dropped &V) {
    Y.enumCase(V, "never-runs", Dropped::NeverRuns);
    Y.enumCase(V, "detaches", Dropped::Detaches);
    Y.enumCase(V, "cancels", Dropped::Cancels);
  }
};

template <> struct ScalarEnumerationTraits<Runs> {
  static void enumeration(IO &Y, Runs &V) {
    Y.enumCase(V, "here", Runs::Here);
    Y.enumCase(V, "thread", Runs::Thread);
    Y.enumCase(V, "executor", Runs::Executor);
  }
};

template <> struct MappingTraits<ArgumentPredicate> {
  static void mapping(IO &Y, ArgumentPredicate &P) {
    Y.mapRequired("argument", P.Argument);
    Y.mapOptional("is", P.Is);
    Y.mapOptional("has", P.Has);
    Y.mapOptional("names", P.Names);
    Y.mapOptional("type", P.Type);
    Y.mapOptional("starts-with", P.StartsWith);
    Y.mapOptional("from", P.From);
    Y.mapOptional("without", P.Without);
  }
  static std::string validate(IO &, ArgumentPredicate &P) {
    unsigned Said = P.Is.has_value() + !P.Has.empty() + !P.Names.empty() +
                    !P.Type.empty() + !P.StartsWith.empty() + !P.From.empty();
    if (Said != 1)
      return "say exactly one of 'is', 'has', 'names', 'type', 'starts-with', "
             "'from'";
    if (!P.Without.empty() && P.From.empty())
      return "'without' needs 'from'";
    return "";
  }
  static const bool flow = true;
};

template <> struct MappingTraits<BlockingModel> {
  static void mapping(IO &Y, BlockingModel &M) {
    Y.mapRequired("functions", M.Functions);
    Y.mapRequired("category", M.Why);
    Y.mapRequired("does", M.Does);
    Y.mapOptional("instead", M.Instead);
    Y.mapOptional("async", M.AsyncName);
    Y.mapOptional("duration", M.Duration);
    Y.mapOptional("min-arguments", M.MinArguments);
    Y.mapOptional("max-arguments", M.MaxArguments);
    Y.mapOptional("when", M.When);
    Y.mapOptional("unless", M.Unless);
    Y.mapOptional("nonblocking-after", M.NonblockingAfter);
  }
  static std::string validate(IO &, BlockingModel &M) {
    if (M.Functions.empty())
      return "'functions' names no function";
    if (M.MinArguments && M.MaxArguments && *M.MinArguments > *M.MaxArguments)
      return "'min-arguments' is larger than 'max-arguments'";
    if (!M.Duration.empty() && M.Why != Category::Sleep)
      return "'duration' needs 'category: sleep'";
    return "";
  }
};

template <> struct MappingTraits<TaskModel> {
  static void mapping(IO &Y, TaskModel &M) {
    std::string Start = "lazy";
    Y.mapRequired("types", M.Types);
    Y.mapRequired("start", Start);
    Y.mapOptional("dropped", M.WhenDropped);
    Y.mapOptional("spawn", M.Spawn);
    if (Start != "lazy" && Start != "eager")
      Y.setError("'start' is 'lazy' or 'eager'");
    M.Lazy = Start == "lazy";
  }
};

template <> struct MappingTraits<CallableModel> {
  static void mapping(IO &Y, CallableModel &M) {
    Y.mapRequired("functions", M.Functions);
    Y.mapRequired("runs", M.How);
    Y.mapOptional("executor-argument", M.ExecutorArgument, 1u);
  }
};

template <> struct MappingTraits<ExecutorModel> {
  static void mapping(IO &Y, ExecutorModel &M) {
    bool BlockingAllowed = true;
    Y.mapRequired("types", M.Types);
    Y.mapRequired("blocking-allowed", BlockingAllowed);
    if (!BlockingAllowed)
      Y.setError("list only executors on whose threads blocking is fine");
  }
};

template <> struct MappingTraits<HopModel> {
  static void mapping(IO &Y, HopModel &M) {
    Y.mapRequired("functions", M.Functions);
    Y.mapRequired("bound-by", M.BoundBy);
  }
};

template <> struct MappingTraits<CancellationModel> {
  static void mapping(IO &Y, CancellationModel &M) {
    Y.mapRequired("exceptions", M.Exceptions);
    Y.mapOptional("repeats", M.Repeats);
    Y.mapOptional("mentions", M.Mentions);
    Y.mapOptional("error-as-value", M.ErrorAsValue);
    Y.mapOptional("changed-by", M.ChangedBy);
    Y.mapRequired("instead", M.Instead);
  }
};

template <> struct MappingTraits<RemedyModel> {
  static void mapping(IO &Y, RemedyModel &M) {
    Y.mapRequired("for", M.For);
    Y.mapRequired("text", M.Text);
    Y.mapOptional("fix", M.Fix);
  }
};

template <> struct MappingTraits<CompatibilityModel> {
  static void mapping(IO &Y, CompatibilityModel &M) {
    Y.mapRequired("defined", M.Defined);
    Y.mapRequired("undefined", M.Undefined);
    Y.mapRequired("define", M.Define);
    Y.mapRequired("because", M.Because);
  }
};

template <> struct MappingTraits<LibraryModel> {
  static void mapping(IO &Y, LibraryModel &M) {
    Y.mapRequired("library", M.Library);
    Y.mapRequired("title", M.Title);
    Y.mapRequired("namespaces", M.Namespaces);
    Y.mapOptional("tasks", M.Tasks);
    Y.mapOptional("blocking", M.Blocking);
    Y.mapOptional("callables", M.Callables);
    Y.mapOptional("executors", M.Executors);
    Y.mapOptional("hops", M.Hops);
    Y.mapOptional("never-suspends", M.NeverSuspends);
    Y.mapOptional("cancellation", M.Cancellation);
    Y.mapOptional("remedies", M.Remedies);
    Y.mapOptional("await-token", M.AwaitToken);
    Y.mapOptional("future-token", M.FutureToken);
    Y.mapOptional("redirect-error", M.RedirectError);
    Y.mapOptional("error-codes", M.ErrorCodes);
    Y.mapOptional("executor-parameter", M.ExecutorParameter);
    Y.mapOptional("default-executor", M.DefaultExecutor);
    Y.mapOptional("compatibility", M.Compatibility);
  }
  static std::string validate(IO &, LibraryModel &M) {
    if (M.Namespaces.empty())
      return "'namespaces' is empty; the global one is written ''";
    return "";
  }
};

} // namespace llvm::yaml

llvm::Expected<LibraryModel>
async_tidy::parseModel(llvm::MemoryBufferRef Text) {
  std::string Problems;
  auto Collect = [](const llvm::SMDiagnostic &D, void *Context) {
    llvm::raw_string_ostream OS(*static_cast<std::string *>(Context));
    OS << D.getFilename() << ':' << D.getLineNo() << ':' << D.getColumnNo() + 1
       << ": " << D.getMessage() << '\n';
  };
  LibraryModel Model;
  llvm::yaml::Input In(Text, nullptr, Collect, &Problems);
  In >> Model;
  if (In.error())
    return llvm::createStringError(In.error(),
                                   llvm::StringRef(Problems).rtrim());
  return Model;
}

llvm::ArrayRef<LibraryModel> async_tidy::builtinModels() {
  static const std::vector<LibraryModel> Models = [] {
    std::vector<LibraryModel> All;
    for (const EmbeddedFile &File : embeddedModels()) {
      auto Model = parseModel(llvm::MemoryBufferRef(File.Text, File.Name));
      if (!Model)
        llvm::report_fatal_error(Model.takeError(), /*gen_crash_diag=*/false);
      All.push_back(std::move(*Model));
    }
    return All;
  }();
  return Models;
}
