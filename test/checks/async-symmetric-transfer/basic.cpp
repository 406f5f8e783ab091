// RUN: %check %s async-symmetric-transfer

#include "task.h"
#include <asio.hpp>
#include <folly/executors/CPUThreadPoolExecutor.h>
#include <coroutine>
#include <vector>

// Who awaits is resumed from the end of what was awaited.
struct Task {
  struct promise_type;
  struct Final {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<promise_type> H) noexcept {
      if (H.promise().Continuation)
        H.promise().Continuation.resume();
      // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: this resumes another coroutine by a call, which ends when that is suspended again: a loop of such awaits takes more and more of the stack; let await_suspend return the handle [async-symmetric-transfer]
    }
    void await_resume() const noexcept {}
  };
  struct promise_type {
    std::coroutine_handle<> Continuation;
    Task get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() { return {}; }
    Final final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };

  // And what is awaited, from who awaits it.
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> Caller) {
    Handle.promise().Continuation = Caller;
    Handle.resume();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: this resumes another coroutine by a call
  }
  void await_resume() {}

  std::coroutine_handle<promise_type> Handle;
};
Task run(Task Other) { co_await Other; }

template <class Promise> struct Start {
  std::coroutine_handle<Promise> Handle;
  bool await_ready() const noexcept { return !Handle; }
  template <class P> void await_suspend(std::coroutine_handle<P> Caller) {
    Handle.promise().Continuation = Caller;
    Handle();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this resumes another coroutine by a call
    return;
  }
  void await_resume() {}
};
app::Task<> start(std::coroutine_handle<app::Task<>::promise_type> H) {
  co_await Start<app::Task<>::promise_type>{H};
}

// The coroutine itself, which has not even been suspended for long.
struct TryRead {
  bool Ready;
  std::coroutine_handle<> &Waiting;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    if (!Ready) {
      Waiting = H;
    } else {
      H.resume();
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this resumes the coroutine that it is called for by a call, which ends when that is suspended again: a loop of such awaits takes more and more of the stack; let await_suspend return false [async-symmetric-transfer]
    }
  }
  void await_resume() {}
};

//===-- Right -------------------------------------------------------------===//

struct Transfer {
  std::coroutine_handle<> Next;
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<>) {
    return Next ? Next : std::noop_coroutine();
  }
  void await_resume() {}
};

// It tells by its result whether the other one has ended at once.
struct ByResult {
  std::coroutine_handle<> Next;
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<>) {
    Next.resume();
    return !Next.done();
  }
  void await_resume() {}
};

// Several can't be returned.
struct All {
  std::vector<std::coroutine_handle<>> Waiting;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) {
    for (std::coroutine_handle<> H : Waiting)
      H.resume();
  }
  void await_resume() {}
};

// There is something left to do.
struct ThenMore {
  std::coroutine_handle<> Next;
  int &Count;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) {
    int &N = Count;
    Next.resume();
    ++N;
  }
  void await_resume() {}
};

// An executor starts it with a stack of its own.
struct OnFolly {
  folly::CPUThreadPoolExecutor &Pool;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    Pool.add([H] { H.resume(); });
  }
  void await_resume() {}
};
struct OnAsio {
  asio::io_context &Loop;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    asio::post(Loop, [H] { H.resume(); });
  }
  void await_resume() {}
};
struct OnPool {
  app::Pool &Pool;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) { Pool.post(H); }
  void await_resume() {}
};

// No hook of an awaiter.
struct Runner {
  std::coroutine_handle<> Next;
  void await_suspend(std::coroutine_handle<>) { Next.resume(); }
  void run() { Next.resume(); }
};
