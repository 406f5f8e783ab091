// RUN: %check %s async-unlooped-wait

#include "concurrencpp/concurrencpp.h"
#include "coro/coro.hpp"
#include "seastar/core/condition-variable.hh"
#include "seastar/core/coroutine.hh"
#include <asio.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <queue>

void use(int);
seastar::future<> print(int page);

class printer {
public:
  void add(int page) {
    pages_.push_back(page);
    changed_.signal();
    told_.signal();
  }
  void stop() { changed_.broadcast(); }

  seastar::future<int> front() {
    if (pages_.empty())
      co_await changed_.wait();
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: when this wait is over, 'pages_' may be empty, still or again: somebody else has taken what was there, or everybody is told to end; use 'while' instead of 'if' [async-unlooped-wait]
    int page = pages_.front();
    pages_.pop_front();
    co_return page;
  }
  seastar::future<> in_a_loop() {
    for (;;) {
      if (pages_.size() == 0) {
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: when this wait is over, 'pages_' may be empty
        ++waits_;
        co_await changed_.when();
      }
      use(pages_.front());
      co_await print(1);
    }
  }
  seastar::future<> pointer() {
    if (!current_)
      co_await changed_.when();
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: when this wait is over, 'current_' may be empty
    use(*current_);
  }

  // Correct.

  seastar::future<int> loops() {
    while (pages_.empty())
      co_await changed_.wait();
    co_return pages_.front();
  }
  seastar::future<> looks_again() {
    if (pages_.empty())
      co_await changed_.wait();
    if (!pages_.empty())
      use(pages_.front());
  }
  seastar::future<> asks_whether_to_stop() {
    if (pages_.empty())
      co_await changed_.wait();
    if (stopped_)
      co_return;
    use(pages_.front());
  }
  seastar::future<> predicate() {
    if (pages_.empty())
      co_await changed_.wait([this] { return !pages_.empty(); });
    use(pages_.front());
  }
  // It wakes one, and is told only when there is something.
  seastar::future<> one_at_a_time() {
    if (pages_.empty())
      co_await told_.wait();
    use(pages_.front());
  }
  seastar::future<> takes_nothing() {
    if (pages_.empty())
      co_await changed_.wait();
    use(1);
    co_await print(1);
    use(pages_.front());
  }
  seastar::future<> its_own() {
    std::deque<int> mine;
    if (mine.empty())
      co_await changed_.wait();
    use(mine.front());
  }
  seastar::future<> something_else() {
    if (pages_.empty())
      co_await changed_.wait();
    use(others_.front());
    if (others_.empty())
      co_await changed_.wait();
    else
      use(0);
    use(others_.front());
  }

private:
  std::deque<int> pages_, others_;
  std::optional<int> current_;
  int waits_ = 0;
  bool stopped_ = false;
  seastar::condition_variable changed_, told_;
};

class Queue {
public:
  coro::task<void> push(int value) {
    values_.push(value);
    co_await changed_.notify_one();
  }
  coro::task<int> pop() {
    auto lock = co_await mutex_.scoped_lock();
    if (values_.empty())
      co_await changed_.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: when this wait is over, 'values_' may be empty
    int value = values_.front();
    values_.pop();
    co_return value;
  }

private:
  std::queue<int> values_;
  coro::mutex mutex_;
  coro::condition_variable changed_;
};

class Session {
public:
  explicit Session(asio::io_context &context) : more_(context) {
    more_.expires_at(asio::steady_timer::time_point::max());
  }
  void add(int value) {
    values_.push_back(value);
    more_.cancel();
  }
  asio::awaitable<int> next() {
    asio::error_code ec;
    if (values_.empty())
      co_await more_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: when this wait is over, 'values_' may be empty
    co_return values_.front();
  }

private:
  std::deque<int> values_;
  asio::steady_timer more_;
};

template <typename T> class Box {
public:
  void put(T value) {
    values_.push_back(value);
    more_.notify_all();
  }
  concurrencpp::lazy_result<T> take(std::shared_ptr<concurrencpp::executor> ex) {
    auto guard = co_await lock_.lock(ex);
    if (values_.empty())
      co_await more_.await(ex, guard);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: when this wait is over, 'values_' may be empty
    co_return values_.front();
  }

private:
  std::deque<T> values_;
  concurrencpp::async_lock lock_;
  concurrencpp::async_condition_variable more_;
};
template class Box<int>;
template class Box<long>;
