// RUN: %check %s async-timeout-misuse

// Points in time, work that does not suspend, and what comes too late.

#include <chrono>
#include <seastar/core/condition-variable.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/with_timeout.hh>
#include <string>
#include <vector>

namespace ss = seastar;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

int next_of(const std::string &text);
ss::future<std::string> load();

// Starts when a test says so.
struct ManualClock {
  using rep = long;
  using period = std::milli;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<ManualClock>;
  static const bool is_steady = true;
  static time_point now();
  static void advance(duration by);
};

//===-- Until when --------------------------------------------------------===//

static const Clock::time_point GiveUpAt = Clock::now() + 30s;
constexpr Clock::time_point Noon{12h};
constexpr Clock::time_point Never = Clock::time_point::max();

ss::future<> fixed() {
  co_await ss::with_timeout(Clock::time_point(10s), load());
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'seastar::with_timeout' takes a point in time, and this one is always the same: it has mostly passed; add the time to what the clock says now [async-timeout-misuse]
  co_await ss::with_timeout(Noon, load());
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'seastar::with_timeout' takes a point in time, and this one is always the same
  co_await ss::with_timeout(GiveUpAt, load());
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'GiveUpAt' gets its value once in the life of the program, and 'seastar::with_timeout' waits no more from then on; ask the clock here
  // CHECK-MESSAGES: :33:32: note: declared here
  static const auto deadline = Clock::now() + 1s;
  co_await ss::with_timeout(deadline, load());
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'deadline' gets its value once in the life of the program
  // CHECK-MESSAGES: :[[@LINE-3]]:21: note: declared here
}
ss::future<> moving(Clock::time_point until) {
  const auto deadline = Clock::now() + 1s;
  co_await ss::with_timeout(deadline, load());
  co_await ss::with_timeout(Clock::now() + 1s, load());
  co_await ss::with_timeout(until, load());
  co_await ss::with_timeout(Never, load());
  co_await ss::with_timeout(Clock::time_point::max(), load());
  co_await ss::with_timeout(Clock::time_point::min(), load());
  co_await ss::with_timeout(Clock::time_point(), load());
  co_await ss::with_timeout(ManualClock::time_point(10s), load());
  // Set again by others.
  static auto last = Clock::now() + 1s;
  co_await ss::with_timeout(last, load());
  last = Clock::now();
}

//===-- Work --------------------------------------------------------------===//

ss::future<int> parse(std::string text) {
  int sum = 0;
  for (int i = 0; i < 1000; ++i)
    sum += next_of(text);
  co_return sum;
}
ss::future<int> sum_of(std::vector<std::string> all) {
  int sum = 0;
  for (const std::string &one : all)
    sum += co_await parse(one);
  co_return sum;
}
ss::future<int> load_all() {
  int sum = 0;
  for (int i = 0; i < 4; ++i)
    sum += next_of(co_await load());
  co_return sum;
}
ss::future<> no_work() { co_return; }
struct Base {
  virtual ss::future<> run() {
    while (next_of("") != 0)
      ;
    co_return;
  }
};
ss::future<> work(std::string text, std::vector<std::string> all, Base &base) {
  auto deadline = Clock::now() + 1s;
  co_await ss::with_timeout(deadline, parse(text));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'seastar::with_timeout' can't end 'parse', which never suspends: it has done all its work before anybody looks at the clock; let it suspend in its loops, or limit what it waits for
  // CHECK-MESSAGES: :[[@LINE-30]]:17: note: declared here
  co_await ss::with_timeout(deadline, sum_of(all));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'seastar::with_timeout' can't end 'sum_of', which never suspends
  auto sum = [&]() -> ss::future<int> {
    int found = 0;
    while (int one = next_of(text))
      found += one;
    co_return found;
  };
  co_await ss::with_timeout(deadline, sum());
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'seastar::with_timeout' can't end
  co_await ss::with_timeout(deadline, load_all());
  co_await ss::with_timeout(deadline, no_work());
  co_await ss::with_timeout(deadline, base.run());
}

//===-- What comes too late -----------------------------------------------===//

ss::future<> late(ss::semaphore &slots, ss::rwlock &lock) {
  auto deadline = Clock::now() + 1s;
  co_await ss::with_timeout(deadline, slots.wait(2));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: when 'seastar::semaphore::wait' succeeds too late, 'seastar::with_timeout' drops what it has taken, and nobody gets that any more; give the wait a time of its own, or get what gives back what it holds
  auto waiting = lock.write_lock();
  co_await ss::with_timeout(deadline, std::move(waiting));
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: when 'seastar::rwlock::write_lock' succeeds too late
  auto units = co_await ss::with_timeout(deadline, ss::get_units(slots, 1));
  co_await slots.wait(1s);
}
