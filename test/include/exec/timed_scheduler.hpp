#pragma once

#include <stdexec/execution.hpp>

namespace experimental::execution {

struct schedule_after_t {
  template <class Scheduler, class Duration>
  stdexec::detail::awaiter<void> operator()(Scheduler &&scheduler, Duration &&duration) const;
};
inline constexpr schedule_after_t schedule_after{};

} // namespace experimental::execution
namespace exec = experimental::execution;
