// RUN: %check %s async-empty-critical-section

// Locks that are given back before the work that they are for.

#include "cppcoro/async_mutex.hpp"
#include "cppcoro/io_service.hpp"
#include "cppcoro/task.hpp"
#include "folly/coro/Mutex.h"
#include "folly/coro/Sleep.h"
#include "folly/coro/Task.h"
#include "seastar/core/coroutine.hh"
#include "seastar/core/semaphore.hh"
#include "seastar/core/sleep.hh"
#include "seastar/coroutine/maybe_yield.hh"
#include <chrono>
#include <mutex>

using namespace std::chrono_literals;

seastar::future<int> read_page(int page);
seastar::future<> rebuild();
folly::coro::Task<int> load();
folly::coro::Task<void> compact();
cppcoro::task<void> flush();
void use(int);

// Semaphores.

seastar::future<int> limited(seastar::semaphore &limit, bool is_background) {
  if (is_background) {
    auto units = co_await seastar::get_units(limit, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'units' gives its lock back at the end of this block, in which nothing is done but to let others run; declare it before the block, for the work that follows
    co_await seastar::coroutine::maybe_yield();
  }
  co_return co_await read_page(1);
}

seastar::future<int> a_sleep_of_no_time(seastar::semaphore &limit, int page) {
  {
    auto units = co_await seastar::get_units(limit, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'units' gives its lock back
    co_await seastar::sleep(0ms);
  }
  use(page);
  int content = co_await read_page(page);
  co_return content;
}

seastar::future<> in_a_loop(seastar::semaphore &limit, bool is_slow) {
  for (int page = 0; page < 10; ++page) {
    if (is_slow) {
      if (page % 2) {
        auto units = co_await seastar::get_units(limit, 1);
        // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'units' gives its lock back
        co_await seastar::coroutine::maybe_yield();
      }
    }
    use(co_await read_page(page));
  }
}

seastar::future<int> held_for_the_work(seastar::semaphore &limit) {
  auto units = co_await seastar::get_units(limit, 1);
  co_await seastar::coroutine::maybe_yield();
  co_return co_await read_page(1);
}

seastar::future<int> waits_for_others(seastar::semaphore &limit, bool wait) {
  if (wait) {
    auto units = co_await seastar::get_units(limit, 1);
  }
  {
    auto units = co_await seastar::get_units(limit, 8);
  }
  co_return co_await read_page(1);
}

// One in a while, and no more.
seastar::future<int> not_too_often(seastar::semaphore &limit) {
  {
    auto units = co_await seastar::get_units(limit, 1);
    co_await seastar::sleep(10ms);
  }
  co_return co_await read_page(1);
}

seastar::future<> waits_as_long_as_it_is_told(
    seastar::semaphore &limit, std::chrono::milliseconds time) {
  {
    auto units = co_await seastar::get_units(limit, 1);
    co_await seastar::sleep(time);
  }
  co_await rebuild();
}

seastar::future<int> works_in_the_block(seastar::semaphore &limit) {
  {
    auto units = co_await seastar::get_units(limit, 1);
    co_await seastar::coroutine::maybe_yield();
    co_await rebuild();
  }
  {
    auto units = co_await seastar::get_units(limit, 1);
    co_await seastar::coroutine::maybe_yield();
    use(1);
  }
  co_return co_await read_page(1);
}

seastar::future<> nothing_follows(seastar::semaphore &limit, bool yields) {
  if (yields) {
    auto units = co_await seastar::get_units(limit, 1);
    co_await seastar::coroutine::maybe_yield();
  }
  use(1);
}

seastar::future<> the_next_round(seastar::semaphore &limit) {
  for (int round = 0; round < 3; ++round) {
    auto units = co_await seastar::get_units(limit, 1);
    co_await seastar::coroutine::maybe_yield();
  }
  co_await rebuild();
}

seastar::future<int> given_back_by_hand(seastar::semaphore &limit) {
  {
    auto units = co_await seastar::get_units(limit, 1);
    co_await seastar::coroutine::maybe_yield();
    units.return_all();
  }
  co_return co_await read_page(1);
}

// What comes before the lock is not under it.
seastar::future<int> yields_first(seastar::semaphore &limit) {
  {
    co_await seastar::coroutine::maybe_yield();
    auto units = co_await seastar::get_units(limit, 1);
  }
  co_return co_await read_page(1);
}

// Mutexes.

struct Store {
  folly::coro::Mutex mutex;
  bool shared = false;

  folly::coro::Task<int> get() {
    if (shared) {
      auto lock = co_await mutex.co_scoped_lock();
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'lock' gives its lock back
      co_await folly::coro::sleep(0ms);
    }
    co_return co_await load();
  }

  folly::coro::Task<int> taken_over() {
    if (shared) {
      co_await mutex.co_lock();
      std::unique_lock lock(mutex, std::adopt_lock);
      // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'lock' gives its lock back
      co_await folly::coro::sleep(0ms);
    }
    co_return co_await load();
  }

  folly::coro::Task<int> work_of_the_project() {
    if (shared) {
      auto lock = co_await mutex.co_scoped_lock();
      co_await compact();
    }
    co_return co_await load();
  }
};

cppcoro::task<void> through_a_pointer(cppcoro::async_mutex &mutex,
                                      cppcoro::io_service *io, bool alone) {
  if (alone) {
    auto lock = co_await mutex.scoped_lock_async();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'lock' gives its lock back
    co_await io->schedule();
  }
  co_await flush();
}

cppcoro::task<void> goes_elsewhere(cppcoro::async_mutex &mutex,
                                   cppcoro::io_service &io, bool alone) {
  if (alone) {
    auto lock = co_await mutex.scoped_lock_async();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'lock' gives its lock back
    co_await io.schedule();
  }
  co_await flush();
}

template <class T>
cppcoro::task<void> in_a_template(cppcoro::async_mutex &mutex,
                                  cppcoro::io_service &io, T value) {
  {
    auto lock = co_await mutex.scoped_lock_async();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'lock' gives its lock back
    co_await io.schedule();
  }
  use(value);
  co_await flush();
}
template cppcoro::task<void> in_a_template(cppcoro::async_mutex &,
                                           cppcoro::io_service &, int);
template cppcoro::task<void> in_a_template(cppcoro::async_mutex &,
                                           cppcoro::io_service &, long);

auto lambda = [](cppcoro::async_mutex &mutex,
                 cppcoro::io_service &io) -> cppcoro::task<void> {
  {
    auto lock = co_await mutex.scoped_lock_async();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'lock' gives its lock back
    co_await io.schedule();
  }
  co_await flush();
};

#define LOCKED(mutex) auto lock = co_await mutex.scoped_lock_async()

cppcoro::task<void> in_a_macro(cppcoro::async_mutex &mutex,
                               cppcoro::io_service &io) {
  {
    LOCKED(mutex);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'lock' gives its lock back
    co_await io.schedule();
  }
  co_await flush();
}
