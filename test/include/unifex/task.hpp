// An imitation of libunifex, with the names and types of the real one: only
// what the tests need, and without the code.
#pragma once

#include <coroutine>

namespace unifex {

namespace _task {
template <typename T, bool nothrow> struct _task {
  struct [[nodiscard]] type;
};

struct _promise_base {
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept;
};
template <typename T, bool nothrow> struct _promise final {
  struct type : _promise_base {
    typename _task<T, nothrow>::type get_return_object() noexcept;
    template <typename Value> void return_value(Value &&value);
  };
};
template <bool nothrow> struct _promise<void, nothrow> final {
  struct type : _promise_base {
    typename _task<void, nothrow>::type get_return_object() noexcept;
    void return_void() noexcept;
  };
};

template <typename T> struct _awaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<> handle) noexcept;
  T await_resume();
};

template <typename T, bool nothrow> struct _task<T, nothrow>::type {
  using promise_type = typename _promise<T, nothrow>::type;
  type(type &&other) noexcept;
  ~type();
  _awaiter<T> operator co_await() && noexcept;
};
} // namespace _task

template <typename T> using task = typename _task::_task<T, false>::type;
template <typename T> using nothrow_task = typename _task::_task<T, true>::type;

} // namespace unifex
