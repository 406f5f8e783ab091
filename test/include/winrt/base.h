// Imitation of C++/WinRT for tests: the names and shapes of the real library,
// declarations only.

#ifndef TEST_INCLUDE_WINRT_BASE_H
#define TEST_INCLUDE_WINRT_BASE_H

#include "Windows.Foundation.h"

namespace winrt {

template <typename T> struct com_ptr {
  com_ptr(const com_ptr &) noexcept;
  ~com_ptr() noexcept;
  T *operator->() const noexcept;
  explicit operator bool() const noexcept;
};

template <typename T> struct weak_ref {
  com_ptr<T> get() const noexcept;
};

namespace impl {
template <typename D> struct root_implements {
  com_ptr<D> get_strong() noexcept;
  weak_ref<D> get_weak();
};
} // namespace impl

template <typename D, typename... I>
struct implements : impl::root_implements<D> {};

} // namespace winrt

#endif
