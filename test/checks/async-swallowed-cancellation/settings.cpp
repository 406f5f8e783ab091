// RUN: %check %s async-swallowed-cancellation

// A coroutine can switch off that every await throws, and an operation can
// return its error.

#include "asio.hpp"

asio::awaitable<void> step();
void log(const char *);

asio::awaitable<void> switched_off() {
  co_await asio::this_coro::throw_if_cancelled(false);
  for (;;) {
    try {
      co_await step();
    } catch (const std::exception &e) {
      log(e.what());
    }
    if ((co_await asio::this_coro::cancellation_state).cancelled() !=
        asio::cancellation_type::none)
      co_return;
  }
}

asio::awaitable<void> error_is_looked_at(asio::steady_timer &timer) {
  asio::error_code error;
  for (;;) {
    try {
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      if (error)
        co_return;
    } catch (const std::exception &e) {
      log(e.what());
    }
  }
}

asio::awaitable<void> error_is_ignored(asio::steady_timer &timer) {
  asio::error_code error;
  for (;;) {
    try {
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
    } catch (const std::exception &e) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation
      log(e.what());
    }
  }
}
