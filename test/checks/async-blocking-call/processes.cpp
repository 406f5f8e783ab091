// RUN: %check %s async-blocking-call

// Processes, names, descriptors to wait for, and somebody at the keyboard.

#include "task.h"
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <netdb.h>
#include <poll.h>
#include <string>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

app::Task<> processes(int child) {
  system("make");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks the thread that runs this coroutine, and every task on it: it runs a command and waits for its end; co_await it on a thread pool [async-blocking-call]
  std::system("make");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks
  FILE *pipe = popen("ls", "r");
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'popen' blocks
  char text[80];
  fgets(text, sizeof text, pipe);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fgets' blocks the thread that runs this coroutine, and every task on it: it waits for the output of another process; co_await it on a thread pool [async-blocking-call]
  pclose(pipe);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pclose' blocks
  int status;
  waitpid(child, &status, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'waitpid' blocks
  waitpid(child, &status, WUNTRACED);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'waitpid' blocks
  wait(&status);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'wait' blocks

  waitpid(child, &status, WNOHANG);
  waitpid(-1, nullptr, WNOHANG | WUNTRACED);
  const int options = WNOHANG;
  waitpid(child, nullptr, options);
  // Only asks whether there is a shell.
  if (system(nullptr))
    _exit(1);
  co_return;
}

app::Task<int> unknown_options(int child, int options) {
  co_return waitpid(child, nullptr, options);
}

app::Task<> names(const char *host, const sockaddr *address) {
  addrinfo *found;
  getaddrinfo(host, "http", nullptr, &found);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getaddrinfo' blocks the thread that runs this coroutine, and every task on it: it waits for the name server; co_await an asynchronous operation [async-blocking-call]
  addrinfo hints{};
  hints.ai_family = AF_INET;
  getaddrinfo(host, "http", &hints, &found);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getaddrinfo' blocks
  gethostbyname(host);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'gethostbyname' blocks
  char name[80];
  getnameinfo(address, sizeof *address, name, sizeof name, nullptr, 0, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getnameinfo' blocks

  // There is nothing to ask a name server.
  getnameinfo(address, sizeof *address, name, sizeof name, nullptr, 0, NI_NUMERICHOST);
  getaddrinfo(nullptr, "8080", nullptr, &found);
  co_return;
}

app::Task<> numeric_names(const char *host) {
  addrinfo *found;
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST;
  getaddrinfo(host, "http", &hints, &found);
  co_return;
}

app::Task<> ready(pollfd *descriptors, int n, int timeout, fd_set *set) {
  poll(descriptors, n, -1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'poll' blocks the thread that runs this coroutine, and every task on it: it waits until a descriptor is ready; co_await an asynchronous operation [async-blocking-call]
  poll(descriptors, n, 1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'poll' blocks
  poll(descriptors, n, timeout);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'poll' blocks
  select(n, set, nullptr, nullptr, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'select' blocks

  poll(descriptors, n, 0);
  timeval none{0, 0};
  select(n, set, nullptr, nullptr, &none);
  co_return;
}

app::Task<> sockets(const sockaddr *address, int given) {
  char text[80];
  int one = socket(AF_INET, SOCK_STREAM, 0);
  connect(one, address, sizeof *address);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'connect' blocks
  recv(one, text, sizeof text, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'recv' blocks
  send(one, text, sizeof text, MSG_NOSIGNAL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'send' blocks
  recv(one, text, sizeof text, MSG_DONTWAIT);

  int two = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  connect(two, address, sizeof *address);
  recv(two, text, sizeof text, 0);
  recv(given, text, sizeof text, 0);
  int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
  connect(datagrams, address, sizeof *address);
  co_return;
}

app::Task<> keyboard() {
  int number;
  std::string line;
  std::cin >> number;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::istream::operator>>' blocks the thread that runs this coroutine, and every task on it: it waits for standard input; co_await it on a thread pool [async-blocking-call]
  std::cin >> number >> line;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::istream::operator>>' blocks
  std::getline(std::cin, line);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'std::getline' blocks
  std::cin.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::istream::get' blocks
  std::cin.ignore(10);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::istream::ignore' blocks
  char text[80];
  std::cin.read(text, 10);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::istream::read' blocks
  std::cin.getline(text, 10);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::istream::getline' blocks
  std::istream_iterator<int> numbers(std::cin);
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'std::istream_iterator constructor' blocks
  getchar();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'getchar' blocks
  scanf("%d", &number);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'scanf' blocks
  fgets(text, sizeof text, stdin);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fgets' blocks
  read(STDIN_FILENO, text, sizeof text);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'read' blocks
  while (std::cin >> number) {
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::istream::operator>>' blocks
  }

  std::cin.tie(nullptr);
  if (std::cin.eof())
    std::cout << number << line << std::endl;
  std::cerr << "done";
  co_return;
}

app::Task<> another_stream(std::istream &in) {
  int number;
  in >> number;
  in.get();
  std::istream_iterator<int> numbers(in);
  co_return;
}
