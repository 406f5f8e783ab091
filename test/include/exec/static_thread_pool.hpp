#pragma once

namespace experimental::execution {

namespace _pool_ {
class _static_thread_pool {
public:
  struct scheduler {};
  scheduler get_scheduler() noexcept;
};
} // namespace _pool_
struct static_thread_pool : private _pool_::_static_thread_pool {
  using _pool_::_static_thread_pool::get_scheduler;
};

} // namespace experimental::execution
namespace exec = experimental::execution;
