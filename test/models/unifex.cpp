// RUN: %check %s async-*

// Tasks and schedulers of libunifex.

#include <chrono>
#include <exception>
#include <fstream>
#include <thread>
#include <unifex/on.hpp>
#include <unifex/scheduler_concepts.hpp>
#include <unifex/spawn_detached.hpp>
#include <unifex/spawn_future.hpp>
#include <unifex/static_thread_pool.hpp>
#include <unifex/sync_wait.hpp>
#include <unifex/task.hpp>
#include <unifex/then.hpp>
#include <unifex/timed_single_thread_context.hpp>
#include <unifex/v2/async_scope.hpp>
#include <utility>

using namespace std::chrono_literals;
using unifex::task;

task<int> number();
task<void> work();

task<void> sleeps(unifex::timed_single_thread_context &timer) {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await unifex::schedule_after [async-blocking-sleep]
  co_await unifex::schedule_after(timer.get_scheduler(), 1s);
}

unifex::nothrow_task<void> sleeps_without_exceptions() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  co_await work();
}

task<int> waits() {
  auto n = unifex::sync_wait(number());
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'unifex::sync_wait' blocks the thread that runs this coroutine, and every task on it: it waits until the work has ended; co_await the work [async-blocking-wait]
  co_return *n + co_await number();
}

// To await 'schedule' moves a task for good.
task<void> moves(unifex::static_thread_pool &pool, unifex::timed_single_thread_context &loop) {
  std::ifstream before("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it with unifex::on, on a unifex::static_thread_pool [async-blocking-call]
  co_await unifex::schedule(pool.get_scheduler());
  std::ifstream in_pool("file");
  co_await work();
  std::ifstream still_in_pool("file");
  co_await unifex::schedule(loop.get_scheduler());
  std::ifstream in_loop("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
}

task<void> drops(unifex::async_scope &scope, unifex::static_thread_pool &pool) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'unifex::task<void>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  unifex::spawn_future(work(), scope);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'unifex::spawn_future' is dropped, which cancels the work: {{.*}}; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await unifex::spawn_future(work(), scope);
  auto kept = unifex::spawn_future(work(), scope);
  co_await std::move(kept);
  co_await work();
  unifex::spawn_detached(unifex::on(pool.get_scheduler(), work()), scope);
  co_await scope.join();
}

void drops_outside() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'unifex::task<void>' is lazy, so nothing of it runs; start it with unifex::spawn_detached in a unifex::async_scope [async-unawaited-task]
}

// Cancellation is no exception: no handler sees it.
task<void> handles() {
  while (true) {
    try {
      co_await work();
    } catch (const std::exception &) {
    } catch (...) {
    }
  }
}

// In a thread pool, blocking is fine.
task<void> in_pool() {
  std::this_thread::sleep_for(1s);
  co_await work();
}
task<void> in_loop() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  co_await work();
}
void starts(unifex::static_thread_pool &pool, unifex::timed_single_thread_context &loop) {
  unifex::sync_wait(unifex::on(pool.get_scheduler(), in_pool()));
  unifex::sync_wait(unifex::on(loop.get_scheduler(), in_loop()));
  unifex::sync_wait(unifex::then(work(), [] { std::this_thread::sleep_for(1s); }));
}

// Nothing of this runs in a coroutine.
int synchronous() {
  std::this_thread::sleep_for(1s);
  return *unifex::sync_wait(number());
}
