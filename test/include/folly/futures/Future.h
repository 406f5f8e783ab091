#pragma once

#include <chrono>
#include <coroutine>
#include <folly/Executor.h>
#include <stdexcept>

namespace folly {

struct Unit {};
class FutureException : public std::logic_error {
public:
  using std::logic_error::logic_error;
};
class FutureTimeout : public FutureException {
public:
  FutureTimeout();
};
using HighResDuration = std::chrono::microseconds;

template <typename T> class Future;

template <typename T> class FutureAwaiter {
public:
  bool await_ready();
  void await_suspend(std::coroutine_handle<> handle);
  T await_resume();
};

template <typename T> class SemiFuture {
public:
  SemiFuture(SemiFuture &&other) noexcept;
  ~SemiFuture();
  bool isReady() const;
  T get() &&;
  T get(HighResDuration duration) &&;
  SemiFuture &wait() &;
  bool wait(HighResDuration duration) &&;
  Future<T> via(Executor::KeepAlive<> executor) &&;
  SemiFuture<T> within(HighResDuration duration) &&;
  template <typename E>
  SemiFuture<T> within(HighResDuration duration, E exception) &&;
  Future<T> toUnsafeFuture() &&;
  template <typename F> SemiFuture<Unit> deferValue(F &&func) &&;
};

template <typename T> class Future {
public:
  Future(Future &&other) noexcept;
  ~Future();
  bool isReady() const;
  T get() &&;
  Future &wait() &;
  template <typename F> Future<Unit> thenValue(F &&func) &&;
};

SemiFuture<Unit> makeSemiFuture();
template <typename T> template <typename F> SemiFuture<Unit> SemiFuture<T>::deferValue(F &&) && {
  return makeSemiFuture();
}

Future<Unit> makeFuture();
template <typename T> template <typename F> Future<Unit> Future<T>::thenValue(F &&) && {
  return makeFuture();
}

template <typename T> FutureAwaiter<T> operator co_await(SemiFuture<T> &&future) noexcept;
template <typename T> FutureAwaiter<T> operator co_await(Future<T> &&future) noexcept;

Future<Unit> via(Executor::KeepAlive<> executor);
template <class Func> Future<Unit> via(Executor::KeepAlive<>, Func &&) { return makeFuture(); }

namespace futures {
SemiFuture<Unit> sleep(HighResDuration duration);
} // namespace futures

} // namespace folly
