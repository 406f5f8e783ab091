// RUN: %check %s async-wrong-timeout-error

// Each kind of wait throws an exception of its own.

#include <chrono>
#include <functional>
#include <seastar/core/condition-variable.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/with_timeout.hh>

namespace ss = seastar;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace app {
class request_timeout : public std::exception {};
class timeout_error : public std::exception {};
} // namespace app

void log(const char *text);
ss::future<> elsewhere();

class Replica {
  ss::condition_variable Changed;
  ss::semaphore Slots{4};
  bool Ready = false;
  std::chrono::seconds limit() const;

  ss::future<bool> base_of_another() {
    try {
      co_await Changed.wait(1s);
      // CHECK-MESSAGES: :[[@LINE+2]]:7: warning: nothing here throws 'seastar::timed_out_error': when it takes too long, 'seastar::condition_variable::wait' throws 'seastar::condition_variable_timed_out', which this handler does not catch; catch that [async-wrong-timeout-error]
      // CHECK-MESSAGES: :[[@LINE-2]]:7: note: thrown here
    } catch (const ss::timed_out_error &) {
      co_return false;
    }
    co_return true;
  }
  ss::future<bool> predicate() {
    try {
      co_await Changed.wait(limit(), [this] { return Ready; });
    } catch (const ss::semaphore_timed_out &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing here throws 'seastar::semaphore_timed_out'
      co_return false;
    } catch (const std::exception &) {
      log("failed");
      throw;
    }
    co_return true;
  }
  // What is waited for has no timeout of its own.
  ss::future<> around() {
    try {
      co_await ss::with_timeout(Clock::now() + 1s, Changed.wait());
    } catch (const ss::condition_variable_timed_out &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing here throws 'seastar::condition_variable_timed_out': when it takes too long, 'seastar::with_timeout' throws 'seastar::timed_out_error'
    }
  }
  ss::future<> of_the_project() {
    try {
      auto Units = co_await ss::get_units(Slots, 1, 1s);
    } catch (const app::request_timeout &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing here throws 'app::request_timeout': when it takes too long, 'seastar::get_units' throws 'seastar::semaphore_timed_out'
      log("busy");
    }
  }
  // Its parts are seen.
  ss::future<> wait_for_it() {
    while (!Ready)
      co_await Changed.wait();
  }
  ss::future<> seen() {
    try {
      co_await ss::with_timeout(Clock::now() + limit(), wait_for_it());
    } catch (const app::timeout_error &) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing here throws 'app::timeout_error'
    }
  }
};

//===-- Right -------------------------------------------------------------===//

class Correct {
  ss::condition_variable Changed;
  ss::semaphore Slots{4};
  bool Ready = false;
  std::function<ss::future<>()> Call;
  virtual ss::future<> overridden() { co_return; }

  ss::future<> its_own() {
    try {
      co_await Changed.wait(1s);
    } catch (const ss::condition_variable_timed_out &) {
    }
    try {
      co_await Slots.wait(1s, 2);
    } catch (const ss::timed_out_error &) {
    }
    // Some semaphores have names.
    try {
      co_await Slots.wait(1s);
    } catch (const ss::named_semaphore_timed_out &) {
    }
  }
  ss::future<> both() {
    try {
      co_await Changed.wait(1s);
    } catch (const ss::condition_variable_timed_out &) {
    } catch (const ss::timed_out_error &) {
    }
  }
  // What somebody else's code throws, nobody knows.
  ss::future<> unseen(ss::future<> given) {
    try {
      co_await ss::with_timeout(Clock::now() + 1s, elsewhere());
    } catch (const ss::condition_variable_timed_out &) {
    }
    try {
      co_await ss::with_timeout(Clock::now() + 1s, std::move(given));
    } catch (const ss::condition_variable_timed_out &) {
    }
    try {
      co_await ss::with_timeout(Clock::now() + 1s, Call());
    } catch (const ss::condition_variable_timed_out &) {
    }
    try {
      co_await ss::with_timeout(Clock::now() + 1s, overridden());
    } catch (const ss::condition_variable_timed_out &) {
    }
    try {
      co_await Changed.wait(1s);
      co_await elsewhere();
    } catch (const ss::rpc::timeout_error &) {
    }
  }
  void check() const;
  ss::future<> throws() {
    if (Ready)
      throw app::request_timeout();
    co_await Changed.wait();
  }
  ss::future<> seen() {
    try {
      co_await ss::with_timeout(Clock::now() + 1s, throws());
    } catch (const app::request_timeout &) {
    }
    try {
      co_await Changed.wait(1s);
      if (!Ready)
        throw app::timeout_error();
    } catch (const app::timeout_error &) {
    }
    try {
      check();
      co_await Changed.wait(1s);
    } catch (const app::timeout_error &) {
    }
  }
  // A timeout inside of another.
  ss::future<> nested() {
    try {
      co_await ss::with_timeout(Clock::now() + 1s, Changed.wait(2s));
    } catch (const ss::condition_variable_timed_out &) {
    }
  }
  // No time, no timeout.
  ss::future<> units() {
    try {
      co_await Slots.wait(2);
      auto Units = co_await ss::get_units(Slots, 1);
    } catch (const ss::timed_out_error &) {
    }
  }
  ss::future<> everything() {
    try {
      co_await Changed.wait(1s);
    } catch (const std::exception &) {
    }
    try {
      co_await Changed.wait(1s);
    } catch (...) {
    }
  }
};

template <class C> ss::future<> generic(C &changed) {
  try {
    co_await changed.wait(1s);
  } catch (const ss::timed_out_error &) {
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing here throws 'seastar::timed_out_error'
  }
}
template ss::future<> generic(ss::condition_variable &);
