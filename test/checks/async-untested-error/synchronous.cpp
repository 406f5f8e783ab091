// RUN: %check %s async-untested-error

// The same code without coroutines.

#include <exception>

void work();
void clean_up();

void run() {
  std::exception_ptr Error;
  try {
    work();
  } catch (...) {
    Error = std::current_exception();
  }
  clean_up();
  std::rethrow_exception(Error);
}
