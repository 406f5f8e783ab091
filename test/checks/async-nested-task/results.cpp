// RUN: %check %s async-nested-task

// Tasks that are the result of something, and nobody gets at.

#include "task.h"
#include <asio.hpp>
#include <folly/coro/Task.h>
#include <future>
#include <type_traits>

app::Task<> rebuild(int n = 0);
app::EagerTask<> refresh();

template <class F> std::future<std::invoke_result_t<F>> submit(F) {
  return {};
}

void submits() {
  submit([] { return rebuild(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task that this returns is never awaited: 'submit' puts it into a 'std::future', which nobody asks for it, and a 'app::Task<>' is lazy, so nothing of it runs; give the task to something that awaits it [async-nested-task]
  (void)submit([]() -> app::Task<> { co_await rebuild(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task that this returns is never awaited
  auto dropped = submit([] { return rebuild(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task that this returns is never awaited
  auto waited = submit([] { return rebuild(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task that this returns is never awaited
  waited.wait();
  auto thread = std::async(std::launch::async, [] { return rebuild(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:48: warning: the task that this returns is never awaited: 'std::async' puts it into
  thread.wait();
  auto function = std::async(rebuild, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the task that this returns is never awaited

  // What is started by the call runs.
  submit([] { return refresh(); });
  submit([] { rebuild(); });
  submit([] { return 1; });
}

void start(app::Task<> task);
app::Task<> gets() {
  auto first = submit([] { return rebuild(); });
  co_await first.get();
  auto second = submit([] { return rebuild(); });
  start(second.get());
  auto third = submit([] { return rebuild(); });
  [&third] { start(third.get()); }();
  start(submit([] { return rebuild(); }).get());
}
std::future<app::Task<>> hands_on() {
  auto later = submit([] { return rebuild(); });
  return later;
}

app::Task<app::Task<>> nested() {
  co_return rebuild();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'nested' is a task that nobody has awaited: who awaits a 'app::Task<app::Task<>>' gets a 'app::Task<>'; co_return what co_await gets from it [async-nested-task]
}

template <class F> app::Task<std::invoke_result_t<F>> traced(F f) {
  co_return f();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'traced' is a task that nobody has awaited
}
int plain();
asio::awaitable<int> fetch();
asio::awaitable<asio::awaitable<int>> nested_with_asio() {
  co_return fetch();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'nested_with_asio' is a task that nobody has awaited
}
folly::coro::Task<int> load();
folly::coro::Task<folly::coro::Task<int>> nested_with_folly() {
  co_return load();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'nested_with_folly' is a task that nobody has awaited
}

// The first of two phases.
app::Task<app::Task<>> connects() {
  co_await rebuild();
  co_return rebuild();
}
app::Task<app::Task<>> hands_out(app::Task<> task) {
  co_return std::move(task);
}
app::Task<app::Task<>> forwards() { return nested(); }
app::Task<int> flat() { co_return 1; }

app::Task<> instances() {
  auto one = co_await traced([] { return rebuild(); });
  co_await std::move(one);
  co_await traced(plain);
}
