#ifndef ASYNC_SIMPLE_CORO_LAZY_H
#define ASYNC_SIMPLE_CORO_LAZY_H

#include "../Executor.h"
#include <coroutine>
#include <exception>

namespace async_simple::coro {
template <typename T> class Lazy;

namespace detail {
template <typename T> struct Awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

template <typename T> struct LazyPromiseBase {
  Lazy<T> get_return_object() noexcept;
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
  template <typename Awaitable> Awaitable &&await_transform(Awaitable &&awaitable);
};
template <typename T> struct LazyPromise : LazyPromiseBase<T> {
  template <typename V> void return_value(V &&value);
};
template <> struct LazyPromise<void> : LazyPromiseBase<void> {
  void return_void() noexcept;
};

template <typename T> class LazyBase {
public:
  using promise_type = LazyPromise<T>;
  LazyBase(LazyBase &&) noexcept;
  ~LazyBase();
  template <typename F> void start(F &&callback) {}
  auto operator co_await() { return Awaiter<T>{}; }
};
} // namespace detail

template <typename T = void> class [[nodiscard]] RescheduleLazy : public detail::LazyBase<T> {
public:
  void detach();
};

template <typename T = void> class [[nodiscard]] Lazy : public detail::LazyBase<T> {
public:
  RescheduleLazy<T> via(Executor *ex) &&;
};
} // namespace async_simple::coro

#endif
