// RUN: %check %s async-return-local-ref-task
// Where the function can't simply become a coroutine.

#include "task.h"
#include <string>

void use(const std::string &);
app::Task<int> fetch(const std::string &url) {
  use(url);
  co_return 0;
}
app::Coro<int> ready();
app::EagerTask<int> start(const std::string &url) {
  co_await fetch(url);
  use(url);
  co_return 1;
}
#define RETURN return

app::Task<int> reference(const std::string &Part) {
  std::string Url = "x" + Part;
  return fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
}
auto deduced(std::string Url) {
  return fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
}
template <class T> app::Task<int> generic(T Url) {
  return fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
}
template app::Task<int> generic(std::string);
app::Task<int> macro(std::string Url) {
  RETURN fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
}
app::Task<int> choice(std::string Url) {
  return Url.empty() ? ready() : fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
}
app::Task<int> in_handler(std::string Url) {
  try {
    use(Url);
  } catch (...) {
    return fetch(Url);
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  }
  return ready();
}
app::Task<int> both(std::string Url) {
  auto Work = fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  return Work;
}
