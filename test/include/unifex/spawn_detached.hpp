#pragma once

namespace unifex {

namespace _spawn_detached {
struct _spawn_detached_fn {
  template <typename Sender, typename Scope> void operator()(Sender &&sender, Scope &scope) const;
};
} // namespace _spawn_detached
inline constexpr _spawn_detached::_spawn_detached_fn spawn_detached{};

} // namespace unifex
