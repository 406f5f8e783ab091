// RUN: %check %s async-loop-without-suspension

#include "cppcoro/generator.hpp"
#include "cppcoro/task.hpp"
#include "folly/coro/Task.h"
#include "seastar/core/coroutine.hh"
#include <asio.hpp>
#include <atomic>
#include <cstdlib>
#include <optional>
#include <thread>

std::optional<int> next();
void handle(int);
folly::coro::Task<int> fetch();

class Consumer {
  folly::coro::Task<void> forever() {
    for (;;) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop has neither an end nor a suspension: nothing else runs on this executor any more, and nobody can cancel the coroutine; await in it what it is to work on [async-loop-without-suspension]
      if (auto value = next())
        handle(*value);
    }
    co_return;
  }
  seastar::future<> whileTrue() {
    co_await seastar::make_ready_future<>();
    while (true) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop has neither an end nor a suspension
      for (int i = 0; i < 10; ++i)
        if (i == 5)
          break;
      handle(1);
    }
  }
  asio::awaitable<void> spins() {
    while (!done_.load()) {
    }
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop waits for 'done_' without a suspension: what would change it does not get to run on this executor; await an event instead
    while (!done_)
      std::this_thread::yield();
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop waits for 'done_'
    co_return;
  }
  cppcoro::task<> aMember() {
    do
      ;
    while (left_ > 0);
    // CHECK-MESSAGES: :[[@LINE-3]]:5: warning: this loop waits for 'left_'
    co_return;
  }

  // Correct.

  folly::coro::Task<void> suspends() {
    for (;;)
      handle(co_await fetch());
  }
  folly::coro::Task<void> leaves() {
    for (;;) {
      if (!next())
        break;
    }
    for (;;) {
      if (!next())
        co_return;
    }
  }
  folly::coro::Task<void> throws() {
    while (true) {
      if (!next())
        throw 1;
    }
    co_return;
  }
  folly::coro::Task<void> ends() {
    for (;;) {
      if (!next())
        std::abort();
    }
    co_return;
  }
  folly::coro::Task<void> endsByAnException() {
    try {
      for (;;)
        handle(1);
    } catch (int) {
    }
    co_return;
  }
  folly::coro::Task<void> leavesFromWithin() {
    for (;;) {
      switch (left_) {
      case 1:
        co_return;
      default:
        break;
      }
    }
  }
  folly::coro::Task<void> works() {
    while (left_ > 0)
      --left_;
    while (!done_)
      handle(1);
    while (flag_.test_and_set())
      ;
    co_return;
  }
  folly::coro::Task<void> isGivenSomethingToCall(void (*call)()) {
    for (;;)
      call();
    co_return;
  }

  std::atomic<bool> done_{false};
  std::atomic_flag flag_;
  int left_ = 0;
};

cppcoro::generator<int> numbers() {
  for (int i = 0;; ++i)
    co_yield i;
}

// Where blocking is fine.
asio::awaitable<void> busy() {
  for (;;)
    handle(1);
  co_return;
}
void starts(asio::thread_pool &pool) {
  asio::co_spawn(pool, busy(), asio::detached);
}

template <typename T> folly::coro::Task<void> instance(T value) {
  for (;;)
    handle(value);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop has neither an end
  co_return;
}
folly::coro::Task<void> uses() {
  co_await instance(1);
  co_await instance('a');
}

auto in_a_lambda = []() -> folly::coro::Task<void> {
  while (true)
    handle(1);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop has neither an end
  co_return;
};
