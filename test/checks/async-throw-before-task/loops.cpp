// RUN: %check %s async-throw-before-task

// Functions that make a task and throw instead, and loops that start them.

#include "task.h"
#include <asio.hpp>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Task.h>
#include <kj/async.h>
#include <stdexcept>
#include <utility>

namespace kj {
[[noreturn]] void throwFatalException(Exception &&E, unsigned Ignored = 0);
} // namespace kj

asio::awaitable<void> talk(asio::ip::tcp::socket Socket);
unsigned Open = 0;

asio::awaitable<void> serve(asio::ip::tcp::socket Socket) {
  if (Open > 100)
    throw std::runtime_error("too many connections");
  return talk(std::move(Socket));
}

asio::awaitable<void> listen(asio::ip::tcp::acceptor Acceptor) {
  auto Executor = co_await asio::this_coro::executor;
  for (;;) {
    auto Socket = co_await Acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(Executor, serve(std::move(Socket)), asio::detached);
    // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'serve' may throw before it
    // returns its task, which ends this loop, instead of what 'asio::co_spawn'
    // started; make it a coroutine, or catch it here [async-throw-before-task]
    // CHECK-MESSAGES: :[[@LINE-12]]:5: note: it throws here
  }
}

folly::coro::Task<int> next();
folly::coro::Task<void> handle(int Job);
folly::coro::Task<void> checked(int Job) {
  if (Job < 0)
    throw std::runtime_error("no such job");
  return handle(Job);
}
folly::coro::Task<void> work(folly::coro::AsyncScope &Scope) {
  while (int Job = co_await next())
    Scope.add(checked(Job));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'checked' may throw before it
  // returns its task
}

class Server {
public:
  kj::Promise<void> listen() {
    return accept().then([this](int Client) -> kj::Promise<void> {
      Tasks.add(serve(Client));
      // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Server::serve' may throw
      // before it returns its task
      return listen();
    });
  }
  kj::Promise<void> listenAndCatch() {
    return accept().then([this](int Client) -> kj::Promise<void> {
      try {
        Tasks.add(serve(Client));
      } catch (const kj::Exception &) {
      }
      return listenAndCatch();
    });
  }
  // Whoever waits for it gets the exception.
  kj::Promise<void> once() {
    return accept().then([this](int Client) -> kj::Promise<void> {
      Tasks.add(serve(Client));
      return accept().then([](int) {});
    });
  }
  kj::Promise<void> listenWithCare() {
    return accept().then([this](int Client) -> kj::Promise<void> {
      Tasks.add(kj::evalNow([&] { return serve(Client); }));
      return listenWithCare();
    });
  }

private:
  kj::Promise<int> accept();
  kj::Promise<void> serve(int Client) {
    if (Client < 0)
      kj::throwFatalException(kj::Exception());
    return talk(Client);
  }
  kj::Promise<void> talk(int Client);
  kj::TaskSet Tasks;
};

template <class S> folly::coro::Task<void> in_a_template(S &Scope) {
  while (int Job = co_await next()) {
    Scope.add(checked(Job));
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'checked' may throw before it
    // returns its task
  }
}
folly::coro::Task<void> instance(folly::coro::AsyncScope &Scope) {
  co_await in_a_template(Scope);
}

//===-- Nothing to report -------------------------------------------------===//

folly::coro::Task<void> coroutine(int Job) {
  if (Job < 0)
    throw std::runtime_error("no such job");
  co_await handle(Job);
}
folly::coro::Task<void> catches(int Job) {
  try {
    if (Job < 0)
      throw std::runtime_error("no such job");
  } catch (const std::exception &) {
  }
  return handle(Job);
}
folly::coro::Task<void> mistaken(int Job) {
  if (Job < 0)
    throw std::invalid_argument("a mistake in the program");
  return handle(Job);
}
struct Handler {
  virtual folly::coro::Task<void> run(int Job) { return handle(Job); }
};
folly::coro::Task<void> harmless(folly::coro::AsyncScope &Scope, Handler &H) {
  while (int Job = co_await next()) {
    Scope.add(coroutine(Job));
    Scope.add(catches(Job));
    Scope.add(mistaken(Job));
    Scope.add(H.run(Job));
  }
}

folly::coro::Task<void> caught(folly::coro::AsyncScope &Scope) {
  while (int Job = co_await next()) {
    try {
      Scope.add(checked(Job));
    } catch (const std::exception &) {
    }
  }
}

// It waits for nothing, so who calls it may have it all or nothing.
folly::coro::Task<void> all_or_nothing(folly::coro::AsyncScope &Scope) {
  for (int Job = 0; Job != 4; ++Job)
    Scope.add(checked(Job));
  co_await Scope.joinAsync();
}

// No loop.
folly::coro::Task<void> single(folly::coro::AsyncScope &Scope) {
  Scope.add(checked(co_await next()));
}

// It is awaited, and fails there.
folly::coro::Task<void> awaited() {
  while (int Job = co_await next())
    co_await checked(Job);
}
