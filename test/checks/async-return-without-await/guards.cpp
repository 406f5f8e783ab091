// RUN: %check %s async-return-without-await
// Guards that are gone when the work begins.

#include "task.h"
#include <mutex>
#include <optional>
#include <string>

struct Span {
  explicit Span(const char *Name);
  Span(Span &&);
  ~Span();
  void tag(int);
};
struct Plain {
  int N;
};
app::Task<int> load(int N);
app::Task<int> load_span(Span S);
app::EagerTask<int> start(int N);
int next();
std::mutex Mutex;

class Service {
  std::mutex Lock;
  int State = 0;

  app::Task<int> work(int N) {
    State = N;
    co_return N;
  }

public:
  app::Task<int> locked(int N) {
    std::lock_guard<std::mutex> Held(Lock);
    return work(N);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Held' is gone before the work of 'Service::work' is done: the task is returned, and not awaited where the guard is; take the lock in the coroutine, around what it is for [async-return-without-await]
  }
  app::Task<int> locked_for_an_argument() {
    std::lock_guard<std::mutex> Held(Lock);
    return work(State);
  }
};

app::Task<int> traced(int N) {
  Span S("load");
  return load(N);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'S' is gone before the work of 'load' is done: the task is returned, and not awaited where the guard is; make this a coroutine that awaits the task, or let the task own the guard [async-return-without-await]
  // CHECK-FIXES: co_return co_await load(N);
}
app::Task<int> traced_and_locked(int N) {
  Span S("load");
  std::unique_lock<std::mutex> Held(Mutex);
  return load(N);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Held' is gone before the work of 'load' is done: the task is returned, and not awaited where the guard is; take the lock in the coroutine, around what it is for [async-return-without-await]
}
app::Task<int> in_a_branch(int N) {
  if (N > 0) {
    Span S("load");
    return load(N);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'S' is gone before the work of 'load' is done: the task is returned, and not awaited where the guard is; make this a coroutine that awaits the task, or let the task own the guard [async-return-without-await]
    // CHECK-FIXES: co_return co_await load(N);
  }
  return load(0);
  // CHECK-FIXES: co_return co_await load(0);
}

//===----------------------------------------------------------------------===//
// They are good for something else, or go with the work
//===----------------------------------------------------------------------===//

app::Task<int> around_other_code(int N) {
  Span S("load");
  N += next();
  return load(N);
}
app::Task<int> for_an_argument() {
  Span S("load");
  return load(next());
}
app::Task<int> goes_along() {
  Span S("load");
  return load_span(std::move(S));
}
app::Task<int> used(int N) {
  Span S("load");
  S.tag(1);
  return load(N);
}
app::EagerTask<int> begins_under_it(int N) {
  Span S("load");
  return start(N);
}
app::Task<int> nothing_to_end(int N) {
  Plain P{1};
  std::string Text = "x";
  return load(N);
}
app::Task<int> awaited(int N) {
  Span S("load");
  co_return co_await load(N);
}
