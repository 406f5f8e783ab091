// RUN: %check %s async-discarded-await-result

// Asio's errors as values.

#include <asio.hpp>

using asio::awaitable;
using asio::ip::tcp;
constexpr auto use_tuple = asio::as_tuple(asio::use_awaitable);

awaitable<void> send(tcp::socket &socket, asio::steady_timer &timer) {
  co_await asio::async_write(socket, asio::buffer("x"), use_tuple);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} that 'asio::async_write' gives is dropped
  auto [error, size] =
      co_await asio::async_write(socket, asio::buffer("x"), use_tuple);
  co_await asio::async_write(socket, asio::buffer("x"), asio::use_awaitable);
  // It is only cancelled.
  co_await timer.async_wait(use_tuple);
}
