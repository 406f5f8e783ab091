// RUN: %check %s async-wrong-predicate

#include "coro/coro.hpp"
#include "seastar/core/condition-variable.hh"
#include "seastar/core/coroutine.hh"
#include <chrono>

using namespace std::chrono_literals;

seastar::future<int> count_files();

class store {
  seastar::future<> the_rest_is_awaited(int max);
  seastar::future<> the_rest_is_a_member(int max);
  seastar::future<> an_opposite_comparison(int max);
  seastar::future<> a_for_loop(int max);
  seastar::future<> asks_for_everything(int max);
  seastar::future<> something_else(int max);
  seastar::future<> only_for_some_time(int max);
  seastar::future<> one_condition();
  seastar::future<> a_loop_of_its_own(int max);
  seastar::future<> no_predicate(int max);
  seastar::future<> constant();

  bool is_stopped() const { return stopped_; }

  bool stopped_ = false;
  int files_ = 0;
  unsigned merged_ = 0;
  seastar::condition_variable changed_;
};

seastar::future<> store::the_rest_is_awaited(int max) {
  while (!is_stopped() && co_await count_files() > max) {
    co_await changed_.wait([this] { return is_stopped(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: this wait ends only when the loop around it does, by 'is_stopped()': nothing ends it when the rest of the loop's condition changes; test that in the predicate, too, or wait without one [async-wrong-predicate]
  }
}

seastar::future<> store::the_rest_is_a_member(int max) {
  while (files_ > max && !stopped_)
    co_await changed_.when([this] { return stopped_; });
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: this wait ends only when the loop around it does
}

seastar::future<> store::an_opposite_comparison(int max) {
  while (merged_ == 0 && co_await count_files() > max) {
    if (max > 3)
      co_await changed_.when([&] { return merged_ != 0; });
    // CHECK-MESSAGES: :[[@LINE-1]]:51: warning: this wait ends only when
  }
}

seastar::future<> store::a_for_loop(int max) {
  for (int i = 0; !stopped_ && files_ > max; ++i)
    co_await changed_.when([this] { return stopped_; });
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: this wait ends only when
}

// Correct.

seastar::future<> store::asks_for_everything(int max) {
  while (!is_stopped() && files_ > max)
    co_await changed_.wait([&] { return is_stopped() || files_ <= max; });
}

seastar::future<> store::something_else(int max) {
  while (!is_stopped() && co_await count_files() > max) {
    const unsigned before = merged_;
    co_await changed_.wait([&] { return is_stopped() || merged_ != before; });
  }
}

seastar::future<> store::only_for_some_time(int max) {
  coro::scoped_lock *lock = nullptr;
  (void)lock;
  while (!is_stopped() && co_await count_files() > max)
    co_await changed_.wait(10s);
}

seastar::future<> store::one_condition() {
  while (!stopped_)
    co_await changed_.wait([this] { return stopped_; });
}

seastar::future<> store::a_loop_of_its_own(int max) {
  while (!stopped_ && files_ > max) {
    while (!stopped_)
      co_await changed_.wait([this] { return stopped_; });
  }
}

seastar::future<> store::no_predicate(int max) {
  while (!is_stopped() && co_await count_files() > max)
    co_await changed_.wait();
}

seastar::future<> store::constant() {
  while (true && !stopped_)
    co_await changed_.wait([this] { return stopped_; });
}

// Another library, and a template.
template <typename T> class queue {
public:
  coro::task<void> drain() {
    auto lock = co_await mutex_.scoped_lock();
    while (!closed_ && size_ > 0)
      co_await changed_.wait(lock, [this] { return closed_; });
    // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: this wait ends only when
  }

private:
  bool closed_ = false;
  T size_{};
  coro::mutex mutex_;
  coro::condition_variable changed_;
};
template class queue<int>;
template class queue<long>;

// In a lambda.
auto waits = [](bool &stopped, int &count, seastar::condition_variable &changed)
    -> seastar::future<> {
  while (!stopped && count > 0)
    co_await changed.wait([&] { return stopped; });
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: this wait ends only when
};
