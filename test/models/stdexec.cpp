// RUN: %check %s async-*

// Tasks and schedulers of stdexec, and what C++26 takes over from it.

#include <chrono>
#include <exception>
#include <exec/async_scope.hpp>
#include <exec/single_thread_context.hpp>
#include <exec/static_thread_pool.hpp>
#include <exec/task.hpp>
#include <exec/timed_scheduler.hpp>
#include <fstream>
#include <stdexec/execution.hpp>
#include <thread>

using namespace std::chrono_literals;

exec::task<int> number();
exec::task<void> work();
stdexec::task<void> standard();

exec::task<void> sleeps(exec::single_thread_context &timer) {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await schedule_after, on a scheduler with timers [async-blocking-sleep]
  co_await exec::schedule_after(timer.get_scheduler(), 1s);
}

stdexec::task<void> sleeps_as_well() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  co_await standard();
}

exec::task<int> waits() {
  auto [n] = stdexec::sync_wait(number()).value();
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'stdexec::sync_wait' blocks the thread that runs this coroutine, and every task on it: it waits until the work has ended; co_await the sender [async-blocking-wait]
  co_return n + co_await number();
}

// A task goes on where it was, unless it asks to move.
exec::task<void> moves(exec::static_thread_pool &pool, exec::single_thread_context &loop) {
  std::ifstream before("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it with starts_on, on a thread pool [async-blocking-call]
  co_await stdexec::schedule(pool.get_scheduler());
  std::ifstream back_again("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  co_await exec::reschedule_coroutine_on(pool.get_scheduler());
  std::ifstream in_pool("file");
  co_await work();
  std::ifstream still_in_pool("file");
  co_await exec::reschedule_coroutine_on(loop.get_scheduler());
  std::ifstream in_loop("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
}

exec::task<void> drops(exec::async_scope &scope, exec::static_thread_pool &pool) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'experimental::execution::task<void>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  co_await work();
  scope.spawn(stdexec::starts_on(pool.get_scheduler(), work()));
  co_await scope.on_empty();
}

void drops_outside() {
  standard();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'standard' is never awaited: 'stdexec::task<void>' is lazy, so nothing of it runs; start it with spawn, in a scope [async-unawaited-task]
}

// Cancellation is no exception: no handler sees it.
exec::task<void> handles() {
  while (true) {
    try {
      co_await work();
    } catch (const std::exception &) {
    } catch (...) {
    }
  }
}

// In a thread pool, blocking is fine.
exec::task<void> in_pool() {
  std::this_thread::sleep_for(1s);
  co_await work();
}
exec::task<void> in_loop() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  co_await work();
}
void starts(exec::static_thread_pool &pool, exec::single_thread_context &loop) {
  stdexec::sync_wait(stdexec::starts_on(pool.get_scheduler(), in_pool()));
  stdexec::sync_wait(stdexec::starts_on(loop.get_scheduler(), in_loop()));
  stdexec::sync_wait(stdexec::then(work(), [] { std::this_thread::sleep_for(1s); }));
}

// Nothing of this runs in a coroutine.
void synchronous() {
  std::this_thread::sleep_for(1s);
  stdexec::sync_wait(work());
}
