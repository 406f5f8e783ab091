// What mutate.py makes mistakes of: see mutate.test.

#include "task.h"
#include <asio.hpp>
#include <chrono>
#include <mutex>
#include <stop_token>

using app::Task;

Task<> save(int Value);
Task<int> load();
std::mutex Mutex;
int Total;

#define TWICE(X)                                                               \
  co_await X;                                                                  \
  co_await X

namespace sample {

// co_await in_a_comment();
const char *Text = "co_await in_a_string();",
           *Raw = R"(co_await in_a_raw_string();)";

Task<> statements(bool Yes) {
  co_await save(1'000);
  if (Yes)
    co_await save(2);
  else
    co_await save(3);
  for (int I = 0; I < 3; ++I) {
    (void)co_await load();
  }
}

Task<int> results() {
  auto Unused = co_await load();
  int Used = co_await load();
  co_await save(co_await load());
  co_return Used;
}

// Without its co_await it is no coroutine, and returns nothing.
Task<> alone() { co_await save(4); }

template <class T> struct Holder {
  T Value;
  Task<> run() {
    co_await save(5);
    co_return;
  }
};

void inLambda() {
  auto F = []() -> Task<> {
    co_await save(6);
    co_return;
  };
}

asio::awaitable<void> sleeps() {
  asio::steady_timer Timer(co_await asio::this_coro::executor);
  co_await Timer.async_wait(asio::use_awaitable);
}

Task<> block() {
  {
    std::lock_guard Lock(Mutex);
    ++Total;
  }
  co_await save(7);
  co_await save(8);
}

Task<> byHand() {
  std::unique_lock<std::mutex> Lock(Mutex);
  ++Total;
  Lock.unlock();
  co_await save(9);
  Lock.lock();
}

Task<> wait(int Value, std::stop_token Token = {});
Task<> close_all(int, std::stop_token = {});
Task<> passesOn(int Value, std::stop_token Token) {
  co_await wait(Value, Token);
  std::stop_token Own;
  co_await wait(Value, Own);
  co_await close_all(Value, Token);
}

struct Lost {};
void count();
Task<> handles(bool Yes) {
  for (;;) {
    try {
      co_await wait(1);
    } catch (const Lost &) {
      count();
    }
    try {
      co_await wait(2);
    } catch (const Lost &) {
      throw;
    }
  }
}

Task<> waits(bool Yes) {
  while (true) {
    co_await wait(3);
  }
}
Task<> ends(bool Yes) {
  while (Yes) {
    co_await wait(4);
  }
  while (true) {
    if (Yes)
      co_return;
    co_await wait(5);
  }
}

struct Scope {
  Task<> join();
};
Task<> closes(Scope &Others) {
  Scope Own;
  co_await Own.join();
  co_await Others.join();
}

} // namespace sample
