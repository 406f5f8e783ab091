// RUN: %check %s async-blocking-call

// Blocking calls in functions that a coroutine calls.

#include "boost/asio.hpp"
#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>

using boost::asio::awaitable;
using boost::asio::ip::tcp;

namespace config {
static std::string read_all(const std::string &path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}
struct Settings {
  explicit Settings(const std::string &path) : text(read_all(path)) {}
  std::string text;
};
Settings load() { return Settings("settings.conf"); }
} // namespace config

awaitable<void> configures() {
  auto settings = config::load();
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'config::load' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await it on boost::asio::thread_pool [async-blocking-call]
  // CHECK-NOTES: :[[@LINE-2]]:19: warning: 'config::load' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-7]]:26: note: 'config::load' calls 'config::Settings::Settings' here
  // CHECK-NOTES-NEXT: :[[@LINE-11]]:53: note: 'config::Settings::Settings' calls 'config::read_all' here
  // CHECK-NOTES-NEXT: :[[@LINE-16]]:17: note: 'config::read_all' calls 'std::ifstream constructor' here, which blocks: it opens a file
  config::Settings more("more.conf");
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'config::Settings::Settings' blocks
  // CHECK-NOTES: :[[@LINE-2]]:20: warning: 'config::Settings::Settings' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-16]]:53: note: 'config::Settings::Settings' calls 'config::read_all' here
  // CHECK-NOTES-NEXT: :[[@LINE-21]]:17: note: 'config::read_all' calls 'std::ifstream constructor' here, which blocks: it opens a file
  co_return;
}

static bool ask(const char *question) {
  std::cout << question;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y";
}
awaitable<void> asks() {
  if (ask("really?"))
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'ask' blocks the thread that runs this coroutine, and every task on it: it waits for standard input; co_await boost::asio::posix::stream_descriptor, or read on a thread of its own [async-blocking-call]
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'ask' blocks
    // CHECK-NOTES-NEXT: :[[@LINE-7]]:3: note: 'ask' calls 'std::getline' here, which blocks: it waits for standard input
    co_return;
}

// A library's functions are known by their model, never by their code.
static void send_all(tcp::socket &socket, const char *text) {
  boost::asio::write(socket, boost::asio::buffer(text, 10));
}
awaitable<void> sends(tcp::socket &socket) {
  send_all(socket, "hello");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'send_all' blocks the thread that runs this coroutine, and every task on it: it waits until the peer has room for everything; co_await the asynchronous operation, with the token boost::asio::use_awaitable [async-blocking-call]
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'send_all' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-6]]:3: note: 'send_all' calls 'boost::asio::write' here, which blocks: it waits until the peer has room for everything
  co_return;
}

// Of several reasons, the one next to the call.
static void everything() {
  std::system("make");
  auto settings = config::load();
  ask("again?");
}
awaitable<void> does_everything() {
  everything();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'everything' blocks the thread that runs this coroutine, and every task on it: it runs a command and waits for its end; co_await it on boost::asio::thread_pool [async-blocking-call]
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'everything' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-8]]:3: note: 'everything' calls 'system' here, which blocks: it runs a command and waits for its end
  co_return;
}

// The other blocking checks have reasons of their own.
extern "C" unsigned sleep(unsigned);
static void only_sleeps() { sleep(1); }
awaitable<void> sleeps() {
  only_sleeps();
  co_return;
}

// Nothing blocks here.
static int quick(int n) { return n ? quick(n - 1) : 0; }
static void writes(std::ostream &out) { out << quick(3) << std::endl; }
awaitable<void> calls_quick() {
  writes(std::cerr);
  co_return;
}

// A socket that somebody made non-blocking, in a function of its own.
class Probe {
  tcp::socket socket;
  char data[8];
  void read() { socket.read_some(boost::asio::buffer(data)); }

public:
  explicit Probe(tcp::socket given) : socket(std::move(given)) { socket.non_blocking(true); }
  awaitable<void> run() {
    read();
    co_return;
  }
};
