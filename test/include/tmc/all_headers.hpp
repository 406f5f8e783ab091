// An imitation of TooManyCooks, with the names and types of the real one: only
// what the tests need, and without the code.
#pragma once

#include <coroutine>
#include <future>

namespace tmc {
namespace detail {
template <typename Result> struct awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  Result await_resume() noexcept;
};
template <typename Task> struct task_promise_base {
  Task get_return_object() noexcept;
  std::suspend_always initial_suspend() const noexcept;
  std::suspend_always final_suspend() const noexcept;
  [[noreturn]] void unhandled_exception() noexcept;
};
template <typename Task, typename Result> struct task_promise : task_promise_base<Task> {
  template <typename RV> void return_value(RV &&value);
};
template <typename Task> struct task_promise<Task, void> : task_promise_base<Task> {
  void return_void() noexcept;
};
} // namespace detail

template <typename Result> struct [[nodiscard]] task {
  using promise_type = detail::task_promise<task, Result>;
  task(task &&) noexcept;
  ~task();
  detail::awaiter<Result> operator co_await() && noexcept;
};

template <typename Awaitable> class [[nodiscard]] aw_spawn {
public:
  detail::awaiter<void> operator co_await() && noexcept;
  void detach();
};
template <typename Awaitable> aw_spawn<Awaitable> spawn(Awaitable &&awaitable);

class ex_cpu {
public:
  void teardown();
};
class ex_braid {};
ex_cpu &cpu_executor();

class [[nodiscard]] aw_resume_on : public detail::awaiter<void> {};
template <typename Exec> aw_resume_on resume_on(Exec &&executor);

template <typename E, typename TaskOrFunc> void post(E &&executor, TaskOrFunc &&work) {}
template <typename E, typename Result>
[[nodiscard]] std::future<Result> post_waitable(E &&executor, task<Result> &&task);

class [[nodiscard]] aw_mutex_lock_scope : public detail::awaiter<void> {};
class mutex {
public:
  aw_mutex_lock_scope lock_scope() noexcept;
};

template <typename T> class chan_tok {
public:
  task<void> drain() noexcept;
  void drain_wait() noexcept;
};
} // namespace tmc
