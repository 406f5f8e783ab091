#pragma once

#include <stdexec/execution.hpp>

namespace experimental::execution {

namespace __scope {
struct async_scope {
  template <class Sender> void spawn(Sender &&sender);
  [[nodiscard]] stdexec::detail::awaiter<void> on_empty() const;
};
} // namespace __scope
using __scope::async_scope;

} // namespace experimental::execution
namespace exec = experimental::execution;
