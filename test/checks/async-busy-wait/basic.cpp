// RUN: %check %s async-busy-wait

#include "coro/coro.hpp"
#include "folly/coro/Sleep.h"
#include "folly/coro/Task.h"
#include "seastar/core/abort_source.hh"
#include "seastar/core/coroutine.hh"
#include "seastar/core/sleep.hh"
#include "seastar/coroutine/maybe_yield.hh"
#include <asio.hpp>
#include <atomic>
#include <chrono>
#include <deque>
#include <memory>

using namespace std::chrono_literals;

bool asks_the_system();
int volatile caught_signal;
std::atomic<bool> interrupted;

struct State {
  bool isDone() const { return done; }
  bool isReady() const;
  std::atomic<bool> done{false};
  int left = 0;
};

class Worker {
  folly::coro::Task<void> member() {
    while (!done_)
      co_await folly::coro::sleep(10ms);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop asks for 'done_' again after each delay: the coroutine goes on late, and wakes up for nothing; await an event that is set where it changes [async-busy-wait]
  }
  folly::coro::Task<void> container() {
    while (queue_.empty() && !done_) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop asks for
      co_await folly::coro::sleep(10ms);
    }
  }
  folly::coro::Task<void> accessor(std::shared_ptr<State> state) {
    do {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop asks for 'state'
      co_await folly::coro::sleep(1s);
    } while (!state->isDone());
  }
  seastar::future<> turn() {
    for (; left_ > 0;)
      co_await seastar::coroutine::maybe_yield();
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop asks for 'left_' again at each turn, and keeps the processor busy; await an event
  }
  seastar::future<> token(seastar::abort_source &as) {
    while (!as.abort_requested())
      co_await seastar::sleep(1s);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop asks for 'as'
  }
  asio::awaitable<void> timer() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (!done_) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop asks for 'done_'
      timer.expires_after(10ms);
      co_await timer.async_wait(asio::use_awaitable);
    }
  }
  coro::task<void> atomic(coro::scheduler &scheduler) {
    while (count_.load(std::memory_order_acquire) < 10)
      co_await scheduler.yield_for(1ms);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: this loop asks for 'count_'
  }

  // Correct.

  folly::coro::Task<void> system() {
    while (!asks_the_system())
      co_await folly::coro::sleep(10ms);
    while (!done_ && !asks_the_system())
      co_await folly::coro::sleep(10ms);
  }
  folly::coro::Task<void> notKnown(State &state) {
    while (!state.isReady())
      co_await folly::coro::sleep(10ms);
  }
  folly::coro::Task<void> untilATime(
      std::chrono::steady_clock::time_point end) {
    while (!done_ && std::chrono::steady_clock::now() < end)
      co_await folly::coro::sleep(10ms);
  }
  folly::coro::Task<void> signals() {
    while (!caught_signal)
      co_await folly::coro::sleep(10ms);
    while (!interrupted)
      co_await folly::coro::sleep(10ms);
  }
  folly::coro::Task<void> doesSomethingElse() {
    while (!done_) {
      ++rounds_;
      co_await folly::coro::sleep(10ms);
    }
    for (int i = 0; i < 10 && !done_; ++i)
      co_await folly::coro::sleep(10ms);
  }
  folly::coro::Task<void> onlyItsOwn() {
    int rounds = 3;
    while (rounds > 0)
      co_await folly::coro::sleep(10ms);
    while (true)
      co_await folly::coro::sleep(10ms);
  }
  // A timer that nobody sets here is how others tell.
  asio::awaitable<void> told(asio::steady_timer &timer) {
    while (!done_)
      co_await timer.async_wait(asio::use_awaitable);
  }
  folly::coro::Task<void> awaits(folly::coro::Task<bool> (*isDone)()) {
    while (!co_await isDone())
      co_await folly::coro::sleep(10ms);
  }

  bool done_ = false;
  int left_ = 0, rounds_ = 0;
  std::atomic<int> count_{0};
  std::deque<int> queue_;
};

folly::coro::Task<void> local() {
  bool done = false;
  auto finish = [&] { done = true; };
  finish();
  while (!done)
    co_await folly::coro::sleep(10ms);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop asks for 'done'
}

auto in_a_lambda = [](std::atomic<bool> &done) -> folly::coro::Task<void> {
  while (!done)
    co_await folly::coro::sleep(10ms);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop asks for 'done'
};

template <typename T> folly::coro::Task<void> until(const T &value) {
  while (value == T())
    co_await folly::coro::sleep(10ms);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: this loop asks for 'value'
}
folly::coro::Task<void> uses(const int &number, const long &other) {
  co_await until(number);
  co_await until(other);
}

#define UNTIL(CONDITION)                                                       \
  while (!(CONDITION))                                                         \
  co_await folly::coro::sleep(10ms)
folly::coro::Task<void> in_a_macro(State &state) { UNTIL(state.done); }
