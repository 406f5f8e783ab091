// RUN: %check %s async-throwing-fiber

#include <asio.hpp>
#include <asio/spawn.hpp>
#include <exception>
#include <functional>
#include <string>

struct Error {};
struct Acceptor {
  int accept(asio::yield_context);
};
using Handler = std::function<std::string(asio::yield_context)>;
void reply(const std::string &);

void lambda(asio::io_context &Loop, Handler H) {
  asio::spawn(Loop, [H](asio::yield_context Yield) { reply(H(Yield)); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of this stackful coroutine leaves the event loop, and mostly ends the program: nobody waits for what 'asio::spawn' starts; catch it there [async-throwing-fiber]
  // CHECK-MESSAGES: :[[@LINE-2]]:60: note: it calls somebody else's function here
}

void operation(asio::io_context &Loop, asio::steady_timer &Timer) {
  asio::spawn(Loop, [&Timer](asio::yield_context Yield) {
    Timer.async_wait(Yield);
    // CHECK-MESSAGES: :[[@LINE-2]]:3: warning: an exception of this stackful coroutine leaves the event loop
    // CHECK-MESSAGES: :[[@LINE-2]]:11: note: 'asio::steady_timer::async_wait' throws here when it fails
  });
}

// Through a function of the file.
void session(asio::steady_timer &Timer, const Handler &H,
             asio::yield_context Yield) {
  try {
    reply(H(Yield));
  } catch (const std::exception &) {
  }
  Timer.async_wait(Yield);
}
void function(asio::io_context &Loop, asio::steady_timer &Timer, Handler H) {
  asio::spawn(Loop, [&Timer, H](asio::yield_context Yield) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of this stackful coroutine leaves the event loop
    // CHECK-MESSAGES: :[[@LINE-5]]:9: note: 'asio::steady_timer::async_wait' throws here when it fails
    session(Timer, H, Yield);
  });
}

// It catches something else.
void other(asio::io_context &Loop, Handler H) {
  asio::spawn(Loop, [H](asio::yield_context Yield) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: an exception of this stackful coroutine leaves the event loop
    // CHECK-MESSAGES: :[[@LINE+2]]:13: note: it calls somebody else's function here
    try {
      reply(H(Yield));
    } catch (const Error &) {
    }
  });
}

//===-- Right -------------------------------------------------------------===//

void caught(asio::io_context &Loop, asio::steady_timer &Timer, Handler H) {
  asio::spawn(Loop, [&Timer, H](asio::yield_context Yield) {
    try {
      Timer.async_wait(Yield);
      reply(H(Yield));
    } catch (const std::exception &E) {
      reply(E.what());
    }
  });
  asio::spawn(Loop, [H](asio::yield_context Yield) {
    try {
      reply(H(Yield));
    } catch (...) {
    }
  });
}
void handled(asio::io_context &Loop, Handler H) {
  asio::spawn(
      Loop, [H](asio::yield_context Yield) { reply(H(Yield)); },
      [](std::exception_ptr) {});
  asio::spawn(
      Loop, [H](asio::yield_context Yield) { reply(H(Yield)); },
      asio::detached);
}
void elsewhere(asio::yield_context);
void unknown(asio::io_context &Loop, Acceptor &A, Handler H) {
  asio::spawn(Loop, [](asio::yield_context Yield) { elsewhere(Yield); });
  asio::spawn(Loop, [&A](asio::yield_context Yield) { A.accept(Yield); });
  asio::spawn(Loop, [&A](asio::yield_context) { reply("none"); });
}
void run(std::function<void(asio::yield_context)>);
void not_spawned(Handler H) {
  run([H](asio::yield_context Yield) { reply(H(Yield)); });
}
asio::awaitable<void> coroutine(std::function<asio::awaitable<void>()> H) {
  co_await H();
}
void spawned(asio::io_context &Loop,
             std::function<asio::awaitable<void>()> H) {
  asio::co_spawn(Loop, coroutine(H), asio::detached);
}
