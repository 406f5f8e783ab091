// RUN: %check %s async-continuation-capture

// Objects that some callbacks keep, and others do not.

#include <boost/asio.hpp>
#include <folly/executors/CPUThreadPoolExecutor.h>
#include <seastar/core/shared_ptr.hh>
#include <seastar/core/sleep.hh>
#include <chrono>
#include <memory>
#include <string>

namespace asio = boost::asio;
using namespace std::chrono_literals;

class Session : public std::enable_shared_from_this<Session> {
public:
  void start() {
    asio::post(strand_, [self = shared_from_this(), this] { open(); });
  }
  void stop() {
    asio::post(strand_, [this] { close(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: the object may be gone when this callback uses it: other callbacks of 'Session' keep it, and this one does not; capture shared_from_this() [async-continuation-capture]
    // CHECK-NOTES: :[[@LINE-2]]:34: warning: the object may be gone
    // CHECK-NOTES-NEXT: :[[@LINE-6]]:25: note: this one keeps the object
  }
  // By a name.
  void open_later() {
    auto self = shared_from_this();
    asio::post(strand_, [this, self] { open(); });
  }
  void by_weak() {
    asio::post(strand_, [this, weak = weak_from_this()] {
      if (auto self = weak.lock())
        open();
    });
  }
  // One that another keeps is no reason to keep itself.
  void nested() {
    asio::post(strand_, [this, self = shared_from_this()] {
      open();
      asio::post(strand_, [this] { close(); });
      // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: the object may be gone
    });
  }
  // A handler is told that the operation was cancelled.
  void wait() {
    timer_.async_wait([this](auto error) {
      if (!error)
        close();
    });
  }
  void unused() {
    asio::post(strand_, [] {});
    asio::post(strand_, [this] { (void)sizeof(closed_); });
  }
  // The function goes on, and may wait.
  void and_waits() {
    asio::post(strand_, [this] { close(); });
    join();
  }
  // Nobody has it yet.
  Session(asio::io_context &loop) : strand_(loop), timer_(loop) {
    asio::post(strand_, [this] { open(); });
  }

private:
  void open();
  void close();
  void join();
  asio::io_context::strand strand_;
  asio::steady_timer timer_;
  bool closed_ = false;
};

// What keeps it has a name of its own.
class Connector : public std::enable_shared_from_this<Connector> {
public:
  void start(asio::io_context &loop) {
    asio::post(loop, [this] { connect(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: the object may be gone when this callback uses it
  }
  void stop(asio::io_context &loop) {
    asio::post(loop, [self = shared_from_this()] { self->disconnect(); });
  }
  void connect();
  void disconnect();
};

// All do the same: whoever has it sees to that.
class Alone : public std::enable_shared_from_this<Alone> {
public:
  void stop(asio::io_context &loop) {
    asio::post(loop, [this] { close(); });
  }
  void close();
};
class Plain {
public:
  void start(asio::io_context &loop) {
    auto self = std::make_shared<int>();
    asio::post(loop, [this, self] { close(); });
  }
  void stop(asio::io_context &loop) {
    asio::post(loop, [this] { close(); });
  }
  void close();
};

template <class T>
class Generic : public std::enable_shared_from_this<Generic<T>> {
public:
  void start(folly::CPUThreadPoolExecutor *executor) {
    executor->add([this, self = this->shared_from_this()] { close(); });
  }
  void stop(folly::CPUThreadPoolExecutor *executor) {
    executor->add([this] { close(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the object may be gone when this callback uses it
  }
  void close();
};
template class Generic<int>;

// What is kept until the chain has ended.
class Connection : public seastar::enable_lw_shared_from_this<Connection> {
public:
  void kept() {
    (void)seastar::sleep(1s).then([this] { close(); }).finally([self = shared_from_this()] {});
  }
  void dropped() {
    (void)seastar::sleep(1s).then([this] { close(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: the object may be gone when this continuation uses it
  }
  void close();
};
