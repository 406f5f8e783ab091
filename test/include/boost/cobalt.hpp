// Imitation of Boost.Cobalt for tests: the names and shapes of the real
// library, declarations only.

#ifndef TEST_INCLUDE_BOOST_COBALT_HPP
#define TEST_INCLUDE_BOOST_COBALT_HPP

#include "asio.hpp"
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <exception>

namespace boost::cobalt {

using executor = asio::any_io_executor;

namespace detail {
template <typename T> struct awaiter {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};
} // namespace detail

template <typename Aw, typename Promise>
concept awaitable = requires(Aw &aw) { aw.operator co_await(); } ||
                    requires(Aw &aw) { aw.await_ready(); };

template <typename Promise> struct enable_awaitables {
  template <awaitable<Promise> Aw> Aw &&await_transform(Aw &&aw) {
    return static_cast<Aw &&>(aw);
  }
  detail::awaiter<executor> await_transform(asio::this_coro::executor_t);
};

namespace this_coro {
using namespace asio::this_coro;
struct cancelled_t {};
constexpr cancelled_t cancelled;
} // namespace this_coro

template <typename... Args> struct op {
  virtual ~op() = default;
  detail::awaiter<void> operator co_await();
};

struct use_op_t {
  constexpr use_op_t() {}
};
constexpr use_op_t use_op{};

namespace detail {
template <typename Return>
struct promise_base : enable_awaitables<promise_base<Return>> {
  void return_value(Return);
};
template <>
struct promise_base<void> : enable_awaitables<promise_base<void>> {
  void return_void();
};
template <typename Task, typename Return, typename Initial>
struct coroutine_promise : promise_base<Return> {
  Task get_return_object();
  Initial initial_suspend() noexcept;
  std::suspend_never final_suspend() noexcept;
  void unhandled_exception();
};
} // namespace detail

template <typename Return = void> struct [[nodiscard]] task {
  using promise_type =
      detail::coroutine_promise<task, Return, std::suspend_always>;
  task(task &&) noexcept;
  detail::awaiter<Return> operator co_await();
};

template <typename Return = void> struct [[nodiscard]] promise {
  using promise_type =
      detail::coroutine_promise<promise, Return, std::suspend_never>;
  promise(promise &&) noexcept;
  ~promise();
  detail::awaiter<Return> operator co_await();
  void operator+() &&;
  void detach();
};

struct detached {
  using promise_type =
      detail::coroutine_promise<detached, void, std::suspend_never>;
};

struct thread {
  using promise_type =
      detail::coroutine_promise<thread, void, std::suspend_never>;
  thread(thread &&) noexcept;
  ~thread();
  detail::awaiter<void> operator co_await() &;
  detail::awaiter<void> operator co_await() &&;
  void join();
  executor get_executor() const;
};

struct main {
  using promise_type = detail::coroutine_promise<main, int, std::suspend_always>;
};

template <typename T> T run(task<T> t);

namespace detail {
template <typename T> struct spawn_op : op<T> {
  detail::awaiter<T> operator co_await();
};
template <typename... Ts> struct join_variadic_impl {
  detail::awaiter<void> operator co_await();
};
} // namespace detail
template <typename Executor, typename T>
detail::spawn_op<T> spawn(Executor executor, task<T> &&t, use_op_t);
template <typename... Ts> detail::join_variadic_impl<Ts...> join(Ts &&...);

namespace io {
template <typename Rep, typename Period>
[[nodiscard]] op<system::error_code>
sleep(const std::chrono::duration<Rep, Period> &);
} // namespace io

} // namespace boost::cobalt

namespace boost::asio {
template <typename R, typename... Args>
class async_result<cobalt::use_op_t, R(Args...)> {
public:
  using return_type = cobalt::op<Args...>;
  template <typename Initiation, typename RawCompletionToken,
            typename... InitArgs>
  static return_type initiate(Initiation &&, RawCompletionToken &&,
                              InitArgs &&...);
};
} // namespace boost::asio

#endif
