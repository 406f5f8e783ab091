// RUN: %check %s async-detached-exception

// Exceptions that somebody gets to see, and those that are not worth it.

#include "asio.hpp"
#include <stdexcept>

using asio::awaitable;
using asio::detached;
using asio::use_awaitable;
using asio::ip::tcp;

void log(const char *text);
bool broken();

awaitable<void> throws() {
  throw std::runtime_error("broken");
  co_return;
}

awaitable<void> catches_all() {
  try {
    co_await throws();
  } catch (...) {
    log("broken");
  }
}

awaitable<void> catches_base(tcp::acceptor &acceptor) {
  try {
    tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
    throw std::runtime_error("no");
  } catch (const std::exception &error) {
    log(error.what());
  }
}

// What is thrown on is caught further out.
awaitable<void> nested() {
  try {
    try {
      throw std::runtime_error("no");
    } catch (const std::runtime_error &) {
      throw;
    }
  } catch (const std::exception &error) {
    log(error.what());
  }
  co_return;
}

// A handler that cleans up behind code that does not throw.
awaitable<void> cleans_up() {
  try {
    log("work");
  } catch (...) {
    log("oops");
    throw;
  }
  co_return;
}

awaitable<void> harmless(asio::io_context &loop, asio::steady_timer &timer) {
  co_await asio::post(loop, use_awaitable);
  co_await timer.async_wait(use_awaitable);
  auto executor = co_await asio::this_coro::executor;
  (void)executor;
}

// The peer has gone: that is how sessions end.
awaitable<void> session(tcp::socket socket) {
  char data[80];
  for (;;) {
    auto n = co_await socket.async_read_some(asio::buffer(data), use_awaitable);
    co_await asio::async_write(socket, asio::buffer(data, n), use_awaitable);
  }
}

awaitable<void> errors_as_values(tcp::acceptor &acceptor) {
  auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(use_awaitable));
  asio::error_code code;
  tcp::socket other = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, code));
  constexpr auto token = asio::as_tuple(use_awaitable);
  auto [again, third] = co_await acceptor.async_accept(token);
}

// It does not throw: its owner says so.
awaitable<void> declared() noexcept {
  if (broken())
    throw std::runtime_error("never");
  co_return;
}

// Work that is started elsewhere fails there.
awaitable<void> starts_others(asio::io_context &loop) {
  asio::co_spawn(loop, throws(), [](std::exception_ptr error) {
    if (error)
      log("broken");
  });
  co_return;
}

// What functions expect of each other, and mistakes in the program.
void needs(bool open) {
  if (!open)
    throw std::runtime_error("not open");
}
void uses() { needs(true); }
awaitable<void> calls_correctly(int state) {
  uses();
  if (state > 3)
    throw std::logic_error("there are three states");
  co_return;
}

void never_called() {
  auto thrower = [] { throw std::runtime_error("not here"); };
  (void)thrower;
}

awaitable<void> calls_nothing_that_throws() {
  never_called();
  co_return;
}

void spawn(asio::io_context &loop, tcp::acceptor &acceptor, asio::steady_timer &timer,
           tcp::socket socket) {
  asio::co_spawn(loop, catches_all(), detached);
  asio::co_spawn(loop, catches_base(acceptor), detached);
  asio::co_spawn(loop, nested(), detached);
  asio::co_spawn(loop, cleans_up(), detached);
  asio::co_spawn(loop, harmless(loop, timer), detached);
  asio::co_spawn(loop, session(std::move(socket)), detached);
  asio::co_spawn(loop, errors_as_values(acceptor), detached);
  asio::co_spawn(loop, declared(), detached);
  asio::co_spawn(loop, calls_correctly(1), detached);
  asio::co_spawn(loop, starts_others(loop), detached);
  asio::co_spawn(loop, calls_nothing_that_throws(), detached);
  // Somebody looks at the exception, or waits for the future.
  asio::co_spawn(loop, throws(), [](std::exception_ptr error) {
    if (error)
      std::rethrow_exception(error);
  });
  auto future = asio::co_spawn(loop, throws(), asio::use_future);
}

awaitable<void> waits(asio::io_context &loop) {
  co_await asio::co_spawn(loop, throws(), use_awaitable);
}

// A function that only makes the task does not throw.
awaitable<void> forwards() { return throws(); }
awaitable<void> starts_forwarded(asio::io_context &loop) {
  asio::co_spawn(loop, forwards(), [](std::exception_ptr error) {
    if (error)
      log("broken");
  });
  co_return;
}
void spawn_forwarding(asio::io_context &loop) {
  asio::co_spawn(loop, starts_forwarded(loop), detached);
}
