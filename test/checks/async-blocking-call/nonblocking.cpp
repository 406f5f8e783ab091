// RUN: %check %s async-blocking-call

// What is known not to block, because of what the file does elsewhere.

#include "asio.hpp"

using asio::awaitable;
using asio::ip::tcp;

awaitable<void> set_before(tcp::socket socket, char (&data)[80]) {
  socket.non_blocking(true);
  socket.read_some(asio::buffer(data));
  asio::error_code ec;
  asio::read(socket, asio::buffer(data), ec);
  co_return;
}

awaitable<void> another_socket(tcp::socket socket, tcp::socket other, char (&data)[80]) {
  other.native_non_blocking(true);
  socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks
  // CHECK-FIXES: co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
  co_return;
}

class Member {
  tcp::socket socket;
  tcp::socket control;
  std::shared_ptr<tcp::socket> shared;
  std::unique_ptr<tcp::socket> owned;
  char data[80];

public:
  explicit Member(asio::io_context &loop);
  awaitable<void> run() {
    socket.read_some(asio::buffer(data));
    shared->write_some(asio::buffer(data));
    owned->read_some(asio::buffer(data));
    control.read_some(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'asio::ip::tcp::socket::read_some' blocks
    // CHECK-FIXES: co_await control.async_read_some(asio::buffer(data), asio::use_awaitable);
    co_return;
  }
  void set();
};
Member::Member(asio::io_context &loop) : socket(loop), control(loop) {
  socket.non_blocking(true);
  (*shared).non_blocking(true);
}
void Member::set() {
  asio::error_code ec;
  owned->non_blocking(true, ec);
}

// Readiness has been waited for.
awaitable<void> waits_first(tcp::socket &socket, tcp::acceptor &acceptor, char (&data)[80]) {
  for (;;) {
    co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
    socket.read_some(asio::buffer(data));
    co_await acceptor.async_wait(tcp::acceptor::wait_read, asio::use_awaitable);
    auto peer = acceptor.accept();
  }
}

awaitable<void> asks_first(tcp::socket &socket, char (&data)[80]) {
  if (socket.available())
    socket.read_some(asio::buffer(data));
  co_return;
}

// For everything to come, readiness does not help.
awaitable<void> waits_for_too_little(tcp::socket &socket, char (&data)[80]) {
  co_await socket.async_wait(tcp::socket::wait_read, asio::use_awaitable);
  asio::read(socket, asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::read' blocks
  // CHECK-FIXES: co_await asio::async_read(socket, asio::buffer(data), asio::use_awaitable);
}

// In a template, the member of each instance.
template <class Protocol> struct Generic {
  typename Protocol::socket socket;
  typename Protocol::socket other;
  char data[80];
  void set() { socket.non_blocking(true); }
  awaitable<void> run() {
    socket.receive(asio::buffer(data));
    other.receive(asio::buffer(data));
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'asio::ip::tcp::socket::receive' blocks
    // No fix: it would be made in every instance.
    co_return;
  }
};
awaitable<void> uses_generic(Generic<tcp> &a, Generic<asio::ip::udp> &b) {
  a.set();
  b.set();
  co_await a.run();
  co_await b.run();
}
