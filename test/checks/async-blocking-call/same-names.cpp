// RUN: %check %s async-blocking-*

// C++ functions that only share their name with one of C.

#include "asio.hpp"

namespace {
asio::awaitable<int> sigwait() { co_return 1; }
void pclose(const char *) {}
struct Clock {
  void sleep(int) {}
};
} // namespace
namespace app {
void system(const char *) {}
} // namespace app
static void pause(int) {}
extern "C" int wait(int *);

asio::awaitable<void> own(Clock clock) {
  co_await sigwait();
  pclose("not the one of C");
  clock.sleep(1);
  app::system("ls");
  pause(1);
}

asio::awaitable<void> of_c() {
  wait(nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'wait' blocks the thread
  co_return;
}
