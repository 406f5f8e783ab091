// RUN: %check %s async-blocking-call --config='{CheckOptions: {async-blocking-call.AllowedFunctions: "system; std::ifstream constructor;asio::ip::basic_resolver::resolve;config::load"}}'

// AllowedFunctions: names as messages show them, or complete ones.

#include "asio.hpp"
#include <cstdlib>
#include <fstream>

namespace config {
static void load() { std::ofstream out("a.txt"); }
static void save() { load(); }
} // namespace config

static void run() { system("make"); }

asio::awaitable<void> f(asio::ip::tcp::resolver &resolver) {
  system("make");
  std::ifstream in("a.txt");
  resolver.resolve("example.org", "http");
  config::load();
  std::ofstream out("a.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ofstream constructor' blocks
  popen("make", "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'popen' blocks
  // What is allowed is the call that the coroutine makes.
  config::save();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'config::save' blocks
  run();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'run' blocks
  co_return;
}
