// RUN: %check %s async-return-local-ref-task
// How the task gets out of the function.

#include "task.h"
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
template <class T> app::Task<T> with_timeout(app::Task<T>, int);
app::Task<> when_all(std::vector<app::Task<int>>);
bool choose();

app::Task<int> chosen(std::string Url) {
  return choose() ? fetch(Url) : fetch("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
}
app::Task<int> wrapped(std::string Url) {
  return with_timeout(fetch(Url), 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await with_timeout(fetch(Url), 1);
}
app::Task<int> named(std::string Url) {
  auto Work = fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  return Work;
}
app::Task<int> named_and_wrapped(std::string Url) {
  auto Work = fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  return with_timeout(std::move(Work), 1);
  // CHECK-FIXES: co_return co_await with_timeout(std::move(Work), 1);
}
app::Task<> together() {
  std::string A = "x", B = "y";
  std::vector<app::Task<int>> All;
  All.push_back(fetch(A));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'A' is gone when 'fetch' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  All.push_back(fetch(B));
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'B' is gone when 'fetch' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  return when_all(std::move(All));
}
app::Task<app::Task<int>> by_a_coroutine(std::string Url) {
  co_return fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; await the task, or let the task own the argument [async-return-local-ref-task]
}
auto Lambda = [](std::string Url) { return fetch(Url); };
// CHECK-MESSAGES: :[[@LINE-1]]:50: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]

// It does not get out.
int waited_for(std::string Url) { return sync_wait(fetch(Url)); }
app::Task<> awaited() {
  std::string A = "x";
  std::vector<app::Task<int>> All;
  All.push_back(fetch(A));
  co_await when_all(std::move(All));
}
