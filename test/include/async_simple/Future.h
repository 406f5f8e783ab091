#ifndef ASYNC_SIMPLE_FUTURE_H
#define ASYNC_SIMPLE_FUTURE_H

#include "Executor.h"
#include <coroutine>
#include <exception>

namespace async_simple {
template <typename T> class Future {
public:
  Future(Future &&) noexcept;
  auto coAwait(Executor *) && noexcept { return std::move(*this); }
  bool hasResult() const;
  T get() &&;
  void wait();
  Future via(Executor *executor) &&;
  template <typename F> Future<int> thenValue(F &&f) && { std::terminate(); }
};

struct FutureAwaiter {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
FutureAwaiter operator co_await(Future<int> &&future);
} // namespace async_simple

#endif
