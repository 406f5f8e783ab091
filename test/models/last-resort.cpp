// RUN: %check %s async-blocking-call

// A function that asks the name server only for what is no address blocks
// nobody who passes an address.

#include "asio.hpp"
#include <string>

using asio::ip::tcp;

tcp::endpoint listen_on(tcp::resolver &resolver, const std::string &host) {
  asio::error_code error;
  asio::ip::address address = asio::ip::make_address(host, error);
  if (!error)
    return tcp::endpoint(address, 80);
  return resolver.resolve(host, "http").begin()->endpoint();
}

tcp::endpoint look_up(tcp::resolver &resolver, const std::string &host) {
  return resolver.resolve(host, "http").begin()->endpoint();
}

asio::awaitable<void> serve(tcp::resolver &resolver) {
  listen_on(resolver, "0.0.0.0");
  look_up(resolver, "localhost");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'look_up' blocks the thread that runs this coroutine
  // CHECK-MESSAGES: :20:19: note: 'look_up' calls 'asio::ip::tcp::resolver::resolve' here
  co_return;
}
