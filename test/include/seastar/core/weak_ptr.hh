// As much of Seastar as the tests need, in Seastar's own words. Nothing here
// is ever run.

#ifndef TEST_INCLUDE_SEASTAR_CORE_WEAK_PTR_HH
#define TEST_INCLUDE_SEASTAR_CORE_WEAK_PTR_HH

namespace seastar {

template <typename T> class weak_ptr {
public:
  weak_ptr() noexcept;
  weak_ptr(weak_ptr &&) noexcept;
  weak_ptr &operator=(weak_ptr &&) noexcept;
  ~weak_ptr();
  explicit operator bool() const noexcept;
  T *operator->() const noexcept;
  T &operator*() const noexcept;
};

template <typename T> class weakly_referencable {
public:
  weak_ptr<T> weak_from_this() noexcept;
};

} // namespace seastar

#endif
