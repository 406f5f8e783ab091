// RUN: %check %s async-await-without-timeout

// Libraries whose operations take a token, or a time.

#include <chrono>
#include <coro/coro.hpp>
#include <cppcoro/net/socket.hpp>
#include <cppcoro/task.hpp>
#include <string>

cppcoro::task<> hears(cppcoro::net::socket &socket, char *buffer) {
  co_await socket.recv(buffer, 16);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'cppcoro::net::socket::recv' waits for as long as the peer does not answer, and nothing here ends that; give it a timeout [async-await-without-timeout]
}
cppcoro::task<> hears_until_told(cppcoro::net::socket &socket, char *buffer,
                                 cppcoro::cancellation_token token) {
  co_await socket.recv(buffer, 16, token);
}

coro::task<int> reads(coro::net::tcp::client &client, std::string &buffer) {
  co_return co_await client.read_some(buffer);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'coro::net::tcp::client::read_some' waits for as long as the peer does not answer
}
coro::task<int> reads_in_time(coro::net::tcp::client &client,
                              std::string &buffer) {
  co_return co_await client.read_some(buffer, std::chrono::seconds(1));
}
