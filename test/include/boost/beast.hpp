// Imitation of Boost.Beast for tests: the names and shapes of the real
// library, declarations only.

#ifndef TEST_INCLUDE_BOOST_BEAST_HPP
#define TEST_INCLUDE_BOOST_BEAST_HPP

#include "asio.hpp"
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace boost::beast {

using error_code = system::error_code;
enum class file_mode { read, scan, write };
enum class error { timeout = 1 };
error_code make_error_code(error);

} // namespace boost::beast

template <> struct boost::system::is_error_code_enum<boost::beast::error> {
  static const bool value = true;
};

namespace boost::beast {

class flat_buffer {};

template <class Protocol, class Executor = asio::any_io_executor>
class basic_stream {
public:
  template <class Argument> explicit basic_stream(Argument &&);
  void connect(const typename Protocol::endpoint &);
  void expires_after(std::chrono::nanoseconds expiry_time);
  void expires_at(std::chrono::steady_clock::time_point expiry_time);
  void expires_never();
  template <class Token>
  auto async_connect(const typename Protocol::endpoint &, Token &&token) {
    return asio::async_initiate<Token, void(error_code)>([](auto &&) {}, token);
  }
};
using tcp_stream = basic_stream<asio::ip::tcp>;

namespace test {
class stream {};
} // namespace test

template <class Handler, class... Args>
auto bind_front_handler(Handler &&handler, Args &&...args) {
  return [](auto &&...) {};
}

namespace http {

struct string_body {};
template <class Body> struct request {};

template <class File> struct basic_file_body {
  class value_type {
  public:
    void open(const char *path, file_mode mode, error_code &ec);
  };
};
using file_body = basic_file_body<int>;

// Both want to know the whole stream, as the real ones do.
template <class Stream, class Buffer, class Message,
          std::size_t = sizeof(Stream)>
std::size_t read(Stream &, Buffer &, Message &);
template <class Stream, class Message, std::size_t = sizeof(Stream)>
std::size_t write(Stream &, const Message &);

template <class Stream, class Buffer, class Message, class Token>
auto async_read(Stream &, Buffer &, Message &, Token &&token) {
  return asio::async_initiate<Token, void(error_code, std::size_t)>(
      [](auto &&) {}, token);
}
template <class Stream, class Message, class Token>
auto async_write(Stream &, const Message &, Token &&token) {
  return asio::async_initiate<Token, void(error_code, std::size_t)>(
      [](auto &&) {}, token);
}

} // namespace http

namespace websocket {

template <class NextLayer> class stream {
public:
  void accept();
  template <class Buffer> std::size_t read(Buffer &);
  template <class Token> auto async_accept(Token &&token) {
    return asio::async_initiate<Token, void(error_code)>([](auto &&) {}, token);
  }
  template <class Buffer, class Token>
  auto async_read(Buffer &, Token &&token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(
        [](auto &&) {}, token);
  }
};

} // namespace websocket

} // namespace boost::beast

#endif
