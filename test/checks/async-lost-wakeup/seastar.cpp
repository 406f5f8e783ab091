// RUN: %check %s async-lost-wakeup

// Conditions of Seastar: signal is remembered until somebody waits, broadcast
// is not.

#include "seastar/core/condition-variable.hh"
#include "seastar/core/coroutine.hh"
#include "seastar/core/semaphore.hh"
#include "seastar/coroutine/maybe_yield.hh"
#include <chrono>
#include <deque>

using namespace std::chrono_literals;

seastar::future<> print(int page);

class printer {
public:
  void add(int page) {
    pages_.push_back(page);
    changed_.broadcast();
    told_.signal();
  }
  void stop() {
    as_.request_abort();
    changed_.broadcast();
    stopped_.broadcast();
  }
  seastar::future<> works_then_waits();
  seastar::future<> waits_then_works();
  seastar::future<> gives_back();
  seastar::future<> guard_in_a_block();
  seastar::future<> asks_only_whether_to_stop();
  seastar::future<> goes_over_its_own();
  seastar::future<> predicate();
  seastar::future<> looks_again();
  seastar::future<> counts();
  seastar::future<> drains();
  seastar::future<> remembered();
  seastar::future<> only_for_some_time();
  seastar::future<> told_to_stop();
  seastar::future<> at_once();

private:
  std::deque<int> pages_;
  int rounds_ = 0;
  seastar::condition_variable changed_, told_, stopped_, unknown_;
  seastar::semaphore mutex_{1};
  seastar::abort_source as_;
};

seastar::future<> printer::works_then_waits() {
  for (;;) {
    co_await print(1);
    co_await changed_.when();
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced before this wait for it begins: the coroutine has been suspended since it last looked, and what 'broadcast' says when nobody waits is forgotten; wait with a predicate [async-lost-wakeup]
  }
}

seastar::future<> printer::waits_then_works() {
  while (!as_.abort_requested()) {
    co_await changed_.wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced
    co_await print(pages_.front());
  }
}

seastar::future<> printer::gives_back() {
  for (;;) {
    auto units = co_await seastar::get_units(mutex_, 1);
    while (!pages_.empty()) {
      co_await print(pages_.front());
      pages_.pop_front();
    }
    units.return_all();
    co_await changed_.when();
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced before this wait for it begins: the coroutine has given back its lock since it last looked
  }
}

seastar::future<> printer::guard_in_a_block() {
  for (;;) {
    {
      auto units = co_await seastar::get_units(mutex_, 1);
      if (pages_.empty())
        ++rounds_;
    }
    co_await changed_.wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced
  }
}

seastar::future<> printer::asks_only_whether_to_stop() {
  for (;;) {
    co_await print(1);
    if (as_.abort_requested())
      co_return;
    co_await changed_.wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced
  }
}

seastar::future<> printer::goes_over_its_own() {
  for (;;) {
    std::deque<int> mine = std::exchange(pages_, {});
    for (int page : mine)
      co_await print(page);
    co_await changed_.wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'changed_' may have been announced
  }
}

// Correct.

seastar::future<> printer::predicate() {
  for (;;) {
    co_await print(1);
    co_await changed_.when([this] { return !pages_.empty(); });
    co_await changed_.wait([this] { return !pages_.empty(); });
  }
}

seastar::future<> printer::looks_again() {
  for (;;) {
    co_await print(1);
    while (pages_.empty())
      co_await changed_.when();
    co_await print(pages_.front());
    if (pages_.empty())
      co_await changed_.when();
  }
}

seastar::future<> printer::counts() {
  for (;;) {
    const int before = rounds_;
    co_await print(1);
    if (before == rounds_)
      co_await changed_.wait();
  }
}

seastar::future<> printer::drains() {
  for (;;) {
    while (!pages_.empty()) {
      co_await print(pages_.front());
      pages_.pop_front();
    }
    co_await changed_.wait();
  }
}

seastar::future<> printer::remembered() {
  for (;;) {
    co_await told_.wait();
    co_await print(1);
  }
}

seastar::future<> printer::only_for_some_time() {
  for (;;) {
    co_await print(1);
    co_await changed_.wait(10s);
  }
}

// Who announces it, and how, is not known; or it is the end of the work.
seastar::future<> printer::told_to_stop() {
  while (!as_.abort_requested()) {
    co_await print(1);
    co_await stopped_.wait();
    co_await unknown_.wait();
  }
}

seastar::future<> printer::at_once() {
  co_await changed_.wait();
  co_await changed_.wait();
}

// Whoever comes to the end of its own work tells itself.
seastar::future<> local() {
  seastar::condition_variable done;
  done.broadcast();
  co_await print(1);
  co_await done.wait();
}

// One that only passes on that the work is to end, or may do so.
seastar::future<> only_announces() {
  seastar::condition_variable more;
  auto stopped = [&] { more.broadcast(); };
  stopped();
  co_await print(1);
  co_await more.wait();
}

// It knows who waits.
seastar::future<> starts_what_waits() {
  seastar::condition_variable go;
  auto waits = [&]() -> seastar::future<> {
    co_await print(1);
    co_await go.wait();
  };
  auto waiting = waits();
  go.broadcast();
  co_await std::move(waiting);
}

template <typename T> class collector {
public:
  void add(T value) {
    values_.push_back(value);
    more_.broadcast();
  }
  seastar::future<> run() {
    for (;;) {
      co_await print(1);
      co_await more_.wait();
      // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'more_' may have been announced
    }
  }

private:
  std::deque<T> values_;
  seastar::condition_variable more_;
};
template class collector<int>;
template class collector<long>;

// A lambda that announces more than the end.
seastar::future<> in_lambdas(int &pages) {
  seastar::condition_variable more;
  auto add = [&] {
    ++pages;
    more.broadcast();
  };
  add();
  co_await print(pages);
  co_await more.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'more' may have been announced
}
