// RUN: %check %s async-scope-add-inside-task

#include <asio.hpp>
#include <asio/thread_pool.hpp>
#include <atomic>
#include <concurrencpp/concurrencpp.h>
#include <cppcoro/task.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/smp.hh>
#include <thread>

struct WaitGroup {
  void add(int n);
  void done();
  cppcoro::task<> wait();
  asio::awaitable<void> async_wait();
};

cppcoro::task<> step();
asio::awaitable<void> chunk();

//===-- A group that counts -----------------------------------------------===//

asio::awaitable<void> on_pool(asio::thread_pool &pool) {
  WaitGroup group;
  for (int i = 0; i != 3; ++i)
    asio::co_spawn(
        pool,
        [&]() -> asio::awaitable<void> {
          group.add(1);
          // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: this work counts itself in 'group' when it runs, which may be after 'on_pool' has found that there is nothing to wait for; count it before it is started [async-scope-add-inside-task]
          // CHECK-MESSAGES: :[[@LINE-5]]:5: note: started here
          co_await chunk();
          group.done();
        },
        asio::detached);
  co_await group.async_wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: note: waited for here
}

asio::awaitable<void> part(WaitGroup &group) {
  group.add(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this work counts itself in 'all' when it runs, which may be after 'named' has found
  co_await chunk();
  group.done();
}
asio::awaitable<void> named(asio::thread_pool &pool) {
  WaitGroup all;
  asio::co_spawn(pool, part(all), asio::detached);
  co_await all.async_wait();
}

cppcoro::task<> on_thread() {
  WaitGroup group;
  std::thread worker([&] {
    group.add(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this work counts itself in 'group' when it runs
    group.done();
  });
  co_await group.wait();
  worker.join();
}

//===-- A number ----------------------------------------------------------===//

class Crawler {
public:
  asio::awaitable<void> crawl(asio::io_context &io) {
    asio::post(io, [this] {
      ++running_;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this work counts itself in 'running_' when it runs, which may be after 'Crawler::crawl' has found
      --running_;
    });
    while (running_ != 0)
      co_await chunk();
  }

private:
  std::atomic<int> running_ = 0;
};

//===-- A gate ------------------------------------------------------------===//

seastar::future<> other();
class Service {
public:
  seastar::future<> flush() {
    (void)seastar::smp::submit_to(1, [this]() -> seastar::future<> {
      auto holder = gate_.hold();
      // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: this work counts itself in 'gate_' when it runs
      co_await other();
    });
    co_await gate_.close();
  }

private:
  seastar::gate gate_;
};

concurrencpp::result<void> results(concurrencpp::thread_executor &threads, WaitGroup &group) {
  threads.post([&] {
    group.add(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this work counts itself in 'group' when it runs
    group.done();
  });
  co_await group.wait();
}

//===-- Right -------------------------------------------------------------===//

asio::awaitable<void> before(asio::thread_pool &pool) {
  WaitGroup group;
  group.add(1);
  asio::co_spawn(
      pool,
      [&]() -> asio::awaitable<void> {
        co_await chunk();
        group.done();
      },
      asio::detached);
  co_await group.async_wait();
}

// The one that starts it is counted, and work within work may count itself.
asio::awaitable<void> outer(asio::thread_pool &pool) {
  WaitGroup group;
  group.add(1);
  asio::co_spawn(
      pool,
      [&]() -> asio::awaitable<void> {
        group.add(1);
        co_await chunk();
        group.done();
      },
      asio::detached);
  group.done();
  co_await group.async_wait();
}

// It runs in the call, up to its first suspension, where the executor is the
// one that this runs on.
asio::awaitable<void> at_once() {
  WaitGroup group;
  asio::co_spawn(
      co_await asio::this_coro::executor,
      [&]() -> asio::awaitable<void> {
        group.add(1);
        co_await chunk();
        group.done();
      },
      asio::detached);
  co_await group.async_wait();
}

// The result tells when it is done.
asio::awaitable<void> awaited(asio::thread_pool &pool) {
  WaitGroup group;
  co_await asio::co_spawn(
      pool,
      [&]() -> asio::awaitable<void> {
        group.add(1);
        co_await chunk();
        group.done();
      },
      asio::use_awaitable);
  co_await group.async_wait();
}

// A figure that nobody waits for.
struct Statistics {
  int requests = 0;
  asio::awaitable<void> serve(asio::thread_pool &pool) {
    asio::post(pool, [this] {
      ++requests;
      --requests;
    });
    co_await chunk();
  }
};

// What is put into a container is no work.
struct Names {
  void add(int);
  asio::awaitable<void> load();
};
asio::awaitable<void> filled(asio::thread_pool &pool, Names &names) {
  asio::post(pool, [&] { names.add(1); });
  co_await names.load();
}
