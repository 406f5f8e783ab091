#ifndef CPPCORO_WHEN_ALL_HPP_INCLUDED
#define CPPCORO_WHEN_ALL_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
namespace detail {
struct when_all_awaitable {
  awaiter<void> operator co_await() && noexcept;
};
} // namespace detail
template <typename... Awaitables>
[[nodiscard]] detail::when_all_awaitable when_all(Awaitables &&...awaitables);
} // namespace cppcoro

#endif
