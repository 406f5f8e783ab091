// RUN: %check %s async-unawaited-task

// Templates.

#include "task.h"

using app::Task;

Task<> work();
template <class T> Task<T> value_of(T value) { co_return value; }

// Instantiated twice.
template <class T> Task<T> twice(T value) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  // No fix: it would be made in every instance.
  value_of(value);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'value_of' is never awaited
  // No fix: it would be made in every instance.
  co_return value;
}
Task<> uses_twice() {
  co_await twice(1);
  co_await twice('c');
  twice("s");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'twice' is never awaited
  // CHECK-FIXES: co_await twice("s");
  twice<long>(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'twice' is never awaited
  // CHECK-FIXES: co_await twice<long>(1);
}

// Never.
template <class T> Task<T> never(T value) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  value_of(value);
  value.work();
  co_return value;
}
template <class T> void never_a_coroutine(T value) {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  value.work();
}

// Decided by the parameter: async-void-callback tells who gives it.
template <class F> void calls(F f) { f(); }
template <class F> Task<> calls_nothing(F f) {
  f();
  co_return;
}
void plain();
Task<> uses_calls() {
  calls(plain);
  calls(work);
  co_await calls_nothing(plain);
}

// The branch that is not taken.
template <bool Yes> Task<> branches() {
  if constexpr (Yes)
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    // No fix: it would be made in every instance.
  else
    value_of(1);
  co_return;
}
Task<> uses_branches() { co_await branches<true>(); }

template <class T> struct Client {
  Task<T> get();
  Task<> used() {
    get();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'Client::get' is never awaited
    // No fix: it would be made in every instance.
    this->get();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the result of 'Client::get' is never awaited
    // No fix: it would be made in every instance.
    co_return;
  }
  Task<> unused() {
    work();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'work' is never awaited
    get();
    co_return;
  }
  void start() {
    get();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'Client::get' is never awaited
  }
};
Task<> uses_clients(Client<int> &a, Client<char> &b) {
  co_await a.used();
  co_await b.used();
  a.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the result of 'Client::get' is never awaited
  // CHECK-FIXES: co_await a.get();
  a.start();
  b.start();
}

// Folds.
template <class... T> Task<> fold(T... values) {
  (value_of(values), ...);
  // CHECK-MESSAGES: :[[@LINE-1]]:4: warning: the result of 'value_of' is never awaited
  // No fix: it would be made in every instance.
  (co_await value_of(values), ...);
  co_return;
}
Task<> uses_fold() { co_await fold(1, 'c'); }

// Task types that are parameters.
template <class Result> Result generic() {
  work();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  // No fix: it would be made in every instance.
  co_return;
}
template <template <class> class Result> struct Traits {
  static Result<int> make();
};
Task<> uses_generic() {
  co_await generic<Task<>>();
  Traits<Task>::make();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'Traits::make' is never awaited
  // CHECK-FIXES: co_await Traits<Task>::make();
}
