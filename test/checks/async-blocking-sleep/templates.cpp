// RUN: %check %s async-blocking-sleep

// Templates: one finding however many instances there are, and what does not
// depend on parameters even when there are none.

#include "asio.hpp"
#include <thread>
#include <unistd.h>

using asio::awaitable;
using namespace std::chrono_literals;

// Two instances.
template <class T> awaitable<T> twice(T value) {
  sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // No fix: it would be made in every instance.
  std::this_thread::sleep_for(0s);
  co_return value;
}
template awaitable<int> twice(int);
awaitable<long> uses_twice() { co_return co_await twice(1L) + co_await twice('c'); }

// None.
template <class T> awaitable<T> never(T value) {
  sleep(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  co_await value.async_wait(asio::use_awaitable);
  co_return value;
}

// The duration depends on the instance.
template <class Rep, class Period> awaitable<void> delay(std::chrono::duration<Rep, Period> d) {
  std::this_thread::sleep_for(d);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks
  // No fix: it would be made in every instance.
  co_return;
}
awaitable<void> uses_delay() {
  co_await delay(1s);
  co_await delay(2ms);
}

// Zero in some instances, and not in others.
template <int N> awaitable<void> constant() {
  sleep(N);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  co_return;
}
template <int N> awaitable<void> always_zero() {
  sleep(N);
  co_return;
}
awaitable<void> uses_constant() {
  co_await constant<0>();
  co_await constant<3>();
  co_await always_zero<0>();
}

// The branch that is not taken does not exist.
template <bool Wait> awaitable<void> branches() {
  if constexpr (Wait)
    sleep(4);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
  else
    usleep(5);
  co_return;
}
awaitable<void> uses_branches() { co_await branches<true>(); }

// Class templates: members are instantiated one by one.
template <class T> struct Client {
  awaitable<void> connect() {
    sleep(6);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // No fix: it would be made in every instance.
    co_return;
  }
  awaitable<void> unused() {
    sleep(7);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // No fix: it would be made in every instance.
    co_return;
  }
  awaitable<void> out_of_line();
  template <class U> awaitable<void> send(U) {
    sleep(8);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // No fix: it would be made in every instance.
    co_return;
  }
  void helper() { sleep(9); }
  awaitable<void> through_a_member() {
    helper();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Client::helper' blocks
    // CHECK-NOTES: :[[@LINE-2]]:5: warning: 'Client::helper' blocks
    // CHECK-NOTES-NEXT: :[[@LINE-5]]:19: note: 'Client::helper' calls 'sleep' here, which blocks: it sleeps
    co_return;
  }
  static void quick() {}
};
template <class T> awaitable<void> Client<T>::out_of_line() {
  sleep(10);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  co_return;
}
awaitable<void> uses_clients(Client<int> &a, Client<char> &b) {
  co_await a.connect();
  co_await b.connect();
  co_await a.out_of_line();
  co_await b.out_of_line();
  co_await a.send(1);
  co_await b.send('c');
  co_await b.send("s");
  co_await a.through_a_member();
  co_await b.through_a_member();
}

// Specializations have bodies of their own.
template <> awaitable<void> Client<double>::connect() {
  sleep(11);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  co_return;
}
template <class T> struct Client<T *> {
  awaitable<void> connect() {
    sleep(12);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // No fix: it would be made in every instance.
    co_return;
  }
};
awaitable<void> uses_specializations(Client<int *> &c) { co_await c.connect(); }

// An explicit instantiation.
template <class T> struct Explicit {
  awaitable<void> run() {
    sleep(13);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks
    // No fix: it would be made in every instance.
    co_return;
  }
};
template struct Explicit<int>;
template struct Explicit<char>;

// Of two functions that a template may call, one sleeps.
struct Slow {
  void go() { sleep(14); }
};
struct Fast {
  void go() {}
};
template <class T> awaitable<void> run(T &t) {
  t.go();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Fast::go' blocks
  // CHECK-NOTES: :[[@LINE-2]]:5: warning: 'Fast::go' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-9]]:15: note: 'Slow::go' calls 'sleep' here, which blocks: it sleeps
  co_return;
}
template <class T> awaitable<void> run_fast(T &t) {
  t.go();
  co_return;
}
awaitable<void> uses_run(Slow &slow, Fast &fast) {
  co_await run(fast);
  co_await run(slow);
  co_await run_fast(fast);
}

// A function template that is no coroutine, in a chain.
template <class T> void wait_for(T seconds) { sleep(seconds); }
template <class... T> void wait_for_all(T... seconds) { (wait_for(seconds), ...); }
awaitable<void> uses_function_templates() {
  wait_for(1u);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'wait_for' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'wait_for' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-6]]:47: note: 'wait_for' calls 'sleep' here, which blocks: it sleeps
  wait_for_all(1, 2L);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'wait_for_all' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'wait_for_all' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-9]]:58: note: 'wait_for_all' calls 'wait_for' here
  // CHECK-NOTES-NEXT: :[[@LINE-11]]:47: note: 'wait_for' calls 'sleep' here, which blocks: it sleeps
  co_return;
}

// Abbreviated, constrained, variadic.
awaitable<void> abbreviated(auto value) {
  sleep(15);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  co_return;
}
template <class T>
  requires(sizeof(T) > 1)
awaitable<void> constrained(T value) {
  sleep(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  co_return;
}
template <class... T> awaitable<void> variadic(T... values) {
  sleep(17);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  (sleep(values), ...);
  // CHECK-MESSAGES: :[[@LINE-1]]:4: warning: 'sleep' blocks
  co_return;
}
awaitable<void> uses_those() {
  co_await abbreviated(1);
  co_await abbreviated('c');
  co_await constrained(1);
  co_await variadic(1, 2);
  co_await variadic();
}

// A coroutine whose type is the parameter.
template <class Result> Result generic() {
  sleep(18);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks
  // No fix: it would be made in every instance.
  co_return;
}
awaitable<void> uses_generic() { co_await generic<awaitable<void>>(); }
