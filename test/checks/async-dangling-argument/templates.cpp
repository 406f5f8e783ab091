// RUN: %check %s async-dangling-argument
// Several instances are one finding, and each decides for itself.

#include "task.h"
#include <string>
#include <utility>

app::Task<> nap();
void use(const std::string &);
std::string make();

template <class T> app::Task<> hold(const T &value) {
  co_await nap();
  use(std::to_string(value));
}
template <class T> app::Task<> forward(T &&value) {
  co_await nap();
  use(std::forward<T>(value));
}
template <class F> app::Task<> invoke(F &&f) {
  co_await nap();
  f();
}
template <class T> app::Task<> sometimes(const std::string &s) {
  co_await nap();
  if constexpr (sizeof(T) == 1)
    use(s);
}

template <class T> app::Task<> caller(T value) {
  auto A = hold(value);
  auto B = hold(value + 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'int' is gone when 'hold' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  co_await std::move(A);
  co_await std::move(B);
}

template <class T> app::Task<> never_instantiated(T value) {
  auto A = hold(value + 1);
  co_await std::move(A);
}

void calls(std::string Name) {
  auto A = hold(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'int' is gone when 'hold' uses it: the task is stored
  auto B = forward(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: temporary 'std::string' is gone when 'forward' uses it: the task is stored
  auto C = forward(Name);
  auto D = forward(std::move(Name));
  auto E = invoke([] {});
  auto F = invoke([Name] { use(Name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: temporary lambda is gone when 'invoke' uses it: the task is stored
  auto G = sometimes<char>(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: temporary 'std::string' is gone when 'sometimes' uses it: the task is stored
  auto H = sometimes<int>(make());
  auto I = caller(1);
  auto J = caller(1.5);
}

// The members of a template.
template <class T> struct Store {
  T Value;
  app::Task<> save() {
    co_await nap();
    use(Value);
  }
  app::Task<> put(const T &v) {
    co_await nap();
    use(v);
  }
};
void members() {
  auto A = Store<std::string>{"x"}.save();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Store<std::string>' is gone when 'Store::save' uses it: the task is stored
  Store<std::string> S;
  auto B = S.save();
  auto C = S.put("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::basic_string<char>' is gone when 'Store::put' uses it: the task is stored
}
