// RUN: %check %s async-void-callback

// Callables that return a task, in wrappers whose call returns nothing.

#include "task.h"
#include <functional>
#include <map>
#include <string>
#include <vector>

app::Task<> save(int page);

struct Bus {
  std::function<void(int)> on_page;
  std::function<app::Task<>(int)> on_page_async;
  std::vector<std::function<void(int)>> handlers;
  std::map<std::string, std::function<void()>> commands;
};

void each_page(std::function<void(int)> visit);
void each_page_async(std::function<app::Task<>(int)> visit);
void each_page_by_reference(const std::function<void(int)> &visit);

app::Task<> given(Bus &bus) {
  each_page([](int page) -> app::Task<> { co_await save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'app::Task<>', and 'std::function<void (int)>' drops what it returns: the task is lazy, so nothing of it runs; let the callback return nothing and start the task, or give it to something that awaits what it returns [async-void-callback]
  each_page([](int page) { return save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'app::Task<>'
  each_page(save);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'app::Task<>'
  each_page(&save);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'app::Task<>'
  each_page_by_reference([](int page) { return save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: this callback returns a 'app::Task<>', and 'std::function<void (int)>' drops what it returns

  auto visit = [](int page) -> app::Task<> { co_await save(page); };
  each_page(visit);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'app::Task<>'
  each_page(std::move(visit));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: this callback returns a 'app::Task<>'
  each_page([](auto page) -> app::Task<> { co_await save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'app::Task<>'
  each_page(std::bind_front(save));
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'app::Task<>'

  bus.on_page = [](int page) { return save(page); };
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: this callback returns a 'app::Task<>', and 'std::function<void (int)>' drops what it returns
  bus.handlers.push_back([](int page) { return save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: this callback returns a 'app::Task<>'
  bus.handlers.emplace_back([](int page) { return save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this callback returns a 'app::Task<>'
  bus.commands.emplace("save", [] { return save(0); });
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: this callback returns a 'app::Task<>'
  bus.commands["save"] = [] { return save(0); };
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: this callback returns a 'app::Task<>'
  std::function<void(int)> handler = [](int page) { return save(page); };
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: this callback returns a 'app::Task<>'

  // Somebody awaits these.
  each_page_async([](int page) -> app::Task<> { co_await save(page); });
  bus.on_page_async = save;
  co_await save(1);
}

// The callback's own result is not a task.
app::FireAndForget start(int page) { co_await save(page); }

void started(app::Pool &pool) {
  each_page([](int page) -> app::FireAndForget { co_await save(page); });
  each_page(start);
  each_page([](int page) { start(page); });
  each_page([](int) -> app::Generator<int> { co_yield 1; });
  each_page([](int) -> app::Task<> * { return nullptr; });
  // An awaiter may be no more than what a chain of calls ends with.
  each_page([&](int) { return app::resume_on(pool); });
}

// It goes on when its object is gone, and its author does not mind.
struct Background {
  struct promise_type {
    Background get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
  };
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const {}
  void await_resume() const noexcept {}
};

void background() {
  each_page([](int page) -> Background { co_await save(page); });
}

// Here the author does.
struct [[nodiscard]] Watched : Background {
  struct promise_type : Background::promise_type {
    Watched get_return_object() noexcept { return {}; }
  };
};

void watched() {
  each_page([](int page) -> Watched { co_await save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'Watched', and 'std::function<void (int)>' drops what it returns: nobody waits for the work, and what it throws is lost; let
}

// The object is the frame's owner, and destroys it where it is suspended.
struct Owner {
  struct promise_type : Background::promise_type {
    Owner get_return_object() noexcept {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
  };
  ~Owner() { Handle.destroy(); }
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const {}
  void await_resume() const noexcept {}

  std::coroutine_handle<promise_type> Handle;
};

void owner() {
  each_page([](int page) -> Owner { co_await save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this callback returns a 'Owner', and 'std::function<void (int)>' drops what it returns: the object owns the work, which is cancelled; let
}

// A project's own delegate.
class Delegate {
public:
  Delegate() = default;
  template <class F> Delegate(F) {}
  void operator()() const;
};
// One that starts what a callback returns.
void spawn(app::Task<> task);
class Starter {
public:
  template <class F>
  Starter(F f)
      : Run([f] {
          if constexpr (requires { spawn(f()); })
            spawn(f());
          else
            f();
        }) {}
  void operator()() const { Run(); }

private:
  std::function<void()> Run;
};
// One with a constructor for each.
class Both {
public:
  template <class F>
    requires requires(F f) { spawn(f()); }
  Both(F f) {}
  template <class F> Both(F f) {}
  void operator()() const;
};
// Calling it returns something, of whatever type.
class Any {
public:
  template <class F> Any(F f) {}
  template <class T> T operator()() const;
};

void enqueue(Delegate handler);
void enqueue_starter(Starter handler);
void enqueue_both(Both handler);
void enqueue_any(Any handler);

void delegates() {
  enqueue([] { return save(1); });
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this callback returns a 'app::Task<>', and 'Delegate' drops what it returns
  enqueue([] {});
  enqueue_starter([] { return save(1); });
  enqueue_both([] { return save(1); });
  enqueue_any([] { return save(1); });
}

struct Page {
  app::Task<> store();
  void listen(Bus &bus) {
    bus.commands["store"] = std::bind(&Page::store, this);
    // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this callback returns a 'app::Task<>'
    bus.commands["store"] = [this] { return store(); };
    // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this callback returns a 'app::Task<>'
    bus.commands["store"] = [this] { spawn(store()); };
  }
};
