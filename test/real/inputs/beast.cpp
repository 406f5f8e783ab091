// Boost.Beast as it is installed.

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <chrono>
#include <thread>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::awaitable;
using asio::use_awaitable;
using Request = http::request<http::string_body>;

awaitable<void> blocks(beast::tcp_stream &stream, beast::flat_buffer &buffer,
                       Request &request, asio::ip::tcp::endpoint peer) {
  stream.connect(peer);
  // CHECK: beast.cpp:[[@LINE-1]]:10: warning: 'boost::beast::tcp_stream::connect' blocks the thread that runs this coroutine, {{.*}}; co_await the asynchronous operation, with the token boost::asio::use_awaitable
  http::write(stream, request);
  // CHECK: beast.cpp:[[@LINE-1]]:3: warning: 'boost::beast::http::write' blocks the thread that runs this coroutine, {{.*}}; co_await the asynchronous operation, with the token boost::asio::use_awaitable
  http::read(stream, buffer, request);
  // CHECK: beast.cpp:[[@LINE-1]]:3: warning: 'boost::beast::http::read' blocks the thread that runs this coroutine, {{.*}}; co_await the asynchronous operation, with the token boost::asio::use_awaitable
  co_return;
}
awaitable<void> suspends(beast::tcp_stream &stream, beast::flat_buffer &buffer,
                         Request &request, asio::ip::tcp::endpoint peer) {
  co_await stream.async_connect(peer, use_awaitable);
  co_await http::async_write(stream, request, use_awaitable);
  co_await http::async_read(stream, buffer, request, use_awaitable);
}

awaitable<void> chat(websocket::stream<beast::tcp_stream> &socket,
                     beast::flat_buffer &buffer) {
  socket.accept();
  // CHECK: beast.cpp:[[@LINE-1]]:10: warning: 'boost::beast::websocket::stream::accept' blocks the thread that runs this coroutine, {{.*}}; co_await the asynchronous operation, with the token boost::asio::use_awaitable
  co_await socket.async_read(buffer, use_awaitable);
  socket.write(buffer.data());
  // CHECK: beast.cpp:[[@LINE-1]]:10: warning: 'boost::beast::websocket::stream::write' blocks the thread that runs this coroutine, {{.*}}; co_await the asynchronous operation, with the token boost::asio::use_awaitable
}

awaitable<void> file(http::file_body::value_type &body, beast::error_code &error) {
  body.open("index.html", beast::file_mode::scan, error);
  // CHECK: beast.cpp:[[@LINE-1]]:8: warning: 'boost::beast::http::basic_file_body::value_type::open' blocks the thread that runs this coroutine, {{.*}}; co_await it on boost::asio::thread_pool
  co_return;
}

// Completion handlers, members of a session among them.
class Session : public std::enable_shared_from_this<Session> {
public:
  void start() {
    http::async_read(stream_, buffer_, request_,
                     beast::bind_front_handler(&Session::on_read,
                                               shared_from_this()));
  }

private:
  void on_read(beast::error_code, std::size_t) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    // CHECK: beast.cpp:[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this completion handler, {{.*}}; use boost::asio::steady_timer::async_wait
    stream_.async_connect(asio::ip::tcp::endpoint(), [](beast::error_code) {
      std::this_thread::sleep_for(std::chrono::seconds(1));
      // CHECK: beast.cpp:[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the thread that runs this completion handler, {{.*}}; use boost::asio::steady_timer::async_wait
    });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  Request request_;
};

// Without a loop.
void synchronous(beast::tcp_stream &stream, beast::flat_buffer &buffer,
                 Request &request) {
  stream.connect(asio::ip::tcp::endpoint());
  http::read(stream, buffer, request);
}
