// RUN: %check %s async-throw-before-task

// The same code without tasks.

#include <stdexcept>

int next();
void handle(int Job);
void checked(int Job) {
  if (Job < 0)
    throw std::runtime_error("no such job");
  handle(Job);
}
void work() {
  while (int Job = next())
    checked(Job);
}
