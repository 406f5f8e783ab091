// RUN: %check %s async-lost-wakeup

// Conditions whose wait gives back the lock under which the state is looked at:
// nobody can announce anything in between, if the coroutine has looked.

#include "concurrencpp/concurrencpp.h"
#include "coro/coro.hpp"
#include <deque>
#include <memory>

coro::task<void> print(int page);

class Printer {
public:
  coro::task<void> add(int page) {
    {
      auto lock = co_await mutex_.scoped_lock();
      pages_.push_back(page);
    }
    co_await changed_.notify_one();
  }

  coro::task<void> does_not_look() {
    auto lock = co_await mutex_.scoped_lock();
    co_await changed_.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced before this wait for it begins: the coroutine has not looked since it took the lock, and what 'notify_one' says when nobody waits is forgotten; wait with a predicate [async-lost-wakeup]
    co_await print(pages_.front());
  }

  coro::task<void> looked_before() {
    for (;;) {
      if (!pages_.empty())
        continue;
      auto lock = co_await mutex_.scoped_lock();
      co_await changed_.wait(lock);
      // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'changed_' may have been announced
    }
  }

  coro::task<void> looks() {
    auto lock = co_await mutex_.scoped_lock();
    while (pages_.empty())
      co_await changed_.wait(lock);
    co_await print(pages_.front());
  }

  coro::task<void> predicate() {
    auto lock = co_await mutex_.scoped_lock();
    co_await changed_.wait(lock, [this] { return !pages_.empty(); });
  }

  // Nobody changes it while the lock is held.
  coro::task<void> works_under_the_lock() {
    auto lock = co_await mutex_.scoped_lock();
    while (pages_.empty()) {
      co_await print(0);
      co_await changed_.wait(lock);
    }
  }

private:
  std::deque<int> pages_;
  coro::mutex mutex_;
  coro::condition_variable changed_;
};

class Counter {
public:
  void add() {
    ++count_;
    changed_.notify_all();
  }

  concurrencpp::lazy_result<void>
  bad(std::shared_ptr<concurrencpp::executor> ex) {
    auto guard = co_await lock_.lock(ex);
    co_await changed_.await(ex, guard);
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced
  }

  concurrencpp::lazy_result<void>
  good(std::shared_ptr<concurrencpp::executor> ex) {
    auto guard = co_await lock_.lock(ex);
    if (count_ == 0)
      co_await changed_.await(ex, guard);
    co_await changed_.await(ex, guard, [this] { return count_ > 1; });
  }

private:
  int count_ = 0;
  concurrencpp::async_lock lock_;
  concurrencpp::async_condition_variable changed_;
};
