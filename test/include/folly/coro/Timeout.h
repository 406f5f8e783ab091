#pragma once

#include <folly/OperationCancelled.h>
#include <folly/coro/Task.h>
#include <folly/futures/Future.h>

namespace folly {
namespace coro {

template <typename T, typename Duration>
Task<T> timeout(Task<T> task, Duration duration);
template <typename T, typename Duration>
Task<T> timeout(SemiFuture<T> future, Duration duration);
template <typename T, typename Duration>
Task<T> timeoutNoDiscard(Task<T> task, Duration duration);

} // namespace coro
} // namespace folly
