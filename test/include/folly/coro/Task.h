#pragma once

#include <coroutine>
#include <exception>
#include <folly/CancellationToken.h>
#include <folly/OperationCancelled.h>
#include <folly/futures/Future.h>
#include <type_traits>
#include <utility>

namespace folly {
namespace coro {

namespace detail {
struct co_current_executor_ {};
struct co_current_cancellation_token_ {};
} // namespace detail
inline constexpr detail::co_current_executor_ co_current_executor{};
inline constexpr detail::co_current_cancellation_token_ co_current_cancellation_token{};
inline constexpr class co_safe_point_t final {
} co_safe_point{};

class co_error final {
public:
  template <typename A> explicit co_error(A &&error);
};

template <typename T = void> class Task;
template <typename T = void> class TaskWithExecutor;

namespace detail {
template <typename T> struct Awaiter {
  bool await_ready() noexcept;
  template <typename Promise> void await_suspend(std::coroutine_handle<Promise> handle) noexcept;
  T await_resume();
};

template <typename T> Awaiter<T> co_viaIfAsync(Executor::KeepAlive<> executor, Task<T> &&task);
template <typename T>
Awaiter<T> co_viaIfAsync(Executor::KeepAlive<> executor, TaskWithExecutor<T> &&task);
template <typename T>
Awaiter<T> co_viaIfAsync(Executor::KeepAlive<> executor, SemiFuture<T> &&future);
template <typename T>
Awaiter<T> co_viaIfAsync(Executor::KeepAlive<> executor, Future<T> &&future);

class TaskPromiseBase {
public:
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
  // What is awaited resumes the task on the executor that it runs on.
  template <typename Awaitable, std::enable_if_t<!std::is_pointer_v<Awaitable>, int> = 0>
  auto await_transform(Awaitable &&awaitable) {
    return co_viaIfAsync(Executor::KeepAlive<>(nullptr), static_cast<Awaitable &&>(awaitable));
  }
  Awaiter<Executor *> await_transform(co_current_executor_);
  Awaiter<CancellationToken> await_transform(co_current_cancellation_token_);
  Awaiter<void> await_transform(co_safe_point_t);
  std::suspend_always yield_value(co_error error);
};
template <typename T> class TaskPromise final : public TaskPromiseBase {
public:
  Task<T> get_return_object() noexcept;
  template <typename U> void return_value(U &&value);
};
template <> class TaskPromise<void> final : public TaskPromiseBase {
public:
  Task<void> get_return_object() noexcept;
  void return_void() noexcept;
};
} // namespace detail

template <typename T> class [[nodiscard]] TaskWithExecutor {
public:
  TaskWithExecutor(TaskWithExecutor &&other) noexcept;
  ~TaskWithExecutor();
  SemiFuture<Unit> start() &&;
  detail::Awaiter<T> operator co_await() && noexcept;
};

template <typename T> class [[nodiscard]] Task {
public:
  using promise_type = detail::TaskPromise<T>;
  Task(Task &&other) noexcept;
  ~Task();
  TaskWithExecutor<T> scheduleOn(Executor::KeepAlive<> executor) && noexcept;
  SemiFuture<T> semi() &&;
  friend TaskWithExecutor<T> co_withExecutor(Executor::KeepAlive<> executor, Task task) noexcept {
    return static_cast<Task &&>(task).scheduleOn(static_cast<Executor::KeepAlive<> &&>(executor));
  }
};

namespace detail {
struct WithExecutorFunction {
  template <typename T>
  TaskWithExecutor<T> operator()(Executor::KeepAlive<> executor, Task<T> task) const;
};
} // namespace detail
namespace folly_cpo__ {
inline constexpr detail::WithExecutorFunction co_withExecutor{};
} // namespace folly_cpo__
using namespace folly_cpo__;

} // namespace coro
} // namespace folly
