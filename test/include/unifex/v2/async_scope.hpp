#pragma once

#include <unifex/task.hpp>

namespace unifex {
inline namespace v2 {

namespace _async_scope {
struct async_scope final {
  [[nodiscard]] _task::_awaiter<void> join() noexcept;
};
} // namespace _async_scope
using _async_scope::async_scope;

} // namespace v2
} // namespace unifex
