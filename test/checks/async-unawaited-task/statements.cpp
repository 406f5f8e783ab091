// RUN: %check %s async-unawaited-task

// Wherever an expression's value is thrown away.

#include "task.h"
#include <tuple>

using app::Task;

Task<> work();
Task<int> number(int n = 0);
void use(Task<> task);
bool ready();

Task<> in_a_coroutine(int n) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'app::Task<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await work();
  number(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'number' is never awaited: 'app::Task<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await number(1);
  (work());
  // CHECK-MESSAGES: :[[@LINE-1]]:4: warning: the result of 'work' is never awaited
  // CHECK-FIXES: (co_await work());
  ::work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  // CHECK-FIXES: co_await ::work();

  if (n == 0)
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    // CHECK-FIXES: co_await work();
  else if (n == 1)
    number();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number();
  else
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    // CHECK-FIXES: co_await work();
  if (work(); n)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the result of 'work' is never awaited
    // CHECK-FIXES: if (co_await work(); n)
    ;
  for (number(1); n < 3; number(2))
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the result of 'number' is never awaited
    // CHECK-MESSAGES: :[[@LINE-2]]:26: warning: the result of 'number' is never awaited
    // CHECK-FIXES: for (co_await number(1); n < 3; co_await number(2))
    number(3);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number(3);
  while (n)
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    // CHECK-FIXES: co_await work();
  do
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    // CHECK-FIXES: co_await work();
  while (n);
  for (int x : {1, 2, 3})
    number(x);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number(x);
  switch (work(); n) {
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'work' is never awaited
  // CHECK-FIXES: switch (co_await work(); n) {
  case 1:
    number(4);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number(4);
    break;
  case 2:
  case 3:
    number(5);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number(5);
  default:
    number(6);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number(6);
  }
again:
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  // CHECK-FIXES: co_await work();
  if (n == 5)
    [[unlikely]] number(7);
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the result of 'number' is never awaited
    // CHECK-FIXES: {{\[\[}}unlikely]] co_await number(7);
  {
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    // CHECK-FIXES: co_await work();
  }
  try {
    number(8);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'number' is never awaited
    // CHECK-FIXES: co_await number(8);
  } catch (...) {
  }
  if constexpr (sizeof(n) == 4)
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    // CHECK-FIXES: co_await work();
  if (n > 100)
    goto again;
  co_return;
}

Task<> commas(int n) {
  work(), n = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  // CHECK-FIXES: co_await work(), n = 1;
  n = 1, work();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'work' is never awaited
  // CHECK-FIXES: n = 1, co_await work();
  work(), number(1), n = 2;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  // CHECK-MESSAGES: :[[@LINE-2]]:11: warning: the result of 'number' is never awaited
  // CHECK-FIXES: co_await work(), co_await number(1), n = 2;
  for (int i = 0; i < n; ++i, work())
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: the result of 'work' is never awaited
    // CHECK-FIXES: for (int i = 0; i < n; ++i, co_await work())
    ;
  co_return;
}

Task<> choices(bool yes, int n) {
  yes ? number(1) : number(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::Task<int>' is never awaited: 'app::Task<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await (yes ? number(1) : number(2));
  yes ? (void)work() : (void)number(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the result of 'work' is never awaited
  // CHECK-MESSAGES: :[[@LINE-2]]:30: warning: the result of 'number' is never awaited
  // CHECK-FIXES: yes ? (void)co_await work() : (void)co_await number(3);
  yes ? (void)work() : (void)0;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the result of 'work' is never awaited
  // CHECK-FIXES: yes ? (void)co_await work() : (void)0;
  yes ? work() : throw n;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::Task<>' is never awaited
  // CHECK-FIXES: co_await (yes ? work() : throw n);
  yes && (work(), true);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'work' is never awaited
  // CHECK-FIXES: yes && (co_await work(), true);
  yes || ready() || (number(4), ready());
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the result of 'number' is never awaited
  // CHECK-FIXES: yes || ready() || (co_await number(4), ready());
  co_return;
}

// However explicit the discard is, a lazy task does not run.
Task<> casts() {
  (void)work();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'work' is never awaited
  // CHECK-FIXES: (void)co_await work();
  static_cast<void>(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the result of 'work' is never awaited
  // CHECK-FIXES: static_cast<void>(co_await work());
  (void)(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'work' is never awaited
  // CHECK-FIXES: (void)(co_await work());
  (void)(work(), number());
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'work' is never awaited
  // CHECK-MESSAGES: :[[@LINE-2]]:18: warning: the result of 'number' is never awaited
  // CHECK-FIXES: (void)(co_await work(), co_await number());
  co_return;
}

// A task that awaiting another one gave.
Task<Task<int>> nested();
Task<> awaits_once() {
  co_await nested();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::Task<int>' is never awaited: 'app::Task<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await co_await nested();
  co_await co_await nested();
  auto inner = co_await nested();
  co_await std::move(inner);
}

// Used, one way or another.
Task<> used(bool yes) {
  co_await work();
  int n = co_await number(1) + co_await number(2);
  auto task = work();
  co_await std::move(task);
  use(work());
  Task<> tasks[] = {work(), work()};
  task = work();
  auto *heap = new Task<>(work());
  auto &&reference = work();
  yes ? use(work()) : use(work());
  yes ? co_await work() : co_await work();
  if (work().done())
    co_return;
  n = (ready(), co_await number(3));
  for (; !co_await number(4); co_await work())
    ;
  auto lambda = [task = work()] {};
  (void)sizeof(work());
  (void)noexcept(work());
  using type = decltype(work());
  task.done();
  std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a 'app::Task<>' is named here
}
Task<> returned() { return work(); }
Task<Task<>> returned_by_a_coroutine() { co_return work(); }
Task<> chosen(bool yes) { return yes ? work() : returned(); }
auto deduced() { return number(); }
auto lambda_returns = [] { return work(); };
