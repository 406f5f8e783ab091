// Lambdas that capture, and are coroutines
//
// What a lambda captures is in the closure, not in the frame of the coroutine.
// When the closure is destroyed before the coroutine is done, the coroutine
// reads freed memory.

#include "task.h"
#include <asio.hpp>
#include <chrono>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Invoke.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <functional>
#include <kj/async.h>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <utility>
#include <vector>

using app::EagerTask;
using app::FireAndForget;
using app::Task;
using namespace std::chrono_literals;

Task<> save(int Value);
EagerTask<> saveNow(int Value);
cppcoro::task<> store(int Value);
kj::Promise<void> tick();
asio::awaitable<void> send(int Value);
void print(const std::string &Text);

class Session {
public:
  explicit Session(asio::io_context &Io) : Io(Io) {}
  void start();
  void startReference();
  void startCopy();
  void startCallable();
  void startExplicit();
  Task<> close();
  folly::coro::Task<void> flush();

private:
  asio::io_context &Io;
  folly::coro::AsyncScope Scope;
  int Id = 0;
  std::function<Task<>()> OnClose;
};

// CASE: this and a value, the lambda is called, the awaitable is spawned
// DEFECT: the closure is a temporary, gone when the coroutine starts
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
void Session::start() {
  asio::co_spawn(
      Io,
      [this, Copy = Id]() -> asio::awaitable<void> {
        co_await send(Copy);
        Id = Copy + 1;
      }(),
      asio::detached);
}

// CASE: by reference, spawned
// DEFECT: the closure is gone, and with it the reference to Value, which is
//   gone as well
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
void Session::startReference() {
  int Value = Id;
  asio::co_spawn(
      Io,
      [&Value]() -> asio::awaitable<void> {
        co_await send(Value);
        co_await send(Value + 1);
      }(),
      asio::detached);
}

// CASE: *this, spawned
// DEFECT: the copy of the object is in the closure
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
struct Job {
  int Id = 0;
  void start(asio::io_context &Io) {
    asio::co_spawn(
        Io,
        [*this]() -> asio::awaitable<void> {
          co_await send(1);
          co_await send(Id);
        }(),
        asio::detached);
  }
};

// CASE: called, and the task is kept in a variable
// DEFECT: the closure lives to the semicolon, the task runs behind it
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> kept(int Value) {
  auto T = [Value]() -> Task<> { co_await save(Value); }();
  co_await save(0);
  co_await std::move(T);
}

// CASE: called, and the task is returned
// DEFECT: the closure lives to the semicolon
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> returned(int Value) {
  return [Value]() -> Task<> {
    co_await save(Value);
    co_await save(Value);
  }();
}

// CASE: called, and the task is pushed to a vector
// DEFECT: each closure is gone when its round is over
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> pushed() {
  std::vector<Task<>> Tasks;
  for (int I = 0; I < 3; ++I)
    Tasks.push_back([I]() -> Task<> { co_await save(I); }());
  for (auto &T : Tasks)
    co_await std::move(T);
}

// CASE: called, detached
// DEFECT: at its first suspension the closure is destroyed
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
void detached(std::string Text) {
  [Text]() -> FireAndForget {
    co_await saveNow(1);
    print(Text);
  }();
}

// CASE: a closure with a name, whose task is returned
// DEFECT: F is destroyed on the way out
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> namedReturned(int Value) {
  auto F = [Value]() -> Task<> { co_await save(Value); };
  return F();
}

// CASE: a closure with a name in a block, whose task lives longer
// DEFECT: F is destroyed at the end of the block
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> namedInBlock(int Value) {
  Task<> T;
  {
    auto F = [Value]() -> Task<> { co_await save(Value); };
    T = F();
  }
  co_await std::move(T);
}

// CASE: a closure with a name, spawned
// DEFECT: the function returns, and F is destroyed, before the coroutine has
//   run
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
void namedSpawned(asio::io_context &Io, int Value) {
  auto F = [Value]() -> asio::awaitable<void> { co_await send(Value); };
  asio::co_spawn(Io, F(), asio::detached);
}

// CASE: this const auto &, called, and the task is kept
// DEFECT: the frame has a reference to the closure, as without 'this auto'
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> explicitReference(int Value) {
  auto T = [Value](this const auto &) -> Task<> { co_await save(Value); }();
  co_await std::move(T);
}

// CASE: added to a scope of folly
// DEFECT: the scope keeps the task, nobody keeps the closure
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
folly::coro::Task<void> Session::flush() {
  Scope.add(folly::coro::co_withExecutor(
      co_await folly::coro::co_current_executor,
      [this]() -> folly::coro::Task<void> {
        co_await folly::coro::sleep(10ms);
        ++Id;
      }()));
}

// CASE: a continuation of a Seastar future
// DEFECT: then() destroys the closure when the lambda returns, which is at its
//   first suspension
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
seastar::future<> continuation(int Value) {
  return seastar::sleep(10ms).then([Value]() -> seastar::future<> {
    co_await seastar::sleep(10ms);
    print(std::to_string(Value));
  });
}

// CASE: a continuation of a KJ promise
// DEFECT: then() destroys the closure when the lambda returns, which is at its
//   first suspension
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
kj::Promise<void> kjContinuation(int Value) {
  return tick().then([Value]() -> kj::Promise<void> {
    co_await tick();
    print(std::to_string(Value));
  });
}

