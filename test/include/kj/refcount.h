// As much of KJ as the tests need, in KJ's own words. Nothing here is ever run.

#ifndef TEST_INCLUDE_KJ_REFCOUNT_H
#define TEST_INCLUDE_KJ_REFCOUNT_H

#include "async.h"

namespace kj {

template <typename T> class Own {
public:
  Own(Own &&) noexcept;
  ~Own() noexcept(false);
  T *operator->();
  T &operator*();
};

class Refcounted {
public:
  virtual ~Refcounted();
};

template <typename T> Own<T> addRef(T &object) { std::terminate(); }
template <typename T, typename... Params>
Own<T> refcounted(Params &&...params) {
  std::terminate();
}

} // namespace kj

#endif
