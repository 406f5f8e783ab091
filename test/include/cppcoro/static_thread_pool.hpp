#ifndef CPPCORO_STATIC_THREAD_POOL_HPP_INCLUDED
#define CPPCORO_STATIC_THREAD_POOL_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
class static_thread_pool {
public:
  class schedule_operation : public detail::awaiter<void> {};
  [[nodiscard]] schedule_operation schedule() noexcept;
};
} // namespace cppcoro

#endif
