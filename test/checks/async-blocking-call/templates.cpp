// RUN: %check %s async-blocking-call

// Templates and blocking calls.

#include "asio.hpp"
#include <fstream>

using asio::awaitable;
using asio::ip::tcp;

// A stream's kind decides.
struct Memory {
  template <class Buffers> std::size_t read_some(const Buffers &) { return 0; }
  template <class Buffers> std::size_t write_some(const Buffers &) { return 0; }
};
template <class Stream> awaitable<std::size_t> echo(Stream &stream, char (&data)[80]) {
  auto n = stream.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'asio::basic_stream_socket::read_some' blocks
  // No fix: it would be made in every instance.
  asio::write(stream, asio::buffer(data, n));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'asio::write' blocks
  // No fix: it would be made in every instance.
  co_return n;
}
template <class Stream> awaitable<void> quiet(Stream &stream, char (&data)[80]) {
  asio::write(stream, asio::buffer(data));
  co_return;
}
awaitable<void> uses_echo(tcp::socket &socket, Memory &memory, char (&data)[80]) {
  co_await echo(socket, data);
  co_await quiet(memory, data);
}

// Never instantiated.
template <class T> awaitable<T> never(T &value, tcp::socket &socket, char (&data)[80]) {
  std::ifstream in("a.txt");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks
  socket.read_some(asio::buffer(data));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'asio::ip::tcp::socket::read_some' blocks
  value.read_some(asio::buffer(data));
  co_return value;
}

// Class templates.
template <class T> class Loader {
  T value;
  std::string path;

  void open() { std::ifstream in(path); }

public:
  awaitable<T> load() {
    std::ifstream in(path);
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream constructor' blocks
    open();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Loader::open' blocks
    // CHECK-NOTES: :[[@LINE-2]]:5: warning: 'Loader::open' blocks
    // CHECK-NOTES-NEXT: :[[@LINE-9]]:31: note: 'Loader::open' calls 'std::ifstream constructor' here, which blocks: it opens a file
    co_return value;
  }
  awaitable<T> unused() {
    std::ofstream out(path);
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ofstream constructor' blocks
    co_return value;
  }
};
awaitable<void> uses_loader(Loader<int> &a, Loader<std::string> &b) {
  co_await a.load();
  co_await b.load();
}

// Branches that are not taken.
template <bool File> awaitable<void> either(const char *path) {
  if constexpr (File) {
    std::ifstream in(path);
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::ifstream constructor' blocks
  } else {
    std::ofstream out(path);
  }
  co_return;
}
awaitable<void> uses_either() { co_await either<true>("a.txt"); }

// Two ways through one function template, and both block.
struct Reads {
  void go() { std::ifstream in("a.txt"); }
};
struct Writes {
  void go() { std::ofstream out("b.txt"); }
};
template <class T> void indirect(T t) { t.go(); }
template <class T> awaitable<void> run(T t) {
  indirect(t);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'indirect' blocks
  // CHECK-NOTES: :[[@LINE-2]]:3: warning: 'indirect' blocks
  // CHECK-NOTES-NEXT: :[[@LINE-5]]:43: note: 'indirect' calls 'Reads::go' here
  // CHECK-NOTES-NEXT: :[[@LINE-11]]:29: note: 'Reads::go' calls 'std::ifstream constructor' here, which blocks: it opens a file
  co_return;
}
awaitable<void> uses_run() {
  co_await run(Reads());
  co_await run(Writes());
}

// What a default argument of a template names.
template <class Stream = std::ifstream> awaitable<void> opens(const char *path) {
  Stream stream(path);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'std::basic_ifstream constructor' blocks
  co_return;
}
awaitable<void> uses_opens() { co_await opens("a.txt"); }
