// RUN: %check %s async-return-local-ref-task
// Which variables die with the function.

#include "task.h"
#include <memory>
#include <string>
#include <string_view>
#include <vector>

void use(std::string_view);
app::Task<> nap();
app::Task<int> fetch(const std::string &url) {
  co_await nap();
  use(url);
  co_return 0;
}
app::Task<int> view(std::string_view url) {
  co_await nap();
  use(url);
  co_return 0;
}
app::Task<int> point(const std::string *url) {
  co_await nap();
  use(*url);
  co_return 0;
}
app::Task<int> copy(std::string url) {
  co_await nap();
  use(url);
  co_return 0;
}
app::EagerTask<int> early(const std::string &url) {
  use(url);
  co_await nap();
  co_return 0;
}
app::EagerTask<int> late(const std::string &url) {
  co_await nap();
  use(url);
  co_return 0;
}

//===----------------------------------------------------------------------===//
// The function's own
//===----------------------------------------------------------------------===//

app::Task<int> local() {
  std::string Url = "x";
  return fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await fetch(Url);
}
app::Task<int> parameter(std::string Url) { return fetch(Url); }
// CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: app::Task<int> parameter(std::string Url) { co_return co_await fetch(Url); }
app::Task<int> moved(std::string Url) { return fetch(std::move(Url)); }
// CHECK-MESSAGES: :[[@LINE-1]]:54: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: app::Task<int> moved(std::string Url) { co_return co_await fetch(std::move(Url)); }
app::Task<int> through_a_reference() {
  std::string Url = "x";
  const std::string &Same = Url;
  return fetch(Same);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await fetch(Same);
}
app::Task<int> extended() {
  const std::string &Url = std::string("x");
  return fetch(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Url' is gone when 'fetch' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await fetch(Url);
}
app::Task<int> through_a_view(std::string Url) {
  std::string_view Part = Url;
  return view(Part);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'Url' is gone when 'view' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await view(Part);
}
app::Task<int> element() {
  std::vector<std::string> Urls{"x"};
  return fetch(Urls[0]);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Urls' is gone when 'fetch' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await fetch(Urls[0]);
}
struct Request {
  std::string Url;
  app::Task<int> send() {
    co_await nap();
    use(Url);
    co_return 0;
  }
  app::Task<int> resend() { return send(); }
};
app::Task<int> member(Request R) { return fetch(R.Url); }
// CHECK-MESSAGES: :[[@LINE-1]]:49: warning: 'R' is gone when 'fetch' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: app::Task<int> member(Request R) { co_return co_await fetch(R.Url); }
app::Task<int> address(Request R) { return point(&R.Url); }
// CHECK-MESSAGES: :[[@LINE-1]]:50: warning: 'R' is gone when 'point' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: app::Task<int> address(Request R) { co_return co_await point(&R.Url); }
app::Task<int> object() {
  Request R{"x"};
  return R.send();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'R' is gone when 'Request::send' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the object [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await R.send();
}
app::Task<int> owned() {
  auto R = std::make_unique<Request>();
  return R->send();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: what 'R' owns is gone when 'Request::send' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the object [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await R->send();
}
app::EagerTask<int> eager(std::string Url) {
  return late(Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'Url' is gone when 'late' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await late(Url);
}

//===----------------------------------------------------------------------===//
// Others'
//===----------------------------------------------------------------------===//

std::string Global;
std::shared_ptr<Request> shared();
struct Pool {
  std::string Name;
  std::vector<std::unique_ptr<Request>> All;
  app::Task<int> run() { return fetch(Name); }
  app::Task<int> first() { return All[0]->send(); }
  app::Task<int> add() {
    auto R = std::make_unique<Request>();
    Request *Raw = R.get();
    All.push_back(std::move(R));
    return Raw->send();
  }
  app::Task<int> add_released() {
    auto R = std::make_unique<Request>();
    auto &Same = *R;
    All.emplace_back(R.release());
    return Same.send();
  }
};
app::Task<int> callers(const std::string &Url) { return fetch(Url); }
app::Task<int> callers_view(std::string_view Url) { return view(Url); }
app::Task<int> callers_pointer(const std::string *Url) { return point(Url); }
app::Task<int> callers_object(Request &R) {
  Request &Same = R;
  return Same.send();
}
app::Task<int> constant() {
  static const std::string Url = "x";
  return fetch(Url);
}
app::Task<int> global() { return fetch(Global); }
app::Task<int> literal() {
  std::string_view Url = "x";
  return view(Url);
}
app::Task<int> by_value(std::string Url) { return copy(Url); }
app::EagerTask<int> in_time(std::string Url) { return early(Url); }
app::Task<int> shared_with_others() {
  auto R = shared();
  return R->send();
}
app::Task<int> reassigned(const std::string &Other) {
  std::string Url = "x";
  std::string_view Part = Url;
  Part = Other;
  return view(Part);
}
app::Task<int> awaited(std::string Url) { co_return co_await fetch(Url); }
auto captured(std::string Url) {
  return [Url] { return fetch(Url); };
}
