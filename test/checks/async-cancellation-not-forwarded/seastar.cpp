// RUN: %check %s async-cancellation-not-forwarded

// Who waits for a semaphore can be told by an abort source to go.

#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sleep.hh>

using namespace seastar;

future<> load();
future<> load(abort_source &as);

class cache {
  semaphore limit{1};

public:
  future<> fill(abort_source &as) {
    auto units = co_await get_units(limit, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'seastar::get_units' is not told to stop when 'as' is: another overload takes it; pass 'as' on [async-cancellation-not-forwarded]
    // CHECK-FIXES: auto units = co_await get_units(limit, 1, as);
    co_await load();
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'load' is not told to stop when 'as' is: another overload takes it; pass 'as' on [async-cancellation-not-forwarded]
    // CHECK-FIXES: co_await load(as);
  }
  future<> right(abort_source &as) {
    auto units = co_await get_units(limit, 1, as);
    co_await load(as);
    as.check();
  }
  // What is to be done when it was stopped has to be done to its end.
  future<> afterwards(abort_source &as) {
    while (!as.abort_requested())
      co_await load(as);
    co_await load();
    if (as.abort_requested()) {
      co_await load();
      co_return;
    }
  }
  future<> in_the_end(abort_source &as) {
    try {
      co_await load(as);
    } catch (...) {
    }
    co_await load();
  }
  // One that can't be changed can't be lent as one that can.
  future<> constant(const abort_source &as) {
    as.check();
    co_await load();
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'load' is not told to stop when 'as' is
  }
};
