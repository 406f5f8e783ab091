// RUN: %check %s async-blocking-call

// Outside of coroutines everything may block.

#include "asio.hpp"
#include "task.h"
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <netdb.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using asio::ip::tcp;

void files(const std::string &path) {
  std::ifstream in(path);
  std::ofstream out{path};
  in.open(path);
  FILE *file = fopen("a.txt", "r");
  char text[80];
  fread(text, 1, sizeof text, file);
  int descriptor = open("a.txt", O_RDONLY);
  read(descriptor, text, sizeof text);
}

int processes(int child, pollfd *descriptors) {
  system("make");
  FILE *pipe = popen("ls", "r");
  pclose(pipe);
  waitpid(child, nullptr, 0);
  addrinfo *found;
  getaddrinfo("example.org", "http", nullptr, &found);
  int number;
  std::cin >> number;
  return poll(descriptors, 1, -1);
}

void sockets(tcp::socket &socket, tcp::acceptor &acceptor, tcp::resolver &resolver,
             char (&data)[80]) {
  asio::error_code ec;
  asio::connect(socket, resolver.resolve("example.org", "http"), ec);
  socket.read_some(asio::buffer(data));
  asio::write(socket, asio::buffer(data), ec);
  auto peer = acceptor.accept().remote_endpoint();
}

struct Session {
  explicit Session(const char *path) : in(path) {}
  void run() { std::getline(in, line); }
  std::ifstream in;
  std::string line;
};
template <class T> T load(const char *path) {
  std::ifstream in(path);
  T value;
  in >> value;
  return value;
}

int main() {
  Session session("a.txt");
  session.run();
  auto lambda = [] { return load<int>("a.txt") + load<char>("b.txt"); };
  return lambda();
}

// Hands out a coroutine, and is none.
app::Task<> work(std::string text);
app::Task<> prepares(const char *path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return work(line);
}
