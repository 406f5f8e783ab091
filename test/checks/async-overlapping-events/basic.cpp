// RUN: %check %s async-overlapping-events

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/async_mutex.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <winrt/Windows.Foundation.h>
#include <memory>

namespace asio = boost::asio;

class Tab : public std::enable_shared_from_this<Tab> {
public:
  void on_event(int Window) {
    [](auto Weak, int Window) -> winrt::fire_and_forget {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Tab::on_event' starts 'Tab::handle' at each call, and does not wait for the one before: two of them may look at 'Captured' before either changes it; put the calls into a queue, or take an async lock in the coroutine [async-overlapping-events]
      // CHECK-MESSAGES: :[[@LINE+9]]:9: note: looked at here
      // CHECK-MESSAGES: :[[@LINE+11]]:9: note: suspended here
      // CHECK-MESSAGES: :[[@LINE+11]]:16: note: changed here
      if (auto Self = Weak.lock())
        co_await Self->handle(Window);
    }(weak_from_this(), Window);
  }

  app::Task<> handle(int Window) {
    if (Captured == Window)
      co_return;
    auto Self = shared_from_this();
    if (co_await capture(Window))
      Captured = Window;
  }
  app::Task<bool> capture(int);
  int Captured = 0;
};

class Client {
public:
  explicit Client(asio::io_context &Loop) : Loop(Loop) {}
  void on_message(int N) {
    asio::co_spawn(Loop, handle(N), asio::detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'Client::on_message' starts 'Client::handle' at each call
    // CHECK-MESSAGES: :[[@LINE+5]]:9: note: looked at here
    // CHECK-MESSAGES: :[[@LINE+5]]:7: note: suspended here
    // CHECK-MESSAGES: :[[@LINE+5]]:12: note: changed here
  }
  asio::awaitable<void> handle(int N) {
    if (Last < N) {
      co_await store(N);
      Last = N;
    }
  }
  asio::awaitable<void> store(int);
  asio::io_context &Loop;
  int Last = 0;
};

class Table {
public:
  void on_change(int N) { (void)update(N); }
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'Table::on_change' starts 'Table::update' at each call
  // CHECK-MESSAGES: :[[@LINE+4]]:9: note: looked at here
  // CHECK-MESSAGES: :[[@LINE+4]]:7: note: suspended here
  // CHECK-MESSAGES: :[[@LINE+4]]:15: note: changed here
  seastar::future<> update(int N) {
    if (Version != N) {
      co_await seastar::sleep(std::chrono::seconds(1));
      Version = N;
    }
  }
  int Version = 0;
};

//===-- Right -------------------------------------------------------------===//

class Flagged {
public:
  void on_change(int N) { (void)update(N); }
  seastar::future<> update(int N) {
    if (Busy || Version == N)
      co_return;
    Busy = true;
    co_await seastar::sleep(std::chrono::seconds(1));
    Version = N;
    Busy = false;
  }
  bool Busy = false;
  int Version = 0;
};

class LooksAgain {
public:
  void on_change(int N) { (void)update(N); }
  seastar::future<> update(int N) {
    if (Version != N) {
      co_await seastar::sleep(std::chrono::seconds(1));
      if (Version != N)
        Version = N;
    }
  }
  int Version = 0;
};

class Locked {
public:
  void on_change(int N) { run(N); }
  app::FireAndForget run(int N) {
    auto Lock = co_await Mutex.scoped_lock_async();
    if (Version != N) {
      co_await other();
      Version = N;
    }
  }
  app::Task<> other();
  cppcoro::async_mutex Mutex;
  int Version = 0;
};

class Once {
public:
  void start() { run(1); }
  app::FireAndForget run(int N) {
    if (Version != N) {
      co_await other();
      Version = N;
    }
  }
  app::Task<> other();
  int Version = 0;
};

class Awaited {
public:
  app::Task<> on_change(int N) { co_await update(N); }
  app::Task<> same(int N) { return update(N); }
  app::Task<> update(int N) {
    if (Version != N) {
      co_await other();
      Version = N;
    }
  }
  app::Task<> other();
  int Version = 0;
};

class OnlyCounts {
public:
  void on_change(int N) { run(N); }
  app::FireAndForget run(int N) {
    co_await other();
    Version = N;
  }
  app::Task<> other();
  int Version = 0;
};

app::FireAndForget free_function(int) { co_return; }
class CallsAFunction {
public:
  void on_change(int N) { free_function(N); }
};
