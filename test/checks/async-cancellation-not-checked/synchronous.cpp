// RUN: %check %s async-cancellation-not-checked

// The same loops in functions that wait with their thread.

#include <stop_token>

void step();

void ignores(std::stop_token token) {
  for (;;)
    step();
}

class Poller {
  std::stop_source source;

public:
  void stop() { source.request_stop(); }
  void run() {
    for (;;)
      step();
  }
};
template <class T> void generic(T value, std::stop_token token) {
  for (;;)
    step();
}
template void generic(int, std::stop_token);
