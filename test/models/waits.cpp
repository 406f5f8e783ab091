// RUN: %check %s async-blocking-wait,async-blocking-call --config "{CheckOptions: {async.Models: '%S/inputs/green.yaml'}}"

// Synchronous waits: which argument to await instead, what may wait on a fiber,
// what is ready already; and work that keeps the processor busy.

#include "green.h"
#include <utility>

green::Job<int> count();

green::Job<int> sync_waits() {
  int n = green::block_on(count());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'green::block_on' blocks the thread that runs this coroutine, and every task on it: it waits until the job has ended; co_await the job [async-blocking-wait]
  // CHECK-FIXES: int n = co_await count();
  n += green::fetch().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'green::Future::get' blocks the thread
  // CHECK-FIXES: n += co_await green::fetch();
  n *= green::fetch().get() + 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'green::Future::get' blocks the thread
  // CHECK-FIXES: n *= co_await green::fetch() + 1;
  co_return n;
}

// A task with a name would have to be moved: no fix.
green::Job<> named() {
  auto job = count();
  green::block_on(std::move(job));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'green::block_on' blocks
  co_return;
}

// A future that is kept may be ready by now.
green::Job<int> ready() {
  auto future = green::fetch();
  co_await green::write();
  co_return std::move(future).get();
}

// A coroutine that starts at once and never suspends has ended when it returns.
green::Future<int> answer() { co_return 42; }
green::Future<int> later() {
  co_await green::write();
  co_return 42;
}
green::Job<int> ended() {
  co_return answer().get() + later().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'green::Future::get' blocks
  // CHECK-FIXES: co_return answer().get() + co_await later();
}

// A fiber may wait for futures, but not for jobs, which need the thread.
void fibers() {
  green::fiber([] {
    green::fetch().get();
    green::block_on(green::write());
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'green::block_on' blocks the thread that runs this green fiber, and every task on it: it waits until the job has ended; go on when the work has ended [async-blocking-wait]
  });
}

green::Job<> log_in(const char *password) {
  green::hash_password(password);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'green::hash_password' blocks the thread that runs this coroutine, and every task on it: it is slow on purpose; co_await it after green::to_background [async-blocking-call]
  co_await green::to_background();
  green::hash_password(password);
}

int synchronous(const char *password) {
  green::hash_password(password);
  return green::block_on(count()) + green::fetch().get();
}
