// A TCP connection as a stream of text lines.
#pragma once

#include "common.h"

#include <deque>

namespace chat {

class LineStream {
public:
  explicit LineStream(tcp::socket socket)
      : socket_(std::move(socket)), filled_(socket_.get_executor()),
        drained_(socket_.get_executor()) {}

  /// The next line without its end. Throws when the connection is gone.
  awaitable<std::string> read_line() {
    const std::size_t size = co_await asio::async_read_until(
        socket_, asio::dynamic_buffer(input_, 4096), '\n', use_awaitable);
    std::string line = input_.substr(0, size - 1);
    input_.erase(0, size);
    if (line.ends_with('\r'))
      line.pop_back();
    co_return line;
  }

  /// Queues a line. Waits only if the other side is far behind with reading.
  awaitable<void> send(std::string line) {
    queue_.push_back(std::move(line) + '\n');
    filled_.cancel();
    if (queue_.size() < 256)
      co_return;

    // Whoever does not read slows its room down, but not for ever.
    error_code interrupted;
    drained_.expires_after(30s);
    co_await drained_.async_wait(
        asio::redirect_error(use_awaitable, interrupted));
    if (!interrupted)
      close();
  }

  /// Writes what is queued, until the stream is closed.
  awaitable<void> write_queued() {
    try {
      while (socket_.is_open()) {
        if (queue_.empty()) {
          // This timer never expires: send() and close() cancel it.
          error_code woken;
          filled_.expires_at(asio::steady_timer::time_point::max());
          co_await filled_.async_wait(
              asio::redirect_error(use_awaitable, woken));
          continue;
        }
        const std::string line = std::move(queue_.front());
        queue_.pop_front();
        co_await asio::async_write(socket_, asio::buffer(line), use_awaitable);
        drained_.cancel();
      }
    } catch (const boost::system::system_error &) {
      close();
    }
  }

  void close() {
    error_code ignored;
    socket_.close(ignored);
    filled_.cancel();
    drained_.cancel();
  }

private:
  tcp::socket socket_;
  std::string input_;
  std::deque<std::string> queue_;
  asio::steady_timer filled_;
  asio::steady_timer drained_;
};

} // namespace chat
