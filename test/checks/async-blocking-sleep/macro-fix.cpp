// RUN: %check %s async-blocking-sleep

// A macro in an argument does not stand in the way of the fix.

#include "asio.hpp"
#include <thread>
#include <unistd.h>

#define ONE 1
#define SECONDS(n) std::chrono::seconds(n)

asio::awaitable<void> f() {
  sleep(2 + ONE + 3);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(2 + ONE + 3)).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(2 * SECONDS(3) * 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 2 * SECONDS(3) * 1).async_wait(asio::use_awaitable);
  co_return;
}
