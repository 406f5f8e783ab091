// As much of Drogon's coroutines as the tests need, in Drogon's own words.
// Nothing here is ever run.

#ifndef TEST_INCLUDE_DROGON_UTILS_COROUTINE_H
#define TEST_INCLUDE_DROGON_UTILS_COROUTINE_H

#include "../../trantor/net/EventLoop.h"
#include <coroutine>
#include <exception>
#include <functional>
#include <utility>

namespace drogon {

template <typename T = void> struct [[nodiscard]] Task {
  struct promise_type {
    Task<T> get_return_object();
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
    template <typename U> void return_value(U &&value);
  };
  struct awaiter {
    bool await_ready() noexcept;
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<> handle) noexcept;
    T await_resume();
  };
  Task(Task &&) noexcept;
  awaiter operator co_await() const noexcept;
};

template <> struct [[nodiscard]] Task<void> {
  struct promise_type {
    Task<> get_return_object();
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_void();
  };
  struct awaiter {
    bool await_ready() noexcept;
    std::coroutine_handle<>
    await_suspend(std::coroutine_handle<> handle) noexcept;
    void await_resume();
  };
  Task(Task &&) noexcept;
  awaiter operator co_await() const noexcept;
};

struct AsyncTask {
  struct promise_type {
    AsyncTask get_return_object() noexcept;
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void unhandled_exception();
    void return_void() noexcept;
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> handle) const noexcept;
  void await_resume() const noexcept;
};

template <typename T = void> struct CallbackAwaiter {
  bool await_ready() noexcept { return false; }
  T await_resume();
};

template <typename T> T sync_wait(Task<T> &&task) { std::terminate(); }

namespace internal {

struct [[nodiscard]] TimerAwaiter : CallbackAwaiter<void> {
  void await_suspend(std::coroutine_handle<> handle);
};

struct [[nodiscard]] SwitchThreadAwaiter : CallbackAwaiter<void> {
  void await_suspend(std::coroutine_handle<> handle);
};

template <typename T>
struct [[nodiscard]] EventLoopAwaiter : CallbackAwaiter<T> {
  void await_suspend(std::coroutine_handle<> handle);
};

} // namespace internal

internal::TimerAwaiter
sleepCoro(trantor::EventLoop *loop,
          const std::chrono::duration<double> &delay) noexcept;
internal::TimerAwaiter sleepCoro(trantor::EventLoop *loop,
                                 double delay) noexcept;
internal::SwitchThreadAwaiter
switchThreadCoro(trantor::EventLoop *loop) noexcept;

template <typename T>
internal::EventLoopAwaiter<T> queueInLoopCoro(trantor::EventLoop *loop,
                                              std::function<T()> task) {
  std::terminate();
}

template <typename Coro> void async_run(Coro &&coro) {}
template <typename Coro> std::function<void()> async_func(Coro &&coro) {
  return {};
}

} // namespace drogon

#endif
