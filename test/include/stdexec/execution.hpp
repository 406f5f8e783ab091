// An imitation of stdexec, with the names and types of the real one: only what
// the tests need, and without the code.
#pragma once

#include <coroutine>
#include <optional>
#include <tuple>

namespace stdexec {

namespace detail {
template <class T> struct awaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<> handle) noexcept;
  T await_resume();
};

struct promise_base {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept;
};
template <class Task, class T> struct promise : promise_base {
  Task get_return_object() noexcept;
  template <class U> void return_value(U &&value);
};
template <class Task> struct promise<Task, void> : promise_base {
  Task get_return_object() noexcept;
  void return_void() noexcept;
};
} // namespace detail

template <class T> class [[nodiscard]] task {
public:
  using promise_type = detail::promise<task, T>;
  using value_type = T;
  task(task &&other) noexcept;
  ~task();
  detail::awaiter<T> operator co_await() && noexcept;
};

namespace detail {
template <class T> struct sync_wait_result {
  using type = std::optional<std::tuple<T>>;
};
template <> struct sync_wait_result<void> {
  using type = std::optional<std::tuple<>>;
};
} // namespace detail

struct sync_wait_t {
  template <class Sender>
  typename detail::sync_wait_result<typename Sender::value_type>::type
  operator()(Sender sender) const;
};
inline constexpr sync_wait_t sync_wait{};

struct run_loop {
  struct scheduler {};
};

struct starts_on_t {
  template <class Scheduler, class Sender>
  Sender operator()(Scheduler &&scheduler, Sender sender) const;
};
inline constexpr starts_on_t starts_on{};

struct schedule_t {
  template <class Scheduler> detail::awaiter<void> operator()(Scheduler &&scheduler) const;
};
inline constexpr schedule_t schedule{};

struct then_t {
  template <class Sender, class Fun> Sender operator()(Sender sender, Fun) const {
    return static_cast<Sender &&>(sender);
  }
};
inline constexpr then_t then{};

} // namespace stdexec
