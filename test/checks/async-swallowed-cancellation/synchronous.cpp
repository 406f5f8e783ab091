// RUN: %check %s async-swallowed-cancellation

// The same loops without coroutines: nothing is cancelled there.

#include "asio.hpp"
#include <stdexcept>

using asio::ip::tcp;

void step();
void log(const char *text);

void everything() {
  for (;;) {
    try {
      step();
    } catch (...) {
    }
  }
}

void by_class(tcp::acceptor &acceptor) {
  while (true) {
    try {
      auto socket = acceptor.accept();
    } catch (const asio::system_error &e) {
      log(e.what());
    } catch (const std::exception &e) {
      log(e.what());
    }
  }
}

template <class T> void twice(T value) {
  for (;;) {
    try {
      value();
    } catch (...) {
    }
  }
}
int main() {
  twice([] { everything(); });
  twice(step);
}
