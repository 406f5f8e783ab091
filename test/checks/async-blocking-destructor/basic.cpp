// RUN: %check %s async-blocking-destructor

#include "cppcoro/static_thread_pool.hpp"
#include "cppcoro/task.hpp"
#include "folly/coro/Task.h"
#include "folly/executors/CPUThreadPoolExecutor.h"
#include <asio.hpp>
#include <future>
#include <thread>
#include <vector>

int compress(int);
folly::coro::Task<void> send(int);
void keep(std::jthread thread);

folly::coro::Task<void> thread() {
  std::jthread worker([] { compress(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' waits for other threads when it is destroyed, and blocks the thread that runs this coroutine; let an object own it that is destroyed elsewhere [async-blocking-destructor]
  co_await send(1);
}

folly::coro::Task<void> future() {
  auto work = std::async(std::launch::async, [] { return compress(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'work' waits for its work when it is destroyed, and blocks the thread that runs this coroutine; await the work instead
  co_await send(1);
}

folly::coro::Task<void> in_a_block(bool early) {
  if (early) {
    const auto work = std::async(std::launch::async, compress, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'work' waits for its work
  }
  co_await send(1);
}

// Correct.

folly::coro::Task<void> moved(std::vector<std::jthread> &threads) {
  std::jthread one([] { compress(1); });
  threads.push_back(std::move(one));
  std::jthread two([] { compress(1); });
  keep(std::move(two));
  auto work = std::async(std::launch::async, compress, 1);
  auto rest = std::move(work);
  (void)rest;
  co_await send(1);
}

folly::coro::Task<void> detached() {
  std::jthread worker([] { compress(1); });
  worker.detach();
  co_await send(1);
}

// Reported where it waits.
folly::coro::Task<void> joined() {
  std::jthread worker([] { compress(1); });
  co_await send(1);
  worker.join();
}

folly::coro::Task<void> nothing_to_wait_for() {
  std::jthread worker;
  auto later = std::async(std::launch::deferred, compress, 1);
  std::promise<int> promise;
  std::future<int> result = promise.get_future();
  static std::jthread always([] { compress(1); });
  co_await send(1);
}

folly::coro::Task<void> not_its_own(std::jthread &thread, std::jthread *other) {
  std::jthread &same = thread;
  (void)same;
  (void)other;
  co_await send(1);
}

// They end at once when they have nothing to do.
asio::awaitable<void> pools() {
  asio::thread_pool threads(2);
  cppcoro::static_thread_pool others;
  co_await asio::co_spawn(threads, pools(), asio::use_awaitable);
}

// What is awaited may be what the thread does in the end.
folly::coro::Task<void> shares(folly::coro::Task<void> (*told)(bool &)) {
  bool done = false;
  std::jthread worker([&] { done = true; });
  std::jthread other([](bool *flag) { *flag = true; }, &done);
  std::jthread third([](bool &flag) { flag = true; }, std::ref(done));
  co_await told(done);
}

asio::awaitable<void> elsewhere() {
  std::jthread worker([] { compress(1); });
  co_return;
}
void starts(asio::thread_pool &threads) {
  asio::co_spawn(threads, elsewhere(), asio::detached);
}

template <typename T> folly::coro::Task<void> instance(T value) {
  std::jthread worker([=] { compress(value); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' waits for other threads
  co_await send(1);
}
folly::coro::Task<void> uses() {
  co_await instance(1);
  co_await instance('a');
}
