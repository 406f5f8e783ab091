// RUN: %check %s async-reference-param

#include <boost/asio.hpp>
#include <drogon/utils/coroutine.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <winrt/Windows.Foundation.h>
#include "task.h"
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using app::Task;
using winrt::fire_and_forget;
using seastar::future;

void use(const std::string &);
void use_view(std::string_view);
struct Server {
  Server();
  Server(const Server &) = delete;
  void serve(std::string) const;
};
struct Player {
  void stop();
};

//===----------------------------------------------------------------------===//
// Nobody can await these.
//===----------------------------------------------------------------------===//

fire_and_forget pointer(const std::shared_ptr<Player> &player) {
  // CHECK-MESSAGES: :[[@LINE-1]]:56: warning: parameter 'player' is a reference, and 'pointer' uses it after a suspension: nobody waits for this coroutine, and what it refers to may be gone by then; take it by value [async-reference-param]
  co_await winrt::resume_background();
  player->stop();
}
fire_and_forget view(std::string_view text) {
  // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: parameter 'text' refers to its argument, and 'view' uses it after a suspension: nobody waits for this coroutine, and what it refers to may be gone by then; take a type that owns its data
  co_await winrt::resume_background();
  use_view(text);
}
fire_and_forget taken(std::unique_ptr<Player> &&player) {
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: parameter 'player' is a reference
  co_await winrt::resume_background();
  player->stop();
}
drogon::AsyncTask other_library(trantor::EventLoop *loop,
                                const std::string &name) {
  // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: parameter 'name' is a reference
  co_await drogon::sleepCoro(loop, 1.0);
  use(name);
}
fire_and_forget early(const std::string &name) {
  use(name);
  co_await winrt::resume_background();
}
fire_and_forget copied(const std::string &name) {
  auto mine = name;
  co_await winrt::resume_background();
  use(mine);
}
fire_and_forget by_value(std::string name, std::shared_ptr<Player> player) {
  co_await winrt::resume_background();
  use(name);
  player->stop();
}
// What is shared lives long, and so does what can't be copied.
fire_and_forget shared(Player &player, const Server &server, Player *other) {
  co_await winrt::resume_background();
  player.stop();
  server.serve("x");
  other->stop();
}
template <class T> fire_and_forget any(T &&value) {
  co_await winrt::resume_background();
  (void)std::forward<T>(value);
}
void calls_any(std::string name) {
  any(name);
}

//===----------------------------------------------------------------------===//
// Rvalue references
//===----------------------------------------------------------------------===//

struct Request {
  std::string name;
};
class Handler {
public:
  virtual future<> handle(Request &&request);
  virtual future<> first(Request &&request);
};
future<> Handler::handle(Request &&request) {
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: parameter 'request' is a reference, and 'Handler::handle' uses it after a suspension: what a caller gives away is gone when the call is over; take it by value [async-reference-param]
  co_await seastar::sleep(1s);
  use(request.name);
}
future<> Handler::first(Request &&request) {
  auto name = std::move(request.name);
  co_await seastar::sleep(1s);
  use(name);
}
Task<> lazy(Request &&request, Task<> other) {
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: parameter 'request' is a reference
  co_await std::move(other);
  use(request.name);
}
// The callers that there are keep it.
static future<> in_place(Request &&request) {
  co_await seastar::sleep(1s);
  use(request.name);
}
future<> calls_in_place() { co_await in_place(Request{"x"}); }
static Task<> for_one_caller(Request &&request, Task<> other) {
  co_await std::move(other);
  use(request.name);
}
void start(Task<> task);
void wait();
void keeps_it(Task<> other) {
  Request request{"x"};
  start(for_one_caller(std::move(request), std::move(other)));
  wait();
}
template <class T> future<> forwards(T &&value) {
  co_await seastar::sleep(1s);
  use(std::forward<T>(value).name);
}
future<> calls_forwards() { co_await forwards(Request{"x"}); }
auto lambda = [](Request &&request) -> future<> {
  co_await seastar::sleep(1s);
  use(request.name);
};
// Others may be kept by the caller.
future<> constant(const Request &request) {
  co_await seastar::sleep(1s);
  use(request.name);
}

//===----------------------------------------------------------------------===//
// Arguments are for async-scope-outlives-locals to report
//===----------------------------------------------------------------------===//

asio::awaitable<void> serve(const std::string &name) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  co_await timer.async_wait(asio::use_awaitable);
  use(name);
}
asio::awaitable<void> serve_copy(std::string name) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  co_await timer.async_wait(asio::use_awaitable);
  use(name);
}

class Listener {
public:
  void spawned(asio::io_context &loop, std::string name) {
    asio::co_spawn(loop, serve(name), asio::detached);
  }
  void local(asio::io_context &loop) {
    std::string name = "x";
    asio::co_spawn(loop, serve(name), asio::detached);
  }
  void by_value(asio::io_context &loop, std::string name) {
    asio::co_spawn(loop, serve_copy(name), asio::detached);
  }
  void member(asio::io_context &loop) {
    asio::co_spawn(loop, serve(Name), asio::detached);
  }
  void others(asio::io_context &loop, const std::string &name) {
    asio::co_spawn(loop, serve(name), asio::detached);
  }
  void kept() {
    std::string name = "x";
    Running.push_back(serve(name));
  }
  void runs() {
    std::string name = "x";
    asio::io_context loop;
    asio::co_spawn(loop, serve(name), asio::detached);
    loop.run();
  }
  void in_local_container() {
    std::string name = "x";
    std::vector<asio::awaitable<void>> all;
    all.push_back(serve(name));
  }
  static void forever(asio::io_context &loop) {
    static std::string name = "x";
    asio::co_spawn(loop, serve(name), asio::detached);
  }

private:
  std::string Name;
  std::vector<asio::awaitable<void>> Running;
};

void subscribe(void (*callback)(const std::string &));
asio::io_context loop;
void handler() {
  // What a callback is given is there until it returns.
  subscribe([](const std::string &topic) {
    asio::co_spawn(loop, serve(topic), asio::detached);
  });
}
