// RUN: %check %s async-await-suspend-use-after-publish
// Awaiters that hand themselves over last, and those that can't be gone.

#include "task.h"
#include <asio.hpp>
#include <atomic>
#include <coroutine>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

struct Workers {
  std::mutex Mutex;
  std::condition_variable Filled;
  std::deque<std::coroutine_handle<>> Ready;
};

struct UnderTheLock {
  Workers &To;
  int Hops = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    std::lock_guard Lock(To.Mutex);
    To.Ready.push_back(H);
    ++Hops;
    To.Filled.notify_one();
  }
  void await_resume() const noexcept {}
};
UnderTheLock under_the_lock(Workers &To) { return {To}; }

struct WithACopy {
  Workers &To;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    Workers &Where = To;
    {
      std::lock_guard Lock(Where.Mutex);
      Where.Ready.push_back(H);
    }
    Where.Filled.notify_one();
  }
  void await_resume() const noexcept {}
};
WithACopy with_a_copy(Workers &To) { return {To}; }

// The lock has been taken by await_ready.
struct Locked {
  Workers &To;
  int Hops = 0;
  bool await_ready() {
    To.Mutex.lock();
    return false;
  }
  void await_suspend(std::coroutine_handle<> H) {
    To.Ready.push_back(H);
    ++Hops;
    To.Mutex.unlock();
  }
  void await_resume() const noexcept {}
};
Locked locked(Workers &To) { return {To}; }

// It lives longer than the coroutine: nobody makes one to await it.
struct Pool {
  std::mutex Mutex;
  std::condition_variable Filled;
  std::deque<std::coroutine_handle<>> Ready;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    {
      std::lock_guard Lock(Mutex);
      Ready.push_back(H);
    }
    Filled.notify_one();
  }
  void await_resume() const noexcept {}
};
app::Task<> on_pool(Pool &P) { co_await P; }

// One thread runs all of it, as far as anybody knows.
struct Queue {
  std::deque<std::coroutine_handle<>> Ready;
  struct Awaiter {
    Queue &Of;
    int Waits = 0;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> H) {
      Of.Ready.push_back(H);
      ++Waits;
    }
    void await_resume() const noexcept {}
  };
  Awaiter operator co_await() { return {*this}; }
};
struct OnLoop {
  asio::io_context &Loop;
  int Count = 0;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    asio::post(Loop, [H] { H.resume(); });
    Count++;
  }
  void await_resume() const noexcept {}
};
OnLoop on_loop(asio::io_context &Loop) { return {Loop}; }

// Whoever comes second resumes the coroutine.
struct Handshake {
  std::atomic<bool> Done = false;
  int Tries = 0;
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> H) {
    std::thread([this, H] {
      if (Done.exchange(true))
        H.resume();
    }).detach();
    ++Tries;
    return !Done.exchange(true);
  }
  void await_resume() const noexcept {}
};
Handshake handshake() { return {}; }

// Nothing has been handed over where it is used.
struct Failing {
  std::atomic<void *> &Slot;
  bool Failed = false;
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> H) {
    void *Old = nullptr;
    while (!Slot.compare_exchange_weak(Old, H.address()))
      if (Old) {
        Failed = true;
        return false;
      }
    return true;
  }
  bool await_resume() const noexcept { return Failed; }
};
Failing failing(std::atomic<void *> &Slot) { return {Slot}; }

struct Refused {
  Workers &To;
  bool IsRefused = false;
  bool try_push(std::coroutine_handle<> H) {
    std::lock_guard Lock(To.Mutex);
    if (To.Ready.size() > 9)
      return false;
    To.Ready.push_back(H);
    return true;
  }
  static bool try_push(Workers &To, std::coroutine_handle<> H) {
    std::lock_guard Lock(To.Mutex);
    To.Ready.push_back(H);
    return To.Ready.size() > 9;
  }
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> H) {
    if (!try_push(To, H)) {
      IsRefused = true;
      return false;
    }
    return true;
  }
  void await_resume() const noexcept {}
};
Refused refused(Workers &To) { return {To}; }

struct Throwing {
  std::exception_ptr Error;
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> H) {
    try {
      std::thread([H] { H.resume(); }).detach();
    } catch (...) {
      Error = std::current_exception();
      return false;
    }
    return true;
  }
  void await_resume() const noexcept {}
};
Throwing throwing() { return {}; }

// A state that outlives the awaiter.
struct Shared {
  struct State {
    std::mutex Mutex;
    std::coroutine_handle<> Who;
    bool Done = false;
  };
  std::shared_ptr<State> S;
  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> H) {
    std::lock_guard Lock(S->Mutex);
    if (S->Done)
      return false;
    S->Who = H;
    return true;
  }
  void await_resume() const noexcept {}
};
Shared shared() { return {}; }
