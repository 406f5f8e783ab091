// RUN: %check %s async-void-callback

// Functions of libraries that drop what a callback returns.

#include <algorithm>
#include <asio.hpp>
#include <folly/coro/Task.h>
#include <folly/io/async/EventBase.h>
#include <functional>
#include <seastar/core/future.hh>
#include <seastar/core/sleep.hh>
#include <thread>
#include <vector>

namespace with_asio {
asio::awaitable<void> send(int n);

asio::awaitable<void> run(asio::io_context &loop, std::vector<int> items) {
  std::for_each(items.begin(), items.end(), [](int n) -> asio::awaitable<void> {
    // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: this callback returns a 'asio::awaitable<void>', and 'std::for_each' drops what it returns: the task is lazy, so nothing of it runs; let the callback return nothing, and start it with asio::co_spawn [async-void-callback]
    co_await send(n);
  });
  std::ranges::for_each(items, send);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: this callback returns a 'asio::awaitable<void>', and 'std::ranges::for_each' drops what it returns
  asio::post(loop, [] { return send(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this callback returns a 'asio::awaitable<void>', and 'asio::post' drops what it returns
  asio::post(asio::bind_executor(loop, [] { return send(1); }));
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: this callback returns a 'asio::awaitable<void>', and 'asio::post' drops what it returns
  asio::steady_timer timer(loop);
  timer.async_wait([](auto) -> asio::awaitable<void> { co_await send(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this callback returns a 'asio::awaitable<void>', and 'asio::steady_timer::async_wait' drops what it returns
  std::thread thread(send, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: this callback returns a 'asio::awaitable<void>', and 'std::thread constructor' drops what it returns
  thread.join();

  // These do something about it.
  asio::co_spawn(loop, [] { return send(1); }, asio::detached);
  asio::co_spawn(loop, []() -> asio::awaitable<void> { co_await send(1); },
                 asio::detached);
  std::vector<asio::awaitable<void>> started;
  std::transform(items.begin(), items.end(), std::back_inserter(started), send);
  std::invoke(send, 1);
  asio::post(loop, [&loop] { asio::co_spawn(loop, send(1), asio::detached); });
  for (int n : items)
    co_await send(n);
  // The initiation gets the handler, and this operation what it is to do.
  auto token = asio::use_awaitable;
  co_await asio::async_initiate<asio::use_awaitable_t<>, void(int)>(
      [](auto handler, auto make) { handler(make()); }, token,
      []() -> asio::awaitable<void> { co_await send(1); });
}
} // namespace with_asio

namespace with_folly {
folly::coro::Task<void> send(int n);

void run(folly::EventBase &loop) {
  loop.runInEventBaseThread([] { return send(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this callback returns a 'folly::coro::Task<void>', and 'folly::Func' drops what it returns: the task is lazy, so nothing of it runs
  loop.add([]() -> folly::coro::Task<void> { co_await send(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: this callback returns a 'folly::coro::Task<void>', and 'folly::Func' drops what it returns
  loop.runInLoop([] { (void)send; });
}
} // namespace with_folly

namespace with_seastar {
seastar::future<> send(int n);

void each(std::function<void(int)> visit);
void each_async(std::function<seastar::future<>(int)> visit);

void run() {
  each([](int n) -> seastar::future<> { co_await send(n); });
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: this callback returns a 'seastar::future<>', and 'std::function<void (int)>' drops what it returns: nobody waits for the work, and what it throws is lost; let the callback return nothing and start the task, or give it to something that awaits what it returns [async-void-callback]
  each([](int n) { (void)send(n); });
  each_async([](int n) -> seastar::future<> { co_await send(n); });
  (void)seastar::sleep(std::chrono::seconds(1)).then([] { return send(1); });
}
} // namespace with_seastar
