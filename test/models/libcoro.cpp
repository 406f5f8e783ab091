// RUN: %check %s async-*

// Tasks of libcoro.

#include <chrono>
#include <coro/coro.hpp>
#include <fstream>
#include <memory>
#include <netdb.h>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using scheduler = std::unique_ptr<coro::scheduler>;
using pool = std::unique_ptr<coro::thread_pool>;

coro::task<int> number();
coro::task<> work();

coro::task<> sleeps(scheduler &s) {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await coro::scheduler::yield_for [async-blocking-sleep]
  co_await s->yield_for(1s);
}

coro::task<int> waits() {
  int n = coro::sync_wait(number());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'coro::sync_wait' blocks the thread that runs this coroutine, and every task on it: it waits until the task has ended; co_await the work [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  n += co_await number();
  co_return n;
}

coro::task<> resolves(addrinfo **found, coro::net::dns::resolver<coro::scheduler> &resolver) {
  getaddrinfo("localhost", "http", nullptr, found);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getaddrinfo' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; co_await coro::net::dns::resolver::host_by_name [async-blocking-call]
  co_await resolver.host_by_name(coro::net::hostname("localhost"));
}

// Without a timeout, and with that of zero, it only runs what is ready.
coro::task<> loops(scheduler &s) {
  co_await work();
  s->process_events(100ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 'coro::scheduler::process_events' blocks the thread that runs this coroutine, and every task on it: it runs an event loop; co_await the work that the loop runs [async-blocking-wait]
  s->process_events();
  s->process_events(0ms);
}

coro::task<> stops(pool &p) {
  p->shutdown();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 'coro::thread_pool::shutdown' blocks the thread that runs this coroutine, and every task on it: it waits until the threads of the executor have ended; call it where no task runs [async-blocking-wait]
  co_return;
}

// The thread pool is where blocking belongs, until something brings the task
// back to the scheduler.
coro::task<> moves(pool &p, scheduler &s, coro::net::tcp::client &client, std::string &buffer) {
  std::ifstream before("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks {{.*}}: it opens a file; do it after co_await coro::thread_pool::schedule [async-blocking-call]
  co_await p->schedule();
  std::ifstream in_pool("file");
  co_await s->schedule();
  std::ifstream on_scheduler("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  co_await p->schedule();
  std::ifstream in_pool_again("file");
  co_await client.read_some(buffer);
  std::ifstream on_scheduler_again("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
}

static coro::task<> detached_in_pool() {
  std::this_thread::sleep_for(1s);
  co_return;
}
static coro::task<> in_pool() {
  std::this_thread::sleep_for(1s);
  co_return;
}
static coro::task<> on_scheduler() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  co_return;
}
coro::task<> starts(pool &p, scheduler &s) {
  p->spawn_detached(detached_in_pool());
  s->spawn_detached(on_scheduler());
  co_await p->schedule(in_pool());
}

coro::task<> drops(scheduler &s, coro::mutex &mutex, coro::condition_variable &condition) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'coro::task<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  s->yield_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: the result of 'coro::scheduler::yield_for' is never awaited
  // CHECK-FIXES: co_await s->yield_for(1s);
  s->schedule();
  // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: the result of 'coro::scheduler::schedule' is never awaited
  // CHECK-FIXES: co_await s->schedule();
  coro::when_all(work(), work());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'coro::when_all' is never awaited
  // CHECK-FIXES: co_await coro::when_all(work(), work());
  mutex.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'coro::mutex::lock' is never awaited
  // CHECK-FIXES: co_await mutex.lock();
  condition.notify_one();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'coro::condition_variable::notify_one' is never awaited: 'coro::task<void>' is lazy, so nothing of it runs
  // CHECK-FIXES: co_await condition.notify_one();
  s->spawn_detached(work());
  co_await coro::when_all(work(), work());
  co_await mutex.lock();
  mutex.unlock();
  co_await condition.notify_one();
}

void plain_function(scheduler &s) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'coro::task<>' is lazy, so nothing of it runs; start it with spawn_detached of an executor, or coro::sync_wait outside of coroutines [async-unawaited-task]
  s->spawn_detached(work());
  coro::sync_wait(work());
  s->process_events(100ms);
  std::this_thread::sleep_for(1s);
}

// No exception says that a task is cancelled.
coro::task<> catches(scheduler &s) {
  for (;;) {
    try {
      co_await s->yield_for(1s);
    } catch (...) {
    }
  }
}
