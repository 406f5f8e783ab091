// RUN: %check %s async-*

// KJ, and Cap'n Proto on it: promises that have started already, and that
// cancel their work when they are dropped.

#include <capnp/capability.h>
#include <capnp/serialize.h>
#include <chrono>
#include <fstream>
#include <kj/async.h>
#include <kj/mutex.h>
#include <kj/thread.h>
#include <kj/timer.h>
#include <netdb.h>
#include <stdlib.h>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

kj::Promise<int> answer();
kj::Promise<void> work();
void log(const char *);
// No coroutine can have it as a parameter.
kj::WaitScope &scope();

// Sleeping

kj::Promise<void> sleeps(kj::Timer &timer) {
  std::this_thread::sleep_for(10ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await kj::Timer::afterDelay [async-blocking-sleep]
  co_await timer.afterDelay(kj::SECONDS);
}

// Waiting

kj::Promise<int> waits() {
  auto later = work();
  if (later.poll(scope()))
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'kj::Promise::poll' blocks the thread that runs this coroutine, and every task on it: it turns the event loop, and throws where that already runs; co_await the work [async-blocking-wait]
    log("ready");
  later.wait(scope());
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'kj::Promise::wait' blocks the thread that runs this coroutine, and every task on it: it waits for the result, and throws where the loop already runs; co_await the work [async-blocking-wait]
  co_return co_await answer();
}

kj::Promise<int> on_another_thread(const kj::Executor &other) {
  int n = other.executeSync([] { return 1; });
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'kj::Executor::executeSync' blocks the thread that runs this coroutine, and every task on it: it waits until the other thread has run the function; use kj::Executor::executeAsync [async-blocking-wait]
  co_return n + co_await other.executeAsync([] { return 1; });
}

kj::Promise<void> waits_for_condition(kj::MutexGuarded<int> &state) {
  state.when([](const int &n) { return n > 0; }, [](int &n) { n = 0; });
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'kj::MutexGuarded::when' blocks the thread that runs this coroutine, and every task on it: it waits until another thread makes the condition true
  co_await work();
}

// The stack of a fiber is put aside while it waits.
kj::Promise<int> fiber() {
  return kj::startFiber(65536, [](kj::WaitScope &ws) {
    work().wait(ws);
    return answer().wait(ws);
  });
}

kj::Promise<void> sleeping_fiber() {
  return kj::startFiber(65536, [](kj::WaitScope &ws) { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:56: warning: 'sleep' blocks the thread that runs this fiber, and every task on it: it sleeps; use kj::Timer::afterDelay [async-blocking-sleep]
}

// A thread has a loop of its own, or none.
kj::Promise<void> own_thread() {
  kj::Thread thread([] {
    ::sleep(1);
    work().wait(scope());
  });
  co_await work();
}

// Promises that nobody has

kj::Promise<void> drops(kj::TaskSet &tasks) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is dropped, which cancels the work: 'kj::Promise<void>' owns it; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  tasks.add(work());
  work().detach([](kj::Exception &&) {});
  auto later = work();
  co_await kj::mv(later);
}

void drops_outside(capnp::Request<int, int> &request, kj::TaskSet &tasks) {
  request.send();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'capnp::Request::send' is dropped, which cancels the work: 'capnp::RemotePromise<int>' owns it; return it, or give it to a kj::TaskSet [async-unawaited-task]
  tasks.add(work());
}

// No handler ever sees that a coroutine is cancelled.
kj::Promise<void> handles(kj::Timer &timer) {
  for (;;) {
    try {
      co_await work();
    } catch (...) {
      log("failed");
    }
    co_await timer.afterDelay(kj::SECONDS);
  }
}

// Callables

kj::Promise<void> continues() {
  return work().then([] { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'sleep' blocks the thread that runs this continuation, and every task on it: it sleeps; use kj::Timer::afterDelay [async-blocking-sleep]
}

kj::Promise<int> continues_and_waits() {
  return work().then([] { return answer().wait(scope()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: 'kj::Promise::wait' blocks the thread that runs this continuation, and every task on it: it waits for the result, and throws where the loop already runs; return the promise [async-blocking-wait]
}

kj::Promise<void> handles_errors() {
  work().detach([](kj::Exception &&) { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'sleep' blocks the thread that runs this error handler
  return work().catch_([](kj::Exception &&) { ::sleep(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'sleep' blocks the thread that runs this continuation
}

kj::Promise<void> later(kj::Timer &timer) {
  co_await kj::evalLater([] { ::usleep(10); });
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'usleep' blocks the thread that runs this continuation
  co_await kj::evalLater([&timer] { return timer.afterDelay(kj::SECONDS); });
}

// Other blocking calls

kj::Promise<void> others(int fd) {
  std::ifstream f("data");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; do it on a kj::Thread, and co_await what its fulfiller resolves [async-blocking-call]
  capnp::StreamFdMessageReader reader(fd);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'capnp::StreamFdMessageReader constructor' blocks the thread that runs this coroutine, and every task on it: it reads from a descriptor until it has a message; use capnp::readMessage on a kj::AsyncInputStream [async-blocking-call]
  addrinfo *list = nullptr;
  getaddrinfo("host", nullptr, nullptr, &list);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getaddrinfo' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; co_await kj::Network::parseAddress [async-blocking-call]
  system("true");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks the thread that runs this coroutine, and every task on it: it runs a command and waits for its end; co_await kj::UnixEventPort::onChildExit [async-blocking-call]
  co_await work();
}

// A function that has a wait scope is not run by the loop, but runs it.
int synchronous(kj::WaitScope &ws) {
  ::sleep(1);
  work().wait(ws);
  return answer().wait(ws);
}

kj::Promise<int> calls_synchronous() {
  co_return synchronous(scope());
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'synchronous' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await kj::Timer::afterDelay [async-blocking-sleep]
  // CHECK-NOTES-NEXT: :[[@LINE-8]]:3: note: 'synchronous' calls 'sleep' here, which blocks: it sleeps
  // CHECK-MESSAGES: :[[@LINE-3]]:13: warning: 'synchronous' blocks the thread that runs this coroutine, and every task on it: it waits for the result, and throws where the loop already runs; co_await the work [async-blocking-wait]
  // CHECK-NOTES-NEXT: :[[@LINE-9]]:10: note: 'synchronous' calls 'kj::Promise::wait' here, which blocks: it waits for the result, and throws where the loop already runs
}
