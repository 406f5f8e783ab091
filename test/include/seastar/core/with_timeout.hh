// Imitation of Seastar for tests: the names and shapes of the real library,
// declarations only.

#ifndef TEST_INCLUDE_SEASTAR_CORE_WITH_TIMEOUT_HH
#define TEST_INCLUDE_SEASTAR_CORE_WITH_TIMEOUT_HH

#include <chrono>
#include <seastar/core/coroutine.hh>

namespace seastar {
template <typename Clock, typename Duration, typename T>
future<T> with_timeout(std::chrono::time_point<Clock, Duration> timeout,
                       future<T> f);
} // namespace seastar

#endif
