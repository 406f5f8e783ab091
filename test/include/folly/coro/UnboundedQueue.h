#pragma once

#include <folly/coro/Task.h>

namespace folly {
namespace coro {

template <typename T> class UnboundedQueue {
public:
  void enqueue(T value);
  Task<T> dequeue();
  template <typename Duration> Task<T> co_try_dequeue_for(Duration timeout);
};

} // namespace coro
} // namespace folly
