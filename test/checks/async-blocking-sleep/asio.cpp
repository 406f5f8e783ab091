// RUN: %check %s async-blocking-sleep

// Sleeps in coroutines of standalone Asio: each is a timer's work.

#include "asio.hpp"
#include <thread>
#include <time.h>
#include <unistd.h>

using namespace std::chrono_literals;

asio::awaitable<void> durations(std::chrono::milliseconds delay, int count) {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(1)).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(100ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 100ms).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(delay);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, delay).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(count * delay + 5ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, count * delay + 5ms).async_wait(asio::use_awaitable);
  std::this_thread::sleep_for(
      count > 3 ? 1s : 2s);
  // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, count > 3 ? 1s : 2s).async_wait(asio::use_awaitable);
  co_return;
}

asio::awaitable<void> c_functions(unsigned seconds) {
  sleep(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(5)).async_wait(asio::use_awaitable);
  ::sleep(seconds);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::seconds(seconds)).async_wait(asio::use_awaitable);
  usleep(1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'usleep' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::microseconds(1000)).async_wait(asio::use_awaitable);
  timespec half{0, 500'000'000};
  nanosleep(&half, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nanosleep' blocks
  clock_nanosleep(CLOCK_MONOTONIC, 0, &half, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'clock_nanosleep' blocks
  co_return;
}

asio::awaitable<int> points(std::chrono::steady_clock::time_point when) {
  std::this_thread::sleep_until(when);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_until' blocks
  std::this_thread::sleep_until(std::chrono::steady_clock::now() + 1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_until' blocks
  co_return 0;
}

// Where a statement stands makes no difference.
asio::awaitable<void> places(int n) {
  if (n == 0)
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 1s).async_wait(asio::use_awaitable);
  else
    sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
  for (int i = 0; i < n; ++i) {
    usleep(n);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, std::chrono::microseconds(n)).async_wait(asio::use_awaitable);
  }
  for (;; std::this_thread::sleep_for(10ms)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::this_thread::sleep_for' blocks
    // CHECK-FIXES: for (;; co_await asio::steady_timer(co_await asio::this_coro::executor, 10ms).async_wait(asio::use_awaitable)) {
    if (--n < 0)
      break;
  }
  switch (n) {
  case 1:
    std::this_thread::sleep_for(2s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 2s).async_wait(asio::use_awaitable);
    break;
  default:
    do
      std::this_thread::sleep_for(3s);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks
      // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 3s).async_wait(asio::use_awaitable);
    while (++n < 0);
  }
  try {
    std::this_thread::sleep_for(4s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks
    // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 4s).async_wait(asio::use_awaitable);
  } catch (...) {
  }
  std::this_thread::sleep_for(5s), std::this_thread::sleep_for(6s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-MESSAGES: :[[@LINE-2]]:36: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await asio::steady_timer(co_await asio::this_coro::executor, 5s).async_wait(asio::use_awaitable), co_await asio::steady_timer(co_await asio::this_coro::executor, 6s).async_wait(asio::use_awaitable);
  n ? std::this_thread::sleep_for(7s) : std::this_thread::sleep_for(8s);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-MESSAGES: :[[@LINE-2]]:41: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: n ? co_await asio::steady_timer(co_await asio::this_coro::executor, 7s).async_wait(asio::use_awaitable) : co_await asio::steady_timer(co_await asio::this_coro::executor, 8s).async_wait(asio::use_awaitable);
  co_await asio::post(asio::use_awaitable);
  { std::this_thread::sleep_for(9s); }
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: { co_await asio::steady_timer(co_await asio::this_coro::executor, 9s).async_wait(asio::use_awaitable); }
}

// A timer's own wait blocks just as well.
asio::awaitable<void> timers(asio::steady_timer &timer, asio::system_timer *clock) {
  timer.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'asio::steady_timer::wait' blocks the thread that runs this coroutine, and every task on it: it waits for the timer; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  asio::error_code ec;
  clock->wait(ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::basic_waitable_timer::wait' blocks
  asio::steady_timer(co_await asio::this_coro::executor, 1s).wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:62: warning: 'asio::steady_timer::wait' blocks
}

// The correct forms.
asio::awaitable<void> correct(asio::steady_timer &timer) {
  asio::steady_timer other(co_await asio::this_coro::executor, 1s);
  co_await other.async_wait(asio::use_awaitable);
  timer.expires_after(100ms);
  co_await timer.async_wait(asio::use_awaitable);
  std::this_thread::yield();
}
