// RUN: %check %s async-terminating-exception

// The same code without coroutines.

#include <stdexcept>
#include <thread>

struct Refused {};
void refuses() { throw Refused(); }
void dies() noexcept { refuses(); }
void run() {
  std::thread thread([] { refuses(); });
  thread.detach();
  dies();
}
