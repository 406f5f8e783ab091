// RUN: %check %s async-await-without-timeout

#include <asio.hpp>

void fetch(asio::ip::tcp::socket &socket, asio::mutable_buffer buffer) {
  asio::async_read(socket, buffer, [](auto &&...) {});
}
