#ifndef TEST_INCLUDE_KJ_MUTEX_H
#define TEST_INCLUDE_KJ_MUTEX_H

#include <exception>
#include <utility>

namespace kj {

template <typename T> class MutexGuarded {
public:
  template <typename Cond, typename Func>
  auto when(Cond &&condition, Func &&callback) const
      -> decltype(callback(std::declval<T &>())) {
    std::terminate();
  }
};

} // namespace kj

#endif
