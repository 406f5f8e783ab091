#pragma once

#include <folly/coro/Task.h>
#include <mutex>

namespace folly {
namespace coro {

class Mutex {
public:
  bool try_lock() noexcept;
  void unlock() noexcept;
  Task<std::unique_lock<Mutex>> co_scoped_lock() noexcept;
  Task<void> co_lock() noexcept;
};

} // namespace coro
} // namespace folly
