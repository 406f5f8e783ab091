// RUN: %check %s async-*

// Tasks, futures, event bases and fibers of Folly.

#include <exception>
#include <folly/FileUtil.h>
#include <folly/SocketAddress.h>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/BlockingWait.h>
#include <folly/coro/Invoke.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <folly/coro/safe/NowTask.h>
#include <folly/executors/CPUThreadPoolExecutor.h>
#include <folly/executors/GlobalExecutor.h>
#include <folly/fibers/Baton.h>
#include <folly/fibers/FiberManager.h>
#include <folly/io/async/EventBase.h>
#include <folly/synchronization/Baton.h>
#include <folly/synchronization/LifoSem.h>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
using folly::coro::Task;

Task<int> number();
Task<void> work();
folly::SemiFuture<int> semi();
folly::Future<int> future();

Task<void> sleeps() {
  std::this_thread::sleep_for(100ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await folly::coro::sleep [async-blocking-sleep]
  // CHECK-FIXES: co_await folly::coro::sleep(100ms);
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // CHECK-FIXES: co_await folly::coro::sleep(std::chrono::seconds(2));
  co_await folly::coro::sleep(100ms);
  co_await folly::futures::sleep(100ms);
}

// A task can co_yield an error, and is no generator.
Task<void> never_awaits() {
  std::this_thread::sleep_for(100ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await folly::coro::sleep(100ms);
  co_return;
}

folly::coro::now_task<void> immediate() {
  std::this_thread::sleep_for(100ms);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await folly::coro::sleep(100ms);
  co_await work();
}

Task<int> waits() {
  int n = folly::coro::blockingWait(number());
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'folly::coro::blockingWait' blocks the thread that runs this coroutine, and every task on it: it waits until the task has ended; co_await the work, or a folly::coro::Baton [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  n += semi().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'folly::SemiFuture::get' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work
  // CHECK-FIXES: n += co_await semi();
  n += future().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'folly::Future::get' blocks
  // CHECK-FIXES: n += co_await future();
  n += semi().get(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'folly::SemiFuture::get' blocks
  auto stored = semi();
  stored.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'folly::SemiFuture::wait' blocks
  auto asked = semi();
  if (asked.isReady())
    n += std::move(asked).get();
  n += co_await number();
  n += co_await semi();
  n += co_await future();
  co_return n;
}

Task<void> waits_for_others(folly::Baton<> &baton, folly::LifoSem &semaphore,
                            folly::fibers::Baton &fiber, folly::CPUThreadPoolExecutor &pool,
                            folly::EventBase &loop) {
  baton.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'folly::Baton::wait' blocks the thread that runs this coroutine, and every task on it: it waits until somebody posts it; co_await the work, or a folly::coro::Baton [async-blocking-wait]
  baton.try_wait_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'folly::Baton::try_wait_for' blocks
  semaphore.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'folly::LifoSem::wait' blocks
  fiber.wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'folly::fibers::Baton::wait' blocks
  pool.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'folly::CPUThreadPoolExecutor::join' blocks
  loop.runInEventBaseThreadAndWait([] {});
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'folly::EventBase::runInEventBaseThreadAndWait' blocks
  baton.try_wait_for(0s);
  baton.try_wait();
  baton.post();
  semaphore.tryWait();
  fiber.try_wait();
  co_return;
}

Task<void> files(std::string &text) {
  folly::readFile("file", text);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'folly::readFile' blocks the thread that runs this coroutine, and every task on it: it waits for the disk; co_await it on a thread pool, with folly::coro::co_withExecutor [async-blocking-call]
  std::ifstream file("file");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  folly::readFile("/proc/self/status", text);
  co_return;
}

Task<void> drops() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'folly::coro::Task<void>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  co_await work();
  // This is how one says that nobody waits.
  co_withExecutor(folly::getGlobalCPUExecutor(), work()).start();
  semi();
  future().thenValue([](int) {});
  folly::coro::AsyncScope scope;
  scope.add(co_withExecutor(folly::getGlobalCPUExecutor(), work()));
  co_await scope.joinAsync();
}

void drops_outside() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'folly::coro::Task<void>' is lazy, so nothing of it runs; start it with folly::coro::co_withExecutor(executor, task).start(), or add it to a folly::coro::AsyncScope [async-unawaited-task]
  co_withExecutor(folly::getGlobalCPUExecutor(), work());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'folly::coro::co_withExecutor' is never awaited: 'folly::coro::TaskWithExecutor<void>' is lazy
}

Task<void> swallows() {
  while (true) {
    try {
      co_await folly::coro::sleep(1s);
      co_await work();
    } catch (const std::exception &) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const std::exception &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; rethrow when the exception is folly::OperationCancelled [async-swallowed-cancellation]
      // CHECK-MESSAGES: :[[@LINE-4]]:7: note: a cancelled operation throws here
    }
  }
}

Task<void> tells_them_apart() {
  while (true) {
    try {
      co_await folly::coro::sleep(1s);
      co_await work();
    } catch (const folly::OperationCancelled &) {
      throw;
    } catch (const std::exception &) {
    }
  }
}

Task<void> asks_the_token() {
  while (!(co_await folly::coro::co_current_cancellation_token).isCancellationRequested()) {
    try {
      co_await work();
    } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: behind this handler, the loop does at once again what has failed
    }
  }
}

