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

template <typename InputRange>
Task<void> makeUnorderedAsyncGenerator(AsyncScope &scope, InputRange awaitables);

} // namespace coro
} // namespace folly
