// RUN: %check %s async-unchecked-after-suspend

#include "asio.hpp"
#include "task.h"
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <memory>
#include <optional>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>

struct Connection {
  void send(int);
  bool closed() const;
};

asio::awaitable<int> next();
folly::coro::Task<int> fetch();
app::Task<> step();
seastar::future<> lock();
cppcoro::task<> open();
void use(int);

class Client {
public:
  asio::awaitable<void> greet() {
    if (!connection_)
      co_return;
    int number = co_await next();
    connection_->send(number);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'connection_' was tested before a suspension in which 'Client::close' may have emptied it; test it again [async-unchecked-after-suspend]
    // CHECK-NOTES: :[[@LINE-2]]:5: warning: 'connection_' was tested
    // CHECK-NOTES-NEXT: :[[@LINE-6]]:9: note: tested here
    // CHECK-NOTES-NEXT: :[[@LINE+78]]:17: note: emptied here
  }
  folly::coro::Task<void> optional() {
    if (cache_.has_value()) {
      co_await fetch();
      use(*cache_);
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'cache_' was tested before a suspension in which 'Client::close' may have emptied it
    }
  }
  app::Task<> raw() {
    if (raw_ != nullptr) {
      co_await step();
      raw_->send(1);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'raw_' was tested before a suspension
    }
  }

  app::Task<> unique() {
    if (!unique_)
      co_return;
    co_await step();
    unique_->send(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'unique_' was tested before a suspension in which 'Client::close' may have emptied it
  }

  // Right.
  app::Task<> again() {
    if (!connection_)
      co_return;
    co_await step();
    if (!connection_)
      co_return;
    connection_->send(1);
  }
  app::Task<> in_condition() {
    if (!connection_)
      co_return;
    co_await step();
    if (connection_ && !connection_->closed())
      connection_->send(1);
  }
  app::Task<> copied() {
    auto connection = connection_;
    if (!connection)
      co_return;
    co_await step();
    connection->send(1);
  }
  app::Task<> renewed() {
    if (!connection_)
      co_return;
    co_await step();
    connection_ = std::make_shared<Connection>();
    connection_->send(1);
  }
  app::Task<> never_tested() {
    co_await step();
    connection_->send(1);
  }
  app::Task<> before() {
    if (connection_)
      connection_->send(1);
    co_await step();
  }
  app::Task<> kept() {
    if (!kept_)
      co_return;
    co_await step();
    kept_->send(1);
  }
  app::Task<> own() {
    if (!own_)
      co_return;
    co_await step();
    own_->send(1);
    own_.reset();
  }
  void close() {
    connection_.reset();
    cache_ = std::nullopt;
    raw_ = nullptr;
    unique_.reset();
  }

private:
  std::shared_ptr<Connection> connection_, kept_, own_;
  std::unique_ptr<Connection> unique_;
  std::optional<int> cache_;
  Connection *raw_ = nullptr;
};

// A variable with a newer value, which nobody has tested.
class Leaders {
public:
  seastar::future<> refresh() {
    auto leader = current();
    if (!leader)
      co_return;
    co_await lock();
    leader = current();
    use(*leader);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'leader' was tested before a suspension, and not since it was read again; it may be empty by now; test it again
  }
  seastar::future<> tested() {
    auto leader = current();
    if (!leader)
      co_return;
    co_await lock();
    leader = current();
    if (leader)
      use(*leader);
  }
  seastar::future<> other() {
    auto leader = current();
    if (!leader)
      co_return;
    co_await lock();
    leader = always();
    use(*leader);
  }
  seastar::future<> untested() {
    auto leader = current();
    co_await lock();
    leader = current();
    use(*leader);
  }
  seastar::future<> kept() {
    auto leader = current();
    if (!leader)
      co_return;
    co_await lock();
    use(*leader);
  }

private:
  std::optional<int> current() const;
  std::optional<int> always() const;
};

template <class T> class Holder {
public:
  app::Task<> visit() {
    if (!value_)
      co_return;
    co_await step();
    use(*value_);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'value_' was tested before a suspension
  }
  void drop() { value_.reset(); }

private:
  std::optional<T> value_;
};

app::Task<> visit(Holder<int> &a, Holder<short> &b) {
  co_await a.visit();
  co_await b.visit();
}
void drop(Holder<int> &a, Holder<short> &b) {
  a.drop();
  b.drop();
}
