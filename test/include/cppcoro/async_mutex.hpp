#ifndef CPPCORO_ASYNC_MUTEX_HPP_INCLUDED
#define CPPCORO_ASYNC_MUTEX_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
class async_mutex_lock_operation : public detail::awaiter<void> {};
class async_mutex {
public:
  async_mutex_lock_operation lock_async() noexcept;
  void unlock();
};
} // namespace cppcoro

#endif
