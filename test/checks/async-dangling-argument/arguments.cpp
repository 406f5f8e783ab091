// RUN: %check %s async-dangling-argument

#include "task.h"
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

app::Task<> nap();
app::EagerTask<> eager_nap();
void use(std::string_view);
void use(int);

std::string make_url();
std::vector<int> make_numbers();

app::Task<int> fetch(const std::string &url) {
  co_await nap();
  co_return int(url.size());
}

app::Task<int> parse(std::string_view text) { co_return int(text.size()); }
app::Task<> sum(std::span<const int> numbers) {
  for (int n : numbers)
    use(n);
  co_return;
}
app::Task<> print(const char *text) {
  co_await nap();
  use(text);
}
app::Task<> count(const int &n) {
  co_await nap();
  use(n);
}
app::Task<> take(std::string &&s) {
  co_await nap();
  use(s);
}
app::Task<> list(std::initializer_list<int> l) {
  for (int n : l)
    use(n);
  co_return;
}
app::Task<> with_default(int n, const std::string &s = "none") {
  use(s);
  co_return;
}
app::Task<> unused(const std::string &s, const std::string &) {
  (void)s;
  co_return;
}
app::Task<> by_value(std::string s, int n) {
  co_await nap();
  use(s);
}

struct Request {
  std::string Url;
  Request &with(std::string u) {
    Url = std::move(u);
    return *this;
  }
};
app::Task<> send(const Request &r) {
  co_await nap();
  use(r.Url);
}

struct Client {
  std::string Name;
  app::Task<> fetch() {
    co_await nap();
    use(Name);
  }
  app::Task<> idle() { co_await nap(); }
};
struct Stateless {
  app::Task<> fetch() {
    co_await nap();
    other();
  }
  void other();
};

// What a temporary is, and what refers to it.

void stored() {
  auto A = fetch("http://example.org");
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  auto B = fetch(make_url());
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto C = fetch(std::string("x") + "y");
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto D = parse(std::string("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'parse' uses it: the task is stored
  auto E = parse(make_url());
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'parse' uses it: the task is stored
  auto F = sum(make_numbers());
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: temporary 'std::vector<int>' is gone when 'sum' uses it: the task is stored
  auto G = print(make_url().c_str());
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: temporary 'std::string' is gone when 'print' uses it: the task is stored
  auto H = count(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'int' is gone when 'count' uses it: the task is stored
  auto I = take(make_url());
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'std::string' is gone when 'take' uses it: the task is stored
  auto J = list({1, 2, 3});
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary array is gone when 'list' uses it: the task is stored
  auto K = with_default(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'std::string', a default argument, is gone when 'with_default' uses it: the task is stored
  auto L = with_default(1, "some");
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: temporary 'std::string' is gone when 'with_default' uses it: the task is stored
  auto M = send(Request{"x"});
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'Request' is gone when 'send' uses it: the task is stored
  auto N = send(Request().with("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'Request' is gone when 'send' uses it: the task is stored
  auto O = Client().fetch();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Client' is gone when 'Client::fetch' uses it: the task is stored
  auto P = fetch(Request{"x"}.Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'Request' is gone when 'fetch' uses it: the task is stored
  auto Q = parse(Request{"x"}.Url);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'Request' is gone when 'parse' uses it: the task is stored
  auto R = parse(std::string_view(make_url()).substr(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: temporary 'std::string' is gone when 'parse' uses it: the task is stored
  auto S = count(make_numbers()[0]);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::vector<int>' is gone when 'count' uses it: the task is stored
  auto T = count(make_numbers().front());
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::vector<int>' is gone when 'count' uses it: the task is stored
  auto U = fetch(std::move(make_url()));
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto V = fetch(static_cast<const std::string &>(make_url()));
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  auto W = fetch(std::optional<std::string>("x").value());
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::optional<std::string>' is gone when 'fetch' uses it: the task is stored
  auto X = parse(make_url().data());
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'parse' uses it: the task is stored
}

// Nothing that dies, and nothing that is used.

std::string Global;
const std::string &get_url();
std::string_view get_view();
const char *get_text();
std::vector<const char *> make_texts();
std::string *make_pointer();
Client *get_client();
Client &the_client();
struct Handle {
  Client *operator->();
  Client &operator*();
};
Handle get_handle();

void fine() {
  auto A = fetch(Global);
  auto B = fetch(get_url());
  auto C = parse("text");
  auto D = parse(get_view());
  auto E = parse(get_view().substr(1));
  auto F = print("text");
  auto G = print(get_text());
  auto H = print(make_texts().front());
  auto I = unused("a", "b");
  auto J = by_value("text", 1);
  auto K = fetch(*make_pointer());
  auto L = get_client()->fetch();
  auto M = the_client().fetch();
  auto N = get_handle()->fetch();
  auto O = (*get_handle()).fetch();
  auto P = Client().idle();
  auto Q = Stateless().fetch();
  auto R = parse(get_url());
  auto S = parse(get_url().substr(1).empty() ? "a" : "b");
  static const int Numbers[] = {1, 2};
  auto T = sum(Numbers);
  auto U = count(Numbers[0]);
  const std::string &Longer = make_url();
  auto V = fetch(Longer);
  auto W = fetch(std::move(Global));
}

// A variable of the caller's that dies before the task is not a temporary.
app::Task<int> local() {
  std::string Url = make_url();
  return fetch(Url);
}
