// RUN: %check %s async-detached-exception

// Without coroutines an exception has somewhere to go.

#include "asio.hpp"
#include <stdexcept>

void throws() { throw std::runtime_error("broken"); }

void calls() {
  throws();
}

void post(asio::io_context &loop) {
  asio::post(loop, throws);
  asio::post(loop, [] { throw std::runtime_error("broken"); });
}
