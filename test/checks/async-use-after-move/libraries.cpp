// RUN: %check %s async-use-after-move

// The tasks of libraries, templates and macros.

#include "asio.hpp"
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <string>

void log(const std::string &text);
#define LOG(text) log(text)

asio::awaitable<void> of_asio(std::string text);
asio::awaitable<void> with_asio(std::string text) {
  co_await of_asio(std::move(text));
  LOG(text);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'text' has been moved into the work that was awaited; use it before, or give the work a copy [async-use-after-move]
  // CHECK-MESSAGES: :[[@LINE-3]]:30: note: moved here
}

folly::coro::Task<int> of_folly(std::string text);
template <class T> folly::coro::Task<int> with_folly(T text) {
  int sum = co_await of_folly(std::move(text));
  co_return sum + text.size();
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'text' has been moved into the work that was awaited
  // CHECK-MESSAGES: :[[@LINE-3]]:41: note: moved here
}
template folly::coro::Task<int> with_folly(std::string);

seastar::future<> of_seastar(std::string text);
auto with_seastar() {
  return [](std::string text) -> seastar::future<> {
    try {
      co_await of_seastar(std::move(text));
    } catch (...) {
      log(text);
      // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'text' has been moved into the work that was awaited, and is gone when that fails
      // CHECK-MESSAGES: :[[@LINE-4]]:37: note: moved here
    }
  };
}
