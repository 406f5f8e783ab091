// RUN: %check %s async-blocking-await-hook

#include <chrono>
#include <coroutine>
#include <fstream>
#include <future>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;

static void nap() { sleep(1); }

struct Reply {
  std::future<int> &result;
  bool await_ready() {
    return result.wait_for(1s) == std::future_status::ready;
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::future::wait_for' blocks the thread that runs this await_ready, and every task on it: it waits for the result; go on when the work has ended
  }
  // What was awaited is there.
  int await_resume() { return result.get(); }
  void await_suspend(std::coroutine_handle<> caller) {
    nap();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'nap' blocks the thread that runs this await_suspend, and every task on it: it sleeps; use a timer
    // Elsewhere, it may.
    std::thread([this, caller] {
      result.wait();
      caller.resume();
    }).detach();
  }
};

struct Ready {
  std::future<int> &result;
  bool await_ready() { return result.wait_for(0s) == std::future_status::ready; }
  int await_resume() {
    std::ofstream log("replies");
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ofstream constructor' blocks the thread that runs this await_resume, and every task on it: it opens a file; do it on a thread pool
    return result.get();
  }
  void await_suspend(std::coroutine_handle<>) {}
};

struct Job {
  struct promise_type {
    Job get_return_object() { return {}; }
    std::suspend_always initial_suspend() {
      std::this_thread::sleep_for(10ms);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::this_thread::sleep_for' blocks the thread that runs this initial_suspend, and every task on it: it sleeps; use a timer
      return {};
    }
    std::suspend_never final_suspend() noexcept {
      nap();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'nap' blocks the thread that runs this final_suspend, and every task on it: it sleeps; use a timer
      return {};
    }
    void unhandled_exception() { sleep(2); }
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'sleep' blocks the thread that runs this unhandled_exception, and every task on it: it sleeps; use a timer
    void return_void() {}
    void helper() { sleep(3); }
    template <class T> T &&await_transform(T &&t) {
      usleep(10);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'usleep' blocks the thread that runs this await_transform, and every task on it: it sleeps; use a timer
      return static_cast<T &&>(t);
    }
  };
};
Job job() {
  std::future<int> f;
  co_await Reply{f};
}

// An awaiter of a template.
template <class T> struct Typed {
  T seconds;
  bool await_ready() { return false; }
  T await_resume() { return seconds; }
  void await_suspend(std::coroutine_handle<>) { sleep(seconds); }
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: 'sleep' blocks the thread that runs this await_suspend, and every task on it: it sleeps; use a timer
};
Job typed() { co_await Typed<int>{1}; }

// Only the names are the same.
struct Queue {
  bool await_ready() {
    sleep(1);
    return true;
  }
  void return_void() { sleep(1); }
};
