// RUN: %check %s async-dangling-await-result
// What a reference to the result of an await refers to.

#include "task.h"
#include <coroutine>
#include <string>

// As cppcoro does, it moves from what it owns.
template <class T> struct Moving {
  struct promise_type {
    Moving get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception();
    void return_value(T);
  };
  Moving(Moving &&);
  ~Moving();
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T &&await_resume();
};
struct Result {
  std::string Value;
  bool await_ready() noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  std::string &&await_resume() [[clang::lifetimebound]] {
    return std::move(Value);
  }
};
struct Buffer {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  std::string &&await_resume();
};
Moving<std::string> text();
Moving<std::string &&> elsewhere();
app::Task<std::string> value();
Result result();
Buffer next();
void use(const std::string &);

Moving<int> references() {
  auto &&A = co_await text();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'A' refers to a part of what 'text' returns, which is gone at the end of this statement: the await gives a reference into it; declare a value instead [async-dangling-await-result]
  const std::string &B = co_await text();
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'B' refers to a part of what 'text' returns, which is gone at the end of this statement: the await gives a reference into it; declare a value instead [async-dangling-await-result]
  auto &&C = co_await result();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'C' refers to a part of what 'result' returns, which is gone at the end of this statement: the await gives a reference into it; declare a value instead [async-dangling-await-result]
  use(A + B + C);
  co_return 1;
}
Moving<int> right() {
  auto A = co_await text();
  auto &&B = co_await value();
  auto &&C = co_await elsewhere();
  auto &&D = co_await next();
  auto Task = text();
  auto &&E = co_await Task;
  use(co_await text());
  use(A + B + C + D + E);
  co_return 1;
}
