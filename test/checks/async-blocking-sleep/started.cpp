// RUN: %check %s async-blocking-sleep

// A coroutine that is only ever started on a thread pool may block there.

#include "asio.hpp"
#include <unistd.h>

using asio::awaitable;
using asio::co_spawn;
using asio::detached;

awaitable<void> on_the_pool() {
  sleep(1);
  co_return;
}

awaitable<void> on_the_loop() {
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(2)).async_wait(asio::use_awaitable);
  co_return;
}

awaitable<void> on_both() {
  sleep(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(3)).async_wait(asio::use_awaitable);
  co_return;
}

awaitable<void> nobody_starts_it_here() {
  sleep(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(4)).async_wait(asio::use_awaitable);
  co_return;
}

awaitable<void> on_the_pool_and_awaited() {
  sleep(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(5)).async_wait(asio::use_awaitable);
  co_return;
}

awaitable<void> given_by_name() {
  sleep(6);
  co_return;
}

awaitable<void> awaits_it() { co_await on_the_pool_and_awaited(); }

struct Worker {
  awaitable<void> run() {
    sleep(7);
    co_return;
  }
};

void start(asio::thread_pool &pool, asio::io_context &loop, Worker &worker) {
  co_spawn(pool, on_the_pool(), detached);
  co_spawn(pool.get_executor(), on_the_pool(), detached);
  co_spawn(loop, on_the_loop(), detached);
  co_spawn(loop, on_both(), detached);
  co_spawn(pool, on_both(), detached);
  co_spawn(pool, on_the_pool_and_awaited(), detached);
  co_spawn(pool, given_by_name, detached);
  co_spawn(pool, worker.run(), detached);

  co_spawn(pool, []() -> awaitable<void> {
    sleep(1);
    co_return;
  }, detached);
  co_spawn(pool, []() -> awaitable<void> {
    sleep(2);
    co_return;
  }(), detached);
  auto stored = []() -> awaitable<void> {
    sleep(3);
    co_return;
  };
  co_spawn(pool, stored, detached);
  co_spawn(loop, []() -> awaitable<void> {
    sleep(4);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(4)).async_wait(asio::use_awaitable);
    co_return;
  }, detached);
  auto shared = []() -> awaitable<void> {
    sleep(5);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(5)).async_wait(asio::use_awaitable);
    co_return;
  };
  co_spawn(pool, shared, detached);
  co_spawn(loop, shared, detached);
}

// Started from a coroutine, too.
awaitable<int> count();
awaitable<void> offloads(asio::thread_pool &pool) {
  int n = co_await co_spawn(pool, []() -> awaitable<int> {
    sleep(1);
    co_return 1;
  }, asio::use_awaitable);
  co_await co_spawn(pool, count(), asio::use_awaitable);
  asio::post(pool, [] { sleep(2); });
  asio::post(pool, [n] { sleep(n); });
  asio::dispatch(pool.get_executor(), [] { sleep(3); });
}
awaitable<int> count() {
  sleep(8);
  co_return 1;
}
