// RUN: %check %s async-ignored-stop

// An object that nobody waits for in a coroutine.

#include <stop_token>

struct Counter {
  void add(int);
};
void finish(std::stop_token token, Counter &counter) {
  if (token.stop_requested())
    counter.add(1);
  counter.add(2);
}
