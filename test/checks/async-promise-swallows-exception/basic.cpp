// RUN: %check %s async-promise-swallows-exception

#include "task.h"
#include <cppcoro/task.hpp>
#include <coroutine>
#include <exception>

struct Silent {
  struct promise_type {
    Silent get_return_object();
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this drops the exception that has left a coroutine, and whoever awaits it goes on as if it had returned; keep std::current_exception(), and throw it again there [async-promise-swallows-exception]
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Silent silent(cppcoro::task<> Work) { co_await std::move(Work); }

// Of a base, in a template, with operator co_await.
struct PromiseBase {
  std::suspend_never initial_suspend() { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
};
template <class T> struct Lazy {
  struct promise_type : PromiseBase {
    Lazy get_return_object();
    void return_value(T);
    void unhandled_exception() noexcept {
    }
    // CHECK-MESSAGES: :[[@LINE-2]]:10: warning: this drops the exception that has left a coroutine, and whoever awaits it goes on as if it had returned
  };
  struct Awaiter {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    T await_resume();
  };
  Awaiter operator co_await();
};
Lazy<int> lazy_int() { co_return 1; }
Lazy<long> lazy_long() { co_return 1; }

template <class T> struct Numbers {
  struct promise_type {
    Numbers get_return_object();
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T);
    void return_void() {}
    void unhandled_exception() {}
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this drops the exception that has left a coroutine, and whoever reads its values takes that for their end; keep
  };
  T next();
};
Numbers<int> numbers() {
  int N = 1;
  co_yield N;
}

//===-- Right -------------------------------------------------------------===//

template <class Derived> struct Returns {
  struct promise_type {
    Derived get_return_object();
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct Terminates : Returns<Terminates> {};
Terminates terminates() { co_return; }

struct Explained {
  struct promise_type {
    Explained get_return_object();
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {
      // The body catches everything.
    }
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Explained explained() { co_return; }

// Nobody can await it: whether it throws is another question.
struct Background {
  struct promise_type {
    Background get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Background background() { co_return; }

app::Task<> kept() { co_return; }
app::Generator<int> generator() {
  int N = 1;
  co_yield N;
}
struct NoPromise {
  void unhandled_exception() {}
};
