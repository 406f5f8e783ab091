#pragma once

#include <folly/coro/Task.h>

namespace folly {
namespace coro {

Task<void> sleep(HighResDuration duration);

} // namespace coro
} // namespace folly
