// RUN: %check %s async-*

// Seastar: one event loop per shard, futures that have started already, and
// threads of its own that may wait.

#include <chrono>
#include <exception>
#include <fstream>
#include <seastar/core/abort_source.hh>
#include <seastar/core/coroutine.hh>
#include <seastar/core/do_with.hh>
#include <seastar/core/future.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/loop.hh>
#include <seastar/core/posix.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sharded.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/smp.hh>
#include <seastar/core/thread.hh>
#include <seastar/core/timer.hh>
#include <seastar/core/when_all.hh>
#include <seastar/coroutine/all.hh>
#include <seastar/coroutine/as_future.hh>
#include <seastar/coroutine/maybe_yield.hh>
#include <stdlib.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace ss = seastar;
using namespace std::chrono_literals;

ss::future<int> answer();
ss::future<> work();
void log(const char *);

// Sleeping

ss::future<> sleeps(std::chrono::milliseconds delay) {
  std::this_thread::sleep_for(delay);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await seastar::sleep [async-blocking-sleep]
  // CHECK-FIXES: co_await seastar::sleep(delay);
  ::sleep(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await seastar::sleep(std::chrono::seconds(5));
  co_await ss::sleep(delay);
}

// Waiting

ss::future<int> waits() {
  work().wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'seastar::future::wait' blocks the thread that runs this coroutine, and every task on it: it waits for the result, as only a seastar::thread can; co_await the work [async-blocking-wait]
  co_return answer().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'seastar::future::get' blocks
  // CHECK-FIXES: co_return co_await answer();
}

// A future that somebody has waited for is ready.
ss::future<int> ready() {
  auto f = co_await ss::coroutine::as_future(answer());
  if (f.failed())
    co_return 0;
  auto [a, b] = ss::when_all(answer(), answer());
  co_return f.get() + a.get() + b.get() + ss::make_ready_future<int>(1).get() +
      (co_await ss::coroutine::as_future(answer())).get();
}

ss::future<int> wrapped() {
  return answer().then_wrapped([](ss::future<int> f) { return f.get(); });
}

// The stack of a thread of Seastar's own is put aside while it waits.
ss::future<> fibers() {
  ss::thread t([] { work().get(); });
  co_await t.join();
  co_await ss::async([] {
    int n = answer().get();
    ss::do_with(n, [](int &m) {
      m = answer().get();
      return work();
    }).get();
    ss::sleep(1ms).get();
  });
}

// A sleep of the system does not know of such threads.
ss::future<> sleeping_fiber() {
  return ss::async([] { ::usleep(1000); });
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'usleep' blocks the thread that runs this Seastar thread, and every task on it: it sleeps; use seastar::sleep [async-blocking-sleep]
}

// Futures that nobody has

ss::future<> drops(ss::gate &g) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  ss::coroutine::maybe_yield();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'seastar::coroutine::maybe_yield' is never awaited: 'seastar::coroutine::maybe_yield' does nothing until it is; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await ss::coroutine::maybe_yield();
  co_await ss::coroutine::maybe_yield();
  (void)ss::with_gate(g, [] { return work(); });
  auto later = work();
  co_await std::move(later);
}

void drops_outside() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: what it returns and what it throws is lost; return it, or run it in seastar::with_gate [async-unawaited-task]
  (void)work();
}

// Cancellation: an abort source stays aborted, and a gate stays closed.

ss::future<> spins(ss::abort_source &as) {
  for (;;) {
    try {
      co_await work();
      co_await ss::sleep_abortable(1s, as);
    } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (...)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop when the abort source is aborted, or the gate closed [async-swallowed-cancellation]
      // CHECK-NOTES-NEXT: :[[@LINE-4]]:7: note: a cancelled operation throws here
      log("failed");
    }
  }
}

ss::future<> leaves(ss::abort_source &as) {
  while (!as.abort_requested()) {
    try {
      co_await work();
      co_await ss::sleep_abortable(1s, as);
    } catch (...) {
      log("failed");
    }
  }
}

ss::future<> tells_apart(ss::abort_source &as, ss::gate &g) {
  for (;;) {
    try {
      auto held = g.hold();
      co_await ss::sleep_abortable(1s, as);
    } catch (const ss::sleep_aborted &) {
      break;
    } catch (const std::exception &) {
      log("failed");
    }
  }
}

// Callables

ss::future<> continues() {
  return work().then([] { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'sleep' blocks the thread that runs this continuation, and every task on it: it sleeps; use seastar::sleep [async-blocking-sleep]
}

ss::future<int> continues_and_waits() {
  return work().then([] { return answer().get(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: 'seastar::future::get' blocks the thread that runs this continuation, and every task on it: it waits for the result, as only a seastar::thread can; return the future, or do it in seastar::async [async-blocking-wait]
}

ss::future<> continues_well() {
  return work().then([] { return ss::sleep(1s); }).finally([] { log("done"); });
}

struct service {
  int n = 0;
};

ss::future<> elsewhere(ss::sharded<service> &all, ss::semaphore &sem) {
  co_await ss::smp::submit_to(1, [] { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'sleep' blocks the thread that runs this submitted function, and every task on it: it sleeps; use seastar::sleep [async-blocking-sleep]
  co_await all.invoke_on_all([](service &one) { one.n = answer().get(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:66: warning: 'seastar::future::get' blocks the thread that runs this submitted function
  co_await ss::with_semaphore(sem, 1, [] { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: 'sleep' blocks the thread that runs this callback
  co_await ss::repeat([] {
    ::sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks the thread that runs this loop body
    return ss::stop_iteration::yes;
  });
  co_await all.invoke_on_all([](service &one) -> ss::future<> { one.n = co_await answer(); });
}

ss::future<> at_once(std::vector<int> numbers) {
  co_await ss::parallel_for_each(numbers, [](int) {
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'lambda at seastar.cpp:[[@LINE-1]]' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await seastar::sleep [async-blocking-sleep]
  // CHECK-NOTES-NEXT: :[[@LINE+1]]:5: note: 'lambda at seastar.cpp:[[@LINE-2]]' calls 'sleep' here, which blocks: it sleeps
    ::sleep(1);
    return work();
  });
  co_await ss::parallel_for_each(numbers, [](int) { return work(); });
}

void ticks(ss::timer<> &t) {
  t.set_callback([] { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'sleep' blocks the thread that runs this timer callback
  t.set_callback([] { log("tick"); });
}

// Other blocking calls

ss::future<> files() {
  std::ifstream f("data");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await seastar::open_file_dma, and read or write through a stream [async-blocking-call]
  system("true");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks the thread that runs this coroutine, and every task on it: it runs a command and waits for its end; co_await seastar::spawn_process [async-blocking-call]
  ss::posix_thread t([] { ::sleep(1); });
  t.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'seastar::posix_thread::join' blocks
  co_return;
}

// Nobody is kept waiting by what is synchronous throughout.
int synchronous() {
  ::sleep(1);
  work().wait();
  return answer().get();
}
