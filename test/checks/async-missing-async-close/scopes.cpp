// RUN: %check %s async-missing-async-close

#include <cppcoro/async_scope.hpp>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Invoke.h>

folly::coro::Task<void> work();

folly::coro::Task<void> forgets_exceptions() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed when a co_await throws, before anybody has awaited 'joinAsync' of it: a 'folly::coro::AsyncScope' can't wait in its destructor; await 'joinAsync' of it in a handler, too, and then throw again [async-missing-async-close]
  scope.add(work());
  co_await work();
  co_await scope.joinAsync();
}
folly::coro::Task<void> forgets() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  scope.add(work());
  co_await work();
}
folly::coro::Task<void> in_time() {
  folly::coro::AsyncScope scope;
  co_await work();
  scope.add(work());
  co_await scope.joinAsync();
  co_await work();
}
folly::coro::Task<void> handler() {
  folly::coro::AsyncScope scope;
  std::exception_ptr error;
  scope.add(work());
  try {
    co_await work();
  } catch (...) {
    error = std::current_exception();
  }
  co_await scope.joinAsync();
}
// A function of the library may add to it.
folly::coro::Task<void> generates() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  auto results = folly::coro::makeUnorderedAsyncGenerator(scope, work());
  co_await work();
}
folly::coro::Task<void> generates_and_joins() {
  folly::coro::AsyncScope scope;
  auto results = folly::coro::makeUnorderedAsyncGenerator(scope, work());
  co_await scope.joinAsync();
}

// Who captures it, and does not close it, has not taken it over.
folly::coro::Task<void> captured() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  auto add = [&] { scope.add(work()); };
  scope.add(work());
  add();
  co_await work();
}
folly::coro::Task<void> captured_to_add() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  co_await folly::coro::co_invoke([&]() -> folly::coro::Task<void> {
    scope.add(work());
    co_return;
  });
}
folly::coro::Task<void> captured_to_add_in_time() {
  folly::coro::AsyncScope scope;
  auto add = [&] { scope.add(work()); };
  co_await work();
  add();
  co_await scope.joinAsync();
}
folly::coro::Task<void> captured_to_add_later() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  auto add = [&] { scope.add(work()); };
  co_await work();
  add();
}
folly::coro::Task<void> never_waits() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  scope.add(work());
  co_return;
}
folly::coro::Task<void> captured_to_close() {
  folly::coro::AsyncScope scope;
  auto close = [&]() -> folly::coro::Task<void> {
    co_await scope.joinAsync();
  };
  scope.add(work());
  co_await work();
  co_await close();
}
void keep(folly::coro::AsyncScope *scope);
folly::coro::Task<void> captured_to_pass_on() {
  folly::coro::AsyncScope scope;
  auto pass = [&] { keep(&scope); };
  scope.add(work());
  pass();
  co_await work();
}
folly::coro::Task<void> captured_twice_to_add() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  co_await folly::coro::co_invoke([&]() -> folly::coro::Task<void> {
    co_await folly::coro::co_invoke([&]() -> folly::coro::Task<void> {
      scope.add(work());
      co_return;
    });
  });
}
folly::coro::Task<void> captured_twice_to_pass_on() {
  folly::coro::AsyncScope scope;
  auto pass = [&] { [&] { keep(&scope); }(); };
  scope.add(work());
  pass();
  co_await work();
}
// The last statement is not an assertion that leaves, although a macro's.
bool check();
void fail();
#define EXPECT(condition)                                                      \
  if (!(condition))                                                            \
  fail()
folly::coro::Task<void> ends_with_a_macro() {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed before anybody has awaited 'joinAsync' of it
  scope.add(work());
  co_await work();
  EXPECT(check());
}

cppcoro::task<> child();
cppcoro::task<> cppcoro_forgets() {
  cppcoro::async_scope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'scope' is destroyed when a co_await throws
  scope.spawn(child());
  co_await child();
  co_await scope.join();
}
cppcoro::task<> cppcoro_joins() {
  cppcoro::async_scope scope;
  scope.spawn(child());
  co_await scope.join();
}

// A task that fails has not come to add.
folly::coro::Task<void> added_by_a_task() {
  folly::coro::AsyncScope scope;
  auto task = folly::coro::co_invoke([&]() -> folly::coro::Task<void> {
    co_await work();
    scope.add(work());
  });
  co_await std::move(task);
  co_await scope.joinAsync();
}
folly::coro::Task<void> added_by_a_task_and_left(bool early) {
  folly::coro::AsyncScope scope;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'scope' is destroyed on some path before anybody has awaited 'joinAsync' of it
  co_await folly::coro::co_invoke([&]() -> folly::coro::Task<void> {
    scope.add(work());
    co_return;
  });
  if (early)
    co_return;
  co_await scope.joinAsync();
}
