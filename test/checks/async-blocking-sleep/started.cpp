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

// Whoever awaits a coroutine runs its beginning.
awaitable<void> below_the_pool() {
  sleep(9);
  co_return;
}
awaitable<void> below_both() {
  sleep(10);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(10)).async_wait(asio::use_awaitable);
  co_return;
}
awaitable<void> below_a_hop() {
  sleep(11);
  co_return;
}
awaitable<void> before_and_after_a_hop() {
  sleep(12);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(12)).async_wait(asio::use_awaitable);
  co_return;
}
awaitable<void> two_levels_below_the_pool() {
  sleep(13);
  co_return;
}
awaitable<void> in_between() { co_await two_levels_below_the_pool(); }
awaitable<void> pool_root() {
  co_await below_the_pool();
  co_await below_both();
  co_await in_between();
}
awaitable<void> loop_root(asio::thread_pool &pool) {
  co_await below_both();
  co_await before_and_after_a_hop();
  co_await asio::post(asio::bind_executor(pool, asio::use_awaitable));
  co_await below_a_hop();
  co_await before_and_after_a_hop();
}
void start_roots(asio::thread_pool &pool, asio::io_context &loop) {
  co_spawn(pool, pool_root(), detached);
  co_spawn(loop, loop_root(pool), detached);
}

// Coroutines that start each other run where somebody else starts them.
awaitable<void> pong(int n);
awaitable<void> ping(int n) {
  sleep(14);
  co_await pong(n - 1);
}
awaitable<void> pong(int n) {
  sleep(15);
  co_await ping(n - 1);
}
awaitable<void> tock(int n);
awaitable<void> tick(int n) {
  sleep(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(16)).async_wait(asio::use_awaitable);
  co_await tock(n - 1);
}
awaitable<void> tock(int n) {
  sleep(17);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(17)).async_wait(asio::use_awaitable);
  co_await tick(n - 1);
}
awaitable<void> nobody_starts_the_circle(int n) {
  sleep(18);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(18)).async_wait(asio::use_awaitable);
  co_await nobody_starts_the_circle(n - 1);
}
void start_circles(asio::thread_pool &pool, asio::io_context &loop) {
  co_spawn(pool, ping(1), detached);
  co_spawn(loop, tick(1), detached);
}

// Strands, and what holds any executor.
awaitable<void> on_a_strand_of_the_pool() {
  sleep(19);
  co_return;
}
awaitable<void> on_a_strand_of_the_loop() {
  sleep(20);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(20)).async_wait(asio::use_awaitable);
  co_return;
}
awaitable<void> on_the_executor_of_the_pool() {
  sleep(21);
  co_return;
}
void start_elsewhere(asio::thread_pool &pool, asio::io_context &loop) {
  co_spawn(asio::make_strand(pool), on_a_strand_of_the_pool(), detached);
  co_spawn(asio::make_strand(loop), on_a_strand_of_the_loop(), detached);
  asio::any_io_executor any = pool.get_executor();
  co_spawn(any, on_the_executor_of_the_pool(), detached);
}
