// RUN: %check %s async-escaping-cancellation

// Loops in the background whose condition is never reached.

#include <chrono>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/condition-variable.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;
using namespace seastar;

void log(const char *text, std::exception_ptr error);
bool is_expected(std::exception_ptr error);
struct logger {
  template <class... T> void debug(const char *text, T &&...values);
  template <class... T> void error(const char *text, T &&...values);
} out;

class service {
  abort_source stopping, other;
  gate running;
  future<> step();

  future<> logged() {
    while (!stopping.abort_requested()) {
      co_await step();
      co_await sleep_abortable(1s, stopping);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'seastar::sleep_abortable' throws when 'stopping' is told to stop, and the loop never gets to ask: the exception is handled as an error; catch it here, and leave the loop [async-escaping-cancellation]
    }
  }
  future<> dropped() {
    do {
      co_await sleep_abortable(1s, stopping);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'seastar::sleep_abortable' throws when 'stopping' is told to stop, and the loop never gets to ask: the exception leaves a future that nobody looks at; catch it here, and leave the loop
    } while (!stopping.abort_requested());
  }
  future<> caught() {
    while (!stopping.abort_requested()) {
      try {
        co_await sleep_abortable(1s, stopping);
      } catch (const sleep_aborted &) {
        break;
      }
    }
  }
  future<> as_value() {
    while (!stopping.abort_requested()) {
      auto f = co_await coroutine::as_future(sleep_abortable(1s, stopping));
      f.ignore_ready_future();
    }
  }
  future<> by_another_source() {
    while (!stopping.abort_requested())
      co_await sleep_abortable(1s, other);
  }
  // It means to end so.
  future<> for_ever() {
    for (;;)
      co_await sleep_abortable(1s, stopping);
  }
  future<> expected() {
    while (!stopping.abort_requested())
      co_await sleep_abortable(1s, stopping);
  }
  future<> for_developers() {
    while (!stopping.abort_requested())
      co_await sleep_abortable(1s, stopping);
  }
  future<> for_everybody() {
    while (!stopping.abort_requested())
      co_await sleep_abortable(1s, stopping);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} the exception is handled as an error
  }
  future<> awaited() {
    while (!stopping.abort_requested())
      co_await sleep_abortable(1s, stopping);
  }

public:
  void start() {
    (void)with_gate(running, [this] { return logged(); })
        .handle_exception([](std::exception_ptr e) { log("failed", e); });
    (void)with_gate(running, [this] { return dropped(); });
    (void)with_gate(running, [this] { return caught(); });
    (void)as_value();
    (void)by_another_source();
    (void)for_ever();
    (void)expected().handle_exception([](std::exception_ptr e) {
      if (!is_expected(e))
        log("failed", e);
    });
    (void)expected().handle_exception([](std::exception_ptr) {});
    (void)for_developers().handle_exception(
        [](std::exception_ptr e) { out.debug("the loop has ended: {}", e); });
    (void)for_everybody().handle_exception(
        [](std::exception_ptr e) { out.error("the loop has ended: {}", e); });
    (void)expected().handle_exception_type([](const sleep_aborted &) {});
    (void)expected().then_wrapped([](future<> f) { f.ignore_ready_future(); });
    (void)with_gate(running, [this]() -> future<> {
      while (!stopping.abort_requested()) {
        co_await sleep_abortable(1s, stopping);
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'seastar::sleep_abortable' throws when 'stopping' is told to stop
      }
    });
    (void)with_gate(running, [this]() -> future<> {
      try {
        co_await expected();
      } catch (...) {
      }
    });
  }
  future<> run() { co_await awaited(); }
};

// What breaks a condition variable wakes those who wait, by an exception.
class publisher {
  condition_variable changed, other;
  gate running;
  bool stopped = false;
  future<> publish();
  future<> loop() {
    while (!running.is_closed()) {
      co_await changed.wait();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'seastar::condition_variable::wait' throws when 'changed' is broken, and the loop never gets to ask: the exception is handled as an error; catch it here, and leave the loop
      co_await publish();
    }
  }
  future<> not_broken() {
    while (!running.is_closed())
      co_await other.wait();
  }
  future<> caught() {
    while (!stopped) {
      try {
        co_await changed.wait();
      } catch (const broken_condition_variable &) {
        co_return;
      }
    }
  }
  future<> for_ever() {
    for (;;)
      co_await changed.wait();
  }

public:
  void start() {
    (void)loop().handle_exception([](std::exception_ptr e) { log("failed", e); });
    (void)not_broken();
    (void)caught();
    (void)for_ever();
  }
  future<> stop() {
    stopped = true;
    changed.broken();
    return running.close();
  }
};
