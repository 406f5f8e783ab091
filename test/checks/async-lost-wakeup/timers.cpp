// RUN: %check %s async-lost-wakeup

// A timer that never expires, and is cancelled to tell that there is something
// to do.

#include <asio.hpp>
#include <deque>
#include <string>

asio::awaitable<void> send(const std::string &text);

class Session {
public:
  explicit Session(asio::io_context &context)
      : more_(context), late_(context, asio::steady_timer::time_point::max()),
        delay_(context) {
    more_.expires_at(asio::steady_timer::time_point::max());
  }

  void add(std::string text) {
    texts_.push_back(std::move(text));
    more_.cancel_one();
    delay_.cancel();
  }

  asio::awaitable<void> bad() {
    for (;;) {
      asio::error_code ec;
      co_await send("ping");
      co_await more_.async_wait(
          // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'more_' may have been announced before this wait for it begins: the coroutine has been suspended since it last looked, and what 'cancel_one' says when nobody waits is forgotten; look again right before the wait [async-lost-wakeup]
          asio::redirect_error(asio::use_awaitable, ec));
    }
  }

  asio::awaitable<void> good() {
    for (;;) {
      if (texts_.empty()) {
        asio::error_code ec;
        co_await more_.async_wait(
            asio::redirect_error(asio::use_awaitable, ec));
      } else {
        co_await send(texts_.front());
        texts_.pop_front();
      }
    }
  }

  // It is over after a time.
  asio::awaitable<void> pauses() {
    for (;;) {
      co_await send("ping");
      delay_.expires_after(std::chrono::seconds(1));
      co_await delay_.async_wait(asio::use_awaitable);
      co_await late_.async_wait(asio::use_awaitable);
    }
  }

private:
  asio::steady_timer more_, late_, delay_;
  std::deque<std::string> texts_;
};
