//===-- ModelFile.cpp - Loading a library model ---------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelFile.h"
#include "core/Embedded.h"
#include "core/ModelMapping.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace async_tidy;
using namespace llvm::yaml;

void MappingTraits<ConventionModel>::mapping(IO &Y, ConventionModel &M) {
  may(Y, "locks", M.Locks,
      "names of classes that keep others out, or let one in after the other, "
      "in lower case; `*` stands for any characters");
  may(Y, "finders", M.Finders,
      "first words of names of members that look up what may not be there, in "
      "lower case");
  may(Y, "removers", M.Removers,
      "first words of names of members that take away what others have looked "
      "up, in lower case");
  may(Y, "enders", M.Enders,
      "names of members that end what an object is there for before its "
      "destructor does");
  may(Y, "weak", M.Weak,
      "names of classes whose pointers keep nothing alive, in lower case; `*` "
      "stands for any characters");
  may(Y, "errors", M.Errors,
      "names of members that give the error which an object may hold");
  may(Y, "counters", M.Counters,
      "names of members of what counts unfinished work that count one more, in "
      "lower case");
  may(Y, "uncounters", M.Uncounters,
      "names of its members that count one less, in lower case");
  may(Y, "farewells", M.Farewells,
      "words in names of functions that end a connection, in lower case: "
      "whether they fail matters to few");
  may(Y, "quiet", M.Quiet,
      "names of functions that log what only developers look for");
  may(Y, "unwritten", M.Unwritten,
      "parts of the messages of exceptions, in lower case, that tell of a "
      "function which has not been written, or is not there for this");
  may(Y, "timeouts", M.Timeouts,
      "names of classes, in lower case, whose exceptions say that something "
      "took too long; `*` stands for any characters");
  may(Y, "async-names", M.AsyncNames,
      "names of functions that are the async form of another one; `*` stands "
      "for the other's name");
}

void MappingTraits<CompatibilityModel>::mapping(IO &Y, CompatibilityModel &M) {
  need(Y, "defined", M.Defined,
       "a macro that shows that the header was read, such as its include "
       "guard");
  need(Y, "undefined", M.Undefined,
       "macros of which none may be defined after that");
  need(Y, "define", M.Define, "definitions for the command line");
  need(Y, "because", M.Because, "the reason, for people");
}

