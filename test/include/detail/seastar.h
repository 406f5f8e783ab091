// As much of Seastar as the tests need, in Seastar's own words. Nothing here
// is ever run.

#ifndef TEST_INCLUDE_DETAIL_SEASTAR_H
#define TEST_INCLUDE_DETAIL_SEASTAR_H

#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

namespace seastar {

template <typename T = void> class future;

template <typename T> struct futurize {
  using type = future<T>;
};
template <typename T> struct futurize<future<T>> {
  using type = future<T>;
};
template <typename T> using futurize_t = typename futurize<T>::type;

namespace internal {

template <typename T> struct future_stored {
  using type = T &&;
};
template <> struct future_stored<void> {
  using type = void;
};

class future_base {
protected:
  future_base() = default;
};

template <typename Func, typename T> struct continuation {
  using type = std::invoke_result_t<Func, T>;
};
template <typename Func> struct continuation<Func, void> {
  using type = std::invoke_result_t<Func>;
};

} // namespace internal

template <typename T>
class [[nodiscard]] future : private internal::future_base {
public:
  future(future &&) noexcept;
  future &operator=(future &&) noexcept;
  typename internal::future_stored<T>::type get();
  void wait() noexcept;
  bool available() const noexcept;
  bool failed() const noexcept;
  std::exception_ptr get_exception() noexcept;
  void ignore_ready_future() noexcept;
  template <typename Func>
  futurize_t<typename internal::continuation<Func, T>::type>
  then(Func &&func) noexcept {
    std::terminate();
  }
  template <typename Func>
  futurize_t<std::invoke_result_t<Func, future>>
  then_wrapped(Func &&func) noexcept {
    std::terminate();
  }
  template <typename Func> future finally(Func &&func) noexcept {
    std::terminate();
  }
  template <typename Func> future handle_exception(Func &&func) noexcept {
    std::terminate();
  }
  template <typename Func> future handle_exception_type(Func &&func) noexcept {
    std::terminate();
  }
};

template <typename T = void, typename... A>
future<T> make_ready_future(A &&...value) noexcept {
  std::terminate();
}

template <typename Func, typename... Args>
futurize_t<std::invoke_result_t<Func, Args...>>
futurize_invoke(Func &&func, Args &&...args) noexcept {
  std::terminate();
}

namespace internal {

template <typename T> struct awaiter {
  future<T> pending;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> handle) noexcept;
  T await_resume();
};

template <typename T> class coroutine_traits_base {
public:
  class promise_type {
  public:
    future<T> get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept;
    template <typename U> void return_value(U &&value);
  };
};

template <> class coroutine_traits_base<void> {
public:
  class promise_type {
  public:
    future<> get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept;
    void return_void() noexcept;
  };
};

} // namespace internal

template <typename T>
internal::awaiter<T> operator co_await(future<T> f) noexcept;

using steady_clock_type = std::chrono::steady_clock;

template <typename Clock = steady_clock_type, typename Rep, typename Period>
future<> sleep(std::chrono::duration<Rep, Period> dur);

class abort_requested_exception : public std::exception {};
class sleep_aborted : public abort_requested_exception {};

class abort_source {
public:
  bool abort_requested() const noexcept;
  void request_abort() noexcept;
  void check() const;
};

template <typename Clock = steady_clock_type>
future<> sleep_abortable(typename Clock::duration dur, abort_source &as);

class gate_closed_exception : public std::exception {};

class gate {
public:
  class holder {
  public:
    ~holder();
  };
  holder hold();
  bool is_closed() const noexcept;
  future<> close() noexcept;
};

template <typename Func> auto with_gate(gate &g, Func &&func) {
  return futurize_invoke(std::forward<Func>(func));
}

class broken_semaphore : public std::exception {};
class broken_condition_variable : public std::exception {};
class timed_out_error : public std::exception {};
class semaphore_timed_out : public timed_out_error {};
class named_semaphore_timed_out : public semaphore_timed_out {};
class condition_variable_timed_out : public std::exception {};
namespace rpc {
class error : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};
class timeout_error : public error {
public:
  timeout_error();
};
} // namespace rpc

class condition_variable {
  struct awaiter {
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> handle) noexcept;
    void await_resume();
  };

public:
  future<> wait() noexcept;
  template <typename Rep, typename Period>
  future<> wait(std::chrono::duration<Rep, Period> timeout) noexcept {
    std::terminate();
  }
  template <typename Pred>
    requires std::is_invocable_r_v<bool, Pred>
  future<> wait(Pred &&pred) noexcept {
    std::terminate();
  }
  template <typename Rep, typename Period, typename Pred>
  future<> wait(std::chrono::duration<Rep, Period> timeout,
                Pred &&pred) noexcept {
    std::terminate();
  }
  template <typename Rep, typename Period>
  awaiter when(std::chrono::duration<Rep, Period> timeout) noexcept {
    return {};
  }
  awaiter when() noexcept;
  template <typename Pred>
    requires std::is_invocable_r_v<bool, Pred>
  awaiter when(Pred &&pred) noexcept {
    return {};
  }
  void signal() noexcept;
  void broadcast() noexcept;
  void broken() noexcept;
};

