// RUN: %check %s async-*

// YACLib: a coroutine begins on the thread that calls it.

#include "yaclib/async/run.hpp"
#include "yaclib/coro/await.hpp"
#include "yaclib/coro/on.hpp"
#include <chrono>
#include <fstream>
#include <thread>

using namespace yaclib;
using namespace std::chrono_literals;

Future<int> number();
Task<int> lazy();

Future<int> sleeps() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await yaclib::On a pool whose threads may block [async-blocking-sleep]
  co_return 0;
}

// A pool is there to block; what else an executor is, only the run knows.
Future<int> elsewhere(FairThreadPool &pool) {
  co_await On(pool);
  std::this_thread::sleep_for(1s);
  co_return 0;
}

Future<int> somewhere(IExecutor &executor) {
  co_await On(executor);
  std::ifstream in("data");
  co_return 0;
}

Future<int> waits() {
  int n = number().Get().Ok();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'yaclib::Future::Get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await it [async-blocking-wait]
  n += lazy().Get().Ok();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'yaclib::Task::Get' blocks
  auto other = number();
  Wait(other);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'yaclib::Wait' blocks the thread that runs this coroutine, and every task on it: it waits for the results; co_await yaclib::Await [async-blocking-wait]
  auto third = number();
  co_await Await(third);
  n += std::move(third).Get().Ok();
  co_return n + co_await number() + co_await lazy();
}

Future<int> file() {
  std::ifstream in("data");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await yaclib::On a pool whose threads may block [async-blocking-call]
  co_return 0;
}

Future<int> drops() {
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited: 'yaclib::Task<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await lazy();
  number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'number' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await number();
  number().Detach();
  co_return co_await lazy();
}

void jobs(FairThreadPool &pool) {
  Submit(pool, [] { std::this_thread::sleep_for(1s); });
  Run(pool, [] {
    std::this_thread::sleep_for(1s);
    return 1;
  }).Then(pool, [](int) { std::this_thread::sleep_for(1s); }).Detach();
}

int synchronous() {
  auto f = number();
  Wait(f);
  std::this_thread::sleep_for(1s);
  return number().Get().Ok();
}
