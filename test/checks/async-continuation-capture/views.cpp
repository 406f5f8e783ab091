// RUN: %check %s async-continuation-capture

// Views, pointers and references that are captured refer to what they were made
// of.

#include <boost/asio.hpp>
#include <folly/futures/Future.h>
#include <kj/async.h>
#include <seastar/core/sleep.hh>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using seastar::future;
void use(std::string_view);
std::string make();

future<> view() {
  std::string name = make();
  std::string_view rest = name;
  return seastar::sleep(1s).then([rest] { use(rest); });
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'name' is gone when this continuation refers to it through 'rest': the task is returned; capture a copy, or move it into the lambda [async-continuation-capture]
}
future<> made_in_the_capture(std::string name) {
  return seastar::sleep(1s).then([v = std::string_view(name)] { use(v); });
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'name' is gone when this continuation refers to it through 'v'
}
future<> data(std::string name) {
  return seastar::sleep(1s).then([p = name.data()] { use(p); });
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'name' is gone when this continuation refers to it through 'p'
}
future<> pointer() {
  int number = 0;
  int *where = &number;
  return seastar::sleep(1s).then([where] { ++*where; });
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'number' is gone when this continuation refers to it through 'where'
}
kj::Promise<void> wait();
kj::Promise<void> array() {
  int numbers[4] = {};
  return wait().then([first = numbers]() { ++*first; });
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'numbers' is gone when this continuation refers to it through 'first'
}
future<> alias(std::string name) {
  auto &other = name;
  return seastar::sleep(1s).then([&other] { use(other); });
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'name' is gone when this continuation refers to it through 'other'
}
folly::Future<folly::Unit> thenValue(folly::Future<int> first) {
  std::vector<int> sizes{1, 2};
  std::span<int> all = sizes;
  return std::move(first).thenValue([all](int n) { all.front() += n; });
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'sizes' is gone when this continuation refers to it through 'all'
}
void posted(asio::io_context &loop) {
  std::string name = make();
  std::string_view v(name);
  asio::post(loop, [v] { use(v); });
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'name' is gone when this callback refers to it through 'v': 'posted' does not wait for it
}
template <class T> future<> in_template(T value) {
  const T *p = &value;
  return seastar::sleep(1s).then([p] { (void)*p; });
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'value' is gone when this continuation refers to it through 'p'
}
template future<> in_template(int);

// Somebody else's, or a copy.
future<> others(std::string_view name, std::string &text, const char *chars) {
  std::string_view rest = text;
  auto &again = text;
  return seastar::sleep(1s).then([name, rest, chars, &again, copy = std::string(name)] {
    use(name);
    use(rest);
    use(chars);
    use(again);
    use(copy);
  });
}
future<> literal() {
  std::string_view name = "literal";
  return seastar::sleep(1s).then([name] { use(name); });
}
// What is moved lives where it is moved to.
future<> moved() {
  auto owner = std::make_unique<std::string>(make());
  auto *p = owner.get();
  return seastar::sleep(1s).then([p] { use(*p); }).finally([o = std::move(owner)] {});
}
future<> shared() {
  auto owner = std::make_shared<std::string>(make());
  std::string_view v = *owner;
  return seastar::sleep(1s).then([v, owner] { use(v); });
}
void keep(std::unique_ptr<std::string>);
future<> handed_over() {
  auto owner = std::make_unique<std::string>(make());
  std::string_view v = *owner;
  keep(std::move(owner));
  return seastar::sleep(1s).then([v] { use(v); });
}
// It gets another value.
std::string everybodys;
future<> assigned() {
  std::string name = make();
  std::string_view v = name;
  v = everybodys;
  return seastar::sleep(1s).then([v] { use(v); });
}
// The function waits.
void waits() {
  std::string name = make();
  std::string_view v = name;
  seastar::sleep(1s).then([v] { use(v); }).get();
}
