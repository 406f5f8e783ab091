// RUN: %check %s async-unawaited-task

// The same in Boost.Asio, whose types are [[nodiscard]] as they are by default.

#define BOOST_ASIO_NODISCARD [[nodiscard]]
#include "boost/asio.hpp"

namespace net = boost::asio;

net::awaitable<int> number();

net::awaitable<void> f(net::steady_timer &timer) {
  number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'number' is never awaited: 'boost::asio::awaitable<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await number();
  timer.async_wait(net::use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'boost::asio::steady_timer::async_wait' is never awaited
  // CHECK-FIXES: co_await timer.async_wait(net::use_awaitable);
  timer.async_wait(net::deferred);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'boost::asio::steady_timer::async_wait' is never awaited
  using namespace net::experimental::awaitable_operators;
  number() && number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'boost::asio::experimental::awaitable_operators::operator&&' is never awaited
  // CHECK-FIXES: co_await (number() && number());
  (void)number();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'number' is never awaited
  // CHECK-FIXES: (void)co_await number();
  co_await timer.async_wait(net::use_awaitable);
}

void g(net::io_context &loop) {
  number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'number' is never awaited: 'boost::asio::awaitable<int>' is lazy, so nothing of it runs; start it with boost::asio::co_spawn [async-unawaited-task]
  net::co_spawn(loop, number(), net::detached);
}
