// RUN: %check %s async-lost-cancel-source

// Tokens that keep what they share with their source.

#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/task.hpp>
#include <folly/CancellationToken.h>
#include <folly/coro/Task.h>
#include <folly/coro/WithCancellation.h>

namespace coro = folly::coro;

coro::Task<void> serve();

class Server {
public:
  coro::Task<void> run() {
    co_await coro::co_withCancellation(Stopping.getToken(), serve());
  }
  void stop() {}

private:
  folly::CancellationSource Stopping;
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: no member function tells 'Stopping' to cancel anything, and nobody else can: what listens to it is never cancelled; tell it where the object is told to stop, or leave it out [async-lost-cancel-source]
  // CHECK-MESSAGES: :[[@LINE-7]]:49: note: listened to here
};
cppcoro::task<> count(cppcoro::cancellation_token token);
class Counter {
  cppcoro::cancellation_source Stop;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: no member function tells 'Stop' to cancel anything
  // CHECK-MESSAGES: :[[@LINE+1]]:47: note: listened to here
  cppcoro::task<> run() { co_await count(Stop.token()); }
};

//===-- Right -------------------------------------------------------------===//

class Stopped {
public:
  coro::Task<void> run() {
    co_await coro::co_withCancellation(Stopping.getToken(), serve());
  }
  ~Stopped() { Stopping.requestCancellation(); }

private:
  folly::CancellationSource Stopping;
};
// Others may know what its functions do.
class Elsewhere {
public:
  coro::Task<void> run() {
    co_await coro::co_withCancellation(Stopping.getToken(), serve());
  }
  void stop();

private:
  folly::CancellationSource Stopping;
};
class Public {
public:
  coro::Task<void> run() {
    co_await coro::co_withCancellation(Stopping.getToken(), serve());
  }
  folly::CancellationSource Stopping;
};
class Befriended {
  friend class Owner;
  coro::Task<void> run() {
    co_await coro::co_withCancellation(Stopping.getToken(), serve());
  }
  folly::CancellationSource Stopping;
};
class Shared {
public:
  explicit Shared(const folly::CancellationSource &other) : Stopping(other) {}
  coro::Task<void> run() {
    co_await coro::co_withCancellation(Stopping.getToken(), serve());
  }

private:
  folly::CancellationSource Stopping;
};
