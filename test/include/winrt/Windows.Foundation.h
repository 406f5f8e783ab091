// Imitation of C++/WinRT for tests: the names and shapes of the real library,
// declarations only.

#ifndef TEST_INCLUDE_WINRT_WINDOWS_FOUNDATION_H
#define TEST_INCLUDE_WINRT_WINDOWS_FOUNDATION_H

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <ratio>

extern "C" void Sleep(unsigned long milliseconds);
extern "C" unsigned long WaitForSingleObject(void *handle,
                                             unsigned long milliseconds);

namespace winrt {

struct hresult_error {
  std::int32_t code() const noexcept;
};
struct hresult_canceled : hresult_error {};

namespace Windows::Foundation {
using TimeSpan = std::chrono::duration<std::int64_t, std::ratio<1, 10000000>>;
struct IAsyncAction;
template <typename TResult> struct IAsyncOperation;
} // namespace Windows::Foundation

namespace impl {
template <typename T> struct await_adapter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>);
  T await_resume() const;
};
// The members of an interface stand in a base class of it.
template <typename D, typename T> struct consume {
  T get() const;
  int wait_for(Windows::Foundation::TimeSpan const &timeout) const;
};
} // namespace impl

namespace Windows::Foundation {
struct IAsyncAction : impl::consume<IAsyncAction, void> {};
template <typename TResult>
struct IAsyncOperation : impl::consume<IAsyncOperation<TResult>, TResult> {};

inline impl::await_adapter<void> operator co_await(IAsyncAction const &) {
  return {};
}
template <typename TResult>
impl::await_adapter<TResult>
operator co_await(IAsyncOperation<TResult> const &) {
  return {};
}
} // namespace Windows::Foundation

namespace Windows::Foundation {
struct IUnknown {
  IUnknown(std::nullptr_t) noexcept {}
  void *object = nullptr;
};
struct IInspectable : IUnknown {};
template <typename TSender, typename TArgs> struct TypedEventHandler : IUnknown {
  template <typename L>
    requires requires(L handler, TSender const &sender, TArgs const &args) {
      handler(sender, args);
    }
  TypedEventHandler(L handler) : IUnknown(nullptr) {}
};
} // namespace Windows::Foundation

struct event_token {};
struct fire_and_forget {};
struct apartment_context {};
inline impl::await_adapter<void> operator co_await(apartment_context const &) {
  return {};
}
inline impl::await_adapter<void>
operator co_await(Windows::Foundation::TimeSpan) {
  return {};
}
impl::await_adapter<void> resume_background() noexcept;
impl::await_adapter<void>
resume_after(Windows::Foundation::TimeSpan duration) noexcept;
impl::await_adapter<bool> resume_on_signal(void *handle) noexcept;

namespace impl {
template <typename Async> struct promise_base {
  Async get_return_object() const noexcept;
  std::suspend_never initial_suspend() const noexcept;
  std::suspend_never final_suspend() const noexcept;
  void unhandled_exception() noexcept;
  template <typename Expression>
  Expression &&await_transform(Expression &&expression) {
    return static_cast<Expression &&>(expression);
  }
};
} // namespace impl

} // namespace winrt

namespace std {
template <typename... Args>
struct coroutine_traits<winrt::Windows::Foundation::IAsyncAction, Args...> {
  struct promise_type
      : winrt::impl::promise_base<winrt::Windows::Foundation::IAsyncAction> {
    void return_void() const noexcept;
  };
};
template <typename TResult, typename... Args>
struct coroutine_traits<winrt::Windows::Foundation::IAsyncOperation<TResult>,
                        Args...> {
  struct promise_type
      : winrt::impl::promise_base<
            winrt::Windows::Foundation::IAsyncOperation<TResult>> {
    void return_value(TResult) const noexcept;
  };
};
template <typename... Args>
struct coroutine_traits<winrt::fire_and_forget, Args...> {
  struct promise_type {
    winrt::fire_and_forget get_return_object() const noexcept;
    void return_void() const noexcept;
    std::suspend_never initial_suspend() const noexcept;
    std::suspend_never final_suspend() const noexcept;
    void unhandled_exception() const noexcept;
  };
};
} // namespace std

#endif
