#ifndef ASYNC_SIMPLE_CORO_DISPATCH_H
#define ASYNC_SIMPLE_CORO_DISPATCH_H

#include "Lazy.h"

namespace async_simple::coro {
namespace detail {
// The real one has coAwait alone, which the promise of Lazy looks for.
class DispatchAwaitable : public Awaiter<void> {};
} // namespace detail
detail::DispatchAwaitable dispatch(Executor *ex);
} // namespace async_simple::coro

#endif