namespace llvm::yaml {

template <> struct MappingTraits<LibraryModel> {
  static void mapping(IO &Y, LibraryModel &M) {
    need(Y, "library", M.Library, "a short name, unique among all models");
    need(Y, "title", M.Title, "what people call it");
    need(Y, "namespaces", M.Namespaces,
         "where its names live; the global namespace is `''`");
    may(Y, "declares", M.Declares,
        "for a namespace that others have, too: names that are all declared in "
        "it where it is this library's");
    may(Y, "single-threaded", M.SingleThreaded,
        "a coroutine always goes on on the thread that it was started on");
    may(Y, "tasks", M.Tasks,
        "types that stand for work in progress, and that somebody has to "
        "await");
    may(Y, "never-suspends", M.NeverSuspends,
        "types whose `co_await` returns at once");
    may(Y, "ends-coroutine", M.EndsCoroutine,
        "functions and constructors that make what ends the coroutine which "
        "awaits or yields it");
    may(Y, "resumes-waiters", M.ResumesWaiters,
        "functions and members that resume the coroutines which wait for their "
        "object before they return");
    may(Y, "views", M.Views,
        "types whose objects refer to memory that another object owns");
    may(Y, "delegates", M.Delegates,
        "types that hold a callable, such as the handler of an event, until "
        "somebody takes it back");
    may(Y, "containers", M.Containers, "types whose objects own elements");
    may(Y, "owners", M.Owners,
        "smart pointers with which the object that they point to dies");
    may(Y, "cleanups", M.Cleanups,
        "types whose destructor does what the object was made to do in the "
        "end");
    may(Y, "combines", M.Combines,
        "functions that wait for several tasks at once");
    may(Y, "continuations", M.Continuations,
        "members that call what they are given with the result of their object "
        "when that is there");
    may(Y, "blocking", M.Blocking,
        "functions that block the thread which calls them");
    may(Y, "callables", M.Callables,
        "functions that are given a callable, or a task, and run it");
    may(Y, "wrappers", M.Wrappers,
        "functions that return a callable, which runs the one they are given");
    may(Y, "executors", M.Executors, "types of executors and their contexts");
    may(Y, "hops", M.Hops,
        "what moves a coroutine that awaits it to another executor");
    may(Y, "locks", M.Locks,
        "locks that a coroutine awaits instead of blocking its thread");
    may(Y, "thread-locks", M.ThreadLocks,
        "locks that block the thread which wants them");
    may(Y, "thread-scopes", M.ThreadScopes,
        "objects whose effect is on the thread for as long as they exist: it "
        "reaches whatever else runs there while a coroutine is suspended");
    may(Y, "scopes", M.Scopes,
        "objects that own work, and have to be closed or joined before they "
        "are destroyed");
    may(Y, "conditions", M.Conditions,
        "what coroutines wait for that does not remember who told it when "
        "nobody waited");
    may(Y, "delays", M.Delays,
        "functions that are awaited to let some time pass");
    may(Y, "yields", M.Yields,
        "functions that are awaited only to let others run");
    may(Y, "timeouts", M.Timeouts,
        "functions that end a wait when it has taken too long");
    may(Y, "waits-for-peer", M.WaitsForPeer,
        "functions that are awaited until a peer has answered, however long "
        "that takes");
    may(Y, "yields-by", M.YieldsBy,
        "what a coroutine does to let others run, as text");
    may(Y, "joins", M.Joins, "types whose destructor waits for other threads");
    may(Y, "thread-affine", M.ThreadAffine,
        "objects that belong to the thread that made them");
    may(Y, "reference-counted", M.ReferenceCounted,
        "classes whose objects may be gone when a coroutine goes on that holds "
        "no reference to its own");
    may(Y, "awaited-by", M.AwaitedBy,
        "names of members or friends, beside operator co_await, that make an "
        "awaiter of an object when a coroutine of the library awaits it");
    may(Y, "closed-by", M.ClosedBy,
        "names of members of the users' classes: where they return a task of "
        "this library, it has to be awaited before the object is destroyed. "
        "Any task, where the destructor may end the program");
    may(Y, "cancellation", M.Cancellation,
        "how a coroutine of this library learns that it is cancelled");
    may(Y, "exceptions", M.Exceptions,
        "how operations of this library fail, and who gets to know");
    may(Y, "remedies", M.Remedies,
        "what a coroutine of this library should do instead of blocking");
    may(Y, "asks-thread", M.AsksThread,
        "functions that tell which thread calls them. A function that waits "
        "only where it finds itself outside the loop blocks no loop");
    may(Y, "handlers", M.Handlers,
        "macros that mark member functions which the event loop calls: before "
        "one function, or between the access specifier of several and its "
        "colon");
    may(Y, "death-tests", M.DeathTests,
        "macros whose argument runs in a process of its own, which is to die: "
        "nothing in it is reported");
    may(Y, "runs-tests", M.RunsTests,
        "functions that call the `handlers` of an object which is a test, one "
        "after the other, with no event loop around them");
    may(Y, "instantiates", M.Instantiates,
        "templates of functions that, and nothing else, instantiate classes of "
        "this library's users: their bodies have to be parsed");
    may(Y, "tokens-of", M.TokensOf,
        "the `library` whose tokens its operations take");
    may(Y, "await-token", M.AwaitToken,
        "the object that makes an operation awaitable");
    may(Y, "future-token", M.FutureToken,
        "the type of the token that makes an operation return a future");
    may(Y, "redirect-error", M.RedirectError,
        "the function that makes a `co_await` store its error in a variable; "
        "takes the token and the variable");
    may(Y, "error-codes", M.ErrorCodes, "the types of such variables");
    may(Y, "executor-parameter", M.ExecutorParameter,
        "which template argument of the coroutine's return type is its "
        "executor, counted from 1");
    may(Y, "default-executor", M.DefaultExecutor,
        "the executor type that `await-token` works with");
    may(Y, "compatibility", M.Compatibility,
        "macros that some releases of the headers fail to set with clang");
    may(Y, "conventions", M.Conventions,
        "what people call classes and members of their own, in whatever "
        "namespace");
  }
  static std::string validate(IO &Y, LibraryModel &M) {
    auto Find = [&](llvm::ArrayRef<std::string> Names) -> std::string {
      for (StringRef Name : Names)
        if (Name.contains('*'))
          if (auto Glob = GlobPattern::create(Name); !Glob)
            return ("'" + Name + "': " + toString(Glob.takeError())).str();
      return "";
    };
    for (const BlockingModel &B : M.Blocking)
      for (llvm::ArrayRef<std::string> Names :
           {llvm::ArrayRef(B.Functions), llvm::ArrayRef(B.NonblockingAfter),
            llvm::ArrayRef(B.LastResortAfter)})
        if (std::string Problem = Find(Names); !Problem.empty())
          return Problem;
    for (const CallableModel &C : M.Callables)
      if (std::string Problem = Find(C.Functions); !Problem.empty())
        return Problem;
    for (const HopModel &H : M.Hops)
      if (std::string Problem = Find(H.Functions); !Problem.empty())
        return Problem;
    for (llvm::ArrayRef<std::string> Names :
         {llvm::ArrayRef(M.Wrappers), llvm::ArrayRef(M.Combines)})
      if (std::string Problem = Find(Names); !Problem.empty())
        return Problem;
    if (M.Conventions)
      if (std::string Problem = Find(M.Conventions->Weak); !Problem.empty())
        return Problem;
    if (M.Conventions)
      if (std::string Problem = Find(M.Conventions->Locks); !Problem.empty())
        return Problem;
    if (M.Conventions)
      if (std::string Problem = Find(M.Conventions->Timeouts); !Problem.empty())
        return Problem;
    for (const TimeoutModel &T : M.Timeouts)
      if (std::string Problem = Find(T.Functions); !Problem.empty())
        return Problem;
    if (std::string Problem = Find(M.WaitsForPeer); !Problem.empty())
      return Problem;
    if (M.Exceptions)
      for (llvm::ArrayRef<std::string> Names :
           {llvm::ArrayRef(M.Exceptions->ThrownBy),
            llvm::ArrayRef(M.Exceptions->PassedOnBy),
            llvm::ArrayRef(M.Exceptions->NeedsError)})
        if (std::string Problem = Find(Names); !Problem.empty())
          return Problem;
    if (M.Namespaces.empty() && !Y.error())
      return "'namespaces' is empty; the global one is written ''";
    return "";
  }
};

} // namespace llvm::yaml

