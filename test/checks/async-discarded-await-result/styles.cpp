// RUN: %check %s async-discarded-await-result

// Errors as values in the tasks of several libraries.

#include <async_simple/coro/Lazy.h>
#include <coro/coro.hpp>
#include <folly/coro/Task.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/future.hh>
#include <system_error>
#include <utility>

template <class T, class E> class expected {
public:
  bool has_value() const;
  const E &error() const;
  const T &value() const;
};
using async_simple::coro::Lazy;

Lazy<std::pair<std::error_code, std::size_t>> async_read();
Lazy<> reads() {
  co_await async_read();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'std::pair<std::error_code, {{.*}}>' that 'async_read' gives is dropped
  auto [error, size] = co_await async_read();
  (void)co_await async_read();
}

coro::task<expected<int, int>> poll();
coro::task<> polls() {
  co_await poll();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'expected<int, int>' that 'poll' gives is dropped
  if (!(co_await poll()).has_value())
    co_return;
}

folly::coro::Task<std::error_code> flush();
folly::coro::Task<int> count();
folly::coro::Task<> flushes() {
  co_await flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'std::error_code' that 'flush' gives is dropped
  co_await count();
  if (auto error = co_await flush())
    throw std::system_error(error);
}

// A future of Seastar throws its error.
seastar::future<> store();
seastar::future<expected<int, int>> verify();
seastar::future<> stores() {
  co_await store();
  co_await verify();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the 'expected<int, int>' that 'verify' gives is dropped
}
