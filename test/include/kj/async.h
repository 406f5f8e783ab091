// As much of KJ as the tests need, in KJ's own words. Nothing here is ever run.

#ifndef TEST_INCLUDE_KJ_ASYNC_H
#define TEST_INCLUDE_KJ_ASYNC_H

#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

namespace kj {

class Exception {};
class WaitScope {};

template <typename T> T &&mv(T &t) { return static_cast<T &&>(t); }

template <typename T> class Promise;

namespace _ {

template <typename T> struct ReducePromises_ {
  using Type = Promise<T>;
};
template <typename T> struct ReducePromises_<Promise<T>> {
  using Type = Promise<T>;
};
template <typename T> using ReducePromises = typename ReducePromises_<T>::Type;

template <typename Func, typename T> struct ReturnType_ {
  using Type = std::invoke_result_t<Func, T>;
};
template <typename Func> struct ReturnType_<Func, void> {
  using Type = std::invoke_result_t<Func>;
};

class PromiseBase {
protected:
  PromiseBase() = default;
};

} // namespace _

template <typename Func, typename T>
using PromiseForResult =
    _::ReducePromises<typename _::ReturnType_<Func, T>::Type>;

template <typename T> class [[nodiscard]] Promise : protected _::PromiseBase {
public:
  Promise(Promise &&) noexcept;
  Promise &operator=(Promise &&) noexcept;
  template <typename Func> PromiseForResult<Func, T> then(Func &&func) {
    std::terminate();
  }
  template <typename Func, typename ErrorFunc>
  PromiseForResult<Func, T> then(Func &&func, ErrorFunc &&errorHandler) {
    std::terminate();
  }
  template <typename ErrorFunc> Promise<T> catch_(ErrorFunc &&errorHandler) {
    std::terminate();
  }
  Promise<T> exclusiveJoin(Promise<T> &&other);
  T wait(WaitScope &waitScope);
  bool poll(WaitScope &waitScope);
  template <typename ErrorFunc>
  Promise<T> eagerlyEvaluate(ErrorFunc &&errorHandler) {
    std::terminate();
  }
  template <typename ErrorFunc> void detach(ErrorFunc &&errorHandler) {
    std::terminate();
  }
};

template <typename Func> PromiseForResult<Func, void> evalLater(Func &&func) {
  std::terminate();
}
template <typename Func> PromiseForResult<Func, void> evalNow(Func &&func) {
  std::terminate();
}
template <typename Func>
PromiseForResult<Func, WaitScope &> startFiber(std::size_t stack, Func &&func) {
  std::terminate();
}

class TaskSet {
public:
  void add(Promise<void> &&promise);
  Promise<void> onEmpty();
};

class Executor {
public:
  template <typename Func>
  PromiseForResult<Func, void> executeAsync(Func &&func) const {
    std::terminate();
  }
  template <typename Func>
  std::invoke_result_t<Func> executeSync(Func &&func) const {
    std::terminate();
  }
};

namespace _ {

template <typename T> class PromiseAwaiter {
public:
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> coroutine);
  T await_resume();
};

template <typename T> class Coroutine {
public:
  Promise<T> get_return_object();
  std::suspend_never initial_suspend() { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception();
  template <typename U>
  PromiseAwaiter<U> await_transform(kj::Promise<U> &promise);
  template <typename U>
  PromiseAwaiter<U> await_transform(kj::Promise<U> &&promise);
  template <typename U> void return_value(U &&value);
};

template <> class Coroutine<void> {
public:
  Promise<void> get_return_object();
  std::suspend_never initial_suspend() { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void unhandled_exception();
  template <typename U>
  PromiseAwaiter<U> await_transform(kj::Promise<U> &promise);
  template <typename U>
  PromiseAwaiter<U> await_transform(kj::Promise<U> &&promise);
  void return_void();
};

} // namespace _

} // namespace kj

template <typename T, typename... Args>
struct std::coroutine_traits<kj::Promise<T>, Args...> {
  using promise_type = kj::_::Coroutine<T>;
};

#endif
