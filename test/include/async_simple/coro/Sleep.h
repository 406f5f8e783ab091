#ifndef ASYNC_SIMPLE_CORO_SLEEP_H
#define ASYNC_SIMPLE_CORO_SLEEP_H

#include "Lazy.h"
#include <chrono>

namespace async_simple::coro {
template <typename Rep, typename Period> Lazy<void> sleep(std::chrono::duration<Rep, Period> dur);
}

#endif
