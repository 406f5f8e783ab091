// RUN: %check %s async-dangling-argument

#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <chrono>
#include <string>

using namespace std::chrono_literals;
void use(const std::string &);

seastar::future<int> late(const std::string &text) {
  co_await seastar::sleep(1s);
  use(text);
  co_return 1;
}
seastar::future<> early(const std::string &text) {
  use(text);
  co_await seastar::sleep(1s);
}

seastar::future<> run() {
  (void)late("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: temporary 'std::string' is gone when 'late' uses it: nobody waits for the task, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  (void)early("x");
  co_await late("x");
  co_await late("x").then([](int) {});
  (void)late("x").then([](int) {});
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: temporary 'std::string' is gone when 'late' uses it: nobody waits for the task
}
seastar::future<int> returned() {
  return late("x");
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: temporary 'std::string' is gone when 'late' uses it: the task is returned
}
seastar::future<> continued() {
  return late("x").then([](int) { return seastar::sleep(1s); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: temporary 'std::string' is gone when 'late' uses it: the task is returned
}
seastar::future<> given_on() {
  return seastar::sleep(1s).then([] { return late("x"); }).then([](int) {});
  // CHECK-MESSAGES: :[[@LINE-1]]:51: warning: temporary 'std::string' is gone when 'late' uses it: the task is returned
}
