// RUN: %check %s async-blocking-sleep

// Reported, but nothing can be put in the place of these calls.

#include "asio.hpp"
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

// co_await can't stand in a handler.
asio::awaitable<void> in_a_handler() {
  try {
    co_await asio::post(asio::use_awaitable);
  } catch (const std::exception &) {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks
  } catch (...) {
    if (true) {
      sleep(1);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sleep' blocks
    }
  }
}

// Nor in a nested function.
asio::awaitable<void> in_a_lambda() {
  auto nap = [] { std::this_thread::sleep_for(1s); };
  nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at no-fix.cpp:[[@LINE-2]]' blocks
  [] { sleep(2); }();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at no-fix.cpp:[[@LINE-1]]' blocks
  co_return;
}

// A timer counts in whole units of its clock.
asio::awaitable<void> floating_point(double seconds) {
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  std::this_thread::sleep_for(1.5s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  co_return;
}

// A timer returns nothing of what these do.
asio::awaitable<int> results() {
  unsigned left = sleep(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'sleep' blocks
  if (usleep(4) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'usleep' blocks
    co_return 1;
  co_return sleep(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'sleep' blocks
}

// use_awaitable is for coroutines on any_io_executor.
using executor = asio::io_context::executor_type;
asio::awaitable<void, executor> another_executor() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}

// A moment is not a duration.
asio::awaitable<void> points(std::chrono::system_clock::time_point when) {
  std::this_thread::sleep_until(when);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_until' blocks
  co_return;
}
