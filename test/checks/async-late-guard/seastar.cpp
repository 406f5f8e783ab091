// RUN: %check %s async-late-guard

#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/with_timeout.hh>
#include <chrono>
#include <functional>

using namespace std::chrono_literals;

class Log {
  seastar::gate Gate;

  seastar::future<int> write(int Line);
  seastar::future<int> write_slowly(int Line) {
    co_await seastar::sleep(1s);
    co_return Line;
  }

  seastar::future<int> in_finally(int Line) {
    co_return co_await write(Line).finally([H = Gate.hold()] {});
    // CHECK-MESSAGES: :[[@LINE-1]]:54: warning: this guard is taken when 'Log::write' has begun: should that fail, the exception leaves the work going on without a guard; take it before the call [async-late-guard]
  }
  seastar::future<int> returned(int Line) {
    return write_slowly(Line).finally([H = Gate.hold()] {});
    // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: this guard is taken when 'Log::write_slowly' has begun: should that fail, the exception leaves the work going on without a guard; take it before the call [async-late-guard]
  }
  seastar::future<int> in_a_chain(int Line) {
    return write(Line).then([](int N) { return N; }).finally([H = Gate.hold()] {
    // CHECK-MESSAGES: :[[@LINE-1]]:72: warning: this guard is taken when 'Log::write' has begun: should that fail, the exception leaves the work going on without a guard; take it before the call [async-late-guard]
    });
  }
  seastar::future<int> below(int Line) {
    auto Work = write(Line);
    auto H = Gate.hold();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: this guard is taken when 'Log::write' has begun: should that fail, the exception leaves the work going on without a guard; take it before the call [async-late-guard]
    co_return co_await std::move(Work);
  }

  // It is there before the work is.
  seastar::future<int> above(int Line) {
    auto H = Gate.hold();
    auto Work = write(Line);
    co_return co_await std::move(Work);
  }
  seastar::future<int> moved(int Line) {
    auto H = Gate.hold();
    return write(Line).finally([H = std::move(H)] {});
  }
  seastar::future<int> in_a_continuation(int Line) {
    return seastar::sleep(1s).then([this, Line] {
      auto H = Gate.hold();
      return write(Line).finally([H = std::move(H)] {});
    });
  }
  seastar::future<> nothing_has_begun() {
    return seastar::make_ready_future<>().finally([H = Gate.hold()] {});
  }
  // What is given up when it takes too long goes on without the guard anyway.
  seastar::future<int> given_up(int Line) {
    return seastar::with_timeout(std::chrono::steady_clock::now() + 1s, write(Line))
        .finally([H = Gate.hold()] {});
  }
  seastar::future<int> has_ended(int Line) {
    auto Result = co_await write(Line);
    auto H = Gate.hold();
    co_return co_await write(Result);
  }
  seastar::future<int> given_away(int Line) {
    auto Work = write(Line).then([](int N) { return N; });
    auto Both = seastar::when_all(std::move(Work));
    auto H = Gate.hold();
    co_return Line;
  }
};
