// RUN: %check %s async-blocking-call

// On the way out of the program nobody waits any more.

#include "asio.hpp"
#include <cstdio>
#include <cstdlib>

[[noreturn]] void die();

asio::awaitable<void> fails(int code) {
  if (code == 1) {
    std::system("notify-admin");
    std::exit(1);
  }
  if (code == 2) {
    std::system("notify-admin");
    die();
  }
  if (code == 3) {
    // It goes on.
    std::system("notify-admin");
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'system' blocks the thread
  }
  co_return;
}

// Through a function, too: it reports what is wrong, and a coroutine that calls
// it does not wait for that.
void write(int severity, const char *text) {
  if (severity > 4) {
    std::FILE *trace = popen("print-stack", "r");
    pclose(trace);
    std::abort();
  }
  std::puts(text);
}
asio::awaitable<void> logs() {
  write(1, "hello");
  co_return;
}

// A whole function that ends the program is another matter: a coroutine that
// calls it has not much time left, but whatever it does is reported there.
asio::awaitable<void> leaves() {
  std::system("notify-admin");
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'system' blocks the thread
  std::exit(1);
  co_return;
}
