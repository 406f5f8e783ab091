// RUN: %check %s async-blocking-call

// The same in Boost.Asio, whose error codes are Boost's.

#include "boost/asio.hpp"
#include <cstdio>
#include <fstream>
#include <iostream>

namespace net = boost::asio;
using net::ip::tcp;

net::awaitable<void> asio_operations(tcp::socket &socket, tcp::acceptor &acceptor,
                                     tcp::resolver &resolver, char (&data)[80]) {
  boost::system::error_code ec;
  socket.read_some(net::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'boost::asio::ip::tcp::socket::read_some' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent something; co_await the asynchronous operation, with the token boost::asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await socket.async_read_some(net::buffer(data), boost::asio::use_awaitable);
  net::write(socket, net::buffer(data), ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'boost::asio::write' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has room for everything; co_await the asynchronous operation, with the token boost::asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await net::async_write(socket, net::buffer(data), boost::asio::redirect_error(boost::asio::use_awaitable, ec));
  auto endpoints = resolver.resolve("example.org", "http", ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'boost::asio::ip::tcp::resolver::resolve' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; co_await boost::asio::ip::tcp::resolver::async_resolve [async-blocking-call]
  // CHECK-FIXES: auto endpoints = co_await resolver.async_resolve("example.org", "http", boost::asio::redirect_error(boost::asio::use_awaitable, ec));
  net::connect(socket, endpoints);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'boost::asio::connect' blocks
  // CHECK-FIXES: co_await net::async_connect(socket, endpoints, boost::asio::use_awaitable);
  auto peer = acceptor.accept().remote_endpoint();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'boost::asio::ip::tcp::acceptor::accept' blocks
  // CHECK-FIXES: auto peer = (co_await acceptor.async_accept(boost::asio::use_awaitable)).remote_endpoint();
  co_await socket.async_read_some(net::buffer(data), net::use_awaitable);
}

net::awaitable<void> other_calls() {
  std::ifstream in("a.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it on boost::asio::thread_pool [async-blocking-call]
  std::remove("a.txt");
  std::system("make");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks the thread that runs this coroutine, and every task on it: it runs a command and waits for its end; co_await it on boost::asio::thread_pool [async-blocking-call]
  int n;
  std::cin >> n;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::istream::operator>>' blocks the thread that runs this coroutine, and every task on it: it waits for standard input; co_await boost::asio::posix::stream_descriptor, or read on a thread of its own [async-blocking-call]
  co_return;
}
