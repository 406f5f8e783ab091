// RUN: %check %s async-coroutine-without-co

// Functions that never return, or return a task of nothing.

#include "task.h"
#include <optional>
#include <stdexcept>

// What a class is like that is made of nothing, its own code tells.
template <class T> class Work {
public:
  struct promise_type {
    Work get_return_object() noexcept;
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    template <class U> void return_value(U &&) noexcept {}
    void unhandled_exception() noexcept {}
    T take();
  };
  Work() = default;
  struct Awaiter {
    std::coroutine_handle<promise_type> Handle;
    bool await_ready() const noexcept { return !Handle || Handle.done(); }
    void await_suspend(std::coroutine_handle<>) {}
    T await_resume() { return Handle.promise().take(); }
  };
  Awaiter operator co_await() const noexcept { return {Handle}; }

private:
  std::coroutine_handle<promise_type> Handle;
};
template <class T> using Alias = Work<T>;

struct Refused {};
app::Task<> send(int n);
app::Task<int> read();
int poll();
bool ready();
[[noreturn]] void stop();

app::Task<int> throws() {
  throw Refused();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'throws' throws when it is called, and not when its task is awaited: without co_await and co_return it is no coroutine; add a co_return [async-coroutine-without-co]
}

app::Task<> throws_after_work(int n) {
  if (n > 3)
    poll();
  throw std::runtime_error("refused");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'throws_after_work' throws when it is called
}

app::Task<> loops() {
  for (;;) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'loops' never makes a task, and keeps its caller in this loop: without co_await it is no coroutine; co_await something in the loop [async-coroutine-without-co]
    poll();
  }
}

app::EagerTask<> loops_eagerly() {
  poll();
  while (true)
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'loops_eagerly' never makes a task
    poll();
}

auto in_a_lambda = []() -> app::Task<> {
  do
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at functions.cpp:67' never makes a task
    poll();
  while (true);
};

Work<int> write(int n);

Work<int> empty() {
  return {};
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this 'Work<int>' stands for no work, and nobody can await it: 'empty' is no coroutine; write co_return, or return a task [async-coroutine-without-co]
}

Work<int> sometimes_empty(int n) {
  if (n == 0)
    return Work<int>();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: this 'Work<int>' stands for no work
  return write(n);
}

Work<int> by_choice(int n) {
  return n ? write(n) : Work<int>();
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: this 'Work<int>' stands for no work
}

Alias<int> by_variable() {
  Work<int> task;
  return task;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this 'Alias<int>' stands for no work
}

struct Base {
  virtual Work<int> run() = 0;
  virtual Work<int> stop() { throw Refused(); }
};
struct Derived : Base {
  Work<int> run() override {
    return {};
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: this 'Work<int>' stands for no work
  }
};

template <class T> Work<T> in_a_template(bool known) {
  if (!known)
    return {};
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: this 'Work<int>' stands for no work
  return write(1);
}
Work<int> instances() { co_return co_await in_a_template<int>(true); }

//===-- Nothing to report -------------------------------------------------===//

app::Task<> throws_as_a_coroutine() {
  throw Refused();
  co_return;
}
app::Task<> loops_as_a_coroutine() {
  for (;;)
    co_await send(1);
}
app::Task<> forwards(int n) {
  if (n < 0)
    throw Refused();
  return send(n);
}
app::Task<> not_yet() { throw std::logic_error("later"); }
app::Task<> not_yet_either() { throw std::runtime_error("not implemented"); }
app::Task<> stops() { stop(); }
app::EagerTask<> eager_one() { throw Refused(); }
auto throwing_lambda = []() -> app::Task<> { throw Refused(); };
app::Task<> tries_again(int n) {
  for (;;) {
    if (ready())
      return send(n);
    poll();
  }
}
app::Task<> tries_three_times(int n) {
  for (int i = 0; i != 3; ++i)
    poll();
  return send(n);
}
app::Task<> assigned(int n) {
  app::Task<> task;
  if (n)
    task = send(n);
  else
    task = send(1);
  return task;
}
app::Task<> *pointer() { return {}; }
std::optional<app::Task<>> perhaps() { return {}; }
app::Generator<int> *generator() { return nullptr; }

// A task of nothing has ended.
class Step {
public:
  struct promise_type {
    Step get_return_object() noexcept { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
    void check() {}
  };
  Step() = default;
  static Step none() { return {}; }
  bool await_ready() const noexcept { return !Handle; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {
    if (Handle)
      Handle.promise().check();
  }

private:
  std::coroutine_handle<promise_type> Handle;
};
Step no_step() { return {}; }

// It has a place for a value, and may have one.
template <class T> class Value : public app::Task<T> {
public:
  struct promise_type : app::Task<T>::promise_type {
    Value get_return_object();
  };
  Value() = default;

private:
  std::optional<T> Known;
};
Value<int> known() { return {}; }
