#pragma once

#include <unifex/task.hpp>

namespace unifex {

namespace _spawn_future {
template <typename Scope, typename... T> struct _future final {
  struct type;
};
template <typename Scope, typename... T>
struct [[nodiscard]] _future<Scope, T...>::type final : _task::_awaiter<void> {
  type(type &&other) noexcept;
  ~type();
};
struct _spawn_future_fn {
  template <typename Sender, typename Scope>
  typename _future<Scope>::type operator()(Sender &&sender, Scope &scope) const;
};
} // namespace _spawn_future
template <typename Scope, typename... T>
using future = typename _spawn_future::_future<Scope, T...>::type;
inline constexpr _spawn_future::_spawn_future_fn spawn_future{};

} // namespace unifex
