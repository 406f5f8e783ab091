#pragma once

#include <stdexec/execution.hpp>

namespace experimental::execution {

namespace __task {
template <class T> class [[nodiscard]] basic_task {
public:
  using promise_type = stdexec::detail::promise<basic_task, T>;
  using value_type = T;
  basic_task(basic_task &&other) noexcept;
  ~basic_task();
  stdexec::detail::awaiter<T> operator co_await() && noexcept;
};
struct __reschedule_coroutine_on_t {
  template <class Scheduler>
  stdexec::detail::awaiter<void> operator()(Scheduler scheduler) const noexcept;
};
} // namespace __task
template <class T> using task = __task::basic_task<T>;
inline constexpr __task::__reschedule_coroutine_on_t reschedule_coroutine_on{};

} // namespace experimental::execution
namespace exec = experimental::execution;
