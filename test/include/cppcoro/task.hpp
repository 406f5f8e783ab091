// An imitation of cppcoro, with the names and types of the real one: only what
// the tests need, and without the code.
#ifndef CPPCORO_TASK_HPP_INCLUDED
#define CPPCORO_TASK_HPP_INCLUDED

#include <coroutine>
#include <exception>

namespace cppcoro {

namespace detail {
template <typename T> struct awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

template <typename Task> struct promise_base {
  Task get_return_object() noexcept;
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};
template <typename Task, typename T> struct promise : promise_base<Task> {
  template <typename U> void return_value(U &&value);
};
template <typename Task> struct promise<Task, void> : promise_base<Task> {
  void return_void() noexcept;
};
} // namespace detail

template <typename T = void> class [[nodiscard]] task {
public:
  using promise_type = detail::promise<task, T>;
  task(task &&) noexcept;
  task &operator=(task &&) noexcept;
  ~task();
  auto operator co_await() const & noexcept { return detail::awaiter<T>{}; }
  auto operator co_await() const && noexcept { return detail::awaiter<T>{}; }
};

template <typename T = void> class [[nodiscard]] shared_task {
public:
  using promise_type = detail::promise<shared_task, T>;
  shared_task(const shared_task &) noexcept;
  ~shared_task();
  auto operator co_await() const noexcept { return detail::awaiter<T>{}; }
};

} // namespace cppcoro

#endif
