// RUN: %check %s async-timeout-misuse

// Timers are told until when; and tokens.

#include <asio.hpp>
#include <chrono>
#include <kj/timer.h>

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

asio::awaitable<void> timers(asio::steady_timer &timer,
                             asio::ip::tcp::socket &socket,
                             asio::mutable_buffer buffer) {
  timer.expires_at(Clock::time_point(5s));
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'asio::steady_timer::expires_at' takes a point in time, and this one is always the same: it has mostly passed; add the time to what the clock says now [async-timeout-misuse]
  co_await timer.async_wait(asio::use_awaitable);
  timer.expires_at(Clock::now() + 5s);
  timer.expires_at(Clock::time_point::max());
  timer.expires_at(timer.expires_at() + 5s);
  timer.expires_after(5s);
  static const auto end = Clock::now() + 5s;
  co_await socket.async_read_some(
      buffer, asio::cancel_at(end, asio::use_awaitable));
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'end' gets its value once in the life of the program, and 'asio::cancel_at' waits no more from then on
  // CHECK-MESSAGES: :[[@LINE-4]]:21: note: declared here
  co_await socket.async_read_some(
      buffer, asio::cancel_at(Clock::now() + 1s, asio::use_awaitable));
  co_await socket.async_read_some(
      buffer, asio::cancel_after(1s, asio::use_awaitable));
}

// A library with units of its own.
int next();
kj::Promise<int> compute() {
  int sum = 0;
  while (int one = next())
    sum += one;
  co_return sum;
}
kj::Promise<int> fetch(kj::Timer &timer) {
  co_await timer.afterDelay(kj::SECONDS);
  co_return co_await timer.timeoutAfter(kj::SECONDS, compute());
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'kj::Timer::timeoutAfter' can't end 'compute', which never suspends
}
kj::Promise<int> right(kj::Timer &timer) {
  co_return co_await timer.timeoutAfter(kj::SECONDS, fetch(timer));
}
