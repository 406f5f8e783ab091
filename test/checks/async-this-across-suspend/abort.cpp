// RUN: %check %s async-this-across-suspend

// An object is told to end its work, and does not wait for it.

#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;

struct Machine {
  virtual ~Machine() = default;
  virtual seastar::future<> transfer() = 0;
  virtual seastar::future<> abort() = 0;
  virtual seastar::future<> stop() = 0;
};

struct Leaves final : Machine {
  int Index = 0;
  seastar::future<> transfer() override {
    co_await seastar::sleep(1s);
    ++Index;
  }
  seastar::future<> abort() override {
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Leaves::abort' waits for nothing, while 'Leaves::transfer' may be suspended and change the object later, which may be gone by then; hold a gate there, and close it here [async-this-across-suspend]
    // CHECK-MESSAGES: :[[@LINE-5]]:5: note: suspended here
    // CHECK-MESSAGES: :[[@LINE-5]]:7: note: changed here
    return seastar::make_ready_future<>();
  }
  // Who stops it may well have waited before.
  seastar::future<> stop() override { co_return; }
};

struct Holds final : Machine {
  int Index = 0;
  seastar::gate Gate;
  seastar::future<> transfer() override {
    auto holder = Gate.hold();
    co_await seastar::sleep(1s);
    ++Index;
  }
  seastar::future<> abort() override { return Gate.close(); }
  seastar::future<> stop() override { co_return; }
};

// It changes nothing that could be gone.
struct Reads final : Machine {
  int Index = 0;
  seastar::future<> transfer() override {
    ++Index;
    co_await seastar::sleep(Index * 1s);
  }
  seastar::future<> abort() override { return seastar::make_ready_future<>(); }
  seastar::future<> stop() override { co_return; }
};

// Its own callers know whether it runs.
struct Free {
  int Index = 0;
  seastar::future<> transfer() {
    co_await seastar::sleep(1s);
    ++Index;
  }
  seastar::future<> abort() { return seastar::make_ready_future<>(); }
};