// The sleep is cancelled, too, and ends the task.
Task<void> rests_in_between() {
  while (true) {
    try {
      co_await work();
    } catch (...) {
    }
    co_await folly::coro::sleep(1s);
  }
}

void callbacks(folly::EventBase &loop) {
  loop.runInEventBaseThread([] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this callback, and every task on it: it sleeps; use folly::futures::sleep [async-blocking-sleep]
    folly::futures::sleep(1s).toUnsafeFuture().thenValue([](folly::Unit) {});
  });
  loop.runAfterDelay([] { folly::coro::blockingWait(number()); }, 10);
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'folly::coro::blockingWait' blocks the thread that runs this callback, and every task on it: it waits until the task has ended; go on in a continuation of the future [async-blocking-wait]
  loop.add([] { std::ifstream file("file"); });
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'std::ifstream constructor' blocks the thread that runs this callback, and every task on it: it opens a file; do it on folly::getGlobalCPUExecutor() [async-blocking-call]
  folly::via(&loop, [] { std::this_thread::sleep_for(1s); });
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'std::this_thread::sleep_for' blocks
}

// Only a fiber stops there, not its thread.
void fibers(folly::fibers::FiberManager &manager, folly::fibers::Baton &baton) {
  manager.addTask([&] {
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread that runs this fiber, and every task on it: it sleeps
    baton.wait();
    semi().get();
    folly::coro::blockingWait(number());
  });
}

// In a thread pool, blocking is fine.
Task<void> in_pool() {
  std::this_thread::sleep_for(1s);
  co_await work();
}
Task<void> in_loop() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // CHECK-FIXES: co_await folly::coro::sleep(1s);
  co_await work();
}
void pools(folly::CPUThreadPoolExecutor &pool, folly::EventBase &loop) {
  co_withExecutor(&pool, in_pool()).start();
  co_withExecutor(&loop, in_loop()).start();
  folly::coro::co_withExecutor(&pool, folly::coro::co_invoke([]() -> Task<void> {
    std::ifstream file("file");
    co_await work();
  })).start();
  pool.add([] { std::this_thread::sleep_for(1s); });
  folly::via(&pool, [] { std::this_thread::sleep_for(1s); });
}

// Nothing of this runs in a coroutine.
int synchronous(folly::Baton<> &baton) {
  baton.wait();
  std::this_thread::sleep_for(1s);
  folly::coro::blockingWait(work());
  return semi().get();
}

// Names are only asked for where somebody says so.
struct Pool {
  Pool(const std::string &host, bool lookUp = false)
      : address(host, 443, lookUp) {}
  folly::SocketAddress address;
};
folly::coro::Task<void> addresses(std::string host) {
  folly::SocketAddress numeric(host, 443);
  folly::SocketAddress also(host, 443, false);
  Pool pool(host);
  folly::SocketAddress local("127.0.0.1", 443, true);
  folly::SocketAddress named(host, 443, true);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'folly::SocketAddress constructor' blocks the thread that runs this coroutine, and every task on it: it waits for the name server
  named.setFromHostPort(host);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'folly::SocketAddress::setFromHostPort' blocks
  co_return;
}
