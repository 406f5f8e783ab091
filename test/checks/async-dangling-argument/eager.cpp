// RUN: %check %s async-dangling-argument
// A task that is started by the call only refers to what is gone after its
// first suspension.

#include "task.h"
#include <string>
#include <string_view>
#include <vector>

void use(const std::string &);
void use(std::string_view, int);
void use(int);
app::EagerTask<> nap();

app::EagerTask<> late(const std::string &s) {
  use(s);
  co_await nap();
  use(s);
}
app::EagerTask<> early(const std::string &s) {
  use(s);
  std::string copy = s;
  co_await nap();
  use(copy);
}
app::EagerTask<> in_a_loop(const std::string &s) {
  for (int i = 0; i < 3; ++i) {
    use(s);
    co_await nap();
  }
}
app::EagerTask<> on_another_path(const std::string &s, bool b) {
  if (b) {
    co_await nap();
    co_return;
  }
  use(s);
}
app::EagerTask<> without_suspension(const std::string &s) {
  co_await std::suspend_never();
  use(s);
  co_return;
}
app::EagerTask<> each(const std::vector<int> &v) {
  for (int i : v) {
    co_await nap();
    use(i);
  }
}
struct Pair {
  std::string First;
  int Second;
};
app::EagerTask<> member(const Pair &p) {
  const auto &first = p.First;
  co_await nap();
  use(first);
}
app::EagerTask<> binding(const Pair &p) {
  const auto &[first, second] = p;
  co_await nap();
  use(first);
}
app::EagerTask<> binding_of_copy(const Pair &p) {
  const auto [first, second] = p;
  co_await nap();
  use(first);
}
app::EagerTask<> view(const std::string &s) {
  std::string_view part = s;
  part = part.substr(1);
  co_await nap();
  use(part, 1);
}
app::EagerTask<> view_of_view(std::string_view s) {
  auto part = s.substr(1);
  co_await nap();
  use(part, 1);
}
app::EagerTask<> copy_of_view(const std::string_view &s) {
  auto part = s.substr(1);
  co_await nap();
  use(part, 1);
}
app::EagerTask<> captured(const std::string &s) {
  auto l = [&] { use(s); };
  co_await nap();
  l();
}
app::EagerTask<> captured_copy(const std::string &s) {
  auto l = [s] { use(s); };
  co_await nap();
  l();
}
app::EagerTask<> changed(std::string_view s) {
  s = "something else";
  co_await nap();
  use(s, 1);
}
app::EagerTask<> unevaluated(const std::string &s) {
  co_await nap();
  use(int(sizeof(s)));
  static_assert(noexcept(s.size()));
}

app::FireAndForget forget(const std::string &s) {
  co_await nap();
  use(s);
}
app::FireAndForget forget_early(const std::string &s) {
  use(s);
  co_await nap();
}

std::string make();

void calls() {
  auto A = late(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'std::string' is gone when 'late' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  auto B = early(make());
  auto C = in_a_loop(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: temporary 'std::string' is gone when 'in_a_loop' uses it: the task is stored
  auto D = on_another_path(make(), true);
  auto E = without_suspension(make());
  auto F = each({1, 2});
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'std::vector<int>' is gone when 'each' uses it: the task is stored
  auto G = member({"a", 1});
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: temporary 'Pair' is gone when 'member' uses it: the task is stored
  auto H = binding({"a", 1});
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: temporary 'Pair' is gone when 'binding' uses it: the task is stored
  auto I = binding_of_copy({"a", 1});
  auto J = view(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'std::string' is gone when 'view' uses it: the task is stored
  auto K = view_of_view(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: temporary 'std::string' is gone when 'view_of_view' uses it: the task is stored
  auto L = copy_of_view("abc");
  auto M = captured(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: temporary 'std::string' is gone when 'captured' uses it: the task is stored
  auto N = captured_copy(make());
  auto O = changed(make());
  auto P = unevaluated(make());
}

// A temporary is as good as a variable until the task owns nothing any more.
void dropped() {
  late(make());
  forget(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: temporary 'std::string' is gone when 'forget' uses it: nobody waits for the task
  (void)forget("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: temporary 'std::string' is gone when 'forget' uses it: nobody waits for the task
  forget_early(make());
  if (true)
    forget(make());
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'std::string' is gone when 'forget' uses it: nobody waits for the task
  [] { return forget(make()); }();
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: temporary 'std::string' is gone when 'forget' uses it: nobody waits for the task
}

// To await it later does not help.
app::EagerTask<> awaited() {
  auto T = late(make());
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'std::string' is gone when 'late' uses it: the task is stored
  co_await T;
  co_await late(make());
}
