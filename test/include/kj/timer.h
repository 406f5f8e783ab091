#ifndef TEST_INCLUDE_KJ_TIMER_H
#define TEST_INCLUDE_KJ_TIMER_H

#include "async.h"

namespace kj {

struct Duration {
  long nanoseconds;
};
constexpr Duration SECONDS{1000000000};
struct TimePoint {
  long nanoseconds;
};
constexpr Duration operator*(long n, Duration d) { return {n * d.nanoseconds}; }

class Timer {
public:
  virtual Promise<void> afterDelay(Duration delay) = 0;
  virtual TimePoint now() const = 0;
  template <typename T>
  Promise<T> timeoutAfter(Duration delay, Promise<T> &&promise);
  template <typename T> Promise<T> timeoutAt(TimePoint time, Promise<T> &&promise);
};

} // namespace kj

#endif
