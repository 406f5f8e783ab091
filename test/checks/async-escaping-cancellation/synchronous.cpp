// RUN: %check %s async-escaping-cancellation

// The same loop in a function that waits with its thread.

#include <stop_token>

void sleep(std::stop_token token);

void run(std::stop_token token) {
  while (!token.stop_requested())
    sleep(token);
}
void start(std::stop_token token) { (void)(run(token), 0); }
