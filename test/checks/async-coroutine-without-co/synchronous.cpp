// RUN: %check %s async-coroutine-without-co

// The same code without coroutines.

#include <future>
#include <memory>

struct Result {};
struct Refused {};
int poll();

Result throws() { throw Refused(); }
Result loops() {
  for (;;)
    poll();
}
Result empty() { return {}; }
std::unique_ptr<int> nothing() { return {}; }
std::future<int> no_future() { return {}; }
