// An imitation of libcoro, with the names and types of the real one: only what
// the tests need, and without the code.
#pragma once

#include <chrono>
#include <coroutine>
#include <memory>
#include <string>

namespace coro {

namespace detail {
template <typename return_type> struct awaiter {
  auto await_ready() const noexcept -> bool;
  auto await_suspend(std::coroutine_handle<>) noexcept -> void;
  auto await_resume() -> return_type;
};

template <typename task_type> struct promise_base {
  auto get_return_object() noexcept -> task_type;
  auto initial_suspend() noexcept { return std::suspend_always{}; }
  auto final_suspend() noexcept { return std::suspend_always{}; }
  auto unhandled_exception() noexcept -> void;
};
template <typename task_type, typename return_type> struct promise : promise_base<task_type> {
  template <typename value_type> auto return_value(value_type &&value) -> void;
};
template <typename task_type> struct promise<task_type, void> : promise_base<task_type> {
  auto return_void() noexcept -> void;
};
} // namespace detail

template <typename return_type = void> class [[nodiscard]] task {
public:
  using promise_type = detail::promise<task, return_type>;
  task() noexcept;
  task(task &&) noexcept;
  auto operator=(task &&) noexcept -> task &;
  ~task();
  auto operator co_await() const & noexcept { return detail::awaiter<return_type>{}; }
  auto operator co_await() const && noexcept { return detail::awaiter<return_type>{}; }
};

template <typename awaitable_type>
auto sync_wait(awaitable_type &&awaitable)
    -> decltype(static_cast<awaitable_type &&>(awaitable).operator co_await().await_resume());

namespace detail {
struct when_all_ready_awaitable {
  auto operator co_await() const && noexcept -> awaiter<void>;
};
} // namespace detail
template <typename... awaitable_types>
[[nodiscard]] auto when_all(awaitable_types... awaitables) -> detail::when_all_ready_awaitable;

class thread_pool {
public:
  class schedule_operation : public detail::awaiter<void> {};
  [[nodiscard]] auto schedule() -> schedule_operation;
  template <typename return_type>
  [[nodiscard]] auto schedule(task<return_type> task) -> coro::task<return_type>;
  auto spawn_detached(task<void> &&task) noexcept -> bool;
  auto shutdown() noexcept -> void;
};

class scheduler {
public:
  class schedule_operation : public detail::awaiter<void> {};
  auto schedule() -> schedule_operation;
  [[nodiscard]] auto yield_for(std::chrono::milliseconds amount) -> task<void>;
  auto spawn_detached(task<void> &&task) -> bool;
  auto process_events(std::chrono::milliseconds timeout = std::chrono::milliseconds{0})
      -> std::size_t;
};

class scoped_lock {
public:
  ~scoped_lock();
  auto unlock() -> void;
};

class mutex {
public:
  struct scoped_lock_operation : detail::awaiter<coro::scoped_lock> {};
  [[nodiscard]] auto scoped_lock() -> scoped_lock_operation;
  struct lock_operation : detail::awaiter<void> {};
  [[nodiscard]] auto lock() -> lock_operation;
  auto unlock() -> void;
};

class condition_variable {
public:
  auto notify_one() -> task<void>;
  auto notify_all() -> task<void>;
  [[nodiscard]] auto wait(scoped_lock &lock) -> detail::awaiter<void>;
  template <typename predicate_type>
  [[nodiscard]] auto wait(scoped_lock &lock, predicate_type predicate)
      -> detail::awaiter<void> {
    return {};
  }
};

namespace net {
class hostname {
public:
  explicit hostname(std::string name);
};
namespace dns {
template <typename executor_type> class resolver {
public:
  auto host_by_name(const hostname &name) -> task<int>;
};
} // namespace dns
namespace tcp {
class client {
public:
  auto read_some(std::string &buffer, std::chrono::milliseconds timeout = {}) -> task<int>;
};
} // namespace tcp
} // namespace net

} // namespace coro
