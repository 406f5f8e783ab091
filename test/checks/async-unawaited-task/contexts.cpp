// RUN: %check %s async-unawaited-task

// Where nobody can await, a task has to be handed on, and there is no fix.

#include "task.h"
#include <functional>
#include <tuple>

using app::Task;

Task<> work();
Task<int> number(int n = 0);

void plain_function() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited: 'app::Task<>' is lazy, so nothing of it runs; start it, or return it to a caller that awaits it [async-unawaited-task]
  (void)number(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'number' is never awaited
}

struct Session {
  Session() {
    run();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'Session::run' is never awaited
  }
  explicit Session(int) : id((run(), 1)) {}
  ~Session() {
    run();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'Session::run' is never awaited
  }
  Task<> run();
  void operator()() {
    run();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'Session::run' is never awaited
  }
  static Task<> start();
  virtual Task<> on_data();
  Task<> operator+(int);
  Task<> operator()(int, int);
  Task<> operator[](int);
  operator Task<>();
  int id;
};

void members(Session &session, Session *pointer, Task<> (Session::*member)(), Task<> (*function)(),
             std::function<Task<>()> wrapped) {
  session.run();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'Session::run' is never awaited: 'app::Task<>' is lazy, so nothing of it runs; start it, or return it to a caller that awaits it [async-unawaited-task]
  pointer->run();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the result of 'Session::run' is never awaited
  Session::start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'Session::start' is never awaited
  session.on_data();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'Session::on_data' is never awaited
  session + 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'Session::operator+' is never awaited
  session(1, 2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'Session::operator()' is never awaited
  session[1];
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'Session::operator[]' is never awaited
  (session.*member)();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::Task<>' is never awaited
  function();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::Task<>' is never awaited: 'app::Task<>' is lazy, so nothing of it runs; start it, or return it to a caller that awaits it [async-unawaited-task]
  wrapped();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'std::function::operator()' is never awaited
  session();
  Task<>(session.run());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::Task<>' is never awaited
}

// In a handler nobody can await, either.
Task<> in_a_handler() {
  try {
    co_await work();
  } catch (const std::exception &) {
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
  } catch (...) {
    if (true)
      (void)number(1);
      // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'number' is never awaited
  }
}

// In lambdas.
void call(std::function<void()> f);
Task<> lambdas() {
  auto plain = [] {
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
  };
  plain();
  call([] { work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'work' is never awaited
  call([] { return work(); });
  call([] { (void)number(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the result of 'number' is never awaited
  auto returns = []() -> Task<> { return work(); };
  co_return;
}

// A generator can't await.
app::Generator<int> generator() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  co_yield 1;
}

// Assigned to std::ignore, it would have to be a value.
Task<> ignored() {
  std::ignore = number(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the result of 'number' is never awaited
  std::ignore = work();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the result of 'work' is never awaited
  std::ignore = co_await number(2);
}

int main() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  Session().run();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the result of 'Session::run' is never awaited
}
