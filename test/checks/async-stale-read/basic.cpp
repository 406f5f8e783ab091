// RUN: %check %s async-stale-read

#include "asio.hpp"
#include "task.h"
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <memory>
#include <optional>

struct Connection {
  void send();
};
using Pointer = std::shared_ptr<Connection>;

asio::awaitable<Pointer> dial();
folly::coro::Task<int> fetch();
app::Task<> step();
cppcoro::task<Pointer> open();

class Client {
public:
  asio::awaitable<void> connect() {
    if (!connection_)
      connection_ = co_await dial();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'connection_' was tested before a suspension, and another call may have set it meanwhile; test it again, or hold an async lock [async-stale-read]
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'connection_' was tested before
    // CHECK-NOTES-NEXT: :[[@LINE-4]]:9: note: tested here
  }
  folly::coro::Task<int> cached() {
    if (cache_.has_value())
      co_return *cache_;
    int value = co_await fetch();
    cache_ = value;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'cache_' was tested before a suspension
    co_return value;
  }
  app::Task<> start() {
    if (started_)
      co_return;
    co_await step();
    started_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'started_' was tested before a suspension
  }
  static app::Task<> compared(std::shared_ptr<Client> self) {
    if (self->raw_ == nullptr) {
      co_await step();
      self->raw_ = new Connection;
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'self->raw_' was tested before a suspension
    }
  }

  // Right.
  app::Task<> again() {
    if (started_)
      co_return;
    co_await step();
    if (started_)
      co_return;
    started_ = true;
  }
  app::Task<> at_once() {
    if (started_)
      co_return;
    started_ = true;
    co_await step();
  }
  app::Task<> stop() {
    if (!started_)
      co_return;
    co_await step();
    started_ = false;
  }
  app::Task<> unrelated() {
    if (!started_)
      use();
    co_await step();
    if (!started_)
      started_ = true;
  }
  app::Task<> local() {
    Pointer connection;
    if (!connection)
      connection = co_await dial_app();
    connection->send();
  }
  cppcoro::task<> locked() {
    co_await mutex_.lock_async();
    if (!connection_)
      connection_ = co_await open();
    mutex_.unlock();
  }

private:
  void use();
  app::Task<Pointer> dial_app();
  Pointer connection_;
  Connection *raw_ = nullptr;
  std::optional<int> cache_;
  bool started_ = false;
  cppcoro::async_mutex mutex_;
};

template <class T> class Lazy {
public:
  app::Task<> load() {
    if (!value_)
      value_ = co_await make();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'value_' was tested before a suspension
  }

private:
  app::Task<T> make();
  std::optional<T> value_;
};

app::Task<> load(Lazy<int> &a, Lazy<long> &b) {
  co_await a.load();
  co_await b.load();
}
