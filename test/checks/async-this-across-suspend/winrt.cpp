// RUN: %check %s async-this-across-suspend

// A coroutine that goes back to the user interface's thread, where the object
// may have been closed meanwhile.

#include <memory>
#include <winrt/base.h>

using namespace winrt;
using Windows::Foundation::IAsyncAction;
using Windows::Foundation::IAsyncOperation;

struct Eager {
  struct promise_type {
    Eager get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};

IAsyncOperation<int> ask();

class Tab : public std::enable_shared_from_this<Tab> {
public:
  Eager load() {
    co_await Ui;
    Value = 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Tab::load' changes its object after it has been moved back to an event loop, which may have released the object meanwhile: the coroutine holds no reference; keep 'shared_from_this()' in a variable from before the suspension on [async-this-across-suspend]
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: suspended here
    // CHECK-FIXES: auto self = shared_from_this();
  }
  IAsyncAction reload() {
    co_await resume_background();
    co_await Ui;
    Name = std::make_shared<int>();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Tab::reload' changes its object
    // CHECK-FIXES: auto self = shared_from_this();
  }
  Eager weak() {
    auto weak = weak_from_this();
    co_await Ui;
    if (auto self = weak.lock())
      Value = 2;
  }
  Eager strong() {
    auto self = shared_from_this();
    co_await Ui;
    Value = 2;
  }
  // Who waits for it keeps the object, as a rule.
  IAsyncAction waits() {
    Value = co_await ask();
  }
  // It only reads.
  Eager reads() {
    co_await Ui;
    show(Value);
  }
  // Awaited in this file.
  Eager part() {
    co_await Ui;
    Value = 3;
  }
  Eager whole() {
    auto self = shared_from_this();
    co_await part();
  }
  Eager early() {
    Value = 4;
    co_await Ui;
  }

private:
  static void show(int);
  apartment_context Ui;
  int Value = 0;
  std::shared_ptr<int> Name;
};

// Nobody can tell how long it lives.
class Plain {
  apartment_context Ui;
  int Value = 0;

public:
  Eager load() {
    co_await Ui;
    Value = 1;
  }
};
