// RUN: %check %s async-*

// Boost.Beast: its operations over the streams of Asio.

#include "boost/beast.hpp"
#include <chrono>
#include <thread>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::awaitable;
using asio::use_awaitable;
using namespace std::chrono_literals;
using Request = http::request<http::string_body>;

awaitable<void> messages(beast::tcp_stream &stream, asio::ip::tcp::socket &socket,
                         beast::flat_buffer &buffer, Request &request) {
  http::read(stream, buffer, request);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'boost::beast::http::read' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has sent everything that was asked for; co_await the asynchronous operation, with the token boost::asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await http::async_read(stream, buffer, request, boost::asio::use_awaitable);
  http::read(socket, buffer, request);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'boost::beast::http::read' blocks
  // CHECK-FIXES: co_await http::async_read(socket, buffer, request, boost::asio::use_awaitable);
  http::write(stream, request);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'boost::beast::http::write' blocks
  // CHECK-FIXES: co_await http::async_write(stream, request, boost::asio::use_awaitable);
  stream.connect(asio::ip::tcp::endpoint());
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'boost::beast::tcp_stream::connect' blocks
  // CHECK-FIXES: co_await stream.async_connect(asio::ip::tcp::endpoint(), boost::asio::use_awaitable);
  co_await http::async_read(stream, buffer, request, use_awaitable);
  co_await http::async_read(socket, buffer, request, use_awaitable);
  co_await http::async_write(stream, request, use_awaitable);
  co_await stream.async_connect(asio::ip::tcp::endpoint(), use_awaitable);
}

// A test's stream holds its data in memory.
awaitable<void> in_memory(beast::test::stream &stream, beast::flat_buffer &buffer,
                          Request &request) {
  http::write(stream, request);
  http::read(stream, buffer, request);
  co_return;
}

awaitable<void> websockets(websocket::stream<beast::tcp_stream> &socket,
                           beast::flat_buffer &buffer) {
  socket.accept();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'boost::beast::websocket::stream::accept' blocks the thread that runs this coroutine, and every task on it: it waits for the peer's request; co_await the asynchronous operation, with the token boost::asio::use_awaitable [async-blocking-call]
  // CHECK-FIXES: co_await socket.async_accept(boost::asio::use_awaitable);
  socket.read(buffer);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'boost::beast::websocket::stream::read' blocks
  // CHECK-FIXES: co_await socket.async_read(buffer, boost::asio::use_awaitable);
  co_await socket.async_accept(use_awaitable);
  co_await socket.async_read(buffer, use_awaitable);
}

awaitable<void> files(http::file_body::value_type &body, beast::error_code &error) {
  body.open("index.html", beast::file_mode::scan, error);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'boost::beast::http::basic_file_body::value_type::open' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it on boost::asio::thread_pool [async-blocking-call]
  co_return;
}

awaitable<void> drops(beast::tcp_stream &stream, Request &request) {
  http::async_write(stream, request, use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'boost::beast::http::async_write' is never awaited
  // CHECK-FIXES: co_await http::async_write(stream, request, use_awaitable);
  co_await http::async_write(stream, request, use_awaitable);
}

// Handlers run on the event loop, too.
class Session : public std::enable_shared_from_this<Session> {
  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  Request request;

  void on_read(beast::error_code, std::size_t) {
    http::write(stream, request);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'boost::beast::http::write' blocks the thread that runs this completion handler, and every task on it: it waits until the peer has room for everything; use the asynchronous operation [async-blocking-call]
  }

  void on_write(beast::error_code, std::size_t) {
    http::async_read(stream, buffer, request,
                     beast::bind_front_handler(&Session::on_read, shared_from_this()));
  }

public:
  void run() {
    http::async_write(stream, request,
                      beast::bind_front_handler(&Session::on_write, shared_from_this()));
    http::async_write(stream, request, [](beast::error_code, std::size_t) {
      std::this_thread::sleep_for(1s);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the thread that runs this completion handler, and every task on it: it sleeps; use boost::asio::steady_timer::async_wait [async-blocking-sleep]
    });
  }
};

void synchronous(beast::tcp_stream &stream, websocket::stream<beast::tcp_stream> &socket,
                 beast::flat_buffer &buffer, Request &request) {
  http::write(stream, request);
  http::read(stream, buffer, request);
  socket.accept();
  socket.read(buffer);
}
