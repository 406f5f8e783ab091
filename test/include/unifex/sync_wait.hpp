#pragma once

#include <optional>
#include <unifex/task.hpp>

namespace unifex {

struct unit {};

namespace _sync_wait_cpo {
struct _fn {
  std::optional<int> operator()(task<int> &&sender) const;
  std::optional<unit> operator()(task<void> &&sender) const;
};
} // namespace _sync_wait_cpo
inline constexpr _sync_wait_cpo::_fn sync_wait{};

} // namespace unifex
