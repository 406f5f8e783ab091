// RUN: %check %s async-unawaited-task

// Lambdas.

#include "task.h"
#include <algorithm>
#include <ranges>

using app::Task;

Task<> work();
Task<> item(int);

auto global = []() -> Task<> {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  // CHECK-FIXES: co_await work();
  co_return;
};

Task<> coroutine_lambdas(int *first, int *last) {
  [] { return work(); }();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lambda at lambdas.cpp:[[@LINE-1]]' is never awaited
  // CHECK-FIXES: co_await [] { return work(); }();
  []() -> Task<> { co_await work(); }();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lambda at lambdas.cpp:[[@LINE-1]]' is never awaited: 'app::Task<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await []() -> Task<> { co_await work(); }();
  auto stored = []() -> Task<> { co_await work(); };
  stored();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lambda at lambdas.cpp:[[@LINE-2]]' is never awaited: 'app::Task<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await stored();
  co_await stored();
  auto generic = [](auto x) -> Task<decltype(x)> {
    item(x);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'item' is never awaited
    // No fix: it would be made in every instance.
    co_return x;
  };
  generic(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lambda at lambdas.cpp:[[@LINE-7]]' is never awaited
  // CHECK-FIXES: co_await generic(1);
  co_await generic('c');
  auto mutable_one = [n = 0]() mutable -> Task<> {
    item(++n);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'item' is never awaited
    // CHECK-FIXES: co_await item(++n);
    co_return;
  };
  co_await mutable_one();

  // The algorithm drops what the lambda gives back, and says so to nobody.
  std::for_each(first, last, [](int x) { return item(x); });
  // The lambda drops it itself.
  std::for_each(first, last, [](int x) { item(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: the result of 'item' is never awaited
  std::ranges::for_each(first, last, [](auto x) { item(x); });
  // CHECK-MESSAGES: :[[@LINE-1]]:51: warning: the result of 'item' is never awaited
}
