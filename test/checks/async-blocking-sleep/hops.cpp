// RUN: %check %s async-blocking-sleep

// A coroutine that has moved to a thread pool may block there.

#include "asio.hpp"
#include <unistd.h>

using asio::awaitable;
using asio::bind_executor;
using asio::use_awaitable;

awaitable<void> until_the_next_suspension(asio::thread_pool &pool, asio::steady_timer &timer) {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
  co_await asio::post(bind_executor(pool, use_awaitable));
  sleep(2);
  sleep(3);
  // The timer completes where the coroutine belongs.
  co_await timer.async_wait(use_awaitable);
  sleep(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(4)).async_wait(asio::use_awaitable);
}

awaitable<void> all_ways_to_hop(asio::thread_pool &pool) {
  co_await asio::dispatch(bind_executor(pool, use_awaitable));
  sleep(1);
  co_await asio::defer(asio::bind_executor(pool.get_executor(), use_awaitable));
  sleep(2);
  co_await asio::post(pool, bind_executor(pool, use_awaitable));
  sleep(3);
  auto &same = pool;
  co_await asio::post(bind_executor(same, use_awaitable));
  sleep(4);
}

// A strand on a pool runs there, and so does what holds the pool's executor.
awaitable<void> other_executors(asio::thread_pool &pool, asio::any_io_executor given) {
  co_await asio::post(bind_executor(asio::make_strand(pool), use_awaitable));
  sleep(1);
  asio::any_io_executor any = pool.get_executor();
  co_await asio::post(bind_executor(any, use_awaitable));
  sleep(2);
  // Who knows?
  co_await asio::post(bind_executor(given, use_awaitable));
  sleep(3);
}
awaitable<void> strand_on_the_loop(asio::io_context &loop) {
  co_await asio::post(bind_executor(asio::make_strand(loop), use_awaitable));
  sleep(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(4)).async_wait(asio::use_awaitable);
}

// And back again.
awaitable<void> there_and_back(asio::thread_pool &pool, asio::io_context &loop) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  sleep(1);
  co_await asio::post(bind_executor(loop, use_awaitable));
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(2)).async_wait(asio::use_awaitable);
}

// This passes through the pool, and goes on where it was.
awaitable<void> no_hop(asio::thread_pool &pool, asio::io_context &loop) {
  co_await asio::post(pool, use_awaitable);
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
  co_await asio::post(bind_executor(loop, use_awaitable));
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(2)).async_wait(asio::use_awaitable);
  co_await asio::post(pool.get_executor(), use_awaitable);
  sleep(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(3)).async_wait(asio::use_awaitable);
}

// Where it may be on either, it may be on the loop.
awaitable<void> on_one_path(asio::thread_pool &pool, bool heavy) {
  if (heavy) {
    co_await asio::post(bind_executor(pool, use_awaitable));
    sleep(1);
  }
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(2)).async_wait(asio::use_awaitable);
}

awaitable<void> on_both_paths(asio::thread_pool &pool, bool heavy) {
  if (heavy)
    co_await asio::post(bind_executor(pool, use_awaitable));
  else
    co_await asio::dispatch(bind_executor(pool, use_awaitable));
  sleep(1);
}

awaitable<void> first_round_on_the_loop(asio::thread_pool &pool, int n) {
  for (int i = 0; i < n; ++i) {
    sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
    co_await asio::post(bind_executor(pool, use_awaitable));
    sleep(2);
  }
  sleep(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(3)).async_wait(asio::use_awaitable);
}

awaitable<void> every_round_in_the_pool(asio::thread_pool &pool, asio::steady_timer &timer) {
  for (;;) {
    co_await asio::post(bind_executor(pool, use_awaitable));
    sleep(1);
    co_await timer.async_wait(use_awaitable);
  }
}

// Where a coroutine of the project leaves this one, is that one's affair.
awaitable<void> own();
awaitable<void> after_another_coroutine(asio::thread_pool &pool) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  co_await own();
  sleep(1);
  auto executor = co_await asio::this_coro::executor;
  sleep(2);
}

// An exception may come from before the hop.
awaitable<void> in_a_handler(asio::thread_pool &pool) {
  try {
    co_await own();
    co_await asio::post(bind_executor(pool, use_awaitable));
    sleep(1);
  } catch (...) {
    sleep(2);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
  }
}

// What it calls there, sleeps there.
static void nap() { sleep(1); }
awaitable<void> through_a_function(asio::thread_pool &pool) {
  nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nap' blocks
  co_await asio::post(bind_executor(pool, use_awaitable));
  nap();
}

// Every coroutine has a place of its own.
awaitable<void> not_in_the_lambda(asio::thread_pool &pool) {
  auto other = []() -> awaitable<void> {
    sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
    co_return;
  };
  co_await other();
  co_await asio::post(bind_executor(pool, use_awaitable));
  sleep(2);
}
