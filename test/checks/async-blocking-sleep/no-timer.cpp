// RUN: %check %s async-blocking-sleep

// A part of Asio that has coroutines, and neither timers nor tokens: the fix
// would not compile here.

#include <coroutine>
#include <unistd.h>

namespace asio {

struct any_io_executor {};

template <class T, class Executor = any_io_executor> struct awaitable {
  struct promise_type {
    awaitable get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};

} // namespace asio

asio::awaitable<void> f() {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await asio::steady_timer::async_wait [async-blocking-sleep]
  co_return;
}
