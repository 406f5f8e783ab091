#ifndef CPPCORO_RESUME_ON_HPP_INCLUDED
#define CPPCORO_RESUME_ON_HPP_INCLUDED

#include "task.hpp"

namespace cppcoro {
template <typename Scheduler, typename Awaitable>
Awaitable resume_on(Scheduler &scheduler, Awaitable awaitable);
}

#endif
