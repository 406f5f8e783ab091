// RUN: %check %s async-blocking-call

// Asio in coroutines that aren't Asio's: its operations block there, too, and
// its tokens are of no use.

#include "asio.hpp"
#include "task.h"

using asio::ip::tcp;

app::Task<> projects_own(tcp::socket &socket, tcp::resolver &resolver, char (&data)[80]) {
  socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent something; co_await an asynchronous operation [async-blocking-call]
  auto endpoints = resolver.resolve("example.org", "http");
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'asio::ip::tcp::resolver::resolve' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; co_await an asynchronous operation [async-blocking-call]
  asio::connect(socket, endpoints);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::connect' blocks
  co_return;
}

app::Generator<int> generator(tcp::socket &socket, char (&data)[80]) {
  socket.read_some(asio::buffer(data));
  co_yield 1;
}

app::AsyncGenerator<int> async_generator(tcp::socket &socket, char (&data)[80]) {
  socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks
  co_await projects_own(socket, *(tcp::resolver *)nullptr, data);
  co_yield 1;
}

app::FireAndForget fire_and_forget(tcp::acceptor &acceptor) {
  acceptor.accept();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'asio::ip::tcp::acceptor::accept' blocks
  co_return;
}
