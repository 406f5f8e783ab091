// RUN: %check %s async-unawaited-task

// A promise that says by a concept that it takes whatever can be awaited.

#include <boost/cobalt.hpp>
#include <coroutine>

namespace cobalt = boost::cobalt;

struct Switch {
  bool await_ready();
  template <class Promise> void await_suspend(std::coroutine_handle<Promise>);
  void await_resume();
};
struct Event {
  Switch operator co_await();
};
struct Plain {};

Switch switch_thread();
Event &event();

cobalt::task<int> of_cobalt() {
  switch_thread();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'switch_thread' is never awaited: 'Switch' does nothing until it is; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await switch_thread();
  Switch();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'Switch' is never awaited: 'Switch' does nothing until it is; co_await it
  // CHECK-FIXES: co_await Switch();
  Plain();
  event();
  static_cast<Event &&>(event());
  co_return 1;
}

// One that asks for something else takes what has that.
template <class T>
concept Fast = requires(T &value) { value.is_fast(); };
struct Picky {
  struct promise_type {
    Picky get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
    template <Fast T> T &&await_transform(T &&value) {
      return static_cast<T &&>(value);
    }
  };
};
struct FastSwitch : Switch {
  bool is_fast();
};
Picky of_others() {
  switch_thread();
  co_await FastSwitch();
}
