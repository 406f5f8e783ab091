// RUN: %check %s async-await-suspend-use-after-publish

#include "task.h"
#include <asio.hpp>
#include <folly/executors/CPUThreadPoolExecutor.h>
#include <atomic>
#include <coroutine>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

//===-- A queue under a lock ---------------------------------------------===//

struct Workers {
  std::mutex Mutex;
  std::condition_variable Filled;
  std::deque<std::coroutine_handle<>> Ready;

  void push(std::coroutine_handle<> H) {
    std::lock_guard Lock(Mutex);
    Ready.push_back(H);
  }
};

struct Hop {
  Workers &To;
  int Hops = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    {
      std::lock_guard Lock(To.Mutex);
      To.Ready.push_back(H);
    }
    To.Filled.notify_one();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'To' is used when this awaiter may be gone: another thread may have resumed the coroutine that it is a part of; do this before, or use a local copy [async-await-suspend-use-after-publish]
    // CHECK-MESSAGES: :[[@LINE-4]]:16: note: others can get at it from here
  }
  void await_resume() const noexcept {}
};
Hop hop(Workers &To) { return {To}; }

struct ManualHop {
  Workers *To;
  int Hops = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    To->Mutex.lock();
    To->Ready.push_back(H);
    To->Mutex.unlock();
    ++Hops;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Hops' is used when this awaiter may be gone
    // CHECK-MESSAGES: :[[@LINE-4]]:15: note: others can get at it from here
  }
  void await_resume() const noexcept {}
};
ManualHop manual_hop(Workers &To) { return {&To}; }

struct HopInAFunction {
  Workers &To;
  std::coroutine_handle<> Next;
  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> H) {
    To.push(H);
    // CHECK-MESSAGES: :[[@LINE+2]]:12: warning: 'Next' is used when this awaiter may be gone
    // CHECK-MESSAGES: :[[@LINE-2]]:8: note: others can get at it from here
    return Next;
  }
  void await_resume() const noexcept {}
};

app::Task<> in_an_expression(Workers &W) { co_await HopInAFunction{W, {}}; }

// A list of the awaiters themselves.
struct Event {
  struct Waiter {
    Event &Of;
    std::coroutine_handle<> Who;
    Waiter *Next = nullptr;
    bool IsWaiting = false;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> H) {
      Who = H;
      std::unique_lock Lock(Of.Mutex);
      Next = Of.First;
      Of.First = this;
      Lock.unlock();
      IsWaiting = true;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'IsWaiting' is used when this awaiter may be gone
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: others can get at it from here
    }
    void await_resume() const noexcept {}
  };
  Waiter operator co_await() { return {*this}; }

  std::mutex Mutex;
  Waiter *First = nullptr;
};

//===-- Atomic objects ----------------------------------------------------===//

struct Flag {
  std::atomic<void *> Waiting;
  int Waits = 0;
  struct Awaiter {
    Flag &Of;
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> H) {
      void *Old = nullptr;
      if (!Of.Waiting.compare_exchange_strong(Old, H.address()))
        return false;
      ++Of.Waits;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Of' is used when this awaiter may be gone
      // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: others can get at it from here
      return true;
    }
    void await_resume() const noexcept {}
  };
  auto operator co_await() { return Awaiter{*this}; }
};

//===-- Threads -----------------------------------------------------------===//

struct OnThread {
  std::thread &Out;
  bool Started = false;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    Out = std::thread([H] { H.resume(); });
    // CHECK-MESSAGES: :[[@LINE+2]]:5: warning: 'Started' is used when this awaiter may be gone
    // CHECK-MESSAGES: :[[@LINE-2]]:11: note: others can get at it from here
    Started = true;
  }
  void await_resume() const noexcept {}
};
OnThread on_thread(std::thread &Out) { return {Out}; }

struct OnFolly {
  folly::CPUThreadPoolExecutor &Pool;
  int Count = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    Pool.add([H] { H.resume(); });
    Count++;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Count' is used when this awaiter may be gone
    // CHECK-MESSAGES: :[[@LINE-3]]:10: note: others can get at it from here
  }
  void await_resume() const noexcept {}
};
OnFolly on_folly(folly::CPUThreadPoolExecutor &Pool) { return {Pool}; }

struct OnAsio {
  asio::thread_pool &Pool;
  int Count = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    asio::post(Pool, [H] { H.resume(); });
    Count++;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Count' is used when this awaiter may be gone
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: others can get at it from here
  }
  void await_resume() const noexcept {}
};
OnAsio on_asio(asio::thread_pool &Pool) { return {Pool}; }

//===-- Resumed here ------------------------------------------------------===//

struct Inline {
  int Calls = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    H.resume();
    ++Calls;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Calls' is used when this awaiter may be gone: the coroutine that it is a part of has been resumed; do this before, or use a local copy
    // CHECK-MESSAGES: :[[@LINE-3]]:7: note: resumed here
  }
  void await_resume() const noexcept {}
};
Inline inline_resume() { return {}; }

template <class T> struct Final {
  int *Ended;
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> H) const noexcept {
    if (H.promise().Continuation)
      H.promise().Continuation.resume();
    ++*Ended;
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'Ended' is used when this awaiter may be gone: the coroutine that it is a part of has been resumed
    // CHECK-MESSAGES: :[[@LINE-3]]:32: note: resumed here
  }
  void await_resume() const noexcept {}
};

struct Job {
  struct promise_type {
    std::coroutine_handle<> Continuation;
    int Ended = 0;
    Job get_return_object() { return {}; }
    std::suspend_always initial_suspend() { return {}; }
    Final<int> final_suspend() noexcept { return {&Ended}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Job job() { co_return; }
