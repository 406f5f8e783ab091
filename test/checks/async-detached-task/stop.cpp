// RUN: %check %s async-detached-task

// Work in the background of an object that is stopped without waiting for it.

#include <functional>
#include <memory>
#include <optional>
#include <seastar/core/coroutine.hh>
#include <seastar/core/future.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/semaphore.hh>
#include <tuple>

seastar::future<> flush();
void report(std::exception_ptr);

class Listener {
public:
  void on_event(int n) {
    (void)handle(n);
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: nobody waits for this work, which uses 'Listener': 'Listener::stop' does not, and the object may be gone before the work has ended; run it in a gate or a scope that 'stop' closes [async-detached-task]
    static_cast<void>(
        handle(n).handle_exception([](std::exception_ptr e) { report(e); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody waits for this work, which uses 'Listener'
    std::ignore = flush().then([this] { ++Events; });
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: nobody waits for this work, which uses 'Listener'
    // This one does not use the object.
    (void)flush();
  }
  seastar::future<> stop() { return flush(); }

private:
  seastar::future<> handle(int n);
  int Events = 0;
};

// Waits for the gate.
class WithGate {
public:
  void on_event(int n) {
    (void)seastar::with_gate(Gate, [this, n] { return handle(n); });
    (void)handle(n);
  }
  seastar::future<> stop() { return Gate.close(); }

private:
  seastar::future<> handle(int n);
  seastar::gate Gate;
};

// Waits for the future.
class WithFuture {
public:
  void on_event(int n) { (void)handle(n); }
  seastar::future<> stop() { co_await std::move(*Done); }

private:
  seastar::future<> handle(int n);
  std::optional<seastar::future<>> Done;
};

// Waits for what the work holds.
class WithSemaphore {
public:
  void on_event(int n) { (void)handle(n); }
  seastar::future<> stop() { return Limit.wait(10); }

private:
  seastar::future<> handle(int n);
  seastar::semaphore Limit{10};
};

// The work shares the object.
class Shared : public std::enable_shared_from_this<Shared> {
public:
  void on_event(int n) {
    (void)handle(n).then([self = shared_from_this()] {});
  }
  seastar::future<> stop() { return flush(); }

private:
  seastar::future<> handle(int n);
};

// Nobody says when it has been stopped, or how, in this file.
class NeverStopped {
public:
  void on_event(int n) { (void)handle(n); }

private:
  seastar::future<> handle(int n);
};
class StoppedElsewhere {
public:
  void on_event(int n) { (void)handle(n); }
  seastar::future<> stop();

private:
  seastar::future<> handle(int n);
};

// A project's own task, which does not end with its object.
struct Background {
  struct promise_type {
    Background get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
  };
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const {}
  void await_resume() const noexcept {}
};
class Poller {
public:
  void on_event() {
    (void)poll();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: nobody waits for this work, which uses 'Poller'
  }
  Background close() { co_return; }

private:
  Background poll();
};
