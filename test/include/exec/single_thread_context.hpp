#pragma once

#include <stdexec/execution.hpp>

namespace experimental::execution {

class single_thread_context {
public:
  stdexec::run_loop::scheduler get_scheduler() noexcept;
};

} // namespace experimental::execution
namespace exec = experimental::execution;
