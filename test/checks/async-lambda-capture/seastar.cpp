// RUN: %check %s async-lambda-capture

#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/loop.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/smp.hh>
#include <chrono>

using namespace std::chrono_literals;
using seastar::future;

class Service {
public:
  // A continuation is destroyed when it has returned.
  future<> continuation() {
    co_await seastar::sleep(1s).then([this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: capture 'this' is used when the lambda is gone: 'seastar::future::then' destroys the lambda when the lambda has returned; copy what it needs to local variables before the first suspension [async-lambda-capture]
      co_await seastar::sleep(1s);
      ++Done;
    });
    co_await seastar::sleep(1s).then([this]() -> future<> {
      ++Done;
      co_await seastar::sleep(1s);
    });
    co_await seastar::sleep(1s).then([this] {
      return seastar::sleep(1s).then([this] { ++Done; });
    });
    co_await seastar::sleep(1s).then(
        seastar::coroutine::lambda([this]() -> future<> {
          co_await seastar::sleep(1s);
          ++Done;
        }));
  }
  // The wrapper refers to the lambda, which has to be there.
  future<> wrapped() {
    return seastar::sleep(1s).then(
        seastar::coroutine::lambda([this]() -> future<> {
          // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: capture 'this' is used when the lambda is gone: the task is returned, and the lambda dies at the end of this statement
          co_await seastar::sleep(1s);
          ++Done;
        }));
  }
  future<> locked() {
    co_await seastar::with_semaphore(Limit, 1, [this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:48: warning: capture 'this' is used when the lambda is gone: 'seastar::with_semaphore' destroys the lambda when the lambda has returned
      co_await seastar::sleep(1s);
      ++Done;
    });
  }
  // This one calls the caller's lambda, at once.
  future<> gated() {
    co_await seastar::with_gate(Gate, [this]() -> future<> {
      co_await seastar::sleep(1s);
      ++Done;
    });
    co_await seastar::smp::submit_to(1, [this]() -> future<> {
      co_await seastar::sleep(1s);
      ++Done;
    });
  }
  future<> gated_and_returned() {
    return seastar::with_gate(Gate, [this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: capture 'this' is used when the lambda is gone: the task is returned, and the lambda dies at the end of this statement
      co_await seastar::sleep(1s);
      ++Done;
    });
  }
  // A named one is copied into the continuation.
  future<> named() {
    auto work = [this]() -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: capture 'this' is used when the lambda is gone: 'seastar::future::then' destroys the lambda
      co_await seastar::sleep(1s);
      ++Done;
    };
    co_await seastar::sleep(1s).then(work);
  }
  // A lambda around it that awaits it keeps it.
  future<> nested() {
    co_await seastar::with_gate(Gate, [this]() -> future<> {
      auto inner = [this]() -> future<> {
        co_await seastar::sleep(1s);
        ++Done;
      };
      co_await inner();
    });
  }

private:
  seastar::gate Gate;
  seastar::semaphore Limit{1};
  int Done = 0;
};
