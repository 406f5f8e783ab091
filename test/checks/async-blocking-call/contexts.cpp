// RUN: %check %s async-blocking-call

// The same call in one context and another: lambdas, macros, threads, hops.

#include "asio.hpp"
#include <algorithm>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

using asio::awaitable;
using asio::bind_executor;
using asio::use_awaitable;
using asio::ip::tcp;

void given_to_an_unknown_function(std::function<void()> callable);

awaitable<void> lambdas(asio::thread_pool &pool, std::vector<std::string> &names) {
  auto load = [](const std::string &name) { std::ifstream in(name); };
  load("a.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at contexts.cpp:[[@LINE-3]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-4]]:59: note: 'lambda at contexts.cpp:[[@LINE-4]]' calls 'std::ifstream constructor' here, which blocks: it opens a file
  std::for_each(names.begin(), names.end(), load);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-6]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at contexts.cpp:[[@LINE-7]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-8]]:59: note: 'lambda at contexts.cpp:[[@LINE-8]]' calls 'std::ifstream constructor' here, which blocks: it opens a file
  std::ranges::for_each(names, [](auto &name) { std::ifstream in(name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at contexts.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-3]]:63: note: 'lambda at contexts.cpp:[[@LINE-3]]' calls 'std::ifstream constructor' here, which blocks: it opens a file
  [&] { std::ofstream out(names[0]); }();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'lambda at contexts.cpp:[[@LINE-1]]' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'lambda at contexts.cpp:[[@LINE-2]]' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-3]]:23: note: 'lambda at contexts.cpp:[[@LINE-3]]' calls 'std::ofstream constructor' here, which blocks: it opens a file
  std::thread([] { std::ifstream in("a.txt"); }).detach();
  asio::post(pool, [] { std::ifstream in("a.txt"); });
  given_to_an_unknown_function([] { std::ifstream in("a.txt"); });
  std::function<void()> later = [] { std::ifstream in("a.txt"); };
  auto coroutine = [](const char *name) -> awaitable<void> {
    std::ifstream in(name);
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream constructor' blocks
    co_return;
  };
  auto generic = [](auto name) -> awaitable<void> {
    std::ifstream in(name);
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream constructor' blocks
    co_return;
  };
  co_await coroutine("a.txt");
  co_await generic("a.txt");
  co_await generic(std::string("a.txt"));
}

awaitable<void> hops(asio::thread_pool &pool, asio::steady_timer &timer) {
  co_await asio::post(bind_executor(pool, use_awaitable));
  std::ifstream one("a.txt");
  co_await timer.async_wait(use_awaitable);
  std::ifstream two("a.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  co_await asio::co_spawn(pool, []() -> awaitable<void> {
    std::ifstream in("a.txt");
    co_return;
  }, use_awaitable);
}

// Where an object is made makes no difference.
struct Log {
  std::ofstream out{"log.txt"};
  Log() {}
};
struct Reader {
  std::ifstream in;
  explicit Reader(const char *path) : in(path) {}
};
awaitable<std::string> objects(const char *path) {
  Log log;
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Log::Log' blocks
  // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'Log::Log' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-11]]:20: note: 'Log::Log' calls 'std::ofstream constructor' here, which blocks: it opens a file
  Reader reader(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Reader::Reader' blocks
  // CHECK-NOTES: :[[@LINE-2]]:10: warning: 'Reader::Reader' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-10]]:39: note: 'Reader::Reader' calls 'std::ifstream constructor' here, which blocks: it opens a file
  auto shared = std::make_shared<Reader>(path);
  auto *heap = new Reader(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'Reader::Reader' blocks
  // CHECK-NOTES: :[[@LINE-2]]:20: warning: 'Reader::Reader' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-15]]:39: note: 'Reader::Reader' calls 'std::ifstream constructor' here, which blocks: it opens a file
  std::vector<std::ifstream> list;
  list.push_back(std::ifstream(path));
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'std::ifstream constructor' blocks
  std::string text;
  co_return std::getline(std::ifstream(path) >> std::ws, text) ? text : "";
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'std::ifstream constructor' blocks
}

// Macros.
#define OPEN(name, path) std::ifstream name(path)
#define LOAD(path)                                                                                \
  {                                                                                               \
    std::ifstream in(path);                                                                       \
    std::ofstream out(path);                                                                      \
  }
#define CHECKED(call) (call)
awaitable<void> macros(const char *path) {
  OPEN(in, path);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'std::ifstream constructor' blocks
  LOAD(path)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::ifstream constructor' blocks
  CHECKED(std::system("make"));
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'system' blocks
  co_return;
}

// Names.
namespace io = std;
using InputFile = std::ifstream;
template <class C> using Stream = std::basic_ifstream<C>;
namespace app {
struct ifstream {
  explicit ifstream(const char *) {}
  void open(const char *) {}
};
int system(const char *) { return 0; }
} // namespace app
awaitable<void> names(const char *path) {
  io::ifstream one(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::ifstream constructor' blocks
  InputFile two(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'InputFile constructor' blocks
  Stream<char> three(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::basic_ifstream constructor' blocks
  io::system("make");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks
  struct Derived : std::ifstream {
    Derived() {}
    void run(const char *path) { open(path); }
  } derived;
  derived.open(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Derived::open' blocks
  derived.run(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Derived::run' blocks
  app::ifstream four(path);
  four.open(path);
  app::system("make");
  co_return;
}

// Annotations.
[[clang::annotate("async::nonblocking")]] static void cached() { std::ifstream in("a.txt"); }
[[clang::annotate("async::offload")]] static void offloads() { std::ifstream in("a.txt"); }
awaitable<void> annotated() {
  cached();
  offloads();
  co_return;
}
