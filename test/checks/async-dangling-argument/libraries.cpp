// RUN: %check %s async-dangling-argument
// What libraries do with tasks.

#include <concurrencpp/concurrencpp.h>
#include <coro/coro.hpp>
#include <cppcoro/async_scope.hpp>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <string>
#include <string_view>

void use(std::string_view);

namespace with_libcoro {
coro::task<int> fetch(std::string_view url) {
  use(url);
  co_return 1;
}
coro::task<void> log(const std::string &text) {
  use(text);
  co_return;
}
coro::task<void> run(coro::thread_pool &pool, std::string name) {
  coro::sync_wait(log("x"));
  co_await coro::when_all(log("x"), log("y"));
  auto both = coro::when_all(log("x"), log("y"));
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: temporary 'std::string' is gone when 'with_libcoro::log' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  // CHECK-MESSAGES: :[[@LINE-2]]:44: warning: temporary 'std::string' is gone when 'with_libcoro::log' uses it: the task is stored
  pool.spawn_detached(log("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: temporary 'std::string' is gone when 'with_libcoro::log' uses it: the task is handed to 'coro::thread_pool::spawn_detached'
  co_await pool.schedule(fetch(name + "x"));
  auto later = pool.schedule(fetch(name + "x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: temporary 'std::basic_string<char>' is gone when 'with_libcoro::fetch' uses it: the task is stored
}
} // namespace with_libcoro

namespace with_cppcoro {
cppcoro::task<> nap();
cppcoro::task<> late(const std::string &text) {
  co_await nap();
  use(text);
}
cppcoro::task<> early(const std::string &text) {
  use(text);
  co_return;
}
cppcoro::task<> run(cppcoro::async_scope &scope) {
  cppcoro::sync_wait(cppcoro::when_all(late("x"), late("y")));
  // It starts at once.
  scope.spawn(late("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: temporary 'std::string' is gone when 'with_cppcoro::late' uses it: the task is handed to 'cppcoro::async_scope::spawn'
  scope.spawn(early("x"));
  auto stored = early("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: temporary 'std::string' is gone when 'with_cppcoro::early' uses it: the task is stored
  co_await scope.join();
}
} // namespace with_cppcoro

namespace with_concurrencpp {
using concurrencpp::result;
result<void> nap();
result<void> late(const std::string &text) {
  co_await nap();
  use(text);
}
result<void> run() {
  late("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: temporary 'std::string' is gone when 'with_concurrencpp::late' uses it: nobody waits for the task
  co_await late("x");
  late("x").get();
}
} // namespace with_concurrencpp
