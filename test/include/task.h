// Coroutine types of an imaginary project: none of them belongs to a library
// the checks know about, all of them are of a kind found in real projects.

#ifndef TEST_INCLUDE_TASK_H
#define TEST_INCLUDE_TASK_H

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace app {

namespace detail {

// Where a promise keeps what its coroutine returned or threw.
template <class T> class Result {
  std::optional<T> Value;
  std::exception_ptr Error;

public:
  template <class U> void return_value(U &&V) { Value.emplace((U &&)V); }
  void unhandled_exception() noexcept { Error = std::current_exception(); }
  T take() {
    if (Error)
      std::rethrow_exception(Error);
    return std::move(*Value);
  }
};

template <> class Result<void> {
  std::exception_ptr Error;

public:
  void return_void() noexcept {}
  void unhandled_exception() noexcept { Error = std::current_exception(); }
  void take() {
    if (Error)
      std::rethrow_exception(Error);
  }
};

// Ends a coroutine by resuming whoever awaits it.
struct ResumeContinuation {
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<>
  await_suspend(std::coroutine_handle<Promise> H) const noexcept {
    auto Next = H.promise().Continuation;
    return Next ? Next : std::noop_coroutine();
  }
  void await_resume() const noexcept {}
};

} // namespace detail

// Lazy: the body starts when the task is awaited.
template <class T = void> class Task {
public:
  struct promise_type : detail::Result<T> {
    std::coroutine_handle<> Continuation;
    Task get_return_object() noexcept {
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    detail::ResumeContinuation final_suspend() const noexcept { return {}; }
  };

  Task() = default;
  Task(Task &&Other) noexcept : Handle(std::exchange(Other.Handle, {})) {}
  Task &operator=(Task &&Other) noexcept {
    std::swap(Handle, Other.Handle);
    return *this;
  }
  ~Task() {
    if (Handle)
      Handle.destroy();
  }

  bool done() const noexcept { return !Handle || Handle.done(); }

  auto operator co_await() && noexcept {
    struct Awaiter {
      std::coroutine_handle<promise_type> Handle;
      bool await_ready() const noexcept { return !Handle || Handle.done(); }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<> Caller) const noexcept {
        Handle.promise().Continuation = Caller;
        return Handle;
      }
      T await_resume() const { return Handle.promise().take(); }
    };
    return Awaiter{Handle};
  }

private:
  explicit Task(std::coroutine_handle<promise_type> H) noexcept : Handle(H) {}

  std::coroutine_handle<promise_type> Handle;
};

// The same under another name.
template <class T = void> using Coro = Task<T>;

// The same as a type of its own.
struct VoidTask : Task<void> {
  struct promise_type : Task<void>::promise_type {
    VoidTask get_return_object() noexcept;
  };

  VoidTask() = default;
  VoidTask(Task<void> &&T) noexcept : Task<void>(std::move(T)) {}
};

inline VoidTask VoidTask::promise_type::get_return_object() noexcept {
  return Task<void>::promise_type::get_return_object();
}

// Eager: the body runs up to its first suspension when called. The object is
// its own awaiter.
template <class T = void> class EagerTask {
public:
  struct promise_type : detail::Result<T> {
    std::coroutine_handle<> Continuation;
    EagerTask get_return_object() noexcept {
      return EagerTask(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    detail::ResumeContinuation final_suspend() const noexcept { return {}; }
  };

  EagerTask(EagerTask &&Other) noexcept
      : Handle(std::exchange(Other.Handle, {})) {}
  EagerTask &operator=(EagerTask &&Other) noexcept {
    std::swap(Handle, Other.Handle);
    return *this;
  }
  ~EagerTask() {
    if (Handle)
      Handle.destroy();
  }

  bool await_ready() const noexcept { return Handle.done(); }
  void await_suspend(std::coroutine_handle<> Caller) const noexcept {
    Handle.promise().Continuation = Caller;
  }
  T await_resume() const { return Handle.promise().take(); }

private:
  explicit EagerTask(std::coroutine_handle<promise_type> H) noexcept
      : Handle(H) {}

  std::coroutine_handle<promise_type> Handle;
};

// Synchronous: the body may yield but not await.
template <class T> class Generator {
public:
  struct promise_type {
    const T *Current = nullptr;
    Generator get_return_object() noexcept {
      return Generator(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    std::suspend_always final_suspend() const noexcept { return {}; }
    std::suspend_always yield_value(const T &V) noexcept {
      Current = &V;
      return {};
    }
    void return_void() const noexcept {}
    void unhandled_exception() { throw; }
    template <class U> void await_transform(U &&) = delete;
  };

  struct Sentinel {};
  class Iterator {
    std::coroutine_handle<promise_type> Handle;

  public:
    explicit Iterator(std::coroutine_handle<promise_type> H) : Handle(H) {}
    const T &operator*() const { return *Handle.promise().Current; }
    Iterator &operator++() {
      Handle.resume();
      return *this;
    }
    bool operator==(Sentinel) const { return Handle.done(); }
  };

  Generator(Generator &&Other) noexcept
      : Handle(std::exchange(Other.Handle, {})) {}
  Generator &operator=(Generator &&Other) noexcept {
    std::swap(Handle, Other.Handle);
    return *this;
  }
  ~Generator() {
    if (Handle)
      Handle.destroy();
  }

  Iterator begin() {
    Handle.resume();
    return Iterator(Handle);
  }
  Sentinel end() const noexcept { return {}; }

private:
  explicit Generator(std::coroutine_handle<promise_type> H) noexcept
      : Handle(H) {}

  std::coroutine_handle<promise_type> Handle;
};

// Asynchronous: the body may both yield and await. Consumed with
//   while (auto V = co_await G.next())
template <class T> class AsyncGenerator {
public:
  struct promise_type {
    std::optional<T> Current;
    std::exception_ptr Error;
    std::coroutine_handle<> Continuation;
    AsyncGenerator get_return_object() noexcept {
      return AsyncGenerator(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() const noexcept { return {}; }
    detail::ResumeContinuation final_suspend() const noexcept { return {}; }
    template <class U> detail::ResumeContinuation yield_value(U &&V) {
      Current.emplace((U &&)V);
      return {};
    }
    void return_void() const noexcept {}
    void unhandled_exception() noexcept { Error = std::current_exception(); }
  };

  AsyncGenerator(AsyncGenerator &&Other) noexcept
      : Handle(std::exchange(Other.Handle, {})) {}
  AsyncGenerator &operator=(AsyncGenerator &&Other) noexcept {
    std::swap(Handle, Other.Handle);
    return *this;
  }
  ~AsyncGenerator() {
    if (Handle)
      Handle.destroy();
  }

  auto next() noexcept {
    struct Awaiter {
      std::coroutine_handle<promise_type> Handle;
      bool await_ready() const noexcept { return Handle.done(); }
      std::coroutine_handle<>
      await_suspend(std::coroutine_handle<> Caller) const noexcept {
        Handle.promise().Continuation = Caller;
        return Handle;
      }
      std::optional<T> await_resume() const {
        if (Handle.promise().Error)
          std::rethrow_exception(Handle.promise().Error);
        return std::exchange(Handle.promise().Current, std::nullopt);
      }
    };
    return Awaiter{Handle};
  }

private:
  explicit AsyncGenerator(std::coroutine_handle<promise_type> H) noexcept
      : Handle(H) {}

  std::coroutine_handle<promise_type> Handle;
};

// Detached: starts at once, frees itself, cannot be awaited.
struct FireAndForget {
  struct promise_type {
    FireAndForget get_return_object() const noexcept { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
};

// A thread pool to hop to: co_await resume_on(P).
class Pool {
public:
  explicit Pool(unsigned Threads = 1);
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;
  ~Pool();
  void post(std::coroutine_handle<> H);
  void join();
};

struct ResumeOn {
  Pool &Where;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) const { Where.post(H); }
  void await_resume() const noexcept {}
};

inline ResumeOn resume_on(Pool &P) { return {P}; }

// A request put together step by step and sent by awaiting it:
//   co_await Builder("GET").header("Accept", "*/*").retries(3)
class Builder {
public:
  struct Response {
    int Status;
  };
  struct Awaiter {
    Builder &Request;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> H) const { Request.send(H); }
    Response await_resume() const { return {Request.Status}; }
  };

  explicit Builder(const char *Method);
  Builder &header(const char *Name, const char *Value);
  Builder &body(const char *Text);
  Builder &retries(int Count);
  Awaiter operator co_await() noexcept { return {*this}; }

private:
  void send(std::coroutine_handle<> H);

  int Status = 0;
};

} // namespace app

#endif