// CASE: moved into the capture
// DEFECT: the unique_ptr is destroyed with the closure, at the semicolon
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> movedIn(std::unique_ptr<int> Value) {
  auto T = [Value = std::move(Value)]() -> Task<> { co_await save(*Value); }();
  co_await std::move(T);
}

// CASE: an eager task that is kept, and uses the capture after an await
// DEFECT: the part behind the await runs when the closure is gone
// REPORTS: async-lambda-capture,
//   cppcoreguidelines-avoid-capturing-lambda-coroutines
EagerTask<> eagerLate(int Value) {
  auto T = [Value]() -> EagerTask<> {
    co_await saveNow(1);
    co_await saveNow(Value);
  }();
  co_await T;
}

// CASE: called and awaited in one expression
// CORRECT: the closure lives as long as the await
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> inPlace(int Value) {
  co_await [Value]() -> Task<> {
    co_await save(Value);
    co_await save(Value + 1);
  }();
}

// CASE: called and awaited in one expression, by reference
// CORRECT: the closure, and what it refers to, live as long as the await
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> inPlaceReference() {
  int Sum = 0;
  co_await [&]() -> Task<> {
    co_await save(Sum);
    ++Sum;
  }();
  co_await save(Sum);
}

// CASE: the callable is passed to co_spawn
// CORRECT: co_spawn keeps the closure as long as the coroutine runs
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
void Session::startCallable() {
  asio::co_spawn(
      Io,
      [this, Copy = Id]() -> asio::awaitable<void> {
        co_await send(Copy);
        Id = Copy + 1;
      },
      asio::detached);
}

// CASE: this auto, spawned
// CORRECT: the frame has a copy of the closure
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
void Session::startExplicit() {
  asio::co_spawn(
      Io,
      [this, Copy = Id](this auto) -> asio::awaitable<void> {
        co_await send(Copy);
        Id = Copy + 1;
      }(),
      asio::detached);
}

// CASE: co_invoke of folly
// CORRECT: co_invoke keeps the closure in its own frame
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
folly::coro::Task<void> invoked(int Value) {
  return folly::coro::co_invoke([Value]() -> folly::coro::Task<void> {
    co_await folly::coro::sleep(10ms);
    print(std::to_string(Value));
  });
}

// CASE: a closure with a name, awaited where it lives
// CORRECT: F outlives its task
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> named(int Value) {
  auto F = [Value]() -> Task<> { co_await save(Value); };
  co_await F();
}

// CASE: a closure with a name, whose task is kept and awaited where both live
// CORRECT: F is destroyed after the task
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> namedKept(int Value) {
  auto F = [Value]() -> Task<> { co_await save(Value); };
  auto T = F();
  co_await save(0);
  co_await std::move(T);
}

// CASE: parameters in the place of captures
// CORRECT: parameters are copied into the frame
// REPORTS: nothing
void parameters(asio::io_context &Io, int Value) {
  asio::co_spawn(
      Io,
      [](int V) -> asio::awaitable<void> {
        co_await send(V);
        co_await send(V);
      }(Value),
      asio::detached);
}

// CASE: an eager task that uses the capture only before its first await
// CORRECT: that part runs before the call returns
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
EagerTask<> eagerEarly(std::string Text) {
  auto T = [Text]() -> EagerTask<> {
    print(Text);
    co_await saveNow(1);
  }();
  co_await T;
}

// CASE: detached, with a copy made before the first await
// CORRECT: the local variable is in the frame
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
void detachedCopy(std::string Text) {
  [&Text]() -> FireAndForget {
    const std::string Copy = Text;
    co_await saveNow(1);
    print(Copy);
  }();
}

// CASE: a closure that is static
// CORRECT: it is never destroyed while coroutines run
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> counted() {
  static auto Next = [Counter = 0]() mutable -> Task<> { co_await save(++Counter); };
  return Next();
}

// CASE: a lambda that captures, and is no coroutine
// CORRECT: it only calls one, which has a parameter of its own
// REPORTS: nothing
Task<> forwards(int Value) {
  auto T = [Value] { return save(Value); }();
  co_await std::move(T);
}

// CASE: awaited through when_all in one expression
// CORRECT: the closures live until both are done
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
cppcoro::task<> both(int Value) {
  co_await cppcoro::when_all([Value]() -> cppcoro::task<> { co_await store(Value); }(),
                             [&]() -> cppcoro::task<> { co_await store(Value + 1); }());
}

// CASE: waited for with sync_wait
// CORRECT: the closure lives until sync_wait() returns
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
void waited(int Value) {
  cppcoro::sync_wait([&]() -> cppcoro::task<> {
    co_await store(Value);
    co_await store(Value + 1);
  }());
}

// CASE: a handler that is kept in a member, and captures this
// CORRECT: the object owns the closure, and awaits what it returns
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
Task<> Session::close() {
  OnClose = [this]() -> Task<> {
    co_await save(Id);
    ++Id;
  };
  co_await OnClose();
}

// CASE: the lambda itself is returned
// CORRECT: who calls it decides how long it lives
// REPORTS: cppcoreguidelines-avoid-capturing-lambda-coroutines
std::function<Task<>()> factory(int Value) {
  return [Value]() -> Task<> { co_await save(Value); };
}

// CASE: a default capture with nothing to capture
// CORRECT: the closure is empty, no one can miss it
// REPORTS: nothing
Task<> nothing() {
  auto T = [&]() -> Task<> { co_await save(1); }();
  co_await std::move(T);
}
