// RUN: %check %s async-use-after-move

// The same code without coroutines: for bugprone-use-after-move.

#include <string>

void write(std::string text);
void log(const std::string &text);

void after(std::string text) {
  write(std::move(text));
  log(text);
}
void when_it_fails(std::string text) {
  try {
    write(std::move(text));
  } catch (...) {
    log(text);
  }
}
