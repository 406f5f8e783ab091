// RUN: %check %s async-*

// Coroutines of concurrencpp.

#include <chrono>
#include <concurrencpp/concurrencpp.h>
#include <exception>
#include <fstream>
#include <memory>
#include <thread>
#include <tuple>

using namespace std::chrono_literals;
using pool = std::shared_ptr<concurrencpp::thread_pool_executor>;
using threads = std::shared_ptr<concurrencpp::thread_executor>;
using manual = std::shared_ptr<concurrencpp::manual_executor>;
using timers = std::shared_ptr<concurrencpp::timer_queue>;
using concurrencpp::result;

result<int> number();
concurrencpp::lazy_result<int> lazy();

result<void> sleeps(timers queue, pool p) {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await concurrencpp::timer_queue::make_delay_object [async-blocking-sleep]
  co_await queue->make_delay_object(1000ms, p);
}

result<int> waits(pool p) {
  int n = number().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'concurrencpp::result::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the result [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  number().wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'concurrencpp::result::wait' blocks
  // CHECK-FIXES: co_await number();
  auto stored = p->submit([] { return 1; });
  n += stored.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'concurrencpp::result::get' blocks
  auto limited = p->submit([] { return 1; });
  limited.wait_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'concurrencpp::result::wait_for' blocks
  n += co_await number();
  n += co_await lazy();
  co_return n;
}

// A result that has been resolved is ready, and so may be one that was given.
result<int> asks_results(pool p, result<int> given) {
  auto started = p->submit([] { return 1; });
  auto ready = co_await started.resolve();
  int n = ready.get() + given.get();
  n += (co_await number().resolve()).get();
  auto all = co_await concurrencpp::when_all(p, number(), number());
  n += std::get<0>(all).get();
  auto asked = p->submit([] { return 1; });
  if (asked.status() == concurrencpp::result_status::value)
    n += asked.get();
  co_return n;
}

result<void> loops(manual executor) {
  co_await number();
  executor->wait_for_task();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'concurrencpp::manual_executor::wait_for_task' blocks the thread that runs this coroutine, and every task on it: it waits for tasks, as an event loop does; co_await the work that the loop runs [async-blocking-wait]
  executor->loop(10);
}

result<void> stops(pool p) {
  p->shutdown();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 'concurrencpp::thread_pool_executor::shutdown' blocks the thread that runs this coroutine, and every task on it: it waits until the threads of the executor have ended; leave it to the runtime's destructor [async-blocking-wait]
  co_return;
}

result<void> opens_file(threads t) {
  std::ifstream before("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks {{.*}}: it opens a file; co_await it on concurrencpp::runtime::background_executor [async-blocking-call]
  co_await t->submit([] { std::ifstream on_thread("file"); });
  co_await concurrencpp::resume_on(t);
  std::ifstream on_thread("file");
}

// A coroutine that starts on an executor of its caller's choice.
result<void> starts_on(concurrencpp::executor_tag, threads) {
  std::this_thread::sleep_for(1s);
  co_return;
}

// It may be the background executor, which is of the same class as the other.
result<void> moves(pool p) {
  co_await concurrencpp::resume_on(p);
  std::ifstream in_pool("file");
}

result<void> drops(pool p, timers queue, concurrencpp::async_lock &lock) {
  number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'number' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await number();
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited: 'concurrencpp::lazy_result<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await lazy();
  queue->make_delay_object(1000ms, p);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'concurrencpp::timer_queue::make_delay_object' is never awaited
  // CHECK-FIXES: co_await queue->make_delay_object(1000ms, p);
  concurrencpp::resume_on(p);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'concurrencpp::resume_on' is never awaited
  // CHECK-FIXES: co_await concurrencpp::resume_on(p);
  lock.lock(p);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the result of 'concurrencpp::async_lock::lock' is never awaited
  // CHECK-FIXES: co_await lock.lock(p);
  p->post([] {});
  auto guard = co_await lock.lock(p);
}

void plain_function(threads t) {
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited: 'concurrencpp::lazy_result<int>' is lazy, so nothing of it runs; start it with concurrencpp::lazy_result::run [async-unawaited-task]
  lazy().run();
  number();
  number().get();
  t->submit([] { return 1; }).wait();
}

// The thread that turns the manual executor runs all of its tasks; a
// thread_executor makes one for each.
void callbacks(manual executor, threads t, timers queue) {
  executor->post([] { std::this_thread::sleep_for(1s); });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::this_thread::sleep_for' blocks the thread that runs this task, and every task on it: it sleeps; use concurrencpp::timer_queue::make_one_shot_timer [async-blocking-sleep]
  t->post([] { std::this_thread::sleep_for(1s); });
  auto timer = queue->make_timer(1s, 1s, t, [] { std::ifstream on_thread("file"); });
  auto other = queue->make_timer(1s, 1s, executor, [] { std::ifstream on_loop("file"); });
  // CHECK-MESSAGES: :[[@LINE-1]]:71: warning: 'std::ifstream constructor' blocks the thread that runs this timer callback, and every task on it: it opens a file; submit it to concurrencpp::runtime::background_executor [async-blocking-call]
}

result<void> swallows(timers queue, pool p) {
  for (;;) {
    try {
      co_await queue->make_delay_object(1000ms, p);
    } catch (const std::exception &) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, on concurrencpp::errors::interrupted_task [async-swallowed-cancellation]
    }
  }
}
result<void> handles(timers queue, pool p) {
  for (;;) {
    try {
      co_await queue->make_delay_object(1000ms, p);
    } catch (const concurrencpp::errors::interrupted_task &) {
      co_return;
    } catch (const std::exception &) {
    }
  }
}
