// RUN: %check %s async-swallowed-cancellation

// Errors that are values, and loops that don't look at them.

#include <boost/asio.hpp>

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

void log(const char *);
void serve(tcp::socket socket);
asio::awaitable<void> step();
bool enough();

asio::awaitable<void> accepts(tcp::acceptor &acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: this loop goes on whatever 'boost::asio::ip::tcp::acceptor::async_accept' returns: once it is closed, every round fails at once, so the loop spins for ever; leave the loop on an error that lasts [async-swallowed-cancellation]
    if (error) {
      log("failed");
      continue;
    }
    serve(std::move(socket));
  }
}
asio::awaitable<void> reads(tcp::socket &socket) {
  char buffer[64];
  while (true) {
    error_code error;
    co_await socket.async_read_some(asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop goes on whatever 'boost::asio::ip::tcp::socket::async_read_some' returns
    if (!error && buffer[0] == 'q')
      co_return;
  }
}
asio::awaitable<void> writes(tcp::socket &socket) {
  char buffer[64];
  for (;;)
    co_await asio::async_write(socket, asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop goes on whatever 'boost::asio::async_write' returns
}

asio::awaitable<void> echoes(tcp::socket &socket) {
  char buffer[64];
  for (;;) {
    auto [error, size] = co_await socket.async_read_some(asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
    // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: this loop goes on whatever
    auto [failed, written] = co_await asio::async_write(socket, asio::buffer(buffer, size), asio::as_tuple(asio::use_awaitable));
  }
}
asio::awaitable<void> waits_before(tcp::socket &socket, asio::steady_timer &timer) {
  char buffer[64];
  for (;;) {
    co_await socket.async_read_some(asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}
using Token = asio::as_tuple_t<asio::use_awaitable_t<>>;
using Acceptor = Token::as_default_on_t<tcp::acceptor>;
asio::awaitable<void> by_default(Acceptor &acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept();
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: this loop goes on whatever
  }
}

asio::awaitable<void> leaves(tcp::acceptor &acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
    if (error)
      break;
    serve(std::move(socket));
  }
}
asio::awaitable<void> asks_the_error(tcp::acceptor &acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
    if (error == asio::error::operation_aborted)
      co_return;
    if (error)
      continue;
    serve(std::move(socket));
  }
}
asio::awaitable<void> asks_the_socket(tcp::acceptor &acceptor) {
  while (acceptor.is_open()) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
    if (error)
      continue;
    serve(std::move(socket));
  }
}
asio::awaitable<void> asks_somebody(tcp::acceptor &acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
    if (error && enough())
      break;
  }
}
asio::awaitable<void> a_few_times(tcp::socket &socket) {
  char buffer[64];
  for (int i = 0; i < 3; ++i)
    co_await socket.async_read_some(asio::buffer(buffer), asio::as_tuple(asio::use_awaitable));
}
// Nobody closes the first.
asio::awaitable<void> its_own(asio::any_io_executor executor) {
  tcp::acceptor acceptor(executor), other(executor);
  auto serves = [&]() -> asio::awaitable<void> {
    for (;;) {
      auto [error, socket] = co_await acceptor.async_accept(asio::as_tuple(asio::use_awaitable));
      if (!error)
        serve(std::move(socket));
    }
  };
  auto others = [&]() -> asio::awaitable<void> {
    for (;;) {
      auto [error, socket] = co_await other.async_accept(asio::as_tuple(asio::use_awaitable));
      // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: this loop goes on whatever
      if (!error)
        serve(std::move(socket));
    }
  };
  co_await serves();
  other.close();
}
// A timer can wait again.
asio::awaitable<void> waits(asio::steady_timer &timer) {
  for (;;) {
    error_code error;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    log("tick");
  }
}
// Another await throws.
asio::awaitable<void> awaits(tcp::socket &socket) {
  char buffer[64];
  for (;;) {
    error_code error;
    co_await socket.async_read_some(asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    co_await step();
  }
}
asio::awaitable<void> throws(tcp::socket &socket) {
  char buffer[64];
  for (;;)
    co_await socket.async_read_some(asio::buffer(buffer), asio::use_awaitable);
}
