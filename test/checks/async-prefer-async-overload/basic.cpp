// RUN: %check %s async-prefer-async-overload

#include "cppcoro/task.hpp"
#include "folly/coro/Task.h"
#include "seastar/core/coroutine.hh"
#include <asio.hpp>
#include <string>

struct Store {
  std::string load(int key);
  folly::coro::Task<std::string> co_load(int key);
  void save(int key, const std::string &value);
  folly::coro::Task<void> saveAsync(int key, std::string value, int retries = 3);
  bool contains(int key);
  folly::coro::Task<bool> containsAsync(std::string key);
  int size() const { return size_; }
  folly::coro::Task<int> co_size() const;
  seastar::future<> flush_async();
  void flush();
  folly::coro::Task<void> co_clear();
  void clear();

  // It is how the other one is made.
  folly::coro::Task<void> co_reset() {
    clear();
    co_return;
  }
  void reset();

private:
  folly::coro::Task<int> co_count();
  int size_ = 0;

public:
  int count();
};

struct Cache : Store {
  std::string load(int key);
};

folly::coro::Task<void> run(Store &store, Cache *cache) {
  store.load(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Store::load' may block the thread that runs this coroutine; co_await 'co_load' instead [async-prefer-async-overload]
  store.save(1, "a");
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Store::save' may block the thread that runs this coroutine; co_await 'saveAsync' instead
  cache->load(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Cache::load' may block
  co_await store.co_load(1);

  // Other arguments, in memory, another library, not for everybody.
  store.contains(1);
  store.size();
  store.flush();
  store.count();
}

seastar::future<> flushes(Store &store) {
  store.flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Store::flush' may block
  co_await store.flush_async();
}

cppcoro::task<> file(Store &store) {
  auto load = [&] { return store.load(1); };
  load();
  co_return;
}

asio::awaitable<void> of_a_library(asio::ip::tcp::socket &socket) {
  socket.close();
  co_return;
}

template <typename T> folly::coro::Task<void> instance(Store &store, T key) {
  store.load(key);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Store::load' may block
  co_return;
}
folly::coro::Task<void> uses(Store &store) {
  co_await instance(store, 1);
  co_await instance(store, 'a');
}