static const SchemaNode &modelSchema() {
  static const SchemaNode Schema = [] {
    SchemaNode Root;
    SchemaIO IO(Root);
    LibraryModel Model;
    llvm::yaml::EmptyContext Context;
    llvm::yaml::yamlize(IO, Model, true, Context);
    return Root;
  }();
  return Schema;
}

std::string async_tidy::modelReference() {
  return schemaReference(modelSchema());
}

/// Reads a document of the right shape.
static llvm::Expected<LibraryModel> read(llvm::MemoryBufferRef Text) {
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

llvm::Expected<LibraryModel>
async_tidy::parseModel(llvm::MemoryBufferRef Text) {
  // The reader stops at the first problem, knows no other words, and doesn't
  // survive a document of nothing.
  std::string Problems = compareWithSchema(Text, modelSchema());
  if (!Problems.empty())
    return llvm::createStringError(llvm::StringRef(Problems).rtrim());
  return read(Text);
}

llvm::ArrayRef<LibraryModel> async_tidy::builtinModels() {
  static const std::vector<LibraryModel> Models = [] {
    std::vector<LibraryModel> All;
    for (const EmbeddedFile &File : embeddedModels()) {
      auto Model = read(llvm::MemoryBufferRef(File.Text, File.Name));
      if (!Model)
        llvm::report_fatal_error(Model.takeError(), /*gen_crash_diag=*/false);
      All.push_back(std::move(*Model));
    }
    return All;
  }();
  return Models;
}
