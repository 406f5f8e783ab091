// RUN: %check %s async-ignored-stop

// Told to stop, it ends what others wait for, and goes on to do so again.

#include <folly/coro/Task.h>
#include <folly/synchronization/Baton.h>

namespace folly::coro {
class Baton {
public:
  void post() noexcept;
  void reset() noexcept;
  bool ready() const noexcept;
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> handle) noexcept;
  void await_resume() noexcept;
};
} // namespace folly::coro

void log(const char *);

class Connect {
  folly::CancellationToken token;
  folly::coro::Baton ready, other;
  int error = 0;
  void fail(int with) {
    error = with;
    ready.post();
  }
  void note(int with) { error = with; }

public:
  void done() {
    if (token.isCancellationRequested()) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this function goes on when it has been told to stop, and ends 'ready' a second time; return behind the first [async-ignored-stop]
      fail(1);
    }
    ready.post();
  }
  void directly() {
    if (token.isCancellationRequested())
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this function goes on when it has been told to stop, and ends 'ready' a second time
      ready.post();
    log("done");
    fail(0);
  }
  void right() {
    if (token.isCancellationRequested()) {
      fail(1);
      return;
    }
    ready.post();
  }
  void either() {
    if (token.isCancellationRequested())
      fail(1);
    else
      ready.post();
  }
  void only_notes() {
    if (token.isCancellationRequested())
      note(1);
    ready.post();
  }
  void another() {
    if (token.isCancellationRequested())
      other.post();
    ready.post();
  }
  void reset_first() {
    if (token.isCancellationRequested())
      ready.reset();
    ready.post();
  }
  void looks() {
    if (token.isCancellationRequested())
      fail(1);
    if (error)
      return;
    ready.post();
  }
  void not_asked(bool stop) {
    if (stop)
      fail(1);
    ready.post();
  }
  void on_a_path() {
    if (token.isCancellationRequested())
      fail(1);
    if (!ready.ready())
      ready.post();
  }
  folly::coro::Task<void> coroutine() {
    if (token.isCancellationRequested())
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this function goes on when it has been told to stop
      ready.post();
    co_await next();
    ready.post();
  }
  folly::coro::Task<void> next();
};
