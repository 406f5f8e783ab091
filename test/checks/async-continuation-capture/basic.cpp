// RUN: %check %s async-continuation-capture

#include <QtCore>
#include <boost/asio.hpp>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/loop.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/thread.hh>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using seastar::future;
void use(const std::string &);
void count(int &);

// The chain is returned, and with that the function is over.
future<> returned(std::string name) {
  int sum = 0;
  return seastar::sleep(1s).then([&sum, &name] {
    // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'sum' is gone when this continuation refers to it: the task is returned; capture a copy, or move it into the lambda [async-continuation-capture]
    // CHECK-MESSAGES: :[[@LINE-2]]:42: warning: 'name' is gone when this continuation refers to it
    count(sum);
    use(name);
  });
}
kj::Promise<void> wait();
kj::Promise<void> kj_returned(int number) {
  auto promise = wait();
  return promise.then([&]() { count(number); });
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'number' is gone when this continuation refers to it: the task is returned
}
future<> middle_of_a_chain(std::string name) {
  return seastar::sleep(1s).then([&name] { use(name); }).then([] {});
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'name' is gone when this continuation refers to it
}
future<> with_a_name(std::string name) {
  auto print = [&name] { use(name); };
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'name' is gone when this continuation refers to it
  return seastar::sleep(1s).then(print);
}
future<> in_a_fiber(std::string name) {
  return seastar::async([&name] { use(name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'name' is gone when this Seastar thread refers to it
}
// The local variables of a lambda are those of a function.
future<> in_a_lambda() {
  return seastar::sleep(1s).then([] {
    std::string name;
    return seastar::sleep(1s).then([&] { use(name); });
    // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'name' is gone when this continuation refers to it
  });
}

// By value, by reference to what is not local, or moved into the lambda.
std::string everybodys;
future<> copies(std::string name, std::string &others, std::string *pointer) {
  static int counter = 0;
  return seastar::sleep(1s).then(
      [name, &others, pointer, moved = std::move(name), &all = everybodys] {
        use(name);
        use(others);
        use(*pointer);
        use(moved);
        use(all);
        count(counter);
      });
}
// Awaited or waited for before the function goes on.
future<> awaits(std::string name) {
  co_await seastar::sleep(1s).then([&name] { use(name); });
  auto later = seastar::sleep(1s).then([&name] { use(name); });
  co_await std::move(later);
}
void waits(std::string name) {
  seastar::sleep(1s).then([&name] { use(name); }).get();
  seastar::async([&name] { use(name); }).get();
}
void kj_waits(kj::WaitScope &scope, int number) {
  wait().then([&]() { count(number); }).wait(scope);
}
// Called before the function goes on.
future<> calls_at_once(std::vector<std::string> names) {
  int sum = 0;
  return seastar::parallel_for_each(names, [&sum](const std::string &) {
    count(sum);
    return seastar::sleep(1s);
  });
}

class Server {
public:
  // It is kept in a member, and the coroutine ends.
  future<> enqueue(std::string name) {
    Pending.push_back(seastar::sleep(1s).then([&name] { use(name); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: 'name' is gone when this continuation refers to it: 'Server::enqueue' does not wait for it
    co_await seastar::sleep(1s);
  }
  // What is done with the member afterwards may be to wait.
  future<> enqueue_and_flush(std::string name) {
    Pending.push_back(seastar::sleep(1s).then([&name] { use(name); }));
    co_await flush();
  }
  future<> flush();
  // A local container may be waited for.
  future<> local(std::string name) {
    std::vector<future<>> all;
    all.push_back(seastar::sleep(1s).then([&name] { use(name); }));
    for (auto &one : all)
      co_await std::move(one);
  }

  // Posted, and that is all.
  void post(asio::io_context &loop, std::string name) {
    asio::post(loop, [this, &name] { Last = name; });
    // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'name' is gone when this callback refers to it: 'Server::post' does not wait for it
  }
  void start(asio::io_context &loop, std::string name) {
    asio::co_spawn(
        loop,
        [this, &name]() -> asio::awaitable<void> {
          // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'name' is gone when this callback refers to it
          Last = name;
          co_return;
        },
        asio::detached);
  }
  void timer(asio::steady_timer &timer) {
    int number = 0;
    timer.async_wait([&](auto) { count(number); });
    // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'number' is gone when this completion handler refers to it
  }
  void slot() {
    int number = 0;
    QTimer::singleShot(100, [&number] { count(number); });
    // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'number' is gone when this callback refers to it
  }

private:
  std::vector<future<>> Pending;
  std::string Last;
};

// Something comes after it that may wait.
void runs_the_loop(std::string name) {
  asio::io_context loop;
  asio::post(loop, [&name] { use(name); });
  loop.run();
}
void runs_another_loop(asio::io_context &loop, std::string name) {
  asio::post(loop, [&name] { use(name); });
  loop.run();
}
void with_a_pool_of_its_own() {
  std::string name;
  asio::thread_pool pool;
  asio::post(pool, [&name] { use(name); });
}
void with_a_timer_of_its_own(asio::io_context &loop) {
  int number = 0;
  asio::steady_timer timer(loop);
  timer.async_wait([&](auto) { count(number); });
}
struct Joins {
  asio::thread_pool &Pool;
  ~Joins() { Pool.join(); }
};
void joins_at_the_end(asio::thread_pool &pool) {
  std::string name;
  Joins guard{pool};
  asio::post(pool, [&name] { use(name); });
}
void thread(std::string name) {
  std::thread worker([&name] { use(name); });
  worker.join();
}

#define LATER(...) return seastar::sleep(1s).then([&] { __VA_ARGS__; })
future<> in_macro(std::string name) {
  LATER(use(name));
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'name' is gone when this continuation refers to it
}

template <class T> future<> in_template(T value) {
  return seastar::sleep(1s).then([&value] { (void)value; });
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'value' is gone when this continuation refers to it
}
template future<> in_template(int);
template future<> in_template(std::string);
