// RUN: %check %s async-blocking-sleep
// Generators whose values are awaited run on the loop of who awaits them, also
// where they await nothing themselves.

#include <chrono>
#include <coroutine>
#include <thread>

using namespace std::chrono_literals;

template <typename T> struct Values {
  struct promise_type {
    Values get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(T);
    void return_void();
    void unhandled_exception();
  };
  struct Next {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    T *await_resume();
  };
  Next next();
};
template <typename T> struct Range {
  struct promise_type {
    Range get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    std::suspend_always yield_value(T);
    void return_void();
    void unhandled_exception();
  };
  T *begin();
  T *end();
};

Values<int> awaited() {
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine
  co_yield 1;
}
Range<int> waited_for() {
  std::this_thread::sleep_for(1s);
  co_yield 1;
}
