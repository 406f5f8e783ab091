// RUN: %check %s async-blocking-wait

// Coroutines of a project's own types.

#include "task.h"
#include <future>

app::Task<int> lazy(std::future<int> f) { co_return f.get(); }
// CHECK-MESSAGES: :[[@LINE-1]]:55: warning: 'std::future::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
app::Coro<int> alias(std::future<int> f) { co_return f.get(); }
// CHECK-MESSAGES: :[[@LINE-1]]:56: warning: 'std::future::get' blocks
app::EagerTask<int> eager(std::future<int> f) { co_return f.get(); }
// CHECK-MESSAGES: :[[@LINE-1]]:61: warning: 'std::future::get' blocks
app::VoidTask derived(std::future<int> f) {
  f.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::future::get' blocks
  co_return;
}
app::FireAndForget fire_and_forget(std::future<int> f) {
  f.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::future::get' blocks
  co_return;
}
app::Generator<int> generator(std::future<int> f) { co_yield f.get(); }
app::AsyncGenerator<int> async_generator(std::future<int> f) {
  co_yield co_await lazy({}) + f.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'std::future::get' blocks
}

// A pool's own join may wait for anything, or for nothing.
app::Task<> unknown(app::Pool &pool) {
  pool.join();
  co_return;
}
