#ifndef CPPCORO_ASYNC_SCOPE_HPP_INCLUDED
#define CPPCORO_ASYNC_SCOPE_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
class async_scope {
public:
  template <typename Awaitable> void spawn(Awaitable &&awaitable);
  [[nodiscard]] auto join() noexcept { return detail::awaiter<void>{}; }
};
} // namespace cppcoro

#endif
