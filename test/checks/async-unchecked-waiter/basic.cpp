// RUN: %check %s async-unchecked-waiter

#include "cppcoro/task.hpp"
#include "folly/coro/Task.h"
#include "folly/futures/Future.h"
#include "seastar/core/condition-variable.hh"
#include "seastar/core/coroutine.hh"
#include <algorithm>
#include <map>
#include <memory>
#include <vector>

using offset = long;

// A promise for each who waits.
class replica {
public:
  seastar::future<> reached(offset o);
  seastar::future<> reached_awaits(offset o);
  seastar::future<> looks(offset o);
  seastar::future<> looks_by_a_call(offset o);
  seastar::future<> only_from_one_that_looks(offset o);
  seastar::future<> calls(offset o);
  seastar::future<> another_key(int client);
  void forget(offset o) { waiters_.erase(o); }

  void advance(offset o) {
    done_ = std::max(done_, o);
    auto end = waiters_.upper_bound(done_);
    for (auto it = waiters_.begin(); it != end; it = waiters_.erase(it))
      it->second.set_value();
  }

private:
  bool is_done(offset o) const { return done_ >= o; }

  std::map<offset, seastar::promise<>> waiters_;
  offset done_ = -1;
};

seastar::future<> replica::reached(offset o) {
  return waiters_[o].get_future();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this waiter is registered without a look at 'done_': when that has come so far already, nobody tells it any more; test it first [async-unchecked-waiter]
}

seastar::future<> replica::reached_awaits(offset o) {
  auto [it, is_new] = waiters_.try_emplace(o);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: this waiter is registered without a look at 'done_'
  co_await it->second.get_future();
}

seastar::future<> replica::looks(offset o) {
  if (done_ >= o)
    return seastar::make_ready_future<>();
  return waiters_[o].get_future();
}

seastar::future<> replica::looks_by_a_call(offset o) {
  if (is_done(o))
    co_return;
  co_await waiters_[o].get_future();
}

seastar::future<> replica::only_from_one_that_looks(offset o) {
  return waiters_[o].get_future();
}

seastar::future<> replica::calls(offset o) {
  return done_ < o ? only_from_one_that_looks(o)
                   : seastar::make_ready_future<>();
}

seastar::future<> replica::another_key(int client) {
  return waiters_[static_cast<offset>(client)].get_future();
}

// Whoever comes next is told, how far ever that is.
class turnstile {
public:
  seastar::future<> next(long visitor) {
    return waiters_[visitor].get_future();
  }
  void open(long visitor) {
    last_ = visitor;
    if (auto it = waiters_.find(visitor); it != waiters_.end())
      it->second.set_value();
  }

private:
  std::map<long, seastar::promise<>> waiters_;
  long last_ = 0;
};

// Nothing keeps how far things have come.
class board {
public:
  seastar::future<> until(long time) { return waiters_[time].get_future(); }
  void now(long time) {
    for (auto it = waiters_.begin(); it != waiters_.end() && it->first <= time;)
      it = waiters_.erase(it);
  }

private:
  std::multimap<int, int> others_;
  std::map<long, seastar::promise<>> waiters_;
};

// The promise is a part of what is kept, and a template.
template <typename Key> class monitor {
  struct waiter {
    int client;
    seastar::promise<int> done;
  };

public:
  seastar::future<int> wait(Key key) {
    auto it = waiters_.emplace(key, waiter{});
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: this waiter is registered without a look at 'last_'
    return it->second.done.get_future();
  }
  void notify(Key key) {
    if (last_ < key)
      last_ = key;
    for (auto it = waiters_.begin(); it != waiters_.end() && it->first <= last_;
         it = waiters_.erase(it))
      it->second.done.set_value(1);
  }

private:
  std::multimap<Key, waiter> waiters_;
  Key last_{};
};
template class monitor<long>;
template class monitor<unsigned>;
