// RUN: %check %s async-thread-local-across-suspend

// What stays right after a suspension.

#include "cppcoro/task.hpp"
#include "seastar/core/coroutine.hh"

struct Arena {
  void *allocate(int);
  Arena *parent;
  int used;
};
thread_local Arena arena;
thread_local Arena *active = nullptr;
Arena global;
Arena &current_arena() { return arena; }
Arena *active_arena() { return active; }
Arena &global_arena() { return global; }

cppcoro::task<int> read();
void use(int);

cppcoro::task<void> asked_again() {
  Arena *mine = &arena;
  mine->allocate(1);
  use(co_await read());
  mine = &arena;
  mine->allocate(1);
}

cppcoro::task<void> used_before_only() {
  auto &mine = current_arena();
  mine.allocate(1);
  use(co_await read());
  current_arena().allocate(2);
}

cppcoro::task<void> a_copy() {
  int used = arena.used;
  use(co_await read());
  use(used);
}

// What such a pointer points to may belong to everybody.
cppcoro::task<void> what_it_points_to() {
  Arena *mine = active;
  Arena *same = active_arena();
  use(co_await read());
  mine->allocate(1);
  same->allocate(1);
}

cppcoro::task<void> of_everybody() {
  auto &all = global_arena();
  use(co_await read());
  all.allocate(1);
}

cppcoro::task<void> no_longer_used() {
  Arena *mine = &arena;
  use(co_await read());
  mine = nullptr;
}

// Here coroutines stay on their thread.
seastar::future<int> ready();
seastar::future<> pinned() {
  auto &mine = current_arena();
  use(co_await ready());
  mine.allocate(1);
}
