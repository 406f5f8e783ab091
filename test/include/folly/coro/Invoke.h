#pragma once

#include <folly/coro/Task.h>

namespace folly {
namespace coro {

struct co_invoke_fn {
  template <typename F> auto operator()(F f) const { return f(); }
};
namespace folly_cpo__ {
inline constexpr co_invoke_fn co_invoke{};
} // namespace folly_cpo__

} // namespace coro
} // namespace folly
