// RUN: %check %s async-blocking-sleep

// Coroutines of a project's own types: their kind decides whether an event loop
// runs them, and the remedy names no library.

#include "task.h"
#include <unistd.h>

app::Task<int> lazy() {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await a timer [async-blocking-sleep]
  co_return 1;
}

app::Coro<> alias_of_a_task() {
  usleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'usleep' blocks
  co_return;
}

app::VoidTask derived_task() {
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}

app::EagerTask<> eager() {
  sleep(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}

app::FireAndForget fire_and_forget() {
  sleep(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}

// Its caller does what it says in a loop of its own.
app::Generator<int> generator() {
  sleep(5);
  co_yield 1;
}

app::AsyncGenerator<int> async_generator() {
  sleep(6);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_await lazy();
  co_yield 1;
}

// A type made to be awaited, and yet used as a plain generator.
app::AsyncGenerator<int> hardly_async_generator() {
  sleep(7);
  co_yield 1;
}

struct Session {
  app::Task<> run() {
    sleep(8);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  }
  app::Task<> run_const() const;
  static app::Task<> start() {
    sleep(9);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  }
  virtual app::Task<> on_data() {
    sleep(10);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  }
  app::Task<> operator()(int) {
    sleep(11);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  }
};

app::Task<> Session::run_const() const {
  sleep(12);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}

// Returns a task, and is no coroutine: it does not run on a loop by itself.
app::Task<> forwarding() {
  sleep(13);
  return alias_of_a_task();
}

// A promise of its own for std::coroutine_traits.
struct Tag {};
template <> struct std::coroutine_traits<int, Tag> {
  struct promise_type {
    int get_return_object();
    std::suspend_never initial_suspend();
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
int returns_a_number(Tag) {
  sleep(14);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}

// Handed over to whoever the awaiter of its beginning knows.
struct OnAPool {
  struct HandOver {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const { pool.post(handle); }
    void await_resume() const noexcept {}
    app::Pool &pool;
  };
  struct promise_type {
    OnAPool get_return_object();
    HandOver initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
OnAPool on_a_pool() {
  sleep(15);
  co_return;
}
