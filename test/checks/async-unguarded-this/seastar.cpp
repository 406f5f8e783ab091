// RUN: %check %s async-unguarded-this
// What is stopped waits for nothing.

#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;

struct Machine {
  int Index = 0;
  seastar::future<> transfer() {
    co_await seastar::sleep(1s);
    ++Index;
  }
  seastar::future<> stop() { return seastar::make_ready_future<>(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Machine::stop' waits for nothing, while 'Machine::transfer' may be suspended and use the object later; hold a gate there, and close it here [async-unguarded-this]
};

struct Gated {
  int Index = 0;
  seastar::gate Gate;
  seastar::future<> transfer() {
    auto holder = Gate.hold();
    co_await seastar::sleep(1s);
    ++Index;
  }
  seastar::future<> stop() { return Gate.close(); }
};

// What has no work in the background has nothing to wait for.
struct Idle {
  int Index = 0;
  seastar::future<> transfer() {
    ++Index;
    co_await seastar::sleep(1s);
  }
  seastar::future<> stop() { co_return; }
};
