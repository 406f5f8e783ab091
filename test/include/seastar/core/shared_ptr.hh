// As much of Seastar as the tests need, in Seastar's own words. Nothing here
// is ever run.

#ifndef TEST_INCLUDE_SEASTAR_CORE_SHARED_PTR_HH
#define TEST_INCLUDE_SEASTAR_CORE_SHARED_PTR_HH

namespace seastar {

template <typename T> class lw_shared_ptr {
public:
  lw_shared_ptr(const lw_shared_ptr &) noexcept;
  ~lw_shared_ptr();
  T *operator->() const noexcept;
  T &operator*() const noexcept;
};

template <typename T> class enable_lw_shared_from_this {
public:
  lw_shared_ptr<T> shared_from_this() noexcept;
};

} // namespace seastar

#endif
