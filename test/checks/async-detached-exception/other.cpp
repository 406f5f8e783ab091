// RUN: %check %s async-detached-exception

// Other libraries, and coroutines of a type that nobody can await.

#include "coro/coro.hpp"
#include "task.h"
#include "tmc/all_headers.hpp"
#include <stdexcept>

coro::task<void> throws() {
  throw std::runtime_error("broken");
  co_return;
}
coro::task<void> waits() { co_await throws(); }
coro::task<void> works() { co_return; }

void libcoro(coro::thread_pool &pool) {
  pool.spawn_detached(throws());
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: an exception of 'throws' is lost: nobody waits for what 'coro::thread_pool::spawn_detached' starts; catch it in the task, or await the task that spawn_joinable returns [async-detached-exception]
  (void)pool.spawn_detached(waits());
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: an exception of 'waits' is lost
  if (!pool.spawn_detached(throws()))
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: an exception of 'throws' is lost
    return;
  pool.spawn_detached(works());
}

tmc::task<void> failing() {
  throw std::runtime_error("broken");
  co_return;
}

void toomanycooks() {
  // This ends the program: async-terminating-exception.
  tmc::post(tmc::cpu_executor(), failing());
}

struct Forgetful {
  struct promise_type {
    Forgetful get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
  };
};

struct Strict {
  struct promise_type {
    Strict get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { std::terminate(); }
  };
};

void report(std::exception_ptr);

struct Careful {
  struct promise_type {
    Careful get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept { report(std::current_exception()); }
  };
};

app::Task<> fails() {
  throw std::runtime_error("broken");
  co_return;
}

Forgetful forgets() {
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: an exception of 'forgets' is lost: nobody can await a 'Forgetful'; catch it in the coroutine [async-detached-exception]
  co_await fails();
}

// So does this.
Strict dies() { co_await fails(); }

Careful tells() { co_await fails(); }

Forgetful catches() {
  try {
    co_await fails();
  } catch (...) {
    report(std::current_exception());
  }
}
