// RUN: %check %s async-unawaited-task
// Statements that do nothing but to name what could be awaited.

#include "task.h"
#include <kj/async.h>
#include <type_traits>
#include <utility>
#include <vector>

using app::Task;

struct Event {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume() noexcept;
};
struct Session {
  Event closed;
};
Task<> step();
void use(Event &);

Task<> names(Event &event, Session session, std::vector<Event> all) {
  event;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a 'Event' is named here, and nothing is done with it; co_await it [async-unawaited-task]
  session.closed;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: a 'Event' is named here
  std::move(all.front());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a 'Event' is named here
  all.front();
  auto task = step();
  std::move(task);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a 'app::Task<>' is named here
  co_await event;
  (void)event;
  use(event);
}
template <typename T> Task<> of_any(T event) {
  event;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a 'Event' is named here
  co_await step();
}
template Task<> of_any(Event);
#define EXAMINE(X) auto &examined = X; examined
Task<> in_macros(Event event) {
  EXAMINE(event);
  co_await step();
}
Task<> in_lambda(Event &event) {
  auto run = [](Event &event) -> Task<> {
    event;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a 'Event' is named here
    co_await step();
  };
  co_await run(event);
}
kj::Promise<void> with_kj(std::vector<kj::Promise<void>> gates) {
  kj::Promise<void> gate = std::move(gates[0]);
  gate;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a 'kj::Promise<void>' is named here
  co_await gates[1];
}
// Where it can't be awaited, it is just a name.
void plain(Event &event) { event; }

// Two overloads that are there for one each of two complementary conditions.
template <typename T> constexpr bool AtOnce = false;
struct Choosy {
  struct promise_type {
    Choosy get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
    template <typename T, std::enable_if_t<!AtOnce<T>, int> = 0>
    T &&await_transform(T &&);
    template <typename T, std::enable_if_t<AtOnce<T>, int> = 0>
    T await_transform(T);
  };
};
Choosy with_conditions(Event &event) {
  event;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a 'Event' is named here
  co_await event;
}

// What a library's coroutines make an awaiter of.
namespace folly::channels {
struct Next {
  Event viaIfAsync(int);
};
struct Receiver {
  Next next();
};
} // namespace folly::channels
namespace folly::coro {
struct Awaited {
  struct promise_type {
    Awaited get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
    template <typename T> auto await_transform(T &&value) {
      return value.viaIfAsync(1);
    }
  };
};
} // namespace folly::coro
folly::coro::Awaited semi_awaitable(folly::channels::Receiver receiver) {
  receiver.next();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the result of 'folly::channels::Receiver::next' is never awaited: 'folly::channels::Next' does nothing until it is; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await receiver.next();
  co_return;
}
// Only its own library's coroutines can.
Choosy other_library(folly::channels::Receiver receiver, Event &event) {
  receiver.next();
  co_await event;
}
