// RUN: %check %s async-double-destroy

#include "task.h"
#include <coroutine>
#include <memory>
#include <mutex>
#include <utility>

struct PromiseBase {
  std::suspend_always initial_suspend() { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() { std::terminate(); }
};

class Copied {
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: a copy of a 'Copied' destroys the coroutine of 'Handle' a second time; delete the copy constructor, and move the handle [async-double-destroy]
  // CHECK-MESSAGES: :[[@LINE+8]]:14: note: destroyed here
public:
  struct promise_type : PromiseBase {
    Copied get_return_object();
  };
  explicit Copied(std::coroutine_handle<promise_type> H) : Handle(H) {}
  ~Copied() {
    if (Handle)
      Handle.destroy();
  }

private:
  std::coroutine_handle<promise_type> Handle;
};
Copied copied() { co_return; }

template <class T> struct Generic {
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: a copy of a 'Generic' destroys the coroutine of 'H' a second time
  // CHECK-MESSAGES: :[[@LINE+5]]:18: note: destroyed here
  struct promise_type : PromiseBase {
    Generic get_return_object();
  };
  std::coroutine_handle<promise_type> H;
  ~Generic() { H.destroy(); }
};
Generic<int> generic_int() { co_return; }
Generic<long> generic_long() { co_return; }

class Twice {
public:
  struct promise_type {
    Twice get_return_object();
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the coroutine destroys itself when it ends, and the destructor of 'Twice' destroys it a second time; return std::suspend_always [async-double-destroy]
    // CHECK-MESSAGES: :[[@LINE+8]]:14: note: destroyed here
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  explicit Twice(std::coroutine_handle<promise_type> H) : Handle(H) {}
  Twice(Twice &&Other) : Handle(std::exchange(Other.Handle, {})) {}
  ~Twice() {
    if (Handle && !Handle.done())
      Handle.destroy();
  }

private:
  std::coroutine_handle<promise_type> Handle;
};
Twice twice() { co_return; }

//===-- Right -------------------------------------------------------------===//

app::Task<> task() { co_return; }
app::FireAndForget forget() { co_return; }

struct NotCopied {
  std::coroutine_handle<> Handle;
  NotCopied(const NotCopied &) = delete;
  ~NotCopied() { Handle.destroy(); }
};
struct NotAssigned {
  std::coroutine_handle<> Handle;
  NotAssigned &operator=(NotAssigned &&) = delete;
  ~NotAssigned() { Handle.destroy(); }
};
struct WithAMutex {
  std::coroutine_handle<> Handle;
  std::mutex Mutex;
  ~WithAMutex() { Handle.destroy(); }
};
struct WithAPointer {
  std::coroutine_handle<> Handle;
  std::unique_ptr<int> Pointer;
  ~WithAPointer() { Handle.destroy(); }
};
struct Refers {
  std::coroutine_handle<> Handle;
  ~Refers() {}
};

// The promise takes the handle away when the coroutine ends.
struct Detaching {
  struct promise_type {
    Detaching *Owner = nullptr;
    Detaching get_return_object();
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept {
      if (Owner)
        Owner->Handle = nullptr;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  Detaching(Detaching &&);
  ~Detaching() {
    if (Handle)
      Handle.destroy();
  }
  std::coroutine_handle<promise_type> Handle;
};
Detaching detaching() { co_return; }
