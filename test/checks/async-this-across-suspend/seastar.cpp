// RUN: %check %s async-this-across-suspend

#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/shared_ptr.hh>
#include <seastar/core/sleep.hh>

using namespace std::chrono_literals;

struct Connection : seastar::enable_lw_shared_from_this<Connection> {
  int Count = 0;
  seastar::gate Gate;

  seastar::future<> process() {
    ++Count;
    co_await seastar::sleep(1s);
    ++Count;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Connection::process' uses its object after a suspension, when that may be gone: it is started with nobody to wait for it, and it holds no reference; keep 'shared_from_this()' in a variable from before the suspension on [async-this-across-suspend]
    // CHECK-FIXES: auto self = shared_from_this();
    // CHECK-FIXES-NEXT: ++Count;
  }
  void start() { (void)process(); }

  seastar::future<> logged() {
    co_await seastar::sleep(1s);
    ++Count;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Connection::logged' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  void start_logged() {
    (void)logged().handle_exception([](std::exception_ptr) {});
  }

  seastar::future<> kept() {
    co_await seastar::sleep(1s);
    ++Count;
  }
  void start_kept() { (void)kept().finally([self = shared_from_this()] {}); }

  seastar::future<> held() {
    auto holder = Gate.hold();
    co_await seastar::sleep(1s);
    ++Count;
  }
  void start_held() { (void)held(); }

  seastar::future<> given(seastar::gate::holder) {
    co_await seastar::sleep(1s);
    ++Count;
  }
  void start_given() { (void)given(Gate.hold()); }

  seastar::future<> gated() {
    co_await seastar::sleep(1s);
    ++Count;
  }
  void start_gated() {
    (void)seastar::with_gate(Gate, [this] { return gated(); });
  }

  seastar::future<> awaited() {
    co_await seastar::sleep(1s);
    ++Count;
  }
  seastar::future<> awaits() {
    auto self = shared_from_this();
    co_await awaited();
  }
};

template <class T> struct Generic : seastar::enable_lw_shared_from_this<Generic<T>> {
  T Count = 0;
  seastar::future<> process() {
    co_await seastar::sleep(1s);
    ++Count;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Generic::process' uses its object after a suspension
  }
  void start() { (void)process(); }
  seastar::future<> kept() {
    auto self = this->shared_from_this();
    co_await seastar::sleep(1s);
    ++Count;
  }
  void start_kept() { (void)kept(); }
};
template struct Generic<int>;
template struct Generic<long>;
