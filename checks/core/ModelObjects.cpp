//===-- ModelObjects.cpp - What objects are, and own ----------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "core/ModelMapping.h"

using namespace async_tidy;
using namespace llvm::yaml;

static constexpr char Eager[] = "eager", Lazy[] = "lazy";

static constexpr char Once[] = "once", Again[] = "again";

namespace llvm::yaml {

template <> struct ScalarEnumerationTraits<Dropped> {
  static void enumeration(IO &Y, Dropped &V) {
    Y.enumCase(V, "never-runs", Dropped::NeverRuns);
    Y.enumCase(V, "detaches", Dropped::Detaches);
    Y.enumCase(V, "cancels", Dropped::Cancels);
  }
};

template <> struct ScalarEnumerationTraits<Stable> {
  static void enumeration(IO &Y, Stable &V) {
    Y.enumCase(V, "nothing", Stable::Nothing);
    Y.enumCase(V, "references", Stable::References);
    Y.enumCase(V, "iterators", Stable::Iterators);
  }
};

} // namespace llvm::yaml

void MappingTraits<TaskModel>::mapping(IO &Y, TaskModel &M) {
  Either<Eager, Lazy> Start{true};
  Either<Once, Again> Awaited{false};
  need(Y, "types", M.Types, "class names");
  need(Y, "start", Start,
       "`lazy`: the work starts when it is awaited. `eager`: it has started "
       "already");
  may(Y, "dropped", M.WhenDropped,
      "what becomes of the work when its object is destroyed. `never-runs`, "
      "the default, is what happens to lazy work; `cancels` ends eager work, "
      "`detaches` lets it go on");
  may(Y, "discardable", M.Discardable,
      "dropping the object is how the library's users say that nobody waits "
      "for work that goes on");
  may(Y, "awaited", Awaited,
      "`once`, the default, or `again`: the result can be asked for any "
      "number of times");
  may(Y, "in-place", M.InPlace,
      "it has to be awaited in the expression that makes it");
  may(Y, "consumed-by", M.ConsumedBy,
      "members that take out what an object stands for, and leave it with "
      "nothing. `operator co_await` where awaiting a variable does so: that "
      "of a type which can be awaited only behind `std::move` needs no "
      "mention");
  may(Y, "ready-from", M.ReadyFrom,
      "functions that return one whose work has ended");
  may(Y, "goes-on-with", M.GoesOnWith,
      "types of parameters that make a coroutine go on when its object is "
      "dropped, whatever `dropped` says");
  may(Y, "exceptions", M.Exceptions,
      "for a type that nobody can await: what becomes of an exception that "
      "leaves a coroutine of this type. `lost`: nobody ever learns of it. "
      "`terminates`: it ends the program");
  may(Y, "spawn", M.Spawn,
      "what to do with a task in a function that cannot await it; completes "
      "a message");
  M.Lazy = Start.Value;
  M.AwaitedAgain = Awaited.Value;
}

void MappingTraits<LockModel>::mapping(IO &Y, LockModel &M) {
  need(Y, "types", M.Types, "class names");
  need(Y, "acquire", M.Acquire,
       "functions that are awaited to get the lock or the permit");
  may(Y, "release", M.Release, "functions that give it back");
  may(Y, "guards", M.Guards, "types whose destructor gives it back");
}

void MappingTraits<ThreadLockModel>::mapping(IO &Y, ThreadLockModel &M) {
  may(Y, "types", M.Types,
      "class names of mutexes. Those with members `lock`, `try_lock` and "
      "`unlock` are known without");
  may(Y, "guards", M.Guards,
      "types of objects that unlock in their destructor. Where one is a "
      "template, its arguments tell whether it guards a mutex of coroutines");
  may(Y, "acquire", M.Acquire, "functions that lock");
  may(Y, "try", M.Try, "functions that lock if they return true");
  may(Y, "release", M.Release, "functions that unlock");
  may(Y, "argument", M.Argument,
      "which argument of these functions is the mutex, counted from 1. `0`, "
      "the default, is the object of a member call");
  may(Y, "deferred-by", M.DeferredBy,
      "types of arguments with which a guard does not lock when it is made");
  may(Y, "tried-by", M.TriedBy,
      "types of arguments with which a guard may have failed to lock");
  may(Y, "adopted-by", M.AdoptedBy,
      "types of arguments with which a guard takes over what is locked");
}

void MappingTraits<ThreadScopeModel>::mapping(IO &Y, ThreadScopeModel &M) {
  need(Y, "types", M.Types, "class names");
  need(Y, "because", M.Because,
       "what they do to the thread, for people: `it makes a span the current "
       "one of the thread`");
}

void MappingTraits<ScopeModel>::mapping(IO &Y, ScopeModel &M) {
  need(Y, "types", M.Types, "class names");
  need(Y, "close", M.Close,
       "functions of which one has to be awaited before the object is "
       "destroyed");
  may(Y, "hold", M.Hold,
      "functions that return an object which keeps it from being closed, "
      "and throw when it has been");
  may(Y, "guards", M.Guards, "the types of such objects");
  may(Y, "opened-by", M.Opened,
      "functions after which that is so; without them, from the object's "
      "construction on");
}

void MappingTraits<ConditionModel>::mapping(IO &Y, ConditionModel &M) {
  need(Y, "wait", M.Wait, "functions that are awaited to wait for one");
  need(Y, "notify", M.Notify,
       "functions that wake who waits, and do nothing where nobody does: not "
       "those that the next one to wait gets to know of");
  may(Y, "forever", M.Forever,
      "functions that make one of an object which is usually something else, "
      "when an argument mentions `max`: a timer that never expires");
}

void MappingTraits<ReferenceCountedModel>::mapping(IO &Y,
                                                   ReferenceCountedModel &M) {
  need(Y, "types", M.Types, "classes that others derive from");
  need(Y, "self", M.Self,
       "what a member function writes to get a reference to its own object");
  may(Y, "owned", M.Owned,
      "the reference does not keep the object, whose owner deletes it: it "
      "tells whether the object is still there");
}

void MappingTraits<ContainerModel>::mapping(IO &Y, ContainerModel &M) {
  need(Y, "types", M.Types, "class names");
  may(Y, "stable", M.OnAdding,
      "what goes on to refer to an element when another one is added: "
      "`references` to it (and pointers), or also `iterators`");
  may(Y, "adding", M.Adding,
      "names of members that add elements, and remove none");
}

void MappingTraits<ThreadAffineModel>::mapping(IO &Y, ThreadAffineModel &M) {
  need(Y, "types", M.Types, "class names");
  need(Y, "because", M.Because, "the reason, for people");
}
