#pragma once

namespace unifex {

namespace _on {
inline const struct _fn {
  template <typename Scheduler, typename Sender>
  Sender operator()(Scheduler &&scheduler, Sender &&sender) const;
} on{};
} // namespace _on
using _on::on;

} // namespace unifex
