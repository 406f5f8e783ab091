// RUN: %check %s async-cancellation-not-checked

// An object that is told to stop, and a loop of it that never looks.

#include <chrono>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;
using namespace seastar;

future<> elsewhere();

class client {
  abort_source stopping;
  abort_source unused;
  gate running;
  bool stopped = false;
  int attempts = 0;
  future<bool> connect() { co_return false; }
  future<bool> connect_or_throw() {
    stopping.check();
    co_return false;
  }
  bool is_stopped() const { return stopped; }

public:
  future<> stop() {
    stopping.request_abort();
    co_await running.close();
  }
  future<bool> reconnect(std::chrono::steady_clock::time_point deadline) {
    auto hold = running.hold();
    while (std::chrono::steady_clock::now() < deadline) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop does not look at 'stopping', and goes on when 'client::stop' says that it is time to stop; ask it in each round, and co_await seastar::sleep_abortable [async-cancellation-not-checked]
      if (co_await connect())
        co_return true;
      co_await sleep(1s);
    }
    co_return false;
  }
  future<> for_ever() {
    for (;;) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop does not look at 'stopping'
      ++attempts;
      co_await seastar::sleep(1s);
    }
  }
  // Those that look.
  future<> asks() {
    while (!stopping.abort_requested())
      co_await sleep(100ms);
  }
  // Too late.
  future<> asks_behind(std::chrono::milliseconds interval) {
    while (!stopping.abort_requested()) {
      co_await connect();
      co_await sleep(2s);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait goes on when 'stopping' says that it is time to stop, and only then the loop asks; co_await seastar::sleep_abortable [async-cancellation-not-checked]
    }
    while (!stopping.abort_requested())
      co_await sleep(interval);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait goes on when 'stopping' says
    while (!stopping.abort_requested())
      co_await sleep(interval / 10 + 5ms);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait goes on when 'stopping' says
    while (!stopping.abort_requested())
      co_await sleep_abortable(interval, stopping);
  }
  future<> in_the_background() {
    return with_gate(running, [this]() -> future<> {
      for (;;) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop does not look at 'stopping'
        ++attempts;
        co_await sleep(1s);
      }
    });
  }
  future<> checks() {
    for (;;) {
      stopping.check();
      co_await sleep(1s);
    }
  }
  future<> waits() {
    for (;;)
      co_await sleep_abortable(1s, stopping);
  }
  future<> looks_at_a_flag() {
    while (!stopped)
      co_await sleep(1s);
  }
  future<> looks_at_the_gate() {
    while (!running.is_closed())
      co_await sleep(1s);
  }
  future<> asks_a_member() {
    while (!is_stopped())
      co_await sleep(1s);
  }
  future<> calls_what_checks() {
    for (;;) {
      co_await connect_or_throw();
      co_await sleep(1s);
    }
  }
  // Somebody else may look.
  future<> calls_what_is_not_seen() {
    for (;;) {
      co_await elsewhere();
      co_await sleep(1s);
    }
  }
  future<> no_loop() { co_await sleep(1s); }
  // Nothing in it takes time.
  future<> no_wait() {
    for (;;)
      co_await connect();
  }
};

// Nobody tells this one to stop.
class other {
  abort_source never;

public:
  future<> run() {
    for (;;)
      co_await sleep(1s);
  }
};

// A parameter that is there for nothing.
future<> step();
future<> ignores(abort_source &as) {
  for (;;)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop goes on when 'as' says that it is time to stop: nothing in it asks; ask in each round, or pass it to what the loop awaits [async-cancellation-not-checked]
    co_await step();
}
future<> asks_once(abort_source &as, int count) {
  as.check();
  while (--count > 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop goes on when 'as' says
    co_await step();
}
