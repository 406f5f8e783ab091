// An imitation of concurrencpp, with the names and types of the real one: only
// what the tests need, and without the code.
#ifndef CONCURRENCPP_H
#define CONCURRENCPP_H

#include <chrono>
#include <coroutine>
#include <exception>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <type_traits>

namespace concurrencpp {

namespace errors {
struct interrupted_task : public std::runtime_error {
  using runtime_error::runtime_error;
};
struct broken_task : public interrupted_task {
  using interrupted_task::interrupted_task;
};
struct runtime_shutdown : public interrupted_task {
  using interrupted_task::interrupted_task;
};
} // namespace errors

struct executor_tag {};
enum class result_status { idle, value, exception };

namespace details {
template <class type> struct awaitable {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<void>) noexcept;
  type await_resume();
};
} // namespace details

template <class type> class result {
public:
  result(result &&) noexcept = default;
  result_status status() const;
  void wait() const;
  template <class rep, class ratio> result_status wait_for(std::chrono::duration<rep, ratio>) const;
  type get();
  auto operator co_await() { return details::awaitable<type>{}; }
  auto resolve() { return details::awaitable<result>{}; }
};

template <class type> class lazy_result {
public:
  lazy_result(lazy_result &&) noexcept;
  ~lazy_result() noexcept;
  auto operator co_await() { return details::awaitable<type>{}; }
  result<type> run();
};

namespace details {
template <class type> struct return_value_struct {
  template <class value_type> void return_value(value_type &&);
};
template <> struct return_value_struct<void> {
  void return_void() noexcept;
};
template <class type> struct initialy_resumed_result_promise : return_value_struct<type> {
  result<type> get_return_object() noexcept;
  std::suspend_never initial_suspend() const noexcept;
  std::suspend_always final_suspend() const noexcept;
  void unhandled_exception() noexcept;
};
template <class type, class executor_type>
struct initialy_rescheduled_result_promise : return_value_struct<type> {
  template <class... argument_types>
  initialy_rescheduled_result_promise(executor_tag, std::shared_ptr<executor_type> executor,
                                      argument_types &&...);
  struct initial_scheduling_awaiter : public std::suspend_always {
    template <class promise_type> void await_suspend(std::coroutine_handle<promise_type> handle) {
      handle.resume(); // on the executor, in the real one
    }
  };
  result<type> get_return_object() noexcept;
  initial_scheduling_awaiter initial_suspend() const noexcept;
  std::suspend_always final_suspend() const noexcept;
  void unhandled_exception() noexcept;
};
template <class type> struct lazy_promise : return_value_struct<type> {
  lazy_result<type> get_return_object() noexcept;
  std::suspend_always initial_suspend() const noexcept;
  std::suspend_always final_suspend() const noexcept;
  void unhandled_exception() noexcept;
};
} // namespace details

class executor {
public:
  virtual ~executor() noexcept = default;
  virtual void shutdown() = 0;
  template <class callable_type> void post(callable_type &&callable) {}
  template <class callable_type>
  auto submit(callable_type &&callable) -> result<std::invoke_result_t<callable_type>> {
    std::terminate();
  }
};

template <class concrete_executor_type> struct derivable_executor : public executor {
  template <class callable_type> void post(callable_type &&callable) {}
  template <class callable_type>
  auto submit(callable_type &&callable) -> result<std::invoke_result_t<callable_type>> {
    std::terminate();
  }
};

class thread_pool_executor final : public derivable_executor<thread_pool_executor> {
public:
  void shutdown() override;
};
class thread_executor final : public derivable_executor<thread_executor> {
public:
  void shutdown() override;
};
class manual_executor final : public derivable_executor<manual_executor> {
public:
  void shutdown() override;
  std::size_t loop(std::size_t max_count);
  void wait_for_task();
};

namespace details {
template <class executor_type> class resume_on_awaitable : public std::suspend_always {};
} // namespace details
template <class executor_type>
auto resume_on(std::shared_ptr<executor_type>) -> details::resume_on_awaitable<executor_type>;

template <class executor_type, class... result_types>
lazy_result<std::tuple<std::decay_t<result_types>...>>
when_all(std::shared_ptr<executor_type> resume_executor, result_types &&...results);

class timer {};
class timer_queue {
public:
  template <class callable_type>
  timer make_timer(std::chrono::milliseconds due_time, std::chrono::milliseconds frequency,
                   std::shared_ptr<executor> executor, callable_type &&callable) {
    return {};
  }
  lazy_result<void> make_delay_object(std::chrono::milliseconds due_time,
                                      std::shared_ptr<executor> executor);
};

class scoped_async_lock {};
class async_lock {
public:
  lazy_result<scoped_async_lock> lock(std::shared_ptr<executor> resume_executor);
};
class async_condition_variable {
public:
  lazy_result<void> await(std::shared_ptr<executor> resume_executor, scoped_async_lock &lock);
  template <class predicate_type>
  lazy_result<void> await(std::shared_ptr<executor> resume_executor, scoped_async_lock &lock,
                          predicate_type pred) {
    std::terminate();
  }
  void notify_one();
  void notify_all();
};

} // namespace concurrencpp

template <class type, class... arguments>
struct std::coroutine_traits<::concurrencpp::result<type>, arguments...> {
  using promise_type = concurrencpp::details::initialy_resumed_result_promise<type>;
};
template <class type, class executor_type, class... arguments>
struct std::coroutine_traits<::concurrencpp::result<type>, concurrencpp::executor_tag,
                             std::shared_ptr<executor_type>, arguments...> {
  using promise_type =
      concurrencpp::details::initialy_rescheduled_result_promise<type, executor_type>;
};
template <class type, class... arguments>
struct std::coroutine_traits<::concurrencpp::lazy_result<type>, arguments...> {
  using promise_type = concurrencpp::details::lazy_promise<type>;
};

#endif
