// RUN: %check %s async-unguarded-this

#include "task.h"
#include <asio.hpp>
#include <memory>

struct Session : std::enable_shared_from_this<Session> {
  asio::steady_timer Timer;
  int Count = 0;

  asio::awaitable<void> unseen() {
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Session::unseen' uses its object after a suspension, and holds no reference to it; keep 'shared_from_this()' in a variable from before the suspension on [async-unguarded-this]
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: suspended here
  }
  asio::awaitable<void> kept() {
    auto self = shared_from_this();
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
  }
  asio::awaitable<void> early() {
    ++Count;
    co_await Timer.async_wait(asio::use_awaitable);
  }
  asio::awaitable<void> seen() {
    co_await Timer.async_wait(asio::use_awaitable);
    ++Count;
  }
  asio::awaitable<void> sees() { co_await seen(); }
};

app::Task<> nap();
struct Own : std::enable_shared_from_this<Own> {
  int Count = 0;
  app::Task<> unseen() {
    co_await nap();
    ++Count;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Own::unseen' uses its object after a suspension
  }
};

struct Plain {
  int Count = 0;
  app::Task<> unseen() {
    co_await nap();
    ++Count;
  }
};
