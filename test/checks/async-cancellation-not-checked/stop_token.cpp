// RUN: %check %s async-cancellation-not-checked

// std::stop_token and task types of the project.

#include "task.h"
#include <stop_token>
#include <vector>

using app::Task;

Task<> step();
Task<> step(int number);
Task<> listening(std::stop_token token = {});
void use(std::stop_token token);

Task<> ignores(std::stop_token token, std::vector<int> numbers) {
  for (int number : numbers)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop goes on when 'token' says that it is time to stop: nothing in it asks; ask in each round, or pass it to what the loop awaits [async-cancellation-not-checked]
    co_await step(number);
}
Task<> asks_before(std::stop_token token) {
  if (token.stop_requested())
    co_return;
  do {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop goes on when 'token' says
    co_await step();
  } while (true);
}

// What can be passed on is another check's.
Task<> could_pass_it_on(std::stop_token token) {
  for (;;)
    co_await listening();
}
Task<> asks(std::stop_token token) {
  while (!token.stop_requested())
    co_await step();
}
Task<> hands_over(std::stop_token token) {
  use(token);
  for (;;)
    co_await step();
}
Task<> registers(std::stop_token token) {
  std::stop_callback stops(token, [] {});
  for (;;)
    co_await step();
}
// A few rounds more do no harm.
Task<> asks_before_a_few(std::stop_token token, std::vector<int> numbers) {
  if (token.stop_requested())
    co_return;
  for (int number : numbers)
    co_await step(number);
}
Task<> no_loop(std::stop_token token) { co_await step(); }
Task<> never_waits(std::stop_token token) {
  for (int i = 0; i < 9; ++i)
    use({});
  co_await step();
}
Task<> not_used([[maybe_unused]] std::stop_token token) {
  for (;;)
    co_await step();
}
Task<> unnamed(std::stop_token) {
  for (;;)
    co_await step();
}
// Somebody else says what these have to take.
struct Worker {
  virtual Task<> run(std::stop_token token) {
    for (;;)
      co_await step();
  }
};
auto lambda = [](std::stop_token token) -> Task<> {
  for (;;)
    co_await step();
};
template <class T> Task<> generic(T value, std::stop_token token) {
  for (;;)
    co_await step();
}
template Task<> generic(int, std::stop_token);

#define FOREVER for (;;)
Task<> macros(std::stop_token token) {
  FOREVER co_await step();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop goes on when 'token' says
}
