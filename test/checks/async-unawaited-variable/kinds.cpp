// RUN: %check %s async-unawaited-variable

// Types of a project: what becomes of the work when the variable goes.

#include "task.h"
#include <memory>
#include <vector>

app::Task<int> lazy(int n = 0);
app::Task<> nothing();
app::EagerTask<int> eager();
app::Generator<int> generator();
app::FireAndForget fire_and_forget();
void spawn(app::Task<int> task);
bool ready();

app::Task<> in_a_coroutine(app::Pool &pool, bool yes) {
  auto number = lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'number' is never awaited: 'app::Task<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-variable]
  // CHECK-FIXES: auto number = co_await lazy();
  auto empty = nothing();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'empty' is never awaited: 'app::Task<>' is lazy
  app::Task<int> typed = lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task in 'typed' is never awaited
  auto &&prolonged = lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task in 'prolonged' is never awaited
  // CHECK-FIXES: auto &&prolonged = co_await lazy();
  auto either = yes ? lazy(1) : lazy(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'either' is never awaited
  auto silenced = lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'silenced' is never awaited
  (void)silenced;
  app::Task<int> later;
  if (yes)
    later = lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task in 'later' is never awaited
  auto hop = app::resume_on(pool);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'hop' is never awaited: 'app::ResumeOn' does nothing until it is; co_await it [async-unawaited-variable]
  auto lambda = [] { auto task = lazy(); };
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the task in 'task' is never awaited: {{.*}}; start it, or return it to a caller that awaits it [async-unawaited-variable]

  // It may be that its destructor waits.
  auto background = eager();
  // No work.
  app::Task<int> unset;
  auto values = generator();
  auto gone = fire_and_forget();
  co_return;
}

app::Task<int> used(bool yes, std::vector<app::Task<int>> &tasks, app::Task<int> &out) {
  auto awaited = lazy();
  co_await std::move(awaited);
  auto passed = lazy();
  spawn(std::move(passed));
  auto stored = lazy();
  tasks.push_back(std::move(stored));
  auto assigned = lazy();
  out = std::move(assigned);
  auto captured = lazy();
  auto closure = [&captured] { spawn(std::move(captured)); };
  auto moved = lazy();
  auto next = [task = std::move(moved)]() mutable { spawn(std::move(task)); };
  auto referred = lazy();
  auto &reference = referred;
  co_await std::move(reference);
  auto somewhere = lazy();
  auto pointer = &somewhere;
  auto asked = lazy();
  while (!asked.done())
    ready();
  auto on_a_path = lazy();
  if (yes)
    co_return co_await std::move(on_a_path);
  // Takes the task over, and ends it at the end of the block.
  auto taken = std::move(out);
  static auto once = lazy();
  auto shared = std::make_shared<app::Task<int>>(lazy());
  co_return 0;
}

app::Task<int> returned() {
  auto task = lazy();
  return task;
}

template <class T> app::Task<> of_a_template(T n) {
  auto task = lazy(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'task' is never awaited
  co_return;
}
template app::Task<> of_a_template(int);
template app::Task<> of_a_template(char);

#define START(name) auto name = lazy()
app::Task<> of_a_macro() {
  START(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task in 'task' is never awaited
  co_return;
}

// What an awaiter derives from may have a destructor that has nothing to do.
struct NotCopied {
  NotCopied() = default;
  NotCopied(const NotCopied &) = delete;
  ~NotCopied();
};
struct Timer : NotCopied {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
  std::exception_ptr error;
};
struct Registered {
  ~Registered();
  int number;
};
struct Registration : Registered {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Timer timer();
Registration registration();
app::Task<> with_awaiters() {
  auto kept = timer();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'kept' is never awaited: 'Timer' does nothing until it is; co_await it [async-unawaited-variable]
  auto registered = registration();
  co_return;
}
