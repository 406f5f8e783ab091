// RUN: %check %s async-manual-async-lock

// Locks that are awaited, and given back by hand.

#include "coro/coro.hpp"
#include "cppcoro/async_mutex.hpp"
#include "cppcoro/task.hpp"
#include "folly/coro/Mutex.h"
#include "folly/coro/Task.h"
#include "seastar/core/coroutine.hh"
#include "seastar/core/semaphore.hh"
#include <stdexcept>

folly::coro::Task<int> load();
cppcoro::task<int> read();
seastar::future<int> ready();
void use(int);

struct Store {
  folly::coro::Mutex mutex;
  int value = 0;

  folly::coro::Task<void> an_await_may_throw() {
    co_await mutex.co_lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex' stays locked when an await throws before it is given back; hold it with a guard, whose destructor does that
    value = co_await load();
    mutex.unlock();
  }

  folly::coro::Task<void> leaves_early() {
    co_await mutex.co_lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex' stays locked when the coroutine ends before it gives it back; hold it with a guard, whose destructor does that
    if (value > 0)
      co_return;
    value = 1;
    mutex.unlock();
  }

  folly::coro::Task<void> throws() {
    co_await mutex.co_lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex' stays locked when the coroutine throws before it gives it back; hold it with a guard, whose destructor does that
    if (value < 0)
      throw std::runtime_error("negative");
    mutex.unlock();
  }

  folly::coro::Task<void> gives_it_back() {
    co_await mutex.co_lock();
    int copy = value;
    mutex.unlock();
    use(copy + co_await load());
  }

  folly::coro::Task<void> on_each_path() {
    co_await mutex.co_lock();
    if (value > 0) {
      mutex.unlock();
      co_return;
    }
    value = 1;
    mutex.unlock();
  }

  folly::coro::Task<void> handles_what_is_thrown() {
    co_await mutex.co_lock();
    try {
      value = co_await load();
    } catch (...) {
      value = 0;
    }
    mutex.unlock();
  }

  folly::coro::Task<void> a_guard_takes_it_over() {
    co_await mutex.co_lock();
    std::unique_lock lock(mutex, std::adopt_lock);
    value = co_await load();
  }

  folly::coro::Task<void> guard() {
    auto lock = co_await mutex.co_scoped_lock();
    value = co_await load();
  }

  // Its callers give it back.
  folly::coro::Task<void> lock() {
    co_await mutex.co_lock();
    value = co_await load();
  }
};

cppcoro::task<void> through_a_reference(cppcoro::async_mutex &mutex) {
  co_await mutex.lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mutex' stays locked when an await throws before it is given back; hold it with a guard, whose destructor does that
  use(co_await read());
  mutex.unlock();
}

struct Cleanup {
  template <class F> Cleanup(F f) {}
  ~Cleanup();
};

cppcoro::task<void> a_scope_guard(cppcoro::async_mutex &mutex) {
  co_await mutex.lock_async();
  Cleanup unlock([&] { mutex.unlock(); });
  use(co_await read());
}

seastar::future<> permits(seastar::semaphore &limit) {
  co_await limit.wait(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'limit' stays locked when an await throws before it is given back; hold it with a guard, whose destructor does that
  use(co_await ready());
  limit.signal(1);
}

template <class T> cppcoro::task<T> in_a_template(cppcoro::async_mutex &mutex) {
  co_await mutex.lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mutex' stays locked when an await throws before it is given back; hold it with a guard, whose destructor does that
  T value = co_await read();
  mutex.unlock();
  co_return value;
}
template cppcoro::task<int> in_a_template(cppcoro::async_mutex &);
template cppcoro::task<long> in_a_template(cppcoro::async_mutex &);

#define UNLOCK(mutex) mutex.unlock()

cppcoro::task<void> in_a_macro(cppcoro::async_mutex &mutex) {
  co_await mutex.lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mutex' stays locked when an await throws before it is given back; hold it with a guard, whose destructor does that
  use(co_await read());
  UNLOCK(mutex);
}

auto lambda = [](cppcoro::async_mutex &mutex) -> cppcoro::task<void> {
  co_await mutex.lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mutex' stays locked when an await throws before it is given back; hold it with a guard, whose destructor does that
  use(co_await read());
  mutex.unlock();
};
