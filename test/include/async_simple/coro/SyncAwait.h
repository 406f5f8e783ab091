#ifndef ASYNC_SIMPLE_CORO_SYNC_AWAIT_H
#define ASYNC_SIMPLE_CORO_SYNC_AWAIT_H

#include "Lazy.h"

namespace async_simple::coro {
template <typename T> T syncAwait(Lazy<T> &&lazy);
}

#endif
