// RUN: %check %s async-thread-local-across-suspend

// Pointers and references to what belongs to a thread.

#include "asio.hpp"
#include "coro/coro.hpp"
#include "cppcoro/task.hpp"
#include "folly/coro/Task.h"

struct Arena {
  void *allocate(int);
  int used;
};
thread_local Arena arena;
Arena &current_arena() {
  thread_local Arena mine;
  return mine;
}
Arena *arena_pointer() { return &current_arena(); }
struct Worker {
  static thread_local Worker current;
  int tasks;
};

cppcoro::task<int> read();
folly::coro::Task<int> load();
coro::task<int> fetch();
asio::awaitable<int> request();
void use(int);

cppcoro::task<void> by_reference() {
  Arena &mine = arena;
  use(co_await read());
  mine.allocate(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' refers to thread_local 'arena' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
}

folly::coro::Task<void> by_pointer() {
  Arena *mine = &arena;
  use(co_await load());
  mine->allocate(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' refers to thread_local 'arena' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
  mine->allocate(2);
}

coro::task<void> from_a_function() {
  auto &mine = current_arena();
  use(co_await fetch());
  mine.allocate(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' refers to thread_local 'mine' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
}

asio::awaitable<void> from_a_chain_of_them() {
  auto *mine = arena_pointer();
  use(co_await request());
  mine->allocate(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' refers to thread_local 'mine' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
}

cppcoro::task<void> a_member() {
  int &used = arena.used;
  use(co_await read());
  ++used;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'used' refers to thread_local 'arena' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
}

cppcoro::task<void> static_member() {
  auto &worker = Worker::current;
  use(co_await read());
  ++worker.tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' refers to thread_local 'current' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
}

cppcoro::task<void> on_one_path(bool wait) {
  Arena *mine = &arena;
  if (wait)
    use(co_await read());
  mine->allocate(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' refers to thread_local 'arena' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
}

cppcoro::task<void> in_a_loop() {
  Arena *mine = &arena;
  for (int i = 0; i < 3; ++i) {
    mine->allocate(i);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mine' refers to thread_local 'arena' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
    use(co_await read());
  }
}

template <class T> cppcoro::task<T> in_a_template() {
  Arena *mine = &arena;
  T value = co_await read();
  mine->allocate(value);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' refers to thread_local 'arena' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
  co_return value;
}
template cppcoro::task<int> in_a_template();
template cppcoro::task<long> in_a_template();

#define MY_ARENA (&arena)

auto lambda = []() -> cppcoro::task<void> {
  auto *mine = MY_ARENA;
  use(co_await read());
  mine->allocate(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' refers to thread_local 'arena' of the thread that the coroutine was on before it was suspended; it may be on another one now; ask for it again
};