template <typename T = void> class promise {
public:
  future<T> get_future() noexcept;
  template <typename... A> void set_value(A &&...value) noexcept {}
};

template <typename Clock = steady_clock_type> class basic_semaphore {
public:
  explicit basic_semaphore(std::size_t count) noexcept;
  future<> wait(std::size_t nr = 1) noexcept;
  future<> wait(abort_source &as, std::size_t nr = 1) noexcept;
  future<> wait(typename Clock::duration timeout, std::size_t nr = 1) noexcept;
  void signal(std::size_t nr = 1) noexcept;
  void broken() noexcept;
};
using semaphore = basic_semaphore<>;

template <typename Clock = steady_clock_type> class [[nodiscard]] semaphore_units {
public:
  semaphore_units(semaphore_units &&) noexcept;
  ~semaphore_units() noexcept;
  void return_all() noexcept;
};
template <typename Clock>
future<semaphore_units<Clock>> get_units(basic_semaphore<Clock> &sem,
                                         std::size_t units) noexcept;
template <typename Clock>
future<semaphore_units<Clock>> get_units(basic_semaphore<Clock> &sem,
                                         std::size_t units,
                                         abort_source &as) noexcept;
template <typename Clock>
future<semaphore_units<Clock>>
get_units(basic_semaphore<Clock> &sem, std::size_t units,
          typename Clock::duration timeout) noexcept;

template <typename Clock = steady_clock_type> class basic_rwlock {
public:
  future<> write_lock() noexcept;
  future<semaphore_units<Clock>> hold_read_lock() noexcept;
  future<semaphore_units<Clock>> hold_write_lock() noexcept;
};
using rwlock = basic_rwlock<>;

template <typename Clock, typename Func>
futurize_t<std::invoke_result_t<Func>>
with_semaphore(basic_semaphore<Clock> &sem, std::size_t units,
               Func &&func) noexcept {
  std::terminate();
}

template <typename Func, typename... Args>
futurize_t<std::invoke_result_t<Func, Args...>> async(Func &&func,
                                                      Args &&...args) noexcept {
  std::terminate();
}

class thread {
public:
  template <typename Func> thread(Func func) { std::terminate(); }
  future<> join();
};

enum class stop_iteration { no, yes };

template <typename AsyncAction> future<> repeat(AsyncAction &&action) noexcept {
  std::terminate();
}
template <typename Range, typename Func>
future<> parallel_for_each(Range &&range, Func &&func) noexcept {
  std::terminate();
}
template <typename Range, typename Func>
future<> do_for_each(Range &range, Func func) noexcept {
  std::terminate();
}
template <typename Range, typename Func>
future<> max_concurrent_for_each(Range &&range, std::size_t max_concurrent,
                                 Func &&func) noexcept {
  std::terminate();
}
template <typename T, typename Func>
futurize_t<std::invoke_result_t<Func, T &>> do_with(T &&value,
                                                    Func &&func) noexcept {
  std::terminate();
}

class smp {
public:
  template <typename Func>
  static futurize_t<std::invoke_result_t<Func>>
  submit_to(unsigned shard, Func &&func) noexcept {
    std::terminate();
  }
};

template <typename Service> class sharded {
public:
  future<> stop() noexcept;
  template <typename Func> future<> invoke_on_all(Func func) noexcept {
    std::terminate();
  }
  template <typename Func>
  futurize_t<std::invoke_result_t<Func, Service &>>
  invoke_on(unsigned shard, Func &&func) noexcept {
    std::terminate();
  }
  Service &local() noexcept;
};

template <typename Service> class peering_sharded_service {
public:
  sharded<Service> &container() noexcept;
};

template <typename Clock = steady_clock_type> class timer {
public:
  timer() noexcept;
  explicit timer(std::function<void()> &&callback) noexcept;
  void set_callback(std::function<void()> &&callback) noexcept;
};

template <typename... Futures>
std::tuple<Futures...> when_all(Futures &&...futures) noexcept {
  std::terminate();
}

class posix_thread {
public:
  posix_thread(std::function<void()> func);
  void join();
};

namespace coroutine {

template <typename Func> class lambda {
  Func *func;

public:
  explicit lambda(Func &&func);
  template <typename... Args>
  std::invoke_result_t<Func &, Args...> operator()(Args &&...args) const;
};

template <typename T> class [[nodiscard]] as_future {
public:
  explicit as_future(future<T> &&f) noexcept;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> handle) noexcept;
  future<T> await_resume();
};

class [[nodiscard]] maybe_yield {
public:
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> handle) noexcept;
  void await_resume() noexcept;
};

template <typename... Futures> class [[nodiscard]] all {
public:
  template <typename... Func> explicit all(Func &&...funcs) {
    std::terminate();
  }
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> handle) noexcept;
  void await_resume();
};
template <typename... Func>
all(Func &&...funcs) -> all<std::invoke_result_t<Func>...>;

} // namespace coroutine

} // namespace seastar

template <typename T, typename... Args>
struct std::coroutine_traits<seastar::future<T>, Args...>
    : seastar::internal::coroutine_traits_base<T> {};

#endif
