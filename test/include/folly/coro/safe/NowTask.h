#pragma once

#include <folly/coro/Task.h>

namespace folly::coro {

template <typename T = void> class now_task;

namespace detail {
class now_task_promise final : public TaskPromiseBase {
public:
  now_task<void> get_return_object() noexcept;
  void return_void() noexcept;
};
} // namespace detail

template <typename T> class [[nodiscard]] now_task final {
public:
  using promise_type = detail::now_task_promise;
  now_task(now_task &&) = delete;
  ~now_task();
  detail::Awaiter<T> operator co_await() && noexcept;
};

} // namespace folly::coro
