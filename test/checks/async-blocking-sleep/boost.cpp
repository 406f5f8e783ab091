// RUN: %check %s async-blocking-sleep

// The same in Boost.Asio: the same messages and fixes under its own name.

#include "boost/asio.hpp"
#include <thread>
#include <unistd.h>

namespace net = boost::asio;

net::awaitable<void> sleeps(net::steady_timer &timer) {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await boost::asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await boost::asio::steady_timer(co_await boost::asio::this_coro::executor, std::chrono::seconds(1)).async_wait(boost::asio::use_awaitable);
  sleep(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await boost::asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-FIXES: co_await boost::asio::steady_timer(co_await boost::asio::this_coro::executor, std::chrono::seconds(5)).async_wait(boost::asio::use_awaitable);
  usleep(20);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'usleep' blocks
  // CHECK-FIXES: co_await boost::asio::steady_timer(co_await boost::asio::this_coro::executor, std::chrono::microseconds(20)).async_wait(boost::asio::use_awaitable);
  timer.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'boost::asio::steady_timer::wait' blocks the thread that runs this coroutine, and every task on it: it waits for the timer; co_await boost::asio::steady_timer::async_wait [async-blocking-sleep]
  boost::system::error_code ec;
  timer.wait(ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'boost::asio::steady_timer::wait' blocks
  co_await timer.async_wait(net::use_awaitable);
}

namespace boost {
asio::awaitable<void> inside_of_boost() {
  sleep(6);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await boost::asio::steady_timer(co_await boost::asio::this_coro::executor, std::chrono::seconds(6)).async_wait(boost::asio::use_awaitable);
  co_return;
}
} // namespace boost

static void nap() { sleep(1); }
boost::asio::awaitable<void> through_a_function() {
  nap();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'nap' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await boost::asio::steady_timer::async_wait [async-blocking-sleep]
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'nap' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-5]]:21: note: 'nap' calls 'sleep' here, which blocks: it sleeps
  co_return;
}

boost::asio::awaitable<void> after_a_hop(boost::asio::thread_pool &pool) {
  co_await boost::asio::post(boost::asio::bind_executor(pool, boost::asio::use_awaitable));
  sleep(7);
}
