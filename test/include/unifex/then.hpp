#pragma once

namespace unifex {

namespace _then::_cpo {
struct _fn {
  template <typename Sender, typename Func> Sender operator()(Sender &&sender, Func &&) const {
    return static_cast<Sender &&>(sender);
  }
};
} // namespace _then::_cpo
inline constexpr _then::_cpo::_fn then{};

} // namespace unifex
