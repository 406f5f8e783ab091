#pragma once

#include <chrono>

namespace folly {

template <bool MayBlock = true> class Baton {
public:
  bool ready() const noexcept;
  void post() noexcept;
  void wait() noexcept;
  bool try_wait() noexcept;
  template <typename Rep, typename Period>
  bool try_wait_for(const std::chrono::duration<Rep, Period> &timeout) noexcept;
};

} // namespace folly
