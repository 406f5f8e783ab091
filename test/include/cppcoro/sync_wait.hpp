#ifndef CPPCORO_SYNC_WAIT_HPP_INCLUDED
#define CPPCORO_SYNC_WAIT_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
template <typename Awaitable>
auto sync_wait(Awaitable &&awaitable)
    -> decltype(static_cast<Awaitable &&>(awaitable).operator co_await().await_resume());
}

#endif
