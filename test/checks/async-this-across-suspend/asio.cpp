// RUN: %check %s async-this-across-suspend

#include <asio.hpp>
#include <memory>

void use(int);

struct Session : std::enable_shared_from_this<Session> {
  explicit Session(asio::io_context &loop) : Loop(loop), Timer(loop) {}

  asio::io_context &Loop;
  asio::steady_timer Timer;
  int Count = 0;

  asio::awaitable<void> run() {
    while (Count < 10) {
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Session::run' uses its object after a suspension, when that may be gone: it is started with nobody to wait for it, and it holds no reference; start it from a callable that holds 'shared_from_this()' [async-this-across-suspend]
      // CHECK-MESSAGES: :[[@LINE+1]]:7: note: suspended here
      co_await Timer.async_wait(asio::use_awaitable);
      ++Count;
    }
  }
  void start() { asio::co_spawn(Loop, run(), asio::detached); }
  // CHECK-MESSAGES: :[[@LINE-1]]:39: note: started here

  asio::awaitable<void> kept() {
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
  }
  void start_kept() {
    asio::co_spawn(Loop, [self = shared_from_this()] { return self->kept(); },
                   asio::detached);
  }

  asio::awaitable<void> told() {
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
  }
  void start_told() {
    asio::co_spawn(Loop, told(),
                   [self = shared_from_this()](std::exception_ptr) {});
  }

  asio::awaitable<void> given(std::shared_ptr<Session> self) {
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
  }
  void start_given() {
    asio::co_spawn(Loop, given(shared_from_this()), asio::detached);
  }

  asio::awaitable<void> alone() {
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
  }
  // The loop ends when the work has ended.
  void run_alone() {
    asio::co_spawn(Loop, alone(), asio::detached);
    Loop.run();
  }

  asio::awaitable<void> child() {
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
  }
  asio::awaitable<void> parent() {
    asio::co_spawn(Loop, child(), asio::detached);
    co_await Timer.async_wait(asio::use_awaitable);
  }
};

int main() {
  asio::io_context loop;
  auto session = std::make_shared<Session>(loop);
  asio::co_spawn(loop, session->kept(), asio::detached);
  loop.run();
}
