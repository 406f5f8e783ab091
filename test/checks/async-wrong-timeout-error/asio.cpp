// RUN: %check %s async-wrong-timeout-error

// Errors that are values.

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <chrono>

namespace asio = boost::asio;
namespace beast = boost::beast;
using namespace std::chrono_literals;
using boost::system::error_code;
using asio::ip::tcp;

void log(const char *text);

asio::awaitable<bool> token(tcp::socket &socket, asio::mutable_buffer buffer) {
  error_code error;
  co_await socket.async_read_some(
      buffer,
      asio::cancel_after(5s, asio::redirect_error(asio::use_awaitable, error)));
  if (error == asio::error::timed_out) {
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: when it takes too long, 'boost::asio::cancel_after' makes the operation fail with 'boost::asio::error::operation_aborted', and not with 'boost::asio::error::timed_out', which is what the system says of a connection; ask for 'boost::asio::error::operation_aborted' [async-wrong-timeout-error]
    // CHECK-MESSAGES: :[[@LINE-3]]:7: note: limited here
    log("no answer");
    co_return false;
  }
  co_return !error;
}
asio::awaitable<bool> stream(beast::tcp_stream &stream, tcp::endpoint peer) {
  error_code error;
  stream.expires_after(5s);
  co_await stream.async_connect(
      peer, asio::redirect_error(asio::use_awaitable, error));
  co_return error != asio::error::timed_out;
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: when it takes too long, 'boost::beast::tcp_stream::expires_after' makes the operation fail with 'boost::beast::error::timeout'
}

//===-- Right -------------------------------------------------------------===//

asio::awaitable<bool> asks(tcp::socket &socket, asio::mutable_buffer buffer) {
  error_code error;
  co_await socket.async_read_some(
      buffer,
      asio::cancel_after(5s, asio::redirect_error(asio::use_awaitable, error)));
  co_return error == asio::error::operation_aborted ||
      error == asio::error::timed_out;
}
asio::awaitable<bool> knows(beast::tcp_stream &stream, tcp::endpoint peer) {
  error_code error;
  std::chrono::seconds timeout{5};
  stream.expires_after(timeout);
  co_await stream.async_connect(
      peer, asio::redirect_error(asio::use_awaitable, error));
  if (error == beast::error::timeout)
    log("no answer");
  co_return error != asio::error::timed_out;
}
// It makes an error of its own, and asks for none.
asio::awaitable<error_code> makes(tcp::socket &socket,
                                  asio::mutable_buffer buffer) {
  error_code error;
  co_await socket.async_read_some(
      buffer,
      asio::cancel_after(5s, asio::redirect_error(asio::use_awaitable, error)));
  if (error)
    error = asio::error::timed_out;
  co_return error;
}
// The system's own timeout.
asio::awaitable<bool> system(tcp::socket &socket, tcp::endpoint peer) {
  error_code error;
  co_await socket.async_connect(
      peer, asio::redirect_error(asio::use_awaitable, error));
  co_return error == asio::error::timed_out;
}
