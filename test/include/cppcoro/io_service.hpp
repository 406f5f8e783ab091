#ifndef CPPCORO_IO_SERVICE_HPP_INCLUDED
#define CPPCORO_IO_SERVICE_HPP_INCLUDED

#include "cancellation_token.hpp"
#include "task.hpp"
#include <chrono>
#include <cstdint>

namespace cppcoro {
class io_service {
public:
  class schedule_operation : public detail::awaiter<void> {};
  class timed_schedule_operation : public detail::awaiter<void> {};
  [[nodiscard]] schedule_operation schedule() noexcept;
  template <typename Rep, typename Period>
  [[nodiscard]] timed_schedule_operation
  schedule_after(const std::chrono::duration<Rep, Period> &delay, cancellation_token token = {});
  std::uint64_t process_events();
  std::uint64_t process_pending_events();
};
} // namespace cppcoro

#endif
