// RUN: %check %s async-blocking-call

// Reported, but the asynchronous operation can't simply take the call's place.

#include "asio.hpp"

using asio::awaitable;
using asio::ip::tcp;

// The operation does not return the error.
awaitable<void> error_is_used(tcp::socket &socket, tcp::endpoint peer) {
  asio::error_code ec;
  if (socket.connect(peer, ec))
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'asio::ip::tcp::socket::connect' blocks
    co_return;
  asio::error_code copy = socket.wait(tcp::socket::wait_read, ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'asio::ip::tcp::socket::wait' blocks
}

// co_await can't stand here.
awaitable<void> in_a_handler(tcp::socket &socket, char (&data)[80]) try {
  co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
} catch (...) {
  socket.write_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::write_some' blocks
}
awaitable<void> in_a_nested_function(tcp::socket &socket, char (&data)[80]) {
  auto lambda = [&] { socket.read_some(asio::buffer(data)); };
  lambda();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at no-fix.cpp:[[@LINE-2]]' blocks
  co_return;
}

// use_awaitable is for coroutines on any_io_executor.
awaitable<void, asio::io_context::executor_type> another_executor(tcp::socket &socket,
                                                                  char (&data)[80]) {
  socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks
  co_return;
}

// The call is, in part, a macro's.
#define READ(socket) socket.read_some(asio::buffer(data))
#define CALL(statement) statement
#define ERROR ec
awaitable<void> macros(tcp::socket &socket, char (&data)[80], asio::error_code &ec) {
  READ(socket);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::ip::tcp::socket::read_some' blocks
  CALL(socket.read_some(asio::buffer(data)));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'asio::ip::tcp::socket::read_some' blocks
  socket.read_some(asio::buffer(data), ERROR);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks
  co_return;
}
