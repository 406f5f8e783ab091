#pragma once

#include <unifex/task.hpp>

namespace unifex {

namespace _schedule {
struct _fn {
  template <typename Scheduler> _task::_awaiter<void> operator()(Scheduler &&scheduler) const;
};
} // namespace _schedule
inline constexpr _schedule::_fn schedule{};

namespace _schedule_after {
inline const struct _fn {
  template <typename Scheduler, typename Duration>
  _task::_awaiter<void> operator()(Scheduler &&scheduler, Duration &&duration) const;
} schedule_after{};
} // namespace _schedule_after
using _schedule_after::schedule_after;

} // namespace unifex
