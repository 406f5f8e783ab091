#ifndef CPPCORO_ASYNC_MUTEX_HPP_INCLUDED
#define CPPCORO_ASYNC_MUTEX_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
class async_mutex;
class async_mutex_lock {
public:
  async_mutex_lock(async_mutex_lock &&other) noexcept;
  ~async_mutex_lock();
};
class async_mutex_lock_operation : public detail::awaiter<void> {};
class async_mutex_scoped_lock_operation
    : public detail::awaiter<async_mutex_lock> {};
class async_mutex {
public:
  bool try_lock() noexcept;
  async_mutex_lock_operation lock_async() noexcept;
  async_mutex_scoped_lock_operation scoped_lock_async() noexcept;
  void unlock();
};
} // namespace cppcoro

#endif
