// RUN: %check %s async-*

// Lazy, Future and uthreads of async_simple.

#include <async_simple/Future.h>
#include <async_simple/coro/Dispatch.h>
#include <async_simple/coro/Lazy.h>
#include <async_simple/coro/Sleep.h>
#include <async_simple/coro/SyncAwait.h>
#include <async_simple/uthread/Async.h>
#include <async_simple/util/Queue.h>
#include <chrono>
#include <exception>
#include <fstream>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace std::chrono_literals;
using async_simple::Executor;
using async_simple::Future;
using async_simple::coro::Lazy;

Lazy<int> number();
Lazy<> work();
Future<int> future();

Lazy<> sleeps() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await async_simple::coro::sleep [async-blocking-sleep]
  // CHECK-FIXES: co_await async_simple::coro::sleep(1s);
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await async_simple::coro::sleep(std::chrono::seconds(2));
  co_await async_simple::coro::sleep(1s);
}

Lazy<int> waits() {
  int n = async_simple::coro::syncAwait(number());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'async_simple::coro::syncAwait' blocks the thread that runs this coroutine, and every task on it: it waits until the Lazy has ended; co_await the work [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  n += future().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'async_simple::Future::get' blocks
  // CHECK-FIXES: n += co_await future();
  auto stored = future();
  stored.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'async_simple::Future::wait' blocks
  auto asked = future();
  if (asked.hasResult())
    n += std::move(asked).get();
  n += co_await number();
  n += co_await future();
  co_return n;
}

Lazy<> takes(async_simple::util::Queue<int> &queue) {
  int item;
  queue.pop(item);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'async_simple::util::Queue::pop' blocks the thread that runs this coroutine, and every task on it: it waits until another thread pushes something; co_await the work [async-blocking-wait]
  queue.try_pop(item);
  co_return;
}

// It may be an executor for this.
Lazy<> moves(Executor *executor) {
  std::ifstream before("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks {{.*}}: it opens a file; go to another executor with async_simple::coro::dispatch [async-blocking-call]
  co_await async_simple::coro::dispatch(executor);
  std::ifstream elsewhere("file");
}

Lazy<> drops(Executor *executor) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'async_simple::coro::Lazy<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  async_simple::coro::sleep(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'async_simple::coro::sleep' is never awaited
  // CHECK-FIXES: co_await async_simple::coro::sleep(1s);
  work().via(executor);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'async_simple::coro::Lazy::via' is never awaited: 'async_simple::coro::RescheduleLazy<void>' is lazy
  // CHECK-FIXES: co_await work().via(executor);
  async_simple::coro::dispatch(executor);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'async_simple::coro::dispatch' is never awaited
  // CHECK-FIXES: co_await async_simple::coro::dispatch(executor);
  work().via(executor).detach();
  work().start([](auto &&) {});
  future().thenValue([](int) { return 1; });
  co_await work();
}

void plain_function() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'async_simple::coro::Lazy<>' is lazy, so nothing of it runs; call its start, or async_simple::coro::syncAwait outside of coroutines [async-unawaited-task]
  work().start([](auto &&) {});
  async_simple::coro::syncAwait(work());
  future().get();
  std::this_thread::sleep_for(1s);
}

void continuations(Executor *executor) {
  future().via(executor).thenValue([](int n) {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this continuation, and every task on it: it sleeps; go on after async_simple::coro::sleep [async-blocking-sleep]
    return n;
  });
  future().via(executor).thenValue([](int n) { return n + 1; });
}

// In a uthread, await suspends that alone, and get the whole thread.
void uthreads(Executor *executor) {
  namespace uthread = async_simple::uthread;
  uthread::async<uthread::Launch::Schedule>(
      [] {
        future().get();
        // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'async_simple::Future::get' blocks the thread that runs this uthread, and every task on it: it waits for the result; go on in thenValue, or in a uthread with async_simple::uthread::await [async-blocking-wait]
        uthread::await(future());
      },
      executor);
}

Lazy<> swallows() {
  for (;;) {
    try {
      co_await async_simple::coro::sleep(1s);
    } catch (const std::exception &) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, on async_simple::SignalException [async-swallowed-cancellation]
    }
  }
}
Lazy<> handles() {
  for (;;) {
    try {
      co_await async_simple::coro::sleep(1s);
    } catch (const async_simple::SignalException &) {
      co_return;
    } catch (...) {
    }
  }
}
