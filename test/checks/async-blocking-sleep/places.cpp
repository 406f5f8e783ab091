// RUN: %check %s async-blocking-sleep

// Coroutines wherever one can be written, and calls wherever they can stand.

#include "task.h"
#include <unistd.h>

using app::Task;

struct Friend {
  friend Task<> defined_in_a_class(Friend) {
    sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  }
};
template <class T> struct FriendOfTemplate {
  friend Task<> defined_in_a_template(FriendOfTemplate) {
    sleep(2);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  }
};
Task<> uses_the_friend() { co_await defined_in_a_template(FriendOfTemplate<int>()); }

template <class T> struct Outer {
  struct Inner {
    Task<> run() {
      sleep(3);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sleep' blocks
      co_return;
    }
  };
  template <class U> struct Generic {
    template <class V> Task<> run(V) {
      sleep(4);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sleep' blocks
      co_return;
    }
  };
};
Task<> uses_nested_templates() {
  co_await Outer<int>::Inner().run();
  co_await Outer<char>::Inner().run();
  co_await Outer<int>::Generic<char>().run(1);
}

template <class T> struct Declared {
  Task<> run() {
    sleep(5);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  }
};
extern template struct Declared<int>;

template <class T>
auto variable_template = []() -> Task<> {
  sleep(6);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
};
Task<> uses_the_variable() { co_await variable_template<int>(); }

struct Static {
  static inline auto member = []() -> Task<> {
    sleep(7);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    co_return;
  };
};

namespace {
Task<> unnamed() {
  sleep(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}
} // namespace
extern "C++" {
Task<> linkage() {
  sleep(9);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
}
}

Task<> local_class() {
  struct Local {
    Task<> run() {
      sleep(10);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sleep' blocks
      co_return;
    }
    void not_a_coroutine() { sleep(11); }
  };
  co_await Local().run();
}

Task<> function_try() try {
  sleep(12);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_return;
} catch (...) {
  sleep(13);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
}

Task<unsigned> statements(int n) {
  if (auto x = sleep(14); x)
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'sleep' blocks
    co_return sleep(15);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'sleep' blocks
  while (auto x = sleep(16))
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'sleep' blocks
    ++n;
  switch (auto x = sleep(17)) {
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'sleep' blocks
  default:;
  }
  for (unsigned x : {sleep(18), 2u})
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'sleep' blocks
    n += x;
  int array[] = {1, (int)sleep(19)};
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'sleep' blocks
  struct {
    unsigned value;
  } one{sleep(20)}, two{.value = sleep(21)};
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sleep' blocks
  // CHECK-MESSAGES: :[[@LINE-2]]:34: warning: 'sleep' blocks
  auto [value] = decltype(one){sleep(22)};
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'sleep' blocks
  auto converted = static_cast<int>(sleep(23)) + int(sleep(24));
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'sleep' blocks
  // CHECK-MESSAGES: :[[@LINE-2]]:54: warning: 'sleep' blocks
  delete new unsigned(sleep(25));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'sleep' blocks
  (&sleep)(26);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  auto &reference = sleep;
  throw sleep(27);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sleep' blocks
}

app::AsyncGenerator<unsigned> yields() {
  co_await [](unsigned) -> Task<> { co_return; }(sleep(28));
  // CHECK-MESSAGES: :[[@LINE-1]]:50: warning: 'sleep' blocks
  co_yield sleep(29);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'sleep' blocks
}

// Objects that sleep when they are made, once or often.
struct Sleeper {
  Sleeper() { sleep(30); }
};
Task<> objects() {
  static Sleeper once;
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'Sleeper::Sleeper' blocks
  thread_local Sleeper each;
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'Sleeper::Sleeper' blocks
  Sleeper several[2];
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Sleeper::Sleeper' blocks
  auto *many = new Sleeper[3];
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'Sleeper::Sleeper' blocks
  auto made = [] { return Sleeper(); };
  co_return;
}

// A callable that a function of this file is given, and calls.
void calls(auto callable) { callable(); }
auto generic = [](auto callable) { return callable(); };
Task<> callables() {
  calls([] { sleep(31); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'calls' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'calls' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-6]]:29: note: 'calls' calls 'lambda at places.cpp:[[@LINE-3]]' here
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:14: note: 'lambda at places.cpp:[[@LINE-4]]' calls 'sleep' here, which blocks: it sleeps
  generic([] { sleep(32); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at places.cpp:[[@LINE-8]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at places.cpp:[[@LINE-9]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-10]]:43: note: 'lambda at places.cpp:[[@LINE-10]]' calls 'lambda at places.cpp:[[@LINE-3]]' here
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:16: note: 'lambda at places.cpp:[[@LINE-4]]' calls 'sleep' here, which blocks: it sleeps
  co_return;
}
Task<> quick_callables() {
  calls([] {});
  generic([] {});
  co_return;
}
