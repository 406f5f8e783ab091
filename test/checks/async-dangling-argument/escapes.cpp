// RUN: %check %s async-dangling-argument
// What becomes of the task.

#include "task.h"
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

void use(const std::string &);
app::Task<> nap();
app::Task<int> fetch(const std::string &url) {
  co_await nap();
  use(url);
  co_return 0;
}

template <class T> T sync_wait(app::Task<T>);
template <class... T> app::Task<> when_all(app::Task<T>...);
template <class T> app::Task<T> with_timeout(app::Task<T>, int);
template <class T> app::EagerTask<T> start(app::Task<T>);
app::Task<> when_all(std::vector<app::Task<int>>);
void enqueue(app::Task<int>);
int run(std::vector<app::Task<int>>);

struct Job {
  app::Task<int> Work;
  int Priority;
};

//===----------------------------------------------------------------------===//
// It outlives the statement
//===----------------------------------------------------------------------===//

class Session {
  app::Task<int> Work;
  std::vector<app::Task<int>> All;
  std::map<int, app::Task<int>> ByID;
  std::unique_ptr<app::Task<int>> Owned;

public:
  Session() : Work(fetch("x")) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  void store() {
    Work = fetch("x");
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
    All.push_back(fetch("x"));
    // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
    All.emplace_back(fetch("x"));
    // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
    ByID[1] = fetch("x");
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
    ByID.emplace(1, fetch("x"));
    // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
    Owned = std::make_unique<app::Task<int>>(fetch("x"));
    // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  }
};

app::Task<> stored(bool Choice) {
  auto A = fetch("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto &&B = fetch("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  app::Coro<int> C(fetch("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  app::Task<int> D{fetch("x")};
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto E = when_all(fetch("x"), fetch("y"));
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  // CHECK-MESSAGES: :[[@LINE-2]]:39: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto F = with_timeout(fetch("x"), 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto G = std::make_tuple(fetch("x"), 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto H = Choice ? fetch("x") : fetch("y");
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  // CHECK-MESSAGES: :[[@LINE-2]]:40: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  Job I{fetch("x"), 1};
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  app::Task<int> J[] = {fetch("x"), fetch("y")};
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  // CHECK-MESSAGES: :[[@LINE-2]]:43: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  std::optional<app::Task<int>> K = fetch("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  K.emplace(fetch("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto L = (use("y"), fetch("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto M = new app::Task<int>(fetch("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto N = start(fetch("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  co_await std::move(A);
  if (auto O = fetch("x"); Choice)
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
    co_await std::move(O);
}

app::Task<int> returned() {
  return fetch("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is returned
}
app::Task<int> wrapped() {
  return with_timeout(fetch("x"), 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is returned
}
app::Task<int> chosen(bool B) {
  return B ? fetch("x") : with_timeout(fetch("y"), 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is returned
  // CHECK-MESSAGES: :[[@LINE-2]]:46: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is returned
}
app::Task<app::Task<int>> returned_by_a_coroutine() {
  co_return fetch("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is returned
}

//===----------------------------------------------------------------------===//
// It does not, or nobody knows
//===----------------------------------------------------------------------===//

app::Task<> awaited(bool Choice) {
  co_await fetch("x");
  int A = co_await fetch("x");
  co_await when_all(fetch("x"), fetch("y"));
  co_await with_timeout(fetch("x"), 1);
  co_await (Choice ? fetch("x") : fetch("y"));
  co_await std::move(with_timeout(fetch("x"), 1));
  if (co_await fetch("x") && Choice)
    use("y");
  for (int I = co_await fetch("x"); I < co_await fetch("y"); ++I)
    use("z");
  use(std::to_string(co_await fetch("x")));
  app::Task<int> B;
  co_await std::move(B = fetch("x"));
  co_return;
}
app::Task<int> awaited_and_returned() { co_return co_await fetch("x"); }

int blocked() {
  auto A = sync_wait(fetch("x"));
  if (sync_wait(with_timeout(fetch("x"), 1)))
    return sync_wait(fetch("x"));
  return A;
}

void unknown() {
  enqueue(fetch("x"));
  bool Done = fetch("x").done();
  int A = run([] {
    std::vector<app::Task<int>> All;
    return All;
  }());
}

// It never runs, which is another check's to say.
void dropped() {
  fetch("x");
  (void)fetch("x");
}
