// RUN: %check %s async-blocking-sleep

// A generator makes tasks for others, and runs none of them.

#include "task.h"
#include <folly/coro/Task.h>
#include <unistd.h>

using app::Generator;
using folly::coro::Task;

Task<int> one(int number) {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await folly::coro::sleep [async-blocking-sleep]
  co_return number;
}
Generator<Task<int>> several() {
  for (int number = 0; number != 3; ++number)
    co_yield one(number);
  co_yield []() -> Task<int> {
    sleep(2);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return 3;
  }();
}
// It may block whoever asks it for a value.
Generator<int> itself() {
  sleep(3);
  co_yield 1;
}
