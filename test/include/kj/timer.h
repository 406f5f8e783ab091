#ifndef TEST_INCLUDE_KJ_TIMER_H
#define TEST_INCLUDE_KJ_TIMER_H

#include "async.h"

namespace kj {

struct Duration {
  long nanoseconds;
};
constexpr Duration SECONDS{1000000000};
constexpr Duration operator*(long n, Duration d) { return {n * d.nanoseconds}; }

class Timer {
public:
  virtual Promise<void> afterDelay(Duration delay) = 0;
};

} // namespace kj

#endif
