// RUN: %check %s async-lambda-capture

#include <boost/asio.hpp>
#include <coroutine>
#include <exception>
#include <memory>

namespace asio = boost::asio;

struct Detached {
  struct promise_type {
    Detached get_return_object() noexcept;
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void return_void() noexcept;
    void unhandled_exception() noexcept;
  };
};

asio::awaitable<void> write(int);
struct Tick {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

class Session : public std::enable_shared_from_this<Session> {
public:
  void start(asio::io_context &loop) {
    asio::co_spawn(
        loop,
        [this, self = shared_from_this()]() -> asio::awaitable<void> {
          // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: capture 'this' is used when the lambda is gone: the task is handed to 'boost::asio::co_spawn', and the lambda dies at the end of this statement; pass what it needs as arguments [async-lambda-capture]
          co_await write(Id);
        }(),
        asio::detached);
    // It keeps a callable until the coroutine has ended.
    asio::co_spawn(
        loop,
        [this, self = shared_from_this()]() -> asio::awaitable<void> {
          co_await write(Id);
        },
        asio::detached);
  }
  // A handler is gone when it has returned, and that is when it is suspended.
  void post(asio::io_context &loop) {
    asio::post(loop, [this, self = shared_from_this()]() -> Detached {
      // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: capture 'this' is used when the lambda is gone: 'boost::asio::post' destroys the lambda when the lambda has returned; copy what it needs to local variables before the first suspension
      co_await Tick();
      ++Id;
    });
    asio::post(loop, [this, self = shared_from_this()]() -> Detached {
      auto *own = this;
      auto keep = self;
      co_await Tick();
      ++own->Id;
    });
    // One that nobody starts uses nothing: it is another mistake.
    asio::post(loop, [this]() -> asio::awaitable<void> { co_await write(Id); });
  }

private:
  int Id = 0;
};

// The lambda has a name, and the function is over when it has been started.
void start_named(asio::io_context &loop, int id) {
  auto work = [id]() -> asio::awaitable<void> {
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: capture 'id' is used when the lambda is gone: the task is handed to 'boost::asio::co_spawn', and the lambda dies with 'start_named'; call a coroutine that takes what it needs as parameters
    co_await write(id);
  };
  asio::co_spawn(loop, work(), asio::detached);
}
// This one runs everything before the lambda dies.
void run_named(int id) {
  asio::io_context loop;
  auto work = [id]() -> asio::awaitable<void> { co_await write(id); };
  asio::co_spawn(loop, work(), asio::detached);
  loop.run();
}
