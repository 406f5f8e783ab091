// RUN: %check %s async-blocking-call

// A file that is opened when the state of an object says so, as a log opens its
// next one, is not what every caller has to know. Whoever opens one in the
// coroutine itself does.

#include "asio.hpp"
#include <fstream>
#include <mutex>
#include <string>

class Log {
  std::ofstream file_;
  bool first_ = true;
  unsigned long size_ = 0, limit_ = 1'000'000;

  void open() { file_.open("log"); }
  void rotate() {
    file_.close();
    file_.open("log.1");
  }

public:
  void write(const std::string &line) {
    if (first_) {
      open();
      first_ = false;
    } else if (size_ > limit_) {
      rotate();
    }
    if (!file_.is_open())
      file_.open("log");
    file_ << line;
  }
  // What an argument decides, happens when the caller wants it.
  void write_to(const std::string &name, const std::string &line) {
    if (!name.empty())
      file_.open(name);
    file_ << line;
  }
  void reopen() { open(); }
  void connect(asio::ip::tcp::socket &socket, asio::ip::tcp::endpoint peer) {
    if (first_)
      socket.connect(peer);
  }
};

const std::string &settings() {
  static const std::string Text = [] {
    std::ifstream file("settings");
    std::string text;
    file >> text;
    return text;
  }();
  return Text;
}

std::once_flag Once;
std::string Device;
const std::string &device() {
  std::call_once(Once, [] { std::ifstream("device") >> Device; });
  return Device;
}

asio::awaitable<void> writes(Log &log, asio::ip::tcp::socket &socket) {
  log.write("hello " + settings() + device());
  log.write_to("log.2", "hello");
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Log::write_to' blocks the thread
  // CHECK-MESSAGES: :38:13: note: 'Log::write_to' calls 'std::ofstream::open' here
  log.reopen();
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Log::reopen' blocks the thread
  // CHECK-MESSAGES: :41:19: note: 'Log::reopen' calls 'Log::open' here
  // CHECK-MESSAGES: :17:23: note: 'Log::open' calls 'std::ofstream::open' here
  // A peer is waited for each time.
  log.connect(socket, {});
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Log::connect' blocks the thread
  // CHECK-MESSAGES: :44:14: note: 'Log::connect' calls 'asio::ip::tcp::socket::connect' here
  co_return;
}

struct Cache {
  bool loaded = false;
  asio::awaitable<void> load() {
    if (!loaded)
      std::ifstream("cache");
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::ifstream constructor' blocks the thread
    co_return;
  }
};
