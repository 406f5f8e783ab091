// Imitation of YACLib for tests: the names and shapes of the real library,
// declarations only.

#ifndef TEST_INCLUDE_YACLIB_ASYNC_FUTURE_HPP
#define TEST_INCLUDE_YACLIB_ASYNC_FUTURE_HPP

#include <coroutine>

namespace yaclib {

class IExecutor {
public:
  virtual ~IExecutor() = default;
};
class FairThreadPool : public IExecutor {
public:
  void Wait() noexcept;
};

template <typename V> struct Result {
  V Ok() &&;
};

template <typename V> class FutureBase {
public:
  FutureBase(FutureBase &&) noexcept;
  ~FutureBase() noexcept;
  const Result<V> *Get() const & noexcept;
  Result<V> Get() && noexcept;
  void Detach() && noexcept;
  template <typename Func> FutureBase Then(IExecutor &, Func &&) && {
    return static_cast<FutureBase &&>(*this);
  }
};
template <typename V = void>
class [[nodiscard]] Future final : public FutureBase<V> {
public:
  template <typename Func> Future ThenInline(Func &&) && {
    return static_cast<Future &&>(*this);
  }
};
template <typename V = void>
class [[nodiscard]] Task final {
public:
  Task(Task &&) noexcept;
  ~Task();
  Result<V> Get() && noexcept;
};

namespace detail {
Future<int> started();
}
template <typename Func> Future<int> Run(IExecutor &, Func &&) {
  return detail::started();
}
template <typename Func> void Submit(IExecutor &, Func &&) {}
template <typename... Waited> void Wait(Waited &...) noexcept;

namespace detail {
template <typename V> struct Awaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  V await_resume();
};
template <typename Type, typename V, typename Initial> struct PromiseType {
  Type get_return_object() noexcept;
  Initial initial_suspend() noexcept;
  std::suspend_never final_suspend() noexcept;
  void unhandled_exception() noexcept;
  void return_value(V) noexcept;
};
} // namespace detail

detail::Awaiter<void> On(IExecutor &) noexcept;
template <typename... Waited>
detail::Awaiter<void> Await(Waited &...) noexcept;
template <typename V>
detail::Awaiter<V> operator co_await(FutureBase<V> &&) noexcept;
template <typename V> detail::Awaiter<V> operator co_await(Task<V> &&) noexcept;

} // namespace yaclib

template <typename V, typename... Args>
struct std::coroutine_traits<yaclib::Future<V>, Args...> {
  using promise_type =
      yaclib::detail::PromiseType<yaclib::Future<V>, V, std::suspend_never>;
};
template <typename V, typename... Args>
struct std::coroutine_traits<yaclib::Task<V>, Args...> {
  using promise_type =
      yaclib::detail::PromiseType<yaclib::Task<V>, V, std::suspend_always>;
};

#endif
