#pragma once

#include <folly/CancellationToken.h>
#include <folly/coro/Task.h>

namespace folly {
namespace coro {

template <typename T>
Task<T> co_withCancellation(CancellationToken token, Task<T> task);

} // namespace coro
} // namespace folly
