// RUN: %check %s async-task-not-nodiscard

// Task types of a project, with and without the attribute.

#include <coroutine>
#include <exception>

struct PromiseBase {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() noexcept {}
  void unhandled_exception() noexcept {}
};
struct AwaiterBase {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  void await_resume() const noexcept {}
};

template <class T> class Task : public AwaiterBase {
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Task' is a lazy task, and may be dropped without a warning: who forgets the co_await skips the work; declare it {{\[\[}}nodiscard]] [async-task-not-nodiscard]
  // CHECK-FIXES: template <class T> class {{\[\[}}nodiscard]] Task : public AwaiterBase {
public:
  struct promise_type : PromiseBase {
    Task get_return_object() noexcept { return {}; }
  };
};

namespace app {
struct Job : AwaiterBase {
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'app::Job' is a lazy task
  // CHECK-FIXES: struct {{\[\[}}nodiscard]] Job : AwaiterBase {
  struct promise_type : PromiseBase {
    Job get_return_object() noexcept { return {}; }
  };
};
struct Outer {
  struct Inner;
};
struct Outer::Inner : AwaiterBase {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'app::Outer::Inner' is a lazy task
  struct promise_type : PromiseBase {
    Inner get_return_object() noexcept;
  };
};
} // namespace app

struct [[nodiscard]] Careful : AwaiterBase {
  struct promise_type : PromiseBase {
    Careful get_return_object() noexcept { return {}; }
  };
};
struct CarefulToo : Careful {
  struct promise_type : PromiseBase {
    CarefulToo get_return_object() noexcept { return {}; }
  };
};
// It runs when it is called.
struct Eager : AwaiterBase {
  struct promise_type : PromiseBase {
    Eager get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
  };
};
// Nobody awaits it.
struct Detached {
  struct promise_type : PromiseBase {
    Detached get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
  };
};
// No coroutine of this file returns it.
struct Unused : AwaiterBase {
  struct promise_type : PromiseBase {
    Unused get_return_object() noexcept { return {}; }
  };
};

Task<int> one() { co_return; }
Task<char> two() { co_return; }
app::Job job() { co_return; }
app::Outer::Inner inner() { co_return; }
Careful careful() { co_return; }
CarefulToo careful_too() { co_return; }
Eager eager() { co_return; }
Detached detached() { co_return; }
