// RUN: %check %s async-contended-task

#include <folly/coro/Task.h>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/future.hh>
#include <seastar/core/gate.hh>
#include <utility>

seastar::future<int> dial();
seastar::future<> hangUp(int connection);

class Pool {
public:
  seastar::future<int> query() {
    int connection = co_await dial();
    collect(connection);
    co_return connection;
  }
  seastar::future<> stop() { return std::move(collector_); }
  // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'collector_' is taken away here, and 'Pool::query', which may be suspended, calls 'Pool::collect' later, which adds to it; wait for the operations that have begun, and leave another one with std::exchange [async-contended-task]
  // CHECK-NOTES: :[[@LINE-2]]:47: warning: 'collector_' is taken
  // CHECK-NOTES-NEXT: :[[@LINE-6]]:5: note: called here
  // CHECK-NOTES-NEXT: :[[@LINE+4]]:16: note: added here

private:
  void collect(int connection) {
    collector_ = collector_.then([=] { return hangUp(connection); });
  }
  seastar::future<> collector_ = seastar::make_ready_future<>();
};

kj::Promise<int> receive();
kj::Promise<void> send(int message);

class Relay {
public:
  kj::Promise<void> forward() {
    int message = co_await receive();
    enqueue(message);
  }
  kj::Promise<void> drain() { return kj::mv(queue_); }
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'queue_' is taken away here, and 'Relay::forward', which may be suspended,

private:
  void enqueue(int message) {
    queue_ = queue_.then([=] { return send(message); });
  }
  kj::Promise<void> queue_;
};

// Right: all that have begun are waited for first.
class Gated {
public:
  seastar::future<int> query() {
    auto holder = gate_.hold();
    int connection = co_await dial();
    collect(connection);
    co_return connection;
  }
  seastar::future<> stop() {
    co_await gate_.close();
    co_await std::exchange(collector_, seastar::make_ready_future<>());
  }
  // Whoever holds the gate has its owner wait.
  seastar::future<> collected() { return std::move(collector_); }

private:
  void collect(int connection) {
    collector_ = collector_.then([=] { return hangUp(connection); });
  }
  seastar::gate gate_;
  seastar::future<> collector_ = seastar::make_ready_future<>();
};

// It stops the work first.
class Stopped {
public:
  seastar::future<int> query() {
    int connection = co_await dial();
    if (!stopped_)
      collect(connection);
    co_return connection;
  }
  seastar::future<> stop() {
    stopped_ = true;
    return std::move(collector_);
  }

private:
  void collect(int connection) {
    collector_ = collector_.then([=] { return hangUp(connection); });
  }
  bool stopped_ = false;
  seastar::future<> collector_ = seastar::make_ready_future<>();
};

// Nothing is added after a suspension, nor at any other time.
class Writer {
public:
  void write(int connection) {
    pending_ = pending_.then([=] { return hangUp(connection); });
  }
  seastar::future<> close() { return std::move(pending_); }
  seastar::future<> stop() { return std::move(done_); }
  seastar::future<int> query() { co_return co_await dial(); }

private:
  seastar::future<> pending_ = seastar::make_ready_future<>();
  seastar::future<> done_ = seastar::make_ready_future<>();
};
