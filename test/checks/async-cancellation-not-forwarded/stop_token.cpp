// RUN: %check %s async-cancellation-not-forwarded

// std::stop_token, and task types of the project.

#include "task.h"
#include <stop_token>
#include <string>

using app::Task;

struct Options {
  int retries = 3;
  std::stop_token token = {};
};

struct Client {
  explicit Client(std::stop_token token = {});
  Task<int> get(std::string url, std::stop_token token = {});
  Task<int> put(std::string url, int retries = 3, std::stop_token token = {});
  Task<int> head(std::string url, Options options = {});
  Task<int> post(std::string url);
  Task<int> post(std::string url, std::stop_token token);
  Task<int> move(std::string url);
  Task<int> move(std::string url, std::stop_token &&token);
  Task<> close(std::stop_token token = {});
  Task<> reset(std::stop_token token = {});
  static Task<int> query(std::string text);
  static Task<int> query(std::stop_token token, std::string text);
  Task<int> other(std::string text);
  Task<int> other(std::string text, std::stop_token token, int limit);
  Task<std::string> list();
  Task<int> list(std::stop_token token);

private:
  Task<int> hidden();

public:
  Task<int> secret();
};

Task<int> all(Client &client, std::stop_token token) {
  int sum = co_await client.get("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'Client::get' is not told to stop when 'token' is: it has a parameter for that; pass 'token' on [async-cancellation-not-forwarded]
  // CHECK-FIXES: int sum = co_await client.get("a", token);
  // The parameter before has a default of its own.
  sum += co_await client.put("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::put' is not told to stop when 'token' is: it has a parameter for that; pass 'token' on
  sum += co_await client.put("a", 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::put' is not told
  // CHECK-FIXES: sum += co_await client.put("a", 5, token);
  sum += co_await client.head("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::head' is not told to stop when 'token' is: its options have a 'token'; pass 'token' on
  sum += co_await client.post("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::post' is not told to stop when 'token' is: another overload takes it; pass 'token' on
  // CHECK-FIXES: sum += co_await client.post("a", token);
  sum += co_await Client::query("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Client::query' is not told
  sum += co_await client.move("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::move' is not told
  co_return sum;
}

Task<int> right(Client &client, std::stop_token token) {
  int sum = co_await client.get("a", token);
  sum += co_await client.get("a", {});
  sum += co_await client.get("a", std::stop_token());
  sum += co_await client.head("a", {.retries = 1});
  sum += co_await client.head("a", {.token = token});
  // The client has it.
  sum += co_await Client(token).get("a");
  // To end something is done when the coroutine is to stop, too.
  co_await client.close();
  co_await client.reset();
  // Others, which only share a name.
  sum += co_await client.other("a");
  auto names = co_await client.list();
  sum += co_await client.secret();
  co_return sum;
}

// Work that is given to what is awaited, or returned.
Task<int> with_timeout(Task<int> work);
Task<int> with_token(std::stop_token token, Task<int> work);
Task<int> wraps(Client &client, std::stop_token token) {
  int sum = co_await with_timeout(client.get("a"));
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: 'Client::get' is not told to stop when 'token' is
  // CHECK-FIXES: int sum = co_await with_timeout(client.get("a", token));
  sum += co_await with_token(token, client.get("a"));
  co_return sum;
}
Task<int> returns(Client &client, std::stop_token token) {
  return client.get("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Client::get' is not told to stop when 'token' is
  // CHECK-FIXES: return client.get("a", token);
}
Task<int> returns_with_it(Client &client, std::stop_token token) {
  return client.get("a", token);
}
Task<int> returns_bound(Client &client, std::stop_token token) {
  return with_token(token, client.get("a"));
}

// What it gives the token to may stop everything.
struct Session {
  Session(Client &client, std::stop_token token);
};
Task<int> session(Client &client, std::stop_token token) {
  Session session(client, token);
  co_return co_await client.get("a");
}
Task<int> callback(Client &client, std::stop_token token) {
  std::stop_callback stops(token, [&] {});
  co_return co_await client.get("a");
}
Task<int> lambda(Client &client, std::stop_token token) {
  auto stops = [token] { return token.stop_requested(); };
  co_return co_await client.get("a");
}
// It is not this function's to stop anything.
Task<int> unnamed(Client &client, std::stop_token) {
  co_return co_await client.get("a");
}

// One of its own, from when it has it.
std::stop_token current();
Task<int> asks_for_it(Client &client) {
  int sum = co_await client.get("a");
  auto token = current();
  sum += co_await client.get("b");
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::get' is not told to stop when 'token' is
  // CHECK-FIXES: sum += co_await client.get("b", token);
  if (sum) {
    auto inner = current();
    co_await client.get("c", inner);
  }
  co_return co_await client.get("d", token);
}
// What it says itself is for one thing, perhaps.
Task<int> has_a_source(Client &client) {
  std::stop_source source;
  int sum = co_await client.get("a", source.get_token());
  co_return sum + co_await client.get("b");
}

// Templates and lambdas.
template <class T> Task<int> generic(T &client, std::stop_token token) {
  co_return co_await client.get("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'Client::get' is not told to stop
  // CHECK-FIXES: co_return co_await client.get("a", token);
}
template Task<int> generic(Client &, std::stop_token);
auto in_lambda = [](Client &client, std::stop_token token) -> Task<int> {
  co_return co_await client.get("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'Client::get' is not told to stop
  // CHECK-FIXES: co_return co_await client.get("a", token);
};

// Macros are left alone, but for the warning.
#define FETCH(url) client.get(url)
Task<int> macros(Client &client, std::stop_token token) {
  co_return co_await FETCH("a");
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'Client::get' is not told to stop
}
