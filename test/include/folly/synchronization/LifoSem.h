#pragma once

namespace folly {

namespace detail {
template <typename Handoff> struct LifoSemBase {
  bool post();
  void wait();
  bool tryWait();
};
} // namespace detail

struct LifoSemHandoff;
struct LifoSem : public detail::LifoSemBase<LifoSemHandoff> {};

} // namespace folly
