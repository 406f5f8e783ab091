// RUN: %check %s async-blocking-sleep

// Sleeping for no time only lets other threads run.

#include "asio.hpp"
#include <thread>
#include <time.h>
#include <unistd.h>

using namespace std::chrono_literals;

constexpr auto none = std::chrono::milliseconds::zero();
constexpr auto some = std::chrono::milliseconds(20);
constexpr unsigned nothing = 0;
const int always_zero = 0;
enum { no_seconds = 0 };

asio::awaitable<void> nothing_at_all() {
  std::this_thread::sleep_for(0s);
  std::this_thread::sleep_for(0ms);
  std::this_thread::sleep_for(std::chrono::milliseconds(0));
  std::this_thread::sleep_for(std::chrono::milliseconds{0});
  std::this_thread::sleep_for(std::chrono::seconds::zero());
  std::this_thread::sleep_for(std::chrono::nanoseconds{});
  std::this_thread::sleep_for(std::chrono::duration<double>(0));
  std::this_thread::sleep_for(none);
  constexpr std::chrono::microseconds local{0};
  std::this_thread::sleep_for(local);
  const auto computed = some - 20ms;
  std::this_thread::sleep_for(computed);
  sleep(0);
  sleep(nothing);
  sleep(always_zero);
  sleep(no_seconds);
  usleep(0);
  usleep(2 - 2);
  const timespec zero{};
  nanosleep(&zero, nullptr);
  timespec also{0, 0};
  nanosleep(&also, nullptr);
  timespec assigned;
  assigned.tv_sec = 0;
  assigned.tv_nsec = 0;
  nanosleep(&assigned, nullptr);
  co_return;
}

asio::awaitable<void> something(std::chrono::seconds parameter) {
  std::this_thread::sleep_for(some);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, some).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(1ns);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 1ns).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(none + 1ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, none + 1ms).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(parameter);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, parameter).async_wait(asio::use_awaitable);
  usleep(some.count());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'usleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::microseconds(some.count())).async_wait(asio::use_awaitable);
  timespec later{0, 0};
  later.tv_nsec = 10;
  nanosleep(&later, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nanosleep' blocks
  int backoff = 0;
  for (;;) {
    sleep(backoff);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(backoff)).async_wait(asio::use_awaitable);
    backoff = backoff * 2 + 1;
    co_await asio::post(asio::use_awaitable);
  }
}
