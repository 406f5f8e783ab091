// RUN: %check %s async-return-local-ref-task

#include <boost/asio.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <chrono>
#include <string>

using namespace std::chrono_literals;
void use(const std::string &);

namespace with_asio {
namespace asio = boost::asio;
asio::awaitable<int> late(const std::string &Text) {
  use(Text);
  co_return 1;
}
asio::awaitable<int> run(std::string Text) { return late(Text); }
// CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'Text' is gone when 'with_asio::late' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: asio::awaitable<int> run(std::string Text) { co_return co_await late(Text); }
} // namespace with_asio

namespace with_folly {
folly::coro::Task<int> late(const std::string &Text) {
  use(Text);
  co_return 1;
}
folly::coro::Task<int> run(std::string Text) { return late(Text); }
// CHECK-MESSAGES: :[[@LINE-1]]:60: warning: 'Text' is gone when 'with_folly::late' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: folly::coro::Task<int> run(std::string Text) { co_return co_await late(Text); }
} // namespace with_folly

namespace with_cppcoro {
cppcoro::task<> late(const std::string &Text) {
  use(Text);
  co_return;
}
cppcoro::task<> run(std::string Text) { return late(Text); }
// CHECK-MESSAGES: :[[@LINE-1]]:53: warning: 'Text' is gone when 'with_cppcoro::late' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: cppcoro::task<> run(std::string Text) { co_return co_await late(Text); }
} // namespace with_cppcoro

namespace with_seastar {
seastar::future<int> late(const std::string &Text) {
  co_await seastar::sleep(1s);
  use(Text);
  co_return 1;
}
seastar::future<int> run(std::string Text) { return late(Text); }
// CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'Text' is gone when 'with_seastar::late' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
// CHECK-FIXES: seastar::future<int> run(std::string Text) { co_return co_await late(Text); }
seastar::future<> then(std::string Text) {
  return late(Text).then([](int) {});
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'Text' is gone when 'with_seastar::late' uses it: the task is returned, and the parameter dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
}
seastar::future<int> kept(std::string Text) {
  auto Work = late(Text);
  return std::move(Work).finally([Text = std::move(Text)] {});
}
seastar::future<int> nested() {
  return seastar::sleep(1s).then([] {
    std::string Text = "x";
    return late(Text);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Text' is gone when 'with_seastar::late' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the argument [async-return-local-ref-task]
  });
}
seastar::future<int> with() {
  return seastar::do_with(std::string("x"),
                          [](std::string &Text) { return late(Text); });
}
} // namespace with_seastar

namespace kj {
template <typename T> class Own {
  T *ptr;

public:
  ~Own();
  T *operator->();
  T &operator*();
};
} // namespace kj
namespace with_kj {
kj::Promise<void> nap();
struct Actor {
  std::string Name;
  kj::Own<Actor> addRef();
  kj::Promise<int> start() {
    co_await nap();
    use(Name);
    co_return 1;
  }
};
kj::Own<Actor> find();
template <typename T>
kj::Promise<T> attach(kj::Promise<T> Work, kj::Own<Actor> Kept);
kj::Promise<int> start() {
  auto Found = find();
  return Found->start();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: what 'Found' owns is gone when 'with_kj::Actor::start' uses it: the task is returned, and the variable dies with this function; make this a coroutine that awaits the task, or let the task own the object [async-return-local-ref-task]
  // CHECK-FIXES: co_return co_await Found->start();
}
kj::Promise<int> kept() {
  auto Found = find();
  return attach(Found->start(), Found->addRef());
}
int waited_for(kj::WaitScope &Scope) {
  auto Found = find();
  return Found->start().wait(Scope);
}
} // namespace with_kj
