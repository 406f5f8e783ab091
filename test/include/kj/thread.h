#ifndef TEST_INCLUDE_KJ_THREAD_H
#define TEST_INCLUDE_KJ_THREAD_H

#include "async.h"
#include <functional>

namespace kj {

template <typename Signature> class Function;

template <> class Function<void()> {
public:
  template <typename F> Function(F &&f) { std::terminate(); }
};

class Thread {
public:
  explicit Thread(Function<void()> func);
  ~Thread() noexcept(false);
};

} // namespace kj

#endif
