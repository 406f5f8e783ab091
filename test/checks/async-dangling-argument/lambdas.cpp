// RUN: %check %s async-dangling-argument -- -std=c++23

#include "task.h"
#include <functional>
#include <string>

app::Task<> nap();
void use(const std::string &);
std::string make();

app::Task<> greet(const std::string &s) {
  co_await nap();
  use(s);
}
template <class F> app::Task<> invoke(F f) { co_await f(); }

app::Task<> run() {
  // What a lambda returns has left the statement that made it.
  auto Call = [] { return greet(make()); };
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: temporary 'std::string' is gone when 'greet' uses it: the task is returned, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  co_await invoke([] { return greet(make()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: temporary 'std::string' is gone when 'greet' uses it: the task is returned
  co_await invoke([]() -> app::Task<> { co_await greet(make()); });

  // A coroutine itself.
  auto Lambda = [](const std::string &s) -> app::Task<> {
    co_await nap();
    use(s);
  };
  auto A = Lambda("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: temporary 'std::string' is gone when 'lambda at lambdas.cpp:{{[0-9]+}}' uses it: the task is stored
  co_await Lambda("x");
  auto B = [](std::string s) -> app::Task<> {
    co_await nap();
    use(s);
  }("x");
  auto C = [](int, auto &&s) -> app::Task<> {
    co_await nap();
    use(s);
  }(1, make());
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: temporary 'std::string' is gone when 'lambda at lambdas.cpp:{{[0-9]+}}' uses it: the task is stored

  // What it captures is another story.
  auto D = [Name = make()]() -> app::Task<> {
    co_await nap();
    use(Name);
  }();

  // A parameter that the body only captures is used where it is captured.
  auto E = [](const std::string &s) -> app::Task<> {
    auto l = [&s] { use(s); };
    l();
    co_return;
  }(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: temporary 'std::string' is gone when 'lambda at lambdas.cpp:{{[0-9]+}}' uses it: the task is stored

  std::function<app::Task<>(const std::string &)> Any = greet;
  auto F = Any("x");
}

struct Client {
  std::string Name;
  app::Task<> by_this(this Client &&Self) {
    co_await nap();
    use(Self.Name);
  }
  app::Task<> by_value(this Client Self) {
    co_await nap();
    use(Self.Name);
  }
  app::Task<> operator()(int) {
    co_await nap();
    use(Name);
  }
};
void explicit_object() {
  auto A = Client().by_this();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Client' is gone when 'Client::by_this' uses it: the task is stored
  auto B = Client().by_value();
  auto C = Client()(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Client' is gone when 'Client::operator()' uses it: the task is stored
}
