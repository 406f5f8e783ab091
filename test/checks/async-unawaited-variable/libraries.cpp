// RUN: %check %s async-unawaited-variable

// What libraries say of dropping their tasks.

#include "asio.hpp"
#include <concurrencpp/concurrencpp.h>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <utility>
#include <vector>

asio::awaitable<int> of_asio();
asio::awaitable<void> with_asio() {
  auto task = of_asio();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'task' is never awaited: 'asio::awaitable<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-variable]
  // CHECK-FIXES: auto task = co_await of_asio();
  co_return;
}
void plain_asio() {
  auto task = of_asio();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'task' is never awaited: {{.*}}; start it with asio::co_spawn [async-unawaited-variable]
}

folly::coro::Task<int> of_folly();
folly::SemiFuture<int> future_of_folly();
folly::coro::Task<void> with_folly() {
  auto task = of_folly();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'task' is never awaited
  // CHECK-FIXES: auto task = co_await of_folly();
  // Its users drop it to say that nobody waits.
  auto future = future_of_folly();
  co_return;
}

seastar::future<> of_seastar();
seastar::future<> with_seastar(bool yes) {
  auto work = of_seastar();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'work' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-variable]
  auto removed = seastar::make_ready_future<>();
  if (yes)
    removed = of_seastar();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task in 'removed' is never awaited
  // Somebody says that it is meant.
  [[maybe_unused]] auto unused = of_seastar();
  auto silenced = of_seastar();
  (void)silenced;
  auto _ = of_seastar();
  // Ready.
  auto done = seastar::make_ready_future<>();
  // Asked.
  auto asked = of_seastar();
  while (!asked.available())
    co_await of_seastar();
  // Another check's.
  seastar::semaphore limit{1};
  auto units = seastar::get_units(limit, 1);
}
seastar::future<> plain_seastar() {
  auto work = of_seastar();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'work' is never awaited: {{.*}}; return it, or run it in seastar::with_gate [async-unawaited-variable]
  return of_seastar();
}

// Taken out of a container, and forgotten.
seastar::future<> taken_from(std::vector<seastar::future<>> all,
                             std::vector<asio::awaitable<int>> lazy) {
  for (auto &one : all) {
    auto taken = std::move(one);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task in 'taken' is never awaited: what it returns and what it throws is lost; co_await it
  }
  auto first = std::move(lazy.front());
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'first' is never awaited
  // Its own, to end it with the block.
  auto own = of_seastar();
  auto ended = std::move(own);
  [[maybe_unused]] auto meant = std::move(all.back());
  co_return;
}

concurrencpp::lazy_result<int> of_concurrencpp();
concurrencpp::lazy_result<int> with_concurrencpp() {
  auto task = of_concurrencpp();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'task' is never awaited
  // CHECK-FIXES: auto task = co_await of_concurrencpp();
  co_return 1;
}

// Keeping it is keeping the work.
kj::Promise<void> of_kj();
kj::Promise<void> with_kj() {
  auto background = of_kj();
  co_await of_kj();
}
// But not where nothing suspends.
kj::Promise<void> cancelled_at_once(bool yes) {
  if (yes) {
    auto background = of_kj();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task in 'background' is never awaited: nothing suspends before the end of its block, which cancels it; co_await it [async-unawaited-variable]
  }
  // To see what cancelling it does.
  {
    auto background = of_kj();
  }
  co_await of_kj();
  auto last = of_kj();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'last' is never awaited
}

void log(const char *);
// A block of its own is there to destroy it.
void in_a_block() {
  {
    auto observed = of_concurrencpp();
    log("it is there");
  }
  {
    log("it is not yet there");
    auto task = of_concurrencpp();
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task in 'task' is never awaited
  }
}

// Names that only coroutines of their library know how to await.
namespace with_folly_names {
folly::coro::Task<void> names() {
  auto executor = folly::coro::co_current_executor;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: what 'executor' holds is never awaited: 'folly::coro::detail::co_current_executor_' does nothing until it is; co_await it [async-unawaited-variable]
  [[maybe_unused]] auto unused = folly::coro::co_current_executor;
  auto passed = folly::coro::co_current_executor;
  (void)passed;
  co_await folly::coro::co_current_executor;
}
void elsewhere() { auto executor = folly::coro::co_current_executor; }
} // namespace with_folly_names
