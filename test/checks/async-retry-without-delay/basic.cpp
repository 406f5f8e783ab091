// RUN: %check %s async-retry-without-delay

#include "coro/coro.hpp"
#include "folly/coro/Sleep.h"
#include "folly/coro/Task.h"
#include "seastar/core/abort_source.hh"
#include "seastar/core/condition-variable.hh"
#include "seastar/core/coroutine.hh"
#include "seastar/core/sleep.hh"
#include <atomic>
#include <chrono>
#include <exception>
#include <stdexcept>

using namespace std::chrono_literals;

void log(const char *);
void log_exception(std::exception_ptr);
#define LOG(TEXT)                                                              \
  if (true)                                                                    \
  log(TEXT)

class applier {
  seastar::future<> apply_next();
  folly::coro::Task<void> step();
  coro::task<void> poll();
  seastar::future<int> fetch();

  seastar::future<> token() {
    while (!as_.abort_requested()) {
      try {
        co_await apply_next();
      } catch (...) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: behind this handler, the loop does at once again what has failed, as long as it fails, and keeps the processor busy; wait some time first [async-retry-without-delay]
        log_exception(std::current_exception());
      }
    }
  }
  folly::coro::Task<void> flag() {
    while (!stopped_ && is_open()) {
      try {
        co_await step();
      } catch (const std::exception &e) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: behind this handler
        LOG(e.what());
      }
    }
  }
  coro::task<void> atomic() {
    for (; running_;) {
      try {
        co_await poll();
      } catch (const std::runtime_error &) {
        co_return;
      } catch (...) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: behind this handler
      }
    }
  }

  // Correct.

  seastar::future<> waits() {
    while (!as_.abort_requested()) {
      try {
        co_await apply_next();
        continue;
      } catch (...) {
        log("failed");
      }
      co_await seastar::sleep_abortable(100ms, as_);
    }
  }
  seastar::future<> waits_first() {
    while (!as_.abort_requested()) {
      co_await seastar::sleep(100ms);
      try {
        co_await apply_next();
      } catch (...) {
        log("failed");
      }
    }
  }
  seastar::future<> only_waits() {
    while (!as_.abort_requested()) {
      try {
        co_await seastar::sleep_abortable(100ms, as_);
      } catch (...) {
      }
    }
    while (!as_.abort_requested()) {
      try {
        co_await changed_.wait();
      } catch (...) {
      }
    }
  }
  // Each round has something of its own, which comes from elsewhere.
  seastar::future<> another_one() {
    while (!as_.abort_requested()) {
      try {
        const int value = co_await fetch();
        log(value > 0 ? "more" : "none");
      } catch (...) {
        log("failed");
      }
    }
  }
  folly::coro::Task<void> ends() {
    while (!stopped_) {
      try {
        co_await step();
      } catch (...) {
        break;
      }
    }
    while (!stopped_) {
      try {
        co_await step();
      } catch (...) {
        stopped_ = true;
      }
    }
  }
  folly::coro::Task<void> bounded() {
    for (int i = 0; i < 3; ++i) {
      try {
        co_await step();
      } catch (...) {
        log("failed");
      }
    }
    int left = 3;
    while (left-- > 0) {
      try {
        co_await step();
      } catch (...) {
        log("failed");
      }
    }
  }
  folly::coro::Task<void> one_failure() {
    while (!stopped_) {
      try {
        co_await step();
      } catch (const std::invalid_argument &) {
        log("failed");
      }
    }
  }

  bool is_open() const;
  bool stopped_ = false;
  std::atomic<bool> running_{true};
  seastar::abort_source as_;
  seastar::condition_variable changed_;
};
