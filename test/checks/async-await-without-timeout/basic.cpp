// RUN: %check %s async-await-without-timeout

#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <boost/beast.hpp>
#include <chrono>
#include <seastar/core/coroutine.hh>

using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;
using asio::ip::tcp;

namespace seastar {
struct socket_address {};
struct connected_socket {};
future<connected_socket> connect(socket_address);
} // namespace seastar

class Client {
  tcp::socket Socket;
  asio::awaitable<void> fetch(asio::mutable_buffer buffer,
                              tcp::endpoint peer) {
    co_await Socket.async_connect(peer, asio::use_awaitable);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'asio::ip::tcp::socket::async_connect' waits for as long as the peer does not answer, and nothing here ends that; give it a timeout [async-await-without-timeout]
    co_await asio::async_read(Socket, buffer, asio::use_awaitable);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'asio::async_read' waits for as long as the peer does not answer
    co_await asio::async_write(Socket, buffer, asio::use_awaitable);
  }
};
seastar::future<> join(seastar::socket_address peer) {
  co_await seastar::connect(peer);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'seastar::connect' waits for as long as the peer does not answer
}

//===-- Right -------------------------------------------------------------===//

asio::awaitable<void> limited(tcp::socket &socket, asio::mutable_buffer buffer) {
  co_await asio::async_read(socket, buffer,
                            asio::cancel_after(1s, asio::use_awaitable));
}
// The class has a timer, which its other members set.
class Watched {
  tcp::socket Socket;
  asio::steady_timer Timer;
  asio::awaitable<void> watch() {
    co_await Timer.async_wait(asio::use_awaitable);
    Socket.close();
  }
  asio::awaitable<void> fetch(asio::mutable_buffer buffer) {
    co_await asio::async_read(Socket, buffer, asio::use_awaitable);
  }
};
// Whoever calls it sees to it.
asio::awaitable<void> inner(tcp::socket &socket, asio::mutable_buffer buffer) {
  co_await asio::async_read(socket, buffer, asio::use_awaitable);
}
asio::awaitable<void> pause(std::chrono::seconds time);
asio::awaitable<void> outer(tcp::socket &socket, asio::mutable_buffer buffer) {
  co_await (inner(socket, buffer) || pause(1s));
}
asio::awaitable<void> told(tcp::socket &socket, asio::mutable_buffer buffer,
                           asio::cancellation_slot slot) {
  co_await asio::async_read(
      socket, buffer, asio::bind_cancellation_slot(slot, asio::use_awaitable));
}
// A server waits for its peers for as long as it runs.
asio::awaitable<void> accept(tcp::acceptor &acceptor) {
  tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
}
