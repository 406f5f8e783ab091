#pragma once

#include <folly/coro/Task.h>

namespace folly {
namespace coro {

class AsyncScope {
public:
  AsyncScope() noexcept;
  ~AsyncScope();
  template <typename Awaitable> void add(Awaitable &&awaitable);
  Task<void> joinAsync() noexcept;
};

} // namespace coro
} // namespace folly
