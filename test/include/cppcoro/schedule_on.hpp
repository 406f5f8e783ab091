#ifndef CPPCORO_SCHEDULE_ON_HPP_INCLUDED
#define CPPCORO_SCHEDULE_ON_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
template <typename Scheduler, typename Awaitable>
Awaitable schedule_on(Scheduler &scheduler, Awaitable awaitable);
}

#endif
