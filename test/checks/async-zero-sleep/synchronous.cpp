// RUN: %check %s async-zero-sleep
// The code of basic.cpp made synchronous.

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

bool has_more();
void in_turns() {
  while (has_more())
    std::this_thread::sleep_for(0ms);
}
