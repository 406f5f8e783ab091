// RUN: %check %s async-unawaited-task

// Types of a project: what becomes of the work when the object is dropped.

#include "task.h"
#include <tuple>

app::Task<int> lazy();
app::Coro<> alias();
app::VoidTask derived();
app::EagerTask<> eager();
app::EagerTask<int> eager_number();
app::Generator<int> generator();
app::AsyncGenerator<int> async_generator();
app::FireAndForget fire_and_forget();
app::Task<> *pointer_to_a_task();
app::Task<> &reference_to_a_task();

app::Task<> in_a_coroutine(app::Pool &pool) {
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited: 'app::Task<int>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await lazy();
  alias();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'alias' is never awaited: 'app::Coro<>' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await alias();
  derived();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'derived' is never awaited: 'app::VoidTask' is lazy, so nothing of it runs; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await derived();

  // It runs, and nobody sees how it ends.
  eager();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'eager' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await eager();
  eager_number();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'eager_number' is never awaited
  // CHECK-FIXES: co_await eager_number();
  // Somebody says that this is meant.
  (void)eager();
  static_cast<void>(eager_number());
  std::ignore = eager_number();

  // Nobody is moved to the pool.
  app::resume_on(pool);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'app::resume_on' is never awaited: 'app::ResumeOn' does nothing until it is; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await app::resume_on(pool);
  app::ResumeOn{pool};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::ResumeOn' is never awaited
  // CHECK-FIXES: co_await app::ResumeOn{pool};
  (void)app::resume_on(pool);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'app::resume_on' is never awaited
  // CHECK-FIXES: (void)co_await app::resume_on(pool);
  std::suspend_always();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'std::suspend_always' is never awaited
  // CHECK-FIXES: co_await std::suspend_always();

  // Nobody fetches a value.
  auto values = async_generator();
  values.next();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'app::AsyncGenerator::next' is never awaited
  // CHECK-FIXES: co_await values.next();

  // The object that a fluent interface hands back belongs to somebody else.
  app::Builder request("GET");
  request.header("Accept", "*/*").retries(3);
  request.body("");
  // This one is sent to nobody.
  app::Builder("POST");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'app::Builder' is never awaited
  // CHECK-FIXES: co_await app::Builder("POST");
  co_await app::Builder("GET").header("Accept", "*/*");

  // Nobody has to await these.
  generator();
  async_generator();
  fire_and_forget();
  pointer_to_a_task();
  reference_to_a_task();
}

void in_a_plain_function(app::Pool &pool) {
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited
  alias();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'alias' is never awaited
  derived();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'derived' is never awaited
  // It runs, and here nobody could await it.
  eager();
  app::resume_on(pool);
  app::Builder("GET").retries(3);
  app::Builder("GET");
  generator();
  fire_and_forget();
}

app::EagerTask<> in_an_eager_coroutine() {
  eager();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'eager' is never awaited
  // CHECK-FIXES: co_await eager();
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited
  // CHECK-FIXES: co_await lazy();
  co_return;
}

app::FireAndForget in_a_detached_coroutine(app::Pool &pool) {
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited
  // CHECK-FIXES: co_await lazy();
  eager();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'eager' is never awaited
  // CHECK-FIXES: co_await eager();
  co_await app::resume_on(pool);
  co_await lazy();
}

app::AsyncGenerator<int> in_an_async_generator() {
  lazy();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'lazy' is never awaited
  // CHECK-FIXES: co_await lazy();
  co_await lazy();
  co_yield 1;
}

app::Generator<int> in_a_generator() {
  eager();
  co_yield 1;
}

// Lazy and eager in other words.
namespace other {
template <class Initial> struct Future {
  struct promise_type {
    Future get_return_object();
    Initial initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct Never {
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
struct Always {
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const noexcept;
};
struct Unknown {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
struct MyAlways : std::suspend_always {};
struct AutoInitial : Future<Always> {
  struct promise_type : Future<Always>::promise_type {
    AutoInitial get_return_object();
    auto initial_suspend() { return std::suspend_always(); }
  };
};
// Known by a promise elsewhere, and by an operator elsewhere.
struct Handle {};
struct HandlePromise {
  Handle get_return_object();
  std::suspend_always initial_suspend();
  std::suspend_never final_suspend() noexcept;
  void return_void();
  void unhandled_exception();
};
Never operator co_await(Handle);

Future<Always> always();
Future<Never> never();
Future<Unknown> unknown();
Future<MyAlways> derived() { co_return; }
AutoInitial deduced();
Handle handle();

void f() {
  always();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other::always' is never awaited
  never();
  unknown();
  derived();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other::derived' is never awaited
  deduced();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other::deduced' is never awaited
}
app::Task<> g() {
  (void)always();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'other::always' is never awaited
  // CHECK-FIXES: (void)co_await always();
  (void)never();
  (void)unknown();
  never();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other::never' is never awaited
  // CHECK-FIXES: co_await never();
  unknown();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other::unknown' is never awaited
  // CHECK-FIXES: co_await unknown();
  handle();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'other::handle' is never awaited
  // CHECK-FIXES: co_await handle();
  co_return;
}
} // namespace other
template <class... Args> struct std::coroutine_traits<other::Handle, Args...> {
  using promise_type = other::HandlePromise;
};
